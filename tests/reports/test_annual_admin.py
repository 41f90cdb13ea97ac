import re

import pytest
from django.urls import reverse

from office.roles import Role
from reports.annual import actions
from reports.models import Report
from reports.period import Period
from tests.cases.desk import client_of, see
from tests.factories import make_case, make_desk, make_user

from .writing import TEXTS, make_draft, make_published
from .year import decide, moment, request, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

LIST = "/admin/reports/report/"
BLANK = dict.fromkeys(TEXTS, "")
READERS = {
    Role.PPID,
    Role.VERIFIER,
    Role.SECTION_HEAD,
    Role.OFFICE_HEAD,
    Role.PPID_SUPERIOR,
}


def page_of(report: Report) -> str:
    return reverse("admin:reports_report_change", args=[report.pk])


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_reports_and_figures(role):
    report = make_published()
    reader = client_of(make_user(role, section="tikkim"))
    pages = [LIST, f"{LIST}angka/", f"{LIST}angka/berkas.xlsx", page_of(report)]
    pages += [f"{LIST}{report.pk}/laporan.pdf", f"{LIST}kasus/?tahun=2026&angka=permohonan"]

    answers = {address: reader.get(address).status_code for address in pages}

    assert set(answers.values()) == ({200} if role in READERS else {403}), answers


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PPID])
def test_who_does_not_write_is_refused_at_every_form(role):
    report = make_draft()
    stranger = client_of(make_user(role, section="tikkim"))

    for address in (
        LIST,
        page_of(report),
        f"{LIST}{report.pk}/terbitkan/",
        f"{LIST}{report.pk}/betulkan/",
    ):
        posted = {"tahun": 2025, "bulan": 0, "version": report.version, "correction": "x"}
        assert stranger.post(address, posted).status_code == 403, address
    assert Report.objects.get().version == report.version


def test_the_ppid_begins_writes_and_publishes_on_these_pages():
    ppid = client_of(make_user(Role.PPID))

    begun = ppid.post(LIST, {"tahun": 2026, "bulan": 0, "correction": ""})
    report = Report.objects.get()
    assert begun["Location"] == page_of(report)
    saved = ppid.post(page_of(report), {"version": report.version, **TEXTS}, follow=True)
    assert "Konsep disimpan." in saved.content.decode()
    asked = ppid.get(f"{LIST}{report.pk}/terbitkan/").content.decode()
    assert "Terbitkan sekarang" in asked
    report.refresh_from_db()
    ppid.post(f"{LIST}{report.pk}/terbitkan/", {"version": report.version})

    report.refresh_from_db()
    assert report.is_published
    assert report.policy == TEXTS["policy"]
    assert "Simpan konsep" not in ppid.get(page_of(report)).content.decode()


@pytest.mark.parametrize("left_out", ["people", "budget", "recommendations"])
def test_a_post_that_broke_off_wipes_out_nothing(left_out):
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)
    typed = {**BLANK, "version": report.version, "policy": "Yang saya ketik"}
    del typed[left_out]

    page = client_of(ppid).post(page_of(report), typed)

    assert "terputus di tengah jalan" in page.content.decode()
    assert "Yang saya ketik" in page.content.decode()
    report.refresh_from_db()
    assert {name: getattr(report, name) for name in TEXTS} == TEXTS


def test_what_was_typed_survives_a_refusal():
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)
    stale = report.version
    actions.save_report(report, actor=ppid, policy="Dari orang lain")

    page = client_of(ppid).post(
        page_of(report), {**BLANK, "version": stale, "policy": "Yang saya ketik"}
    )

    text = page.content.decode()
    assert "<title>Galat: " in text
    assert "Yang saya ketik" in text
    assert "setelah halaman Anda dibuka" in text
    report.refresh_from_db()
    assert report.policy == "Dari orang lain"


def test_a_link_that_runs_something_is_refused():
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)

    page = client_of(ppid).post(
        page_of(report),
        {**BLANK, "version": report.version, "policy": "[x](javascript:alert(1))"},
    )

    assert "tidak dapat dipakai" in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"tahun": "1999"},
        {"tahun": "20266"},
        {"tahun": "x"},
        {"tahun": ""},
        {"tahun": "2026", "bulan": "13"},
        {"tahun": "2030"},
    ],
)
def test_a_period_that_cannot_be_is_refused(typed):
    page = client_of(make_user(Role.PPID)).post(LIST, typed)

    assert "<title>Galat: " in page.content.decode()
    assert not Report.objects.exists()


def test_an_unfinished_report_is_not_offered_for_publication():
    ppid = make_user(Role.PPID)
    report = actions.begin_report(Period(2026), actor=ppid)

    page = see(ppid, f"{LIST}{report.pk}/terbitkan/")

    assert "Masih kosong: kebijakan pelayanan informasi" in page
    assert "Terbitkan sekarang" not in page


def test_a_correction_is_made_from_the_published_report():
    ppid = make_user(Role.PPID)
    report = make_published(ppid)
    address = f"{LIST}{report.pk}/betulkan/"

    assert "Tuliskan apa yang dibetulkan." in client_of(ppid).post(address).content.decode()
    client_of(ppid).post(address, {"correction": "Angka petugas."})

    edition = Report.objects.drafts().get()
    assert (edition.edition, edition.correction) == (2, "Angka petugas.")


def test_every_figure_leads_to_its_cases():
    desk = make_desk()
    small_year(desk)
    page = see(desk.ppid, f"{LIST}angka/?tahun=2026&bulan=0")
    links = re.findall(r'href="([^"]*/kasus/\?[^"]*)">([\d.]+)<', page)

    assert len(links) > 50
    for address, number in dict(links).items():
        behind = see(desk.ppid, address.replace("&amp;", "&"))
        assert len(set(re.findall(r">([PK][IB]-20\d\d-\d{6})</a>", behind))) == int(number), address


def test_cases_that_somebody_may_not_see_are_only_counted():
    desk = make_desk()
    case = request(desk, "2026-03-02")
    make_case("permohonan", at=moment("2026-03-02"))

    page = see(desk.head, f"{LIST}kasus/?tahun=2026&angka=permohonan")

    assert re.findall(r">(PI-\d{4}-\d{6})</a>", page) == [case.reference]
    assert "1 kasus lain di halaman ini di luar yang boleh Anda lihat" in page


@pytest.mark.parametrize("path", ["", "lain", "permohonan/x:y", "a" * 5000, "%00"])
def test_an_unknown_figure_is_not_found(path):
    assert (
        client_of(make_user(Role.PPID))
        .get(f"{LIST}kasus/", {"tahun": 2026, "angka": path})
        .status_code
        == 404
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "²", "1" * 40])
def test_any_page_number_is_answered(page):
    address = f"{LIST}kasus/?tahun=2026&angka=permohonan&hal={page}"

    assert client_of(make_user(Role.PPID)).get(address).status_code == 200


def test_the_figures_page_costs_few_queries(django_assert_max_num_queries):
    desk = make_desk()
    decide(request(desk, "2026-03-02"), desk, "2026-03-09", "diberikan_seluruhnya")
    client = client_of(desk.ppid)
    client.get(f"{LIST}angka/?tahun=2026")

    with django_assert_max_num_queries(20):
        client.get(f"{LIST}angka/?tahun=2026")


@pytest.mark.parametrize(
    ("published", "is_reminded"), [(False, True), (True, False)], ids=["missing", "published"]
)
def test_the_ppid_is_reminded_until_the_year_is_reported(published, is_reminded):
    ppid = make_user(Role.PPID)
    make_case("permohonan", at=moment("2026-12-01"))
    if published:
        make_published(ppid)

    page = see(ppid, "/admin/")

    assert ("Laporan layanan informasi 2026 belum terbit" in page) is is_reminded
    assert ("Paling lambat 31 Maret 2027" in page) is is_reminded


def test_nobody_else_is_reminded():
    make_case("permohonan", at=moment("2026-12-01"))

    assert "belum terbit" not in see(make_user(Role.VERIFIER), "/admin/")
