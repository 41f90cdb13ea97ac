"""The history of visits is only ever added to."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from yankomas.models import VisitEvent
from yankomas.workflow import Status

from .room import make_visit

pytestmark = pytest.mark.django_db

TABLE = "yankomas_visitevent"
STATEMENTS = [
    f"UPDATE {TABLE} SET at = at",
    f"UPDATE {TABLE} SET data = '{{}}' WHERE id > 0",
    f"DELETE FROM {TABLE}",
    f"DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE})",
]
OF_ONE_DATABASE = {
    "sqlite": [
        f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
        f"REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE id = (SELECT max(id) FROM {TABLE})",
        f"INSERT OR REPLACE INTO {TABLE} (visit_id, seq, code, at, data) "
        f"SELECT visit_id, seq, 'selesai', at, data FROM {TABLE}",
        f"UPDATE OR REPLACE {TABLE} SET id = id + 1",
    ],
    "postgresql": [
        f"TRUNCATE {TABLE} CASCADE",
        "TRUNCATE yankomas_visit CASCADE",
        f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET at = now()",
        f"INSERT INTO {TABLE} (visit_id, seq, code, at, data) "
        f"SELECT visit_id, seq, code, at, data FROM {TABLE} "
        "ON CONFLICT (visit_id, seq) DO UPDATE SET code = 'selesai'",
        f"WITH gone AS (DELETE FROM {TABLE} RETURNING 1) SELECT * FROM gone",
    ],
}


def rows():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} ORDER BY id")
        return cursor.fetchall()


@transaction.atomic
def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("change", [lambda event: event.save(), lambda event: event.delete()])
def test_an_event_is_neither_saved_again_nor_deleted(change):
    visit, _shift = make_visit(Status.DONE)
    before = rows()

    with pytest.raises(TypeError, match="Events cannot be"):
        change(visit.events.last())

    assert rows() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.update(at=timezone.now()),
        lambda events: events.delete(),
        lambda events: events._raw_delete(events.db),
        lambda events: events.bulk_update(list(events), ["at"]),
    ],
)
def test_the_history_refuses_changes_through_the_orm(change):
    make_visit(Status.DONE)
    before = rows()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(VisitEvent.objects.all())

    assert rows() == before


def test_the_history_refuses_changes_in_sql():
    make_visit(Status.DONE)
    before = rows()
    connection.check_constraints()  # PostgreSQL truncates nothing while checks are outstanding

    for statement in STATEMENTS + OF_ONE_DATABASE[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"):
            execute(statement)

    assert len(before) == 4
    assert rows() == before


def test_a_visit_with_a_history_is_not_deleted():
    visit, _shift = make_visit(Status.DONE)

    with pytest.raises(ProtectedError):
        visit.delete()


def test_the_history_of_a_visit_is_numbered_without_gaps():
    visit, _shift = make_visit(Status.NO_SHOW)

    assert [event.seq for event in visit.events.all()] == [1, 2, 3, 4, 5]
    assert visit.events_count == visit.version == 5
