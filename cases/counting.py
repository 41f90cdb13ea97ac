"""Counts that stop: whether it is 40,000 or 41,000 helps nobody, and counting costs seconds."""

from django.db.models import IntegerField, Model, QuerySet, Subquery

CAP = 1000


class CappedCount(Subquery):
    """How many rows a queryset has, at most CAP + 1, as a value inside another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Model]) -> None:
        super().__init__(rows.order_by().values("pk")[: CAP + 1])


def capped_count(rows: QuerySet[Model]) -> int:
    return rows.order_by().values("pk")[: CAP + 1].count()


def in_words(count: int) -> str:
    return f"{CAP:,}+".replace(",", ".") if count > CAP else str(count)
