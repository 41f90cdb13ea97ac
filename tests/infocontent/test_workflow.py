"""Who may do which verb, and when: every verb, every role, every stage of an item's life."""

import pytest

from infocontent import actions
from infocontent.models import Item
from infocontent.workflow import (
    FLOW,
    OPEN,
    ContentError,
    EventCode,
    Incomplete,
    NotAllowed,
    StaleItem,
    VersionState,
)
from office.roles import Role
from tests.factories import make_user

from .items import codes, make_draft, make_item
from .verbs import STAGES, VERBS, snapshot

pytestmark = pytest.mark.django_db

# The superior answers objections, by letter.
WRITERS = set(Role) - {Role.ADMINISTRATOR, Role.PPID_SUPERIOR}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_for_the_roles_that_carry_its_duty(name, role):
    verb = VERBS[name]
    item = STAGES[min(verb.stages)]()
    actor, before = make_user(role), snapshot(item)

    if role in verb.roles:
        verb.do(item, actor)
        assert item.events.last().actor == actor
    else:
        with pytest.raises(NotAllowed, match="Peran Anda tidak mencakup langkah ini"):
            verb.do(item, actor)
        assert snapshot(item) == before


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_leaves_one_event_where_it_fits_and_nothing_where_it_does_not(name, stage):
    verb, item = VERBS[name], STAGES[stage]()
    before, earlier = snapshot(item), codes(item)

    if stage in verb.stages:
        verb.do(item, make_user(Role.HUMAS))
        assert codes(item) == [*earlier, verb.event]
        assert snapshot(item)["item"] != before["item"]
    else:
        with pytest.raises(ContentError):
            verb.do(item, make_user(Role.HUMAS))
        assert snapshot(item) == before


@pytest.mark.parametrize("name", VERBS)
def test_no_verb_goes_over_what_somebody_did_since_the_page_was_shown(name):
    verb = VERBS[name]
    item = STAGES[min(verb.stages)]()
    seen = item.lock
    actions.hand_over(item, actor=make_user(Role.HUMAS), to=make_user(Role.HUMAS))
    before = snapshot(item)

    with pytest.raises(StaleItem, match=r"humas-\d+ mengubah bahan ini pukul 10\.00"):
        verb.do(item, make_user(Role.HUMAS), seen=seen)

    assert snapshot(item) == before


def test_a_starter_text_that_is_posted_with_a_wrong_state_is_stale_and_no_crash():
    item = Item.objects.filter(events=None).first()

    with pytest.raises(StaleItem, match="Sistem mengubah bahan ini"):
        actions.submit(item, actor=make_user(Role.HUMAS), seen=7)


def test_the_state_that_was_shown_is_enough():
    item = make_draft()

    actions.submit(item, actor=make_user(Role.HUMAS), seen=item.lock)

    assert item.open_version.state == VersionState.IN_REVIEW


@pytest.mark.parametrize("role", Role)
def test_everybody_who_answers_people_may_begin_a_text(role):
    actor = make_user(role)

    if role in WRITERS:
        item = make_draft(author=actor)
        assert codes(item) == [EventCode.CREATED]
        # Whoever may only propose does not have to look after it.
        assert item.owner == (actor if role == Role.HUMAS else None)
    else:
        with pytest.raises(NotAllowed):
            make_draft(author=actor)
        assert not Item.objects.filter(slug="syarat-paspor").exists()


def test_somebody_without_a_role_or_without_an_account_in_use_does_nothing():
    item = make_draft()

    for actor in (make_user(), make_user(Role.HUMAS, is_active=False)):
        with pytest.raises(NotAllowed):
            actions.submit(item, actor=actor)


def test_what_is_finished_never_comes_back_by_itself():
    assert FLOW[VersionState.PAST] == FLOW[VersionState.DISCARDED] == set()
    assert set(FLOW) == set(VersionState)
    assert {state for state in FLOW if FLOW[state]} == OPEN | {VersionState.LIVE}


def test_nothing_goes_out_without_having_been_under_review():
    before = {VersionState.LIVE, VersionState.APPROVED}
    ways_in = {state for state, targets in FLOW.items() if targets & before}

    assert ways_in == {VersionState.IN_REVIEW, VersionState.APPROVED}


def test_what_is_missing_is_said_in_sentences():
    error = Incomplete(["Satu.", "Dua."])

    assert error.missing == ["Satu.", "Dua."]
    assert str(error) == "Satu. Dua."
    assert isinstance(error, ContentError)


def test_the_state_of_an_item_is_what_its_versions_make_it():
    item = make_item()

    assert item.versions.get().state == VersionState.LIVE
    assert codes(item) == [EventCode.CREATED, EventCode.SUBMITTED, EventCode.PUBLISHED]
