import pytest
from django.urls import reverse

from office.roles import Role
from surveys.models import SurveyReport
from surveys.reporting import actions
from tests.cases.desk import client_of, see
from tests.factories import make_user

from .test_report_actions import PUBLISHERS, WRITERS
from .test_results_page import READERS
from .writing import AUGUST, PLAN, TEXTS, make_draft, make_published, many_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]

LIST = "/admin/surveys/surveyreport/"
BEGIN = {"instrumen": "skm", "tahun": 2026, "masa": "08", "correction": ""}


def page_of(report: SurveyReport) -> str:
    return reverse("admin:surveys_surveyreport_change", args=[report.pk])


def typed(report: SurveyReport, **more: object) -> dict[str, object]:
    """The form as it is sent: the texts, and one row that says everything."""
    texts = {name: text for name, text in TEXTS.items() if name != "follow_ups"}
    row = {f"{name}_1": value for name, value in PLAN.items()}
    return {"version": report.version, **texts, **row, **more}


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_reports(role):
    report = make_published()
    reader = client_of(make_user(role, section="tikkim"))
    pages = [LIST, page_of(report), f"{LIST}{report.pk}/laporan.pdf"]

    answers = {address: reader.get(address).status_code for address in pages}

    assert set(answers.values()) == ({200} if role in READERS else {403}), answers


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_is_refused_at_every_form(role):
    many_answers()
    report = make_draft()
    client = client_of(make_user(role, section="tikkim"))

    if role not in WRITERS:
        for address in (LIST, page_of(report), f"{LIST}{report.pk}/betulkan/"):
            assert client.post(address, {**BEGIN, **typed(report)}).status_code == 403, address
    if role not in PUBLISHERS:
        address = f"{LIST}{report.pk}/terbitkan/"
        assert client.get(address).status_code == 403
        assert client.post(address, {"version": report.version}).status_code == 403
    report.refresh_from_db()
    assert not report.is_published


def test_the_ppid_begins_writes_and_publishes_on_these_pages():
    many_answers()
    client = client_of(make_user(Role.PPID))

    begun = client.post(LIST, BEGIN)
    report = SurveyReport.objects.get()
    assert begun["Location"] == page_of(report)
    saved = client.post(page_of(report), typed(report), follow=True).content.decode()
    assert "Konsep disimpan." in saved
    asked = client.get(f"{LIST}{report.pk}/terbitkan/").content.decode()
    assert "Terbitkan sekarang" in asked
    report.refresh_from_db()
    assert report.follow_ups == [PLAN]
    client.post(f"{LIST}{report.pk}/terbitkan/", {"version": report.version})

    report.refresh_from_db()
    assert report.is_published
    page = client.get(page_of(report)).content.decode()
    assert "Simpan konsep" not in page
    assert report.get_absolute_url() in page


def test_the_lowest_elements_are_offered_as_the_first_rows():
    many_answers()
    report = actions.begin_report("skm", AUGUST, actor=make_user(Role.PPID))

    form = client_of(make_user(Role.PPID)).get(page_of(report)).context["form"]

    assert form["element_1"].value() == "U3"
    assert {form[f"element_{number}"].value() for number in (2, 3)} <= {"U1", "U2", "U5"}


def test_a_row_without_a_program_is_not_kept():
    report = make_draft()

    client_of(make_user(Role.PPID)).post(
        page_of(report), {"version": report.version, "element_1": "U3", "element_2": "U9"}
    )

    report.refresh_from_db()
    assert report.follow_ups == []


@pytest.mark.parametrize("left_out", ["program", "term", "when", "responsible"])
def test_a_row_that_is_begun_wants_the_rest_and_keeps_what_was_typed(left_out):
    report = make_draft()

    page = client_of(make_user(Role.PPID)).post(
        page_of(report), typed(report, **{f"{left_out}_1": "", "background": "Yang saya ketik"})
    )

    text = page.content.decode()
    assert "<title>Galat: " in text
    assert "Rencana 1: isi" in text
    assert "Yang saya ketik" in text
    report.refresh_from_db()
    assert report.background == TEXTS["background"]


def test_an_entered_population_says_where_it_is_from():
    report = make_draft()
    client = client_of(make_user(Role.PPID))

    refused = client.post(page_of(report), typed(report, population="400")).content.decode()
    assert "Tuliskan dari mana populasi itu." in refused
    client.post(page_of(report), typed(report, population="400", population_note="Rekap loket"))

    report.refresh_from_db()
    assert (report.population, report.population_note) == (400, "Rekap loket")


def test_what_was_typed_survives_somebody_elses_change():
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)
    stale = report.version
    actions.save_report(report, actor=ppid, background="Dari orang lain")

    page = client_of(ppid).post(
        page_of(report), typed(report, version=stale, background="Yang saya ketik")
    )

    text = page.content.decode()
    assert "setelah halaman Anda dibuka" in text
    assert "Yang saya ketik" in text


def test_a_link_that_runs_something_is_refused():
    report = make_draft()

    page = client_of(make_user(Role.PPID)).post(
        page_of(report), typed(report, background="[x](javascript:alert(1))")
    )

    assert "tidak dapat dipakai" in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"tahun": "1999"}, {"tahun": "x"}, {"masa": "13"}, {"instrumen": "lain"}, {"tahun": "2030"}],
)
def test_a_period_that_cannot_be_is_refused(wrong):
    page = client_of(make_user(Role.PPID)).post(LIST, {**BEGIN, **wrong})

    assert "<title>Galat: " in page.content.decode()
    assert not SurveyReport.objects.exists()


def test_an_unfinished_report_is_not_offered_for_publication():
    many_answers()
    report = make_draft(analysis="", follow_ups=[])

    page = see(make_user(Role.PPID), f"{LIST}{report.pk}/terbitkan/")

    assert "Masih kosong: analisis, rencana tindak lanjut" in page
    assert "Terbitkan sekarang" not in page


def test_a_refused_publication_says_why():
    report = make_draft()

    page = client_of(make_user(Role.PPID)).post(
        f"{LIST}{report.pk}/terbitkan/", {"version": report.version}, follow=True
    )

    assert "Baru 0 orang mengisi" in page.content.decode()


def test_the_page_before_publication_says_that_the_profile_is_elsewhere():
    make_published()
    from surveys.period import Period

    report = make_draft(period=Period(2026, "t3"))

    page = see(make_user(Role.PPID), f"{LIST}{report.pk}/terbitkan/")

    assert "Profil responden tidak ikut terbit" in page


def test_a_correction_is_made_from_the_published_report():
    report = make_published()
    client = client_of(make_user(Role.PPID))
    address = f"{LIST}{report.pk}/betulkan/"

    assert "Tuliskan apa yang dibetulkan." in client.post(address).content.decode()
    client.post(address, {"correction": "Nama kegiatan."})

    edition = SurveyReport.objects.drafts().get()
    assert (edition.edition, edition.correction) == (2, "Nama kegiatan.")


@pytest.mark.parametrize("pk", ["0", "999", "9" * 30])
def test_an_unknown_report_is_not_found(pk):
    assert client_of(make_user(Role.PPID)).get(f"{LIST}{pk}/change/").status_code == 404
