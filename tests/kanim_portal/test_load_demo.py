import csv
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.models import Applicant, Case, CaseEvent, Letter, Notice
from cases.workflow import Kind, Privacy, Status
from channels.counting import contact_case_ids
from infocontent.models import (
    Announcement,
    DailyCount,
    Item,
    Placement,
    SearchCount,
    Version,
    Vote,
)
from kanim_portal.demo.office_year import SAMPLE
from kanim_portal.demo.people import ACCOUNTS, PASSWORD
from kanim_portal.ideas import Ideas
from office.models import User
from office.roles import Role
from surveys.models import Response, Source
from tests.factories import NOW


def load():
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker, request):
    """Half a minute of work, once for all the tests that only look at it."""
    import time_machine
    from django.conf import settings
    from django.db import transaction

    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=True),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(settings, "DEMO", True)
        # Where tests that empty everything ran before, the library is missing.
        call_command("load_office", stdout=StringIO())
        load()
        yield settings.MEDIA_ROOT
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, settings):
    settings.DEMO = True
    # Its letters lie where they were written.
    settings.MEDIA_ROOT = _demo


def test_without_demo_mode_nothing_is_loaded(db):
    with pytest.raises(CommandError, match="DEMO=1"):
        load()

    assert not User.objects.filter(is_demo=True).exists()


def test_each_role_has_an_account_and_the_password_is_printed(demo):
    out = load()

    assert {account.role for account in ACCOUNTS} == set(Role)
    assert PASSWORD in out
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert account.username in out
        assert user.is_demo
        assert not user.is_superuser
        assert not user.email
        assert user.check_password(PASSWORD)
        assert [group.name for group in user.groups.all()] == [account.role.value]


def test_loading_twice_adds_nothing(demo):
    before = Case.objects.count(), CaseEvent.objects.count(), User.objects.count()

    load()

    assert (Case.objects.count(), CaseEvent.objects.count(), User.objects.count()) == before


def test_five_hundred_reviews_are_in_every_status_and_stand_beside_two_other_kinds(demo):
    cases = Case.objects.all()
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        reviews = {row["text"] for row in csv.DictReader(file)}

    assert sum(text in reviews for text in cases.values_list("narrative", flat=True)) >= 500
    assert set(cases.values_list("status", flat=True)) == set(Status.values)
    kinds = Counter(cases.values_list("kind", flat=True))
    assert kinds[Kind.INFORMATION_REQUEST] >= 30
    assert kinds[Kind.QUESTION] >= 39
    assert set(cases.values_list("privacy", flat=True)) == set(Privacy.values)
    assert cases.filter(language="en").count() >= 10


def test_they_are_spread_over_the_sections_and_ten_months(demo):
    sections = Counter(Case.objects.values_list("section__code", flat=True))
    months = {(at.year, at.month) for at in Case.objects.values_list("received_at", flat=True)}

    assert all(
        sections[code]
        for code in ("lantaskim", "intaltuskim", "inteldakim", "tikkim", "tata-usaha")
    )
    assert len(months) >= 10


def test_each_month_since_october_2025_has_answers_to_all_surveys_and_a_burst_is_marked(demo):
    answers = Response.objects.values_list("month", "instrument__code")
    months = sorted({month for month, _code in answers})

    assert months[0].isoformat() == "2025-10-01"
    assert len(months) == 14
    assert set(answers) == {(m, code) for m in months for code in ("skm", "spkp", "spak")}
    assert set(Response.objects.values_list("source", flat=True)) == set(Source.values)
    assert 8 <= Response.objects.filter(is_flagged=True).count() < Response.objects.count() / 20
    assert Response.objects.with_comment().exists()


def test_the_desk_finds_something_to_do_of_each_sort(demo):
    cases = Case.objects.all()

    assert cases.overdue().exists()
    assert cases.due_by(timezone.localdate() + timedelta(days=5)).exists()
    assert cases.exclude(citizen_wrote_at=None).exists()
    assert cases.filter(status=Status.IN_APPROVAL).exists()
    assert cases.filter(is_extended=True).exists()
    assert cases.filter(is_reopened=True).exists()
    assert cases.exclude(duplicate_of=None).exists()
    assert CaseEvent.objects.filter(code="jenis_diubah").exists()


def test_a_complaint_names_an_officer_and_that_officer_cannot_see_it(demo):
    case = Case.objects.get(reported__isnull=False)
    accused = case.reported.get().user

    for user in (accused, User.objects.get(username="kepala.lantaskim")):
        assert case not in Case.objects.visible_to(user)
    assert case in Case.objects.visible_to(User.objects.get(username="kepala.kantor"))


def test_nothing_happens_in_the_future_and_the_numbers_follow_the_time_of_receipt(demo):
    assert not CaseEvent.objects.filter(at__gt=timezone.now()).exists()
    complaints = Case.objects.filter(reference__startswith="PG-2026").order_by("reference")
    # What was read elsewhere is entered later and keeps its own time.
    complaints = complaints.exclude(pk__in=contact_case_ids())
    moments = list(complaints.values_list("received_at", flat=True))
    assert moments == sorted(moments)


def test_letters_are_numbered_in_the_order_of_their_dates(demo):
    moments = list(Letter.objects.order_by("year", "serial").values_list("issued_at", flat=True))

    assert len(moments) >= 15
    assert moments == sorted(moments)


def test_staff_act_on_working_days_in_office_hours(demo):
    acts = [
        timezone.localtime(event.at)
        for event in CaseEvent.objects.exclude(actor=None).filter(at__lt=NOW - timedelta(days=3))
    ]

    odd = [at for at in acts if at.weekday() > 4 or not 8 <= at.hour < 15]
    assert len(odd) < len(acts) * 0.01


def test_the_demo_sends_nothing_to_anybody(demo):
    assert not Notice.objects.exists()
    assert not Applicant.objects.exclude(email_index="").exists()


def test_its_history_holds(demo):
    call_command("verify_events", stdout=StringIO(), stderr=StringIO())


def test_the_library_has_a_season_behind_it_and_loading_twice_adds_nothing(demo):
    tables = (Announcement, DailyCount, Item, Placement, SearchCount, Version, Vote)
    before = [model.objects.count() for model in tables]

    load()

    assert all(before)
    assert [model.objects.count() for model in tables] == before
    assert Vote.objects.filter(is_helpful=False).exclude(reason="").exists()
    assert {"konsep", "ditinjau", "terbit"} <= set(Version.objects.values_list("state", flat=True))
    assert Placement.objects.filter(is_posted=False, day__gt=NOW.date()).exists()


def test_its_readers_say_which_text_does_not_help(demo):
    found = Ideas(User.objects.get(username="humas")).unhelpful()

    assert "uang-paspor-kembali" in [idea.key for idea in found]


def test_a_case_to_follow_as_its_citizen_is_named(demo):
    assert "kode PERA-GAAN-2026-2026" in load()


def test_a_demo_account_opens_nothing_where_demo_is_off(demo, client, settings):
    user = User.objects.get(username="kepala.kantor")
    client.force_login(user)
    assert client.get("/admin/").status_code == 200

    settings.DEMO = False

    assert client.get("/admin/").status_code == 302
    client.post("/admin/login/", {"username": "kepala.kantor", "password": PASSWORD})
    assert client.get("/admin/").status_code == 302
