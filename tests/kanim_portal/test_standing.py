import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from cases.workflow import Kind, Status
from infocontent.models import Topic
from kanim_portal.standing import day_of
from office.models import Section
from office.roles import Role
from reports.meetings import actions as meetings
from reports.period import Period
from reports.recap.refreshing import refresh_months
from reports.texts.models import TextMonth
from tests.cases.desk import client_of, references, see
from tests.factories import NOW, make_case, make_desk, make_section, make_user
from tests.reports.meeting import make_signed, promise

pytestmark = pytest.mark.django_db

HEADS = [
    Role.SECTION_HEAD,
    Role.VERIFIER,
    Role.PPID,
    Role.PPID_SUPERIOR,
    Role.OFFICE_HEAD,
]
MAX_QUERIES = 12


def tiles(user):
    """The tiles of the start page: label to value and link."""
    found = re.findall(
        r'<a href="([^"]+)"><span class="petak-nama">([^<]+)</span> '
        r'<strong class="petak-angka">([^<]+)</strong>',
        see(user, "/admin/"),
    )
    return {label: (value, link.replace("&amp;", "&")) for link, label, value in found}


def rows_of(user, table):
    """The rows of a table of the start page as lists of words."""
    html = (
        see(user, "/admin/").partition(f'class="tabel-angka {table}"')[2].partition("</table>")[0]
    )
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.S):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        spoken = (re.sub(r"<span.*?</span>", "", cell) for cell in cells)
        found.append([re.sub(r"<[^>]+>", "", cell).strip() for cell in spoken])
    return found


@pytest.fixture
def desk():
    """Three cases of the desk's section, one of them late, and one that nobody has yet."""
    desk = make_desk()
    make_case(status=Status.IN_PROGRESS, desk=desk, at=NOW - timedelta(days=90))
    make_case(status=Status.IN_APPROVAL, desk=desk)
    make_case(status=Status.DONE, desk=desk)
    make_case(Kind.QUESTION)
    refresh_months()
    return desk


@pytest.mark.parametrize("role", list(Role))
def test_only_heads_see_how_the_desk_stands(role, desk):
    page = see(make_user(role, section=desk.section), "/admin/")

    assert ("Keadaan meja hari ini" in page) is (role in HEADS)


def test_each_number_of_today_is_the_length_of_its_list(desk):
    for person in (desk.head, desk.ppid, desk.verifier, desk.office_head):
        found = tiles(person)
        for label in ("Kasus terbuka", "Lewat tenggat", "Menunggu persetujuan"):
            value, link = found[label]
            assert len(references(person, link.partition("?")[2])) == int(value), label
    assert tiles(desk.ppid)["Kasus terbuka"][0] == "3"
    assert tiles(desk.head)["Kasus terbuka"][0] == "2"


def test_the_case_that_waits_longest_is_one_step_away(desk):
    value, link = tiles(desk.head)["Terlama menunggu"]

    assert value == "90 hari"
    assert "diterima 26 Agustus 2026" in see(desk.head, "/admin/")
    assert client_of(desk.head).get(link).status_code == 200


def test_an_answered_case_does_not_wait(desk):
    make_case(status=Status.ANSWERED, desk=desk, at=NOW - timedelta(days=120))

    assert tiles(desk.head)["Terlama menunggu"][0] == "90 hari"


def test_a_head_sees_the_own_section_beside_the_office(desk):
    make_case(status=Status.IN_PROGRESS, desk=make_desk("lantaskim"))

    own = rows_of(desk.head, "tabel-seksi")
    all_of_them = rows_of(desk.office_head, "tabel-seksi")

    assert [row[:4] for row in own[1:]] == [
        [desk.section.name, "2", "1", "1"],
        ["Seluruh kantor", "4", "1", "1"],
    ]
    lantaskim = Section.objects.get(code="lantaskim").name
    assert [row[0] for row in all_of_them[1:]] == [
        lantaskim,
        desk.section.name,
        "Belum diserahkan ke seksi",
        "Seluruh kantor",
    ]


def test_who_is_accused_does_not_count_the_case(desk):
    make_case(status=Status.IN_PROGRESS, desk=desk, reported=[desk.ppid])

    assert tiles(desk.ppid)["Kasus terbuka"][0] == "3"
    assert tiles(desk.office_head)["Kasus terbuka"][0] == "4"


def test_thirteen_months_end_with_this_one(desk):
    rows = rows_of(desk.ppid, "tabel-tren")[1:]

    assert (rows[0][0], rows[-1][0], len(rows)) == ("Nov 2025", "Nov 2026", 13)
    assert [row[:4] for row in rows if row[1] != "0"] == [
        ["Agu 2026", "1", "0", "1"],
        ["Nov 2026", "3", "1", "0"],
    ]


def test_the_trend_of_a_section_is_its_own(desk):
    elsewhere = make_user(Role.SECTION_HEAD, section=make_section())

    assert rows_of(desk.head, "tabel-tren")[-1][1] == "2"
    assert {row[1] for row in rows_of(elsewhere, "tabel-tren")[1:]} == {"0"}
    assert tiles(elsewhere)["Tepat waktu"][0] == "—"


def test_on_the_first_days_the_month_before_is_judged(desk):
    with time_machine.travel(NOW.replace(month=12, day=4)):
        assert "Diterima Nov 2026" in see(desk.ppid, "/admin/")
    with time_machine.travel(NOW.replace(month=12, day=10)):
        assert "Diterima Des 2026" in see(desk.ppid, "/admin/")


def _rise(topic):
    months = [Period(2026, month).first for month in (8, 9, 10, 11)]
    for month, n in zip(months, (20, 20, 20, 20), strict=True):
        TextMonth.objects.create(month=month, topic=None, n=n, counted_at=timezone.now())
    TextMonth.objects.create(month=months[-1], topic=topic, n=9, counted_at=timezone.now())


def test_topics_that_rise_lead_to_their_cases(desk):
    topic = Topic.objects.leaf("paspor-baru")
    _rise(topic)

    page = see(desk.ppid, "/admin/")

    assert f"?topic={topic.pk}&amp;received_from=2026-11-01&amp;received_to=2026-11-30" in page


@pytest.mark.parametrize("role", HEADS)
@pytest.mark.usefixtures("plain_paper")
def test_the_page_of_a_head_costs_few_queries_with_nothing_in_memory(
    role, desk, django_assert_max_num_queries
):
    head = make_user(role, section=desk.section)
    _rise(Topic.objects.leaf("paspor-baru"))
    make_signed(Period(2026, 9), agreed=[promise(head)])
    client = client_of(head)
    client.get("/admin/")
    cache.clear()

    with django_assert_max_num_queries(MAX_QUERIES):
        page = client.get("/admin/").content.decode()

    assert "Tindak lanjut rapat evaluasi" in page
    assert Topic.objects.leaf("paspor-baru").name in page


@pytest.mark.usefixtures("plain_paper")
def test_what_a_meeting_asked_for_is_on_the_start_page_of_whoever_it_asked():
    owner, other = make_user(Role.HUMAS), make_user(Role.HUMAS)
    make_signed(Period(2026, 9), agreed=[promise(owner, (NOW - timedelta(days=2)).date())])

    page = see(owner, "/admin/")

    assert "Tindak lanjut rapat evaluasi" in page
    assert "1 sudah lewat tanggalnya" in page
    assert "Tindak lanjut rapat evaluasi" not in see(other, "/admin/")


def test_the_head_is_told_of_minutes_that_wait_for_the_signature():
    clerk, head = make_user(Role.VERIFIER), make_user(Role.OFFICE_HEAD)
    meeting = meetings.begin_meeting(Period(2026, 10), actor=clerk)
    assert "Notula rapat evaluasi" not in see(head, "/admin/")
    meetings.save_meeting(meeting, actor=clerk, held_on=NOW.date())

    assert "Notula rapat evaluasi" in see(head, "/admin/")
    assert "Notula rapat evaluasi" not in see(clerk, "/admin/")


def test_a_day_is_the_offices_own_whatever_the_database_writes():
    assert day_of("2026-11-23 20:00:00").isoformat() == "2026-11-24"
    assert day_of("2026-11-23T20:00:00+00:00").isoformat() == "2026-11-24"
