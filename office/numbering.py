"""Series of numbers without a gap: a database sequence would skip one whenever a transaction rolls
back.
"""

from typing import Any, cast

from django.db import connection, models


class Series(models.Model):
    """The last number given out in each series; the other columns say which series it is."""

    last = models.PositiveIntegerField()

    class Meta:
        abstract = True

    @classmethod
    def next_numbers(cls, count: int = 1, **key: Any) -> range:
        """Take the next `count` numbers; holds the row until the commit."""
        fields = [cast(models.Field, cls._meta.get_field(name)) for name in key]
        columns = ", ".join(str(field.column) for field in fields)
        values = [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, key.values(), strict=True)
        ]
        table = connection.ops.quote_name(cls._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({columns}, last) VALUES ({'%s, ' * len(values)}%s) "  # noqa: S608 - our own names
                f"ON CONFLICT ({columns}) DO UPDATE SET last = {table}.last + excluded.last "
                "RETURNING last",
                [*values, count],
            )
            last = cursor.fetchone()[0]
        return range(last - count + 1, last + 1)
