"""Lets the test database be emptied although its append-only tables refuse that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

SQLITE_SEALS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'"
POSTGRESQL_SEALED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


@contextmanager
def unsealed() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            seals = cursor.execute(SQLITE_SEALS).fetchall()
            before = [f"DROP TRIGGER {name}" for name, _ in seals]
            after = [statement for _, statement in seals]
        else:
            cursor.execute(POSTGRESQL_SEALED)
            tables = [table for (table,) in cursor.fetchall()]
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        for statement in before:
            cursor.execute(statement)
        yield
        for statement in after:
            cursor.execute(statement)


def flush_past_seals() -> None:
    """Replace the way in which Django empties all tables after a test with real transactions."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def unsealed_flush(self: Any, statements: list[str]) -> None:
        with unsealed():
            flush(self, statements)

    operations.execute_sql_flush = unsealed_flush
