"""Role x object: what the querysets and the verbs let through, whatever page stands before them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from cases import actions
from cases.models import AccessLog, Case
from cases.workflow import CaseError, NotAllowed, Privacy, Status
from office.models import User
from tests.access.world import (
    ASSIGNERS,
    EVERYBODY,
    OVERSEERS,
    READERS,
    SEES,
    STAFF,
    WORD,
    World,
    sees,
)
from tests.cases.snapshot import snapshot
from tests.cases.verbs import STAFF_VERBS
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

CELLS = [(who, what) for who in EVERYBODY for what in SEES]
STAFF_CELLS = [(who, what) for who in STAFF for what in SEES]


def person(world: World, who: str) -> User | AnonymousUser:
    """Fresh from the database, so that nothing is remembered from another cell."""
    if who in world.people:
        return User.objects.get(pk=world.people[who].pk)
    return AnonymousUser()


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_list_the_search_and_the_due_lists(world, who, what):
    visible, case = Case.objects.visible_to(person(world, who)), world.cases[what]
    today = timezone.localdate()
    late = today + timedelta(days=400)

    assert visible.filter(pk=case.pk).exists() is sees(who, what)
    assert (case in visible.matching(WORD)) is sees(who, what)
    assert (case in visible.due_by(late, today)) is sees(who, what)
    assert (case in visible.overdue(late)) is sees(who, what)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_counts(world, who):
    visible = Case.objects.visible_to(person(world, who))
    mine = [what for what in SEES if sees(who, what)]
    in_progress = [what for what in mine if what != "unverified"]
    everything = len(mine) + (who in OVERSEERS)  # the citizen's own question

    assert visible.count() == everything
    assert visible.open().filter(status=Status.IN_PROGRESS).count() == len(in_progress)


@pytest.mark.parametrize(("who", "what"), STAFF_CELLS)
def test_a_note(world, who, what):
    case, actor = Case.objects.get(pk=world.cases[what].pk), person(world, who)
    before = snapshot(case)

    if sees(who, what):
        actions.note(case, actor=actor, text="Catatan")
        assert snapshot(case) != before
    else:
        with pytest.raises(NotAllowed):
            actions.note(case, actor=actor, text="Catatan")
        assert snapshot(case) == before


@pytest.mark.parametrize(("who", "what"), STAFF_CELLS)
def test_disposisi(world, who, what):
    case, actor = Case.objects.get(pk=world.cases[what].pk), person(world, who)
    section = world.people["officer"].section

    if sees(who, what) and who in ASSIGNERS and what != "unverified":
        actions.assign(case, actor=actor, section=section)
        assert case.section == section
    else:
        before = snapshot(case)
        with pytest.raises(CaseError):
            actions.assign(case, actor=actor, section=section)
        assert snapshot(case) == before


@pytest.mark.parametrize(("who", "what"), STAFF_CELLS)
def test_the_identity(world, who, what):
    case, actor = Case.objects.get(pk=world.cases[what].pk), person(world, who)
    for_two = case.privacy != Privacy.CONFIDENTIAL or who in {"verifier", "office_head"}

    if sees(who, what) and what != "anonymous" and for_two:
        assert actions.reveal_identity(case, actor=actor, purpose="Menelepon").full_name
        assert AccessLog.objects.filter(user=actor, case=case, what="identitas").count() == 1
    else:
        with pytest.raises(CaseError):
            actions.reveal_identity(case, actor=actor, purpose="Menelepon")
        assert not AccessLog.objects.filter(what="identitas").exists()


ROLES = {
    "petugas": "officer",
    "kepala_seksi": "head",
    "verifikator": "verifier",
    "ppid": "ppid",
    "kepala_kantor": "office_head",
}


@pytest.mark.parametrize("verb", STAFF_VERBS)
@pytest.mark.parametrize("who", [*ROLES, "humas", "administrator", "superuser", "elsewhere"])
def test_each_verb_is_for_its_roles_only(who, verb):
    table = STAFF_VERBS[verb]
    desk = make_desk()
    case = make_case(table.kind, next(iter(table.moves)), desk=desk)
    table.before(case)
    # A section even before verification: a refusal must come from the role, not from the scope.
    Case.objects.filter(section=None).update(section=desk.section)
    case = Case.objects.get(pk=case.pk)
    actor = {
        **{role: getattr(desk, name) for role, name in ROLES.items()},
        "humas": make_user("humas", section=desk.section),
        "administrator": make_user("administrator", section=desk.section),
        "superuser": make_user(is_superuser=True, section=desk.section),
        "elsewhere": make_user("petugas", "kepala_seksi", section="lantaskim"),
    }[who]
    before = snapshot(case)

    if who in table.roles:
        table.do(case, actor=actor, desk=desk)
        assert case.events.last().actor == actor
    else:
        with pytest.raises(NotAllowed), transaction.atomic():
            table.do(case, actor=actor, desk=desk)
        assert snapshot(case) == before


def test_the_matrix_has_no_role_without_a_cell():
    assert set(EVERYBODY) >= READERS | {who for people in SEES.values() for who in people}
    assert len(CELLS) >= 100
