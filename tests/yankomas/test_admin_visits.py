import re
from datetime import date

import pytest
from django.contrib.messages import get_messages

from cases.workflow import Privacy
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import NOW, make_case, make_section, make_user
from yankomas import actions
from yankomas.models import Visit
from yankomas.workflow import Outcome, PriorityReason

from .days import CONTACT, MONDAY, NAME, call, case_visit, clock, done, log, serve, shift_of
from .pages import BLIND, DAY, EXPORT, LIST, MONTH, SEE, page_of, rows, viewer
from .room import make_officer, service, take, topic

pytestmark = pytest.mark.django_db


def numbers(user, query=""):
    """The numbers in the rows of the list, in their order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', see(user, f"{LIST}?{query}"))


def row_of(user, number, query=""):
    """The words of one row of the list."""
    rows = re.findall(r"<tr>(.*?)</tr>", see(user, f"{LIST}?{query}"), re.S)
    row = next(row for row in rows if f">{number}</a>" in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


@pytest.mark.parametrize("role", SEE)
def test_who_may_see_visits_sees_list_page_and_figures(role):
    visit = serve(shift_of(), "08.10", "08.20", "08.40")
    client = client_of(viewer(role))

    for address in (LIST, page_of(visit), DAY, MONTH):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", BLIND)
def test_nobody_else_sees_any_of_it(role):
    visit = serve(shift_of(), "08.10", "08.20", "08.40")
    client = client_of(make_user(role, section=make_section()))

    for address in (LIST, page_of(visit), DAY, MONTH, EXPORT):
        assert client.get(address).status_code == 403, address


def test_being_a_superuser_adds_nothing():
    root = make_user(is_superuser=True)

    for address in (LIST, DAY, MONTH, EXPORT):
        assert client_of(root).get(address).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client):
    for address in (LIST, DAY, MONTH, EXPORT):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("door", ["", "history/", "delete/", "../add/"])
def test_there_are_no_stock_pages(door):
    visit = serve(shift_of(), "08.10", "08.20", "08.40")

    response = client_of(viewer()).get(f"{LIST}{visit.pk}/{door}")

    assert response.status_code == 404


def test_nothing_is_changed_by_posting():
    visit = serve(shift_of(), "08.10", "08.20", "08.40")

    client_of(viewer()).post(page_of(visit), {"asked": "lain", "status": "menunggu"})

    assert Visit.objects.get(pk=visit.pk).version == visit.version


def test_the_newest_visit_stands_first():
    shift = shift_of()
    serve(shift, "08.10", "08.20", "08.30")
    serve(shift, "08.40", "08.50", "09.00")
    take("informasi", at=clock("09.30"))

    assert numbers(viewer()) == ["D001", "A002", "A001"]


def test_a_row_says_who_waited_how_long_and_what_came_of_it():
    shift = shift_of()
    take(reason=PriorityReason.ELDERLY, at=clock("08.10"))
    visit = call(shift, "08.22")
    actions.hold(visit, shift, actor=shift.officer, at=clock("08.30"))
    actions.resume(visit, shift, actor=shift.officer, at=clock("09.30"))
    done(visit, shift, "09.35")

    words = row_of(viewer(), "A001")

    assert "Prioritas" in words
    assert "12 menit 13 menit Loket 1" in words
    assert str(shift.officer) in words
    assert "Antrean" in words
    assert "Dijawab di tempat" in words


def test_a_visit_that_still_waits_has_no_minutes():
    take(at=clock("08.10"))

    assert "— — — belum ada petugas Menunggu" in row_of(viewer(), "A001")


def test_an_empty_log_says_how_it_fills():
    assert "Belum ada kunjungan." in see(viewer(), LIST)
    assert "Tidak ada kunjungan yang sesuai." in see(viewer(), f"{LIST}?day_from=2026-11-01")


def test_filters_narrow_the_list():
    one, two = shift_of(1), shift_of(2)
    wanted = serve(one, "08.10", "08.20", "08.40", topic=topic("antrean"))
    serve(
        two,
        "08.15",
        "08.25",
        "08.45",
        day=date(2026, 11, 20),
        code="izin-tinggal",
        topic=topic("overstay"),
        outcome=Outcome.REFERRED,
        referred_to="Dukcapil",
    )

    for query in (
        f"day_from={MONDAY}",
        f"day_from={MONDAY}&day_to={MONDAY}",
        f"service={service().pk}",
        f"counter={one.counter.pk}",
        f"officer={one.officer.pk}",
        f"topic={topic('antrean').pk}",
        "outcome=dijawab",
    ):
        assert numbers(viewer(), query) == [wanted.label], query
    assert numbers(viewer(), "day_to=2026-11-20") == ["B001"]
    assert numbers(viewer(), "outcome=dirujuk") == ["B001"]


def test_visits_that_go_on_and_those_without_an_outcome_are_told_apart():
    shift = shift_of()
    take(at=clock("08.10"))
    call(shift, "08.20")
    actions.close_left_open(clock("08.00", date(2026, 11, 24)))
    take("informasi", at=NOW)

    assert numbers(viewer(), "outcome=belum") == ["A001"]
    assert numbers(viewer(), "outcome=berjalan") == ["D001"]
    assert "Selesai tanpa hasil" in row_of(viewer(), "A001")


@pytest.mark.parametrize(
    "query",
    [
        "day_from=kemarin",
        "day_from=0001-01-01",
        "day_to=9999-12-31",
        "service=99999999999999999999999",
        "service=paspor",
        "counter=%00",
        "officer=1%27",
        "topic=0",
        "outcome=apa",
    ],
)
def test_a_value_that_is_not_offered_is_ignored_and_said(query):
    serve(shift_of(), "08.10", "08.20", "08.40")

    response = client_of(viewer()).get(f"{LIST}?{query}")

    assert "A001" in response.content.decode()
    assert any("diabaikan" in str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize(
    "query",
    [
        "p=%00",
        "p=99999999999999999999999999",
        "p=-1",
        "p=²",
        "o=9.9&all=&e=1",
        "_popup=1",
        "%00=%00",
    ],
)
def test_no_query_string_breaks_the_list(query):
    serve(shift_of(), "08.10", "08.20", "08.40")

    assert client_of(viewer()).get(f"{LIST}?{query}").status_code == 200


def test_no_lookup_reaches_a_hidden_column():
    shift = shift_of()
    serve(shift, "08.10", "08.20", "08.40", record={"visitor_name": NAME})

    for query in ("visitor_name=x", "officer__password__startswith=x", "token__startswith=x"):
        assert numbers(viewer(), query) == ["A001"]


def test_a_long_list_is_paged_and_its_count_is_capped(monkeypatch):
    monkeypatch.setattr("cases.counting.CAP", 3)
    monkeypatch.setattr("cases.desk.paging.PER_PAGE", 2)
    for minute in range(5):
        take(at=clock(f"08.{minute:02d}"))

    first = see(viewer(), f"{LIST}?service={service().pk}")

    assert "<strong>3+</strong> kunjungan" in first
    assert f"?service={service().pk}&amp;p=2" in first
    assert numbers(viewer(), "p=3") == ["A001"]


@pytest.mark.parametrize("role", SEE)
def test_the_list_costs_the_same_few_queries_whatever_it_shows(role, django_assert_max_num_queries):
    shift = shift_of(3)
    case_visit(shift)
    done(Visit.objects.get(), shift, "08.30")
    for minute in range(10, 60, 5):
        serve(
            shift,
            f"09.{minute - 10:02d}",
            f"09.{minute - 8:02d}",
            f"09.{minute - 6:02d}",
            code="pengaduan",
        )
    full = f"service={service('pengaduan').pk}&officer={shift.officer.pk}&day_from={MONDAY}"

    for address in (LIST, f"{LIST}?{full}"):
        client = client_of(viewer(role))
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_page_tells_the_whole_story():
    one, three = shift_of(1), shift_of(3)
    take(at=clock("08.10"))
    visit = call(one, "08.20")
    actions.record(
        visit,
        actor=one.officer,
        at=clock("08.22"),
        asked="Paspor saya hilang.\n<b>Bagaimana?</b>",
        answered="Lapor polisi dulu.",
    )
    actions.transfer(visit, one, service("pengaduan"), actor=one.officer, at=clock("08.25"))
    visit = call(three, "08.40")
    done(visit, three, "08.50", outcome=Outcome.REFERRED, referred_to="Polsek")

    text = see(viewer(), page_of(visit))
    history = text[text.index('class="riwayat"') :]

    assert "&lt;b&gt;Bagaimana?&lt;/b&gt;" in text
    assert "Lapor polisi dulu." in text
    assert "Polsek" in text
    steps = [
        "Selesai: dirujuk ke tempat lain",
        "Mulai dilayani",
        "Dipanggil",
        "Dipindah ke layanan lain: dari Paspor ke Pengaduan",
        "Isi dicatat: yang ditanyakan, yang dijawab",
        "Mulai dilayani",
        "Dipanggil",
        "Nomor diambil untuk Paspor",
    ]
    assert re.findall(r"<strong>([^<]+)</strong>", history) == steps
    assert "Dilayani → Selesai" in history
    assert re.findall(r">(?:23 Nov 2026) (\d\d\.\d\d)<", history)[0] == "08.50"
    assert "Loket 1" in history
    assert "Loket 3" in history
    assert str(one.officer) in history
    assert "Pengunjung di kios" in history


def test_a_visit_that_is_not_there_is_not_found():
    for pk in (1, 2**63, 10**30):
        assert client_of(viewer()).get(f"{LIST}{pk}/change/").status_code == 404


@pytest.mark.parametrize("role", SEE)
def test_names_and_contacts_never_appear(role):
    shift = shift_of()
    person = {"visitor_name": NAME, "visitor_contact": CONTACT}
    visit = serve(shift, "08.10", "08.20", "08.40", record=person)
    logged = log(shift.officer, "09.00", "09.10", **person)
    user = viewer(role)

    for address in (LIST, page_of(visit), page_of(logged), DAY, f"{DAY}?hari={MONDAY}", MONTH):
        text = see(user, address)
        assert NAME not in text
        assert CONTACT not in text
    assert "disimpan, tidak ditampilkan di sini" in see(user, page_of(visit))


def test_a_visit_without_a_name_says_so():
    visit = serve(shift_of(), "08.10", "08.20", "08.40")

    assert "tidak dicatat" in see(viewer(), page_of(visit))


def test_the_case_is_linked_for_those_who_may_know_of_it():
    shift = shift_of(3)
    visit, case = case_visit(shift)
    overseer, colleague = viewer(), make_officer()

    for address in (LIST, page_of(visit)):
        assert case.get_absolute_url() in see(overseer, address)
        assert case.reference not in see(colleague, address)
        assert case.reference not in see(shift.officer, address)
    assert "Petugasnya marah." in see(overseer, page_of(visit))


def test_what_was_said_about_a_hidden_case_is_hidden_as_well():
    shift = shift_of(3)
    reported = viewer(Role.PPID)
    visit, case = case_visit(shift, privacy=Privacy.CONFIDENTIAL)
    case.reported_officers.add(reported)

    for user in (reported, make_officer()):
        text = see(user, page_of(visit))
        assert "Petugasnya marah." not in text
        assert "Kunjungan ini menjadi kasus." in text
    # Who wrote it down knows it.
    assert "Petugasnya marah." in see(shift.officer, page_of(visit))
    if client_of(reported).get(EXPORT).status_code == 200:
        assert case.reference not in str(rows(client_of(reported).get(EXPORT)))


def test_a_case_that_came_another_way_is_no_visit():
    make_case()

    assert "Belum ada kunjungan." in see(viewer(), LIST)
