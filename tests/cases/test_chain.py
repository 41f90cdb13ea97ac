from datetime import UTC, datetime, timedelta

import pytest

from cases import chain
from cases.models import Case, CaseEvent
from cases.workflow import Status
from tests.factories import WIB, make_case

AT = datetime(2026, 11, 24, 3, 0, 0, 123456, tzinfo=UTC)
LINE = ("PG-2026-000001", 3, "ditanggapi", 7, AT, {"outcome": "dijelaskan", "n": 1}, "ab" * 32)


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        (0, "PG-2026-000002"),
        (1, 4),
        (2, "ditutup"),
        (3, None),
        (3, 8),
        (4, AT + timedelta(microseconds=1)),
        (5, {"outcome": "dijelaskan", "n": 2}),
        (5, {"outcome": "dijelaskan"}),
        (6, ""),
    ],
)
def test_every_part_of_a_line_counts(place, changed):
    line = list(LINE)
    line[place] = changed

    assert chain.event_hash(*line) != chain.event_hash(*LINE)


def test_the_same_moment_in_another_zone_is_the_same_line():
    line = list(LINE)
    line[4] = AT.astimezone(WIB)

    assert chain.event_hash(*line) == chain.event_hash(*LINE)


def test_the_order_of_the_data_does_not_count():
    line = list(LINE)
    line[5] = {"n": 1, "outcome": "dijelaskan"}

    assert chain.event_hash(*line) == chain.event_hash(*LINE)


def test_without_the_key_nobody_can_make_a_line(settings):
    before = chain.event_hash(*LINE), chain.seal("PG-2026-000001", 3, "ab" * 32)
    settings.FIELD_KEY = "another-key"

    assert chain.event_hash(*LINE) != before[0]
    assert chain.seal("PG-2026-000001", 3, "ab" * 32) != before[1]


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status)
def test_the_stored_history_of_every_status_is_an_unbroken_sealed_chain(status):
    case = Case.objects.get(pk=make_case(status=status).pk)
    events = list(CaseEvent.objects.filter(case=case).order_by("seq"))

    before = ""
    for seq, event in enumerate(events, start=1):
        assert event.seq == seq
        assert event.hash == chain.event_hash(
            case.reference, seq, event.code, event.actor_id, event.at, event.data, before
        )
        before = event.hash

    assert case.events_count == len(events)
    assert case.events_seal == chain.seal(case.reference, len(events), before)
