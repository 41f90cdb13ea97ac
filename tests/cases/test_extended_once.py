"""UU 14/2008 Ps 22(8): one extension. The verb refuses a second one, and so does the database."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases import actions
from cases.models import CaseEvent
from cases.workflow import CaseError, Kind, Status
from tests.factories import NOW, codes, make_case, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def extended(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=NOW)
    return case


def second(case):
    seq = case.events_count + 1
    return CaseEvent(case=case, seq=seq, code="diperpanjang", at=NOW, hash="x" * 64)


def test_the_verb_refuses_a_second_extension(desk, extended):
    with pytest.raises(CaseError, match="sudah pernah diperpanjang"):
        actions.extend(extended, actor=desk.head, reason="Masih belum.", at=NOW)

    assert codes(extended).count("diperpanjang") == 1


@pytest.mark.parametrize("is_bulk", [False, True])
def test_the_database_refuses_it_past_the_verb(extended, is_bulk):
    event = second(extended)

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvent.objects.bulk_create([event]) if is_bulk else event.save()

    assert codes(extended).count("diperpanjang") == 1


def test_no_second_one_takes_the_place_of_the_first(extended):
    first = extended.events.get(code="diperpanjang")
    columns = "case_id, seq, code, at, data, hash"
    word = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"{word} INTO cases_caseevent ({columns}) VALUES (%s, %s, %s, %s, %s, %s)",
            [extended.pk, extended.events_count + 1, "diperpanjang", NOW, "{}", "x" * 64],
        )

    assert extended.events.get(code="diperpanjang") == first


def test_other_events_may_repeat_and_other_cases_may_be_extended(desk, extended):
    for text in ("Satu.", "Dua."):
        actions.note(extended, actor=desk.officer, text=text)
    other = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)

    actions.extend(other, actor=desk.head, reason="Belum didokumentasikan.", at=NOW)

    assert codes(extended).count("catatan") == 2
    assert codes(other).count("diperpanjang") == 1
