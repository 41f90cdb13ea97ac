"""Writing many rows at once: COPY on PostgreSQL, bulk_create on SQLite."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

Row = tuple[Any, ...]
BATCH = 500


def columns(model: type[models.Model]) -> list[str]:
    """The order of the values in a row."""
    return [field.attname for field in model._meta.concrete_fields]


def next_id(model: type[models.Model]) -> int:
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def write(model: type[models.Model], rows: Iterable[Row]) -> None:
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        names = ", ".join(
            connection.ops.quote_name(field.column) for field in model._meta.concrete_fields
        )
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    else:
        fields = columns(model)
        model._default_manager.bulk_create(
            (model(**dict(zip(fields, _as_python(model, row), strict=True))) for row in rows),
            batch_size=BATCH,
        )


def _as_python(model: type[models.Model], row: Row) -> Iterable[Any]:
    """COPY takes moments, JSON and ciphers as text; a model takes them as they are."""
    for field, value in zip(model._meta.concrete_fields, row, strict=True):
        if value is None:
            yield None
        elif isinstance(field, models.DateTimeField):
            yield datetime.fromisoformat(value)
        else:
            yield (
                field.from_db_value(value, None, connection)
                if hasattr(field, "from_db_value")
                else value
            )


def prepare() -> None:
    """Make the running transaction one for bulk work: no time limit, no foreign-key check a row."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")


@contextmanager
def without_indexes(seeded: Iterable[type[models.Model]]) -> Iterator[None]:
    """Take down what is no constraint and put it up again at the end: far less work than by row.

    Who kills the command in between has to make the database anew.
    """
    tables = [model._meta.db_table for model in seeded]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "WHERE NOT i.indisunique AND i.indrelid = ANY(%s::regclass[])",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with transaction.atomic(), connection.cursor() as cursor:
            prepare()
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for _, definition in indexes:
                cursor.execute(definition)


@transaction.atomic
def finish(seeded: Iterable[type[models.Model]]) -> None:
    """Set the sequences behind the rows that came with their keys, and let the planner know."""
    prepare()
    with connection.cursor() as cursor:
        for model in seeded:
            table = connection.ops.quote_name(model._meta.db_table)
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608 - ours
                    f"GREATEST((SELECT MAX(id) FROM {table}), 1))"
                )
            cursor.execute(f"ANALYZE {table}")
