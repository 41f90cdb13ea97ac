from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.workflow import Kind, Status
from reports.served import people_served
from tests.factories import WIB, make_case, make_desk

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def test_cases_closed_in_the_period_are_counted_by_kind():
    desk = make_desk()
    make_case(status=Status.DONE, desk=desk)
    make_case(Kind.QUESTION, status=Status.DONE, desk=desk)
    make_case(status=Status.ANSWERED, desk=desk)

    assert people_served(NOVEMBER, DECEMBER) == {"pengaduan": 1, "pertanyaan": 1}
    assert people_served(DECEMBER, date(2027, 1, 1)) == {}


@pytest.mark.parametrize(("hour", "month"), [(23, 10), (0, 11)])
def test_a_case_belongs_to_the_office_s_own_day_of_its_end(hour, month):
    day = date(2026, 10, 31) if hour else NOVEMBER
    case = make_case(status=Status.DONE, at=datetime(2026, 10, 1, 9, tzinfo=WIB))
    closed = datetime(day.year, day.month, day.day, hour, 30, tzinfo=WIB)
    type(case).objects.filter(pk=case.pk).update(closed_at=closed)

    assert people_served(date(2026, month, 1), date(2026, month + 1, 1)) == {"pengaduan": 1}


def test_the_closed_cases_of_a_period_are_found_by_an_index():
    with CaptureQueriesContext(connection) as queries:
        people_served(NOVEMBER, DECEMBER)
    [query] = [one["sql"] for one in queries if "cases_case" in one["sql"]]

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of a few rows is read from end to end whatever there is.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        plan = " ".join(str(row) for row in cursor.fetchall())

    assert "case_closed" in plan
