"""The desk's pages for oral and paper objections: who may, what is refused, what survives."""

import re

import pytest

from cases.access_code import digest
from cases.models import Case
from cases.workflow import Kind
from office.roles import Role
from tests.factories import IDENTITY, NOW, make_case, make_desk, make_upload, make_user
from tests.office.paper import text_of

from .objections import lapsed, make_decided, make_objection
from .paper import LIST, MAY_ENTER, MAY_NOT, TYPED, browser_of, make_officer

pytestmark = pytest.mark.django_db
ENTER, PERIODIC = f"{LIST}keberatan/", f"{LIST}keberatan/berkala/"
TELLS = {
    "channel": "surat",
    "received_at": "2026-11-23T14:05",
    "language": "id",
    "proof": IDENTITY.nik,
    "grounds": ["c", "g"],
    "narrative": "Permohonan saya tidak dijawab sampai hari ini.",
    "purpose": "",
    "found_on": "",
    "halaman": "halaman-uji-0123456789",
}
WHO = {
    name: TYPED[name]
    for name in (
        "applicant_kind", "full_name", "nik", "legal_entity_number", "address", "occupation",
        "email", "phone", "acting", "proxy_name", "proxy_nik",
    )
}  # fmt: skip
MISSES = {
    **WHO,
    "channel": "yankomas",
    "received_at": "2026-11-23T14:05",
    "language": "en",
    "periodic_information": "Laporan keuangan tahun 2025",
    "narrative": "Dicari di situs dan di papan pengumuman.",
    "purpose": "Penelitian",
    "halaman": "halaman-uji-0123456789",
}


def text(response):
    return response.content.decode()


def objections():
    return Case.objects.filter(kind=Kind.OBJECTION)


@pytest.fixture
def desk():
    return browser_of(make_officer())


@pytest.fixture
def request_():
    return lapsed()


def send(desk, request, **given):
    return desk.post(ENTER, {**TELLS, "reference": request.reference, **given})


@pytest.mark.parametrize("role", MAY_ENTER)
def test_the_pages_are_open_to_who_enters_requests(role):
    browser = browser_of(make_user(role))

    assert ENTER in text(browser.get(LIST))
    for page in (ENTER, PERIODIC):
        assert browser.get(page).status_code == 200


@pytest.mark.parametrize("role", MAY_NOT)
def test_the_pages_are_closed_to_everybody_else(role, request_):
    browser = browser_of(make_user(role, section="tikkim"))

    for page in (ENTER, PERIODIC):
        assert browser.get(page).status_code == 403
        assert browser.post(page, TELLS | MISSES).status_code == 403
    assert not objections().exists()


def test_an_objection_is_entered_and_its_code_is_shown_once(desk, request_):
    receipt = desk.post(ENTER, {**TELLS, "reference": request_.reference.lower()}, follow=True)

    objection, page = objections().get(), text(receipt)
    assert receipt.redirect_chain == [("/keberatan/terkirim/", 302)]
    assert objection.access_digest == digest(re.search(r'id="kode">([^<]+)<', page)[1])
    assert (objection.detail.request, objection.detail.grounds) == (request_, "cg")
    assert objection.privacy_notice is not None
    assert "23 November 2026" in page
    assert LIST in page
    printed = text_of(desk.get("/keberatan/terkirim/tanda-terima.pdf").content)
    assert request_.reference in printed
    assert browser_of(make_officer()).get("/keberatan/terkirim/").status_code == 302


def test_the_same_page_sent_twice_makes_one_objection(desk, request_):
    first, second = send(desk, request_), send(desk, request_)

    assert first["Location"] == second["Location"]
    assert objections().count() == 1


def test_the_history_says_when_it_was_entered_and_for_whom(desk, request_):
    send(desk, request_, is_assisted="on")

    verifier = browser_of(make_user(Role.VERIFIER))
    page = text(verifier.get(objections().get().get_absolute_url()))
    assert "melalui Surat; dicatat 24 November 2026 10.0" in page
    assert "untuk penyandang disabilitas" in page
    page = text(verifier.get(request_.get_absolute_url()))
    assert "diajukan atas permohonan ini; dicatat 24 November 2026 10.0" in page


def test_scans_are_kept_and_go_with_the_objection(desk, request_):
    refused = send(desk, request_, proof="1", berkas=make_upload("surat.jpg"))
    assert [file.name for file in refused.context["files"]] == ["surat.jpg"]

    send(desk, request_)

    assert [file.name for file in objections().get().attachments.all()] == ["surat.jpg"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"reference": "PG-2026-000001"}, "reference"),
        ({"reference": "PI-2026-999999"}, "reference"),
        ({"reference": "nomor saya\x00"}, "reference"),
        ({"reference": "P" * 500}, "reference"),
        ({"proof": ""}, "reference"),
        ({"proof": "3273014507900004"}, "reference"),
        ({"proof": "x" * 81}, "proof"),
        ({"received_at": "2026-11-24T10:30"}, "received_at"),
        ({"received_at": "2026-10-01T08:00"}, "received_at"),
        ({"received_at": "2026-10-28T08:00"}, "__all__"),
        ({"received_at": "kemarin"}, "received_at"),
        ({"channel": "web"}, "channel"),
        ({"grounds": []}, "grounds"),
        ({"grounds": ["z"]}, "grounds"),
        ({"narrative": "pendek"}, "narrative"),
        ({"narrative": "y" * 10_001}, "narrative"),
        ({"purpose": "z" * 1001}, "purpose"),
        ({"found_on": "2027-01-01"}, "found_on"),
        ({"language": "nl"}, "language"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_what_was_typed_stays(desk, request_, given, field):
    response = send(desk, request_, **given)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not objections().exists()
    assert "<title>Galat: " in text(response)
    if "narrative" not in given:
        assert TELLS["narrative"] in text(response)


def test_the_term_that_is_over_is_said_beside_the_day_of_finding(desk):
    decided = make_decided(make_desk(), NOW.replace(month=9, day=1))

    response = send(desk, decided, grounds=["d"])

    assert "sudah lewat" in str(response.context["form"].errors["found_on"])
    send(desk, decided, grounds=["d"], found_on="2026-11-20")
    assert objections().get().detail.found_on.isoformat() == "2026-11-20"


def test_a_second_objection_is_refused_with_the_number_of_the_first(desk, request_):
    first = make_objection(request_, grounds="c")

    assert first.reference in text(send(desk, request_))


def test_periodic_information_is_entered_with_its_applicant(desk):
    receipt = desk.post(PERIODIC, MISSES, follow=True)

    objection = objections().get()
    assert receipt.redirect_chain == [("/keberatan/berkala/terkirim/", 302)]
    assert (objection.detail.request, objection.detail.grounds) == (None, "b")
    assert (objection.identity.full_name, objection.language) == ("Sari Melati", "en")
    assert objection.topic.code == "permohonan-informasi"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"periodic_information": ""}, "periodic_information"),
        ({"nik": ""}, "nik"),
        ({"purpose": ""}, "purpose"),
        ({"email": ""}, "email"),
        ({"acting": "kuasa", "proxy_name": "B", "proxy_nik": "3273014507900003"}, "berkas"),
        ({"applicant_kind": "kelompok"}, "berkas"),
    ],
)
def test_periodic_information_asks_what_the_law_asks(desk, given, field):
    response = desk.post(PERIODIC, {**MISSES, **given})

    assert field in response.context["form"].errors
    assert not objections().exists()


def test_a_letter_about_periodic_information_may_have_gaps(desk):
    desk.post(PERIODIC, {**MISSES, "has_gaps": "on", "nik": "", "purpose": "", "email": ""})

    assert objections().get().detail.purpose == ""


def test_nothing_at_all_is_refused_without_a_fault(desk):
    for page in (ENTER, PERIODIC):
        response = desk.post(page, {"halaman": "\x00" * 40, "hapus": ["\x00", "x" * 999]})
        assert len(response.context["form"].errors) >= 4


def test_the_page_of_a_request_that_was_not_answered_in_time_leads_here():
    request, in_time = lapsed(), make_case("permohonan", at=NOW)
    verifier = browser_of(make_user(Role.VERIFIER))

    link = f"{ENTER}?nomor={request.reference}"
    assert link in text(verifier.get(request.get_absolute_url()))
    assert verifier.get(link).context["form"].initial == {"reference": request.reference}
    assert ENTER not in text(verifier.get(in_time.get_absolute_url()))
    head = browser_of(make_user(Role.OFFICE_HEAD))
    assert ENTER not in text(head.get(request.get_absolute_url()))
