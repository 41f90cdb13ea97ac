from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from cases import access_code
from cases.models import Case, CaseEvent
from complaints.models import Complaint
from kanim_portal.seeding.lives import code_of
from office.models import User
from tests.factories import make_case

COUNT = 400


@pytest.fixture
def seeded(committed_db):
    call_command("seed_cases", COUNT, yes=True, stdout=StringIO(), stderr=StringIO())


def test_without_demo_mode_it_must_be_meant(db):
    with pytest.raises(CommandError, match="--yes"):
        call_command("seed_cases", 1, stdout=StringIO())


def test_the_rows_hold_as_if_the_verbs_had_made_them(seeded):
    assert Case.objects.count() == COUNT
    assert 0 < Case.objects.open().count() < COUNT * 0.2
    assert not Case.objects.filter(kind="pengaduan", pengaduan=None).exists()
    assert Complaint.objects.count() == Case.objects.filter(kind="pengaduan").count()
    counts = CaseEvent.objects.values("case", "case__events_count").annotate(n=Count("pk"))
    assert all(row["n"] == row["case__events_count"] for row in counts)

    call_command("verify_events", stdout=StringIO(), stderr=StringIO())


def test_numbers_go_on_where_the_seed_ended(seeded):
    last = Case.objects.filter(reference__startswith="PG-2026").order_by("reference").last()

    case = make_case()

    assert int(case.reference[-6:]) == int(last.reference[-6:]) + 1


def test_seeding_again_adds_to_it(seeded):
    call_command("seed_cases", 50, yes=True, seed=2, stdout=StringIO(), stderr=StringIO())

    assert Case.objects.count() == COUNT + 50
    call_command("verify_events", stdout=StringIO(), stderr=StringIO())


def test_the_code_of_a_seeded_case_can_be_worked_out(seeded):
    digests = {access_code.digest(code_of(1, n)) for n in range(COUNT)}

    known = set(Case.objects.exclude(access_digest=None).values_list("access_digest", flat=True))
    assert known
    assert known <= digests


def test_nobody_can_log_in_as_a_made_up_officer(seeded):
    assert all(not user.has_usable_password() for user in User.objects.filter(is_demo=True))
