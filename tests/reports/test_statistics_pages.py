"""Months made public by the clock, read by people and by programs."""

import csv
import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from openapi_spec_validator import validate

from channels.models import Tally
from channels.vocabulary import ContactChannel
from office.refusals import Refusal
from office.roles import Role
from reports.statistics import actions
from reports.statistics.models import PublicMonth
from tests.factories import WIB, make_case, make_user
from tests.kanim_portal.english import assert_english

pytestmark = pytest.mark.django_db

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


def on(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=WIB)


def tally(count: int, month: date = OCTOBER, channel: str = ContactChannel.WHATSAPP) -> Tally:
    return Tally.objects.create(month=month, channel=channel, count=count)


@pytest.fixture
def published():
    """October with contacts enough to tell of, and three letters that nobody may count."""
    tally(140)
    tally(3, channel=ContactChannel.EMAIL)
    tally(30, channel=ContactChannel.SOCIAL)
    actions.publish_due_months(on(10))
    return PublicMonth.objects.get()


@pytest.mark.parametrize(("day", "months"), [(9, []), (10, [OCTOBER]), (25, [OCTOBER])])
def test_a_month_is_published_on_the_tenth_of_the_next(day, months):
    tally(50)

    actions.publish_due_months(on(day))

    assert list(PublicMonth.objects.values_list("month", flat=True)) == months


def test_a_month_is_published_once():
    tally(50)
    assert actions.publish_due_months(on(10)) == 1

    tally(500, channel=ContactChannel.SOCIAL)

    assert actions.publish_due_months(on(11)) == 0
    assert PublicMonth.objects.get().figures["contacts"]["n"] == 50


def test_a_month_in_which_nothing_happened_waits_for_its_figures():
    tally(50, date(2026, 7, 1))
    tally(50)
    actions.publish_due_months(on(10))
    assert set(PublicMonth.objects.values_list("month", flat=True)) == {
        date(2026, 7, 1),
        OCTOBER,
    }

    tally(20, SEPTEMBER)

    assert actions.publish_due_months(on(11)) == 1


def test_the_hourly_job_publishes():
    tally(50)

    call_command("hourly", at=on(12), stdout=StringIO())

    assert PublicMonth.objects.get().month == OCTOBER


def test_cases_and_answers_of_the_month_are_counted():
    for _ in range(6):
        make_case("pertanyaan", "ditanggapi", at=on(5, 10))
    make_case("pengaduan", at=on(6, 10))
    actions.publish_due_months(on(10))

    figures = PublicMonth.objects.get().figures

    assert figures["cases"]["n"] == 7
    assert figures["answers"]["n"] == 6
    assert figures["answers"]["on_time"] == 6
    # One complaint is nobody's to count, so the questions beside it are not told either.
    assert {row["key"]: row["n"] for row in figures["cases"]["kinds"]} == {
        "pengaduan": None,
        "permohonan": 0,
        "keberatan": 0,
        "pertanyaan": None,
    }


def test_published_figures_never_change(published):
    published.figures = {}
    with pytest.raises(TypeError):
        published.save()
    with pytest.raises(TypeError):
        published.delete()


def test_the_database_wants_a_reason_for_a_second_edition(published):
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicMonth.objects.create(month=OCTOBER, edition=2, figures={}, published_at=on(12))
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicMonth.objects.create(month=OCTOBER, edition=1, figures={}, published_at=on(12))


def test_a_correction_is_a_further_edition_with_its_reason(published):
    tally(60, channel=ContactChannel.PHONE)
    ppid = make_user(Role.PPID)

    anew = actions.correct_month(OCTOBER, actor=ppid, reason=" Telepon terlewat ", at=on(20))

    assert (anew.edition, anew.reason, anew.published_by) == (2, "Telepon terlewat", ppid)
    assert list(PublicMonth.objects.newest_editions()) == [anew]


@pytest.mark.parametrize(("role", "more", "reason", "words"), [
    (Role.SECTION_HEAD, 60, "Terlewat", "Peran Anda"),
    (Role.PPID, 60, "  ", "alasan"),
    (Role.PPID, 2, "Terlewat", "satu sampai empat"),
    (Role.PPID, 0, "Terlewat", "masih sama"),
])  # fmt: skip
def test_a_correction_is_refused(published, role, more, reason, words):
    if more:
        tally(more, channel=ContactChannel.PHONE)

    with pytest.raises(Refusal, match=words):
        actions.correct_month(OCTOBER, actor=make_user(role), reason=reason)

    assert PublicMonth.objects.count() == 1


def test_what_is_not_published_cannot_be_corrected():
    with pytest.raises(Refusal, match="belum terbit"):
        actions.correct_month(OCTOBER, actor=make_user(Role.PPID), reason="Terlewat")


def test_without_a_month_the_page_says_so(client):
    page = client.get("/statistik/")

    assert "Belum ada bulan yang terbit." in page.content.decode()


def test_the_page_tells_the_month_and_hides_the_few(client, published):
    page = client.get("/statistik/").content.decode()

    assert "<dd>173</dd>" in page
    assert "disamarkan" in page
    assert ">3<" not in page


def test_the_page_is_english_for_foreigners(client, published):
    assert_english(client, lambda client: client.get("/statistik/"))

    assert "withheld" in client.get("/statistik/").content.decode()


@pytest.mark.parametrize("month", ["2026-09", "x", "2026-1", "9999-99", "%00"])
def test_a_month_that_is_not_published_is_not_found(client, published, month):
    assert client.get("/statistik/", {"bulan": month}).status_code == 404


def test_thirteen_months_are_read_at_once(client, django_assert_max_num_queries):
    for number in range(14):
        year, month = divmod(2025 * 12 + 8 + number, 12)
        tally(50 + number, date(year, month + 1, 1))
    actions.publish_due_months(on(10))

    with django_assert_max_num_queries(9):
        page = client.get("/statistik/").content.decode()

    assert page.count('<tr><th scope="row"><a') == 13


def test_programs_get_the_months_as_json(client, published):
    tally(70, SEPTEMBER)
    actions.publish_due_months(on(11))

    answer = client.get("/api/v1/statistics")

    assert answer["Content-Type"] == "application/json"
    assert set(answer["Cache-Control"].split(", ")) == {"max-age=3600", "public"}
    months = json.loads(answer.content)["months"]
    assert [month["month"] for month in months] == ["2026-09", "2026-10"]
    channels = {row["key"]: row["n"] for row in months[1]["figures"]["contacts"]["parts"]}
    assert channels["email"] is None


@pytest.mark.parametrize(("query", "months"), [
    ("from=2026-10", ["2026-10"]), ("to=2026-09", ["2026-09"]), ("from=2026-09&to=2026-10",
    ["2026-09", "2026-10"]), ("from=2027-01", []),
])  # fmt: skip
def test_programs_choose_months(client, published, query, months):
    tally(70, SEPTEMBER)
    actions.publish_due_months(on(11))

    found = json.loads(client.get(f"/api/v1/statistics?{query}").content)["months"]

    assert [month["month"] for month in found] == months


def test_programs_get_one_number_a_line(client, published):
    answer = client.get("/api/v1/statistics?format=csv")

    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    by_key = {(row["measure"], row["key"]): (row["value"], row["state"]) for row in rows}
    assert by_key["contacts", ""] == ("173", "shown")
    assert by_key["contacts.channel", "email"] == ("", "withheld")


@pytest.mark.parametrize(("query", "status"), [
    ("from=2026", 400), ("to=besok", 400), ("from=2026-13", 400), ("from=2026-10&to=2026-09", 400),
    ("format=xml", 404), ("from=%00", 400), ("from=0000-01", 400),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_programs_are_told_what_is_wrong(client, published, query, status, kind):
    address = f"/api/v1/statistics?{query}" + ("" if "format" in query else f"&format={kind}")

    answer = client.get(address)

    assert answer.status_code == status
    assert answer.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_programs_only_read(client, method):
    assert getattr(client, method)("/api/v1/statistics").status_code == 405


def test_the_interface_is_described(client, published):
    document = json.loads(client.get("/api/v1/openapi.json").content)

    validate(document)
    assert set(document["paths"]) == {"/api/v1/statistics"}


def test_the_ppid_corrects_at_the_desk(client, published):
    client.force_login(make_user(Role.PPID))
    page = reverse("admin:reports_publicmonth_correct", args=["2026-10"])
    assert client.post(page, {"reason": ""}).status_code == 200
    refused = client.post(page, {"reason": "Telepon terlewat"})
    assert "masih sama" in refused.content.decode()
    assert "Telepon terlewat" in refused.content.decode()
    tally(60, channel=ContactChannel.PHONE)

    answer = client.post(page, {"reason": "Telepon terlewat"}, follow=True)

    assert "Edisi baru untuk Oktober 2026 sudah terbit." in answer.content.decode()
    assert "Telepon terlewat" in client.get("/statistik/").content.decode()


@pytest.mark.parametrize(("role", "status"), [
    (Role.PPID, 200), (Role.SECTION_HEAD, 200), (Role.OFFICER, 403), (Role.HUMAS, 403),
])  # fmt: skip
def test_who_sees_the_months_at_the_desk(client, published, role, status):
    client.force_login(make_user(role))

    page = client.get(reverse("admin:reports_publicmonth_changelist"))

    assert page.status_code == status


@pytest.mark.parametrize("code", ["2026-09", "x", "2026-99"])
def test_a_month_that_does_not_exist_cannot_be_corrected_at_the_desk(client, published, code):
    client.force_login(make_user(Role.PPID))

    page = client.get(reverse("admin:reports_publicmonth_correct", args=[code]))

    assert page.status_code == 404
