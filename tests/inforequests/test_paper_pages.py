"""The desk's pages for oral and paper requests: who may, what is refused, what survives."""

import re

import pytest

from cases.access_code import digest
from cases.models import Case, IntakeDraft
from inforequests.actions import print_forms, void_form
from inforequests.models import PaperForm
from office.roles import Role
from tests.factories import NOW, make_image, make_upload, make_user
from tests.office.paper import text_of

from .paper import ENTER, LIST, MAY_ENTER, MAY_NOT, PRINT, RECEIPT, TYPED, browser_of, make_officer

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    return browser_of(officer)


def send(desk, **given):
    return desk.post(ENTER, {**TYPED, **given})


def errors(response):
    assert response.status_code == 200
    assert not Case.objects.exists()
    return response.context["form"].errors


def pages(form):
    run = f"{LIST}cetakan/2026/1-1"
    return [LIST, ENTER, PRINT, f"{run}/", f"{run}.pdf", f"{LIST}{form.pk}/batalkan/"]


@pytest.mark.parametrize("role", MAY_ENTER)
def test_the_pages_are_open_to_who_enters_requests(role):
    user = make_user(role)
    form = print_forms(1, actor=user, at=NOW)[0]
    browser = browser_of(user)

    for page in pages(form):
        # Drawing the PDF costs more than all other pages; it is looked at below.
        if not page.endswith(".pdf"):
            assert browser.get(page).status_code == 200, page
    assert LIST in text(browser.get("/admin/"))


@pytest.mark.parametrize("role", MAY_NOT)
def test_the_pages_are_closed_to_everybody_else(role):
    form = print_forms(1, actor=make_officer())[0]
    browser = browser_of(make_user(role, section="tikkim"))

    for page in pages(form):
        assert browser.get(page).status_code == 403, page
        assert browser.post(page, TYPED | {"count": 1, "reason": "x"}).status_code == 403, page
    assert LIST not in text(browser.get("/admin/"))
    assert not Case.objects.exists()
    assert PaperForm.objects.unused().count() == 1


def test_a_visitor_is_sent_to_the_login(client):
    for page in (LIST, ENTER, PRINT):
        assert client.get(page)["Location"].startswith("/admin/login/")


def test_a_request_is_entered_and_its_code_is_shown_once(desk, officer):
    form = print_forms(1, actor=officer, at=NOW.replace(day=20))[0]

    receipt = desk.post(ENTER, {**TYPED, "form_number": form.number}, follow=True)

    case = Case.objects.get()
    page = text(receipt)
    code = re.search(r'id="kode">([^<]+)<', page)[1]
    assert receipt.redirect_chain == [(RECEIPT, 302)]
    assert case.access_digest == digest(code)
    assert "23 November 2026" in page
    assert LIST in page
    assert (case.events.get().actor, case.paper_form) == (officer, form)
    assert case.identity.nik == "3273014507900003"
    assert case.privacy_notice is not None
    printed = text_of(desk.get(f"{RECEIPT}tanda-terima.pdf").content)
    assert f"Nomor formulir {form}" in printed
    # Another browser, even of the same officer, has no receipt.
    assert browser_of(officer).get(RECEIPT).status_code == 302


def test_the_case_page_and_its_history_name_the_form_and_the_hour_of_entering(desk, officer):
    form = print_forms(1, actor=officer, at=NOW.replace(day=20))[0]
    send(desk, form_number=form.number)

    page = text(browser_of(make_user(Role.VERIFIER)).get(Case.objects.get().get_absolute_url()))

    assert "<dt>Nomor formulir</dt><dd>F-2026-0001</dd>" in page
    assert "melalui Formulir kertas; dicatat 24 November 2026 10.0" in page
    assert "dari formulir F-2026-0001" in page


def test_the_same_page_sent_twice_makes_one_case(desk):
    first, second = send(desk), send(desk, subject="Lain")

    assert first["Location"] == second["Location"] == RECEIPT
    assert Case.objects.get().subject == TYPED["subject"]


def test_the_same_key_of_another_officer_is_another_page(desk):
    send(desk)

    browser_of(make_officer()).post(ENTER, TYPED)

    assert Case.objects.count() == 2


def test_the_number_of_the_qr_code_fills_in_number_channel_and_language(desk, officer):
    form = print_forms(1, actor=officer, language="en")[0]

    initial = desk.get(ENTER, {"nomor": form.number}).context["form"].initial

    assert initial == {"form_number": form.number, "channel": "formulir", "language": "en"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"received_at": "2026-11-24T10:30"}, "received_at"),
        ({"received_at": "2027-01-01T08:00"}, "received_at"),
        ({"received_at": "2024-12-31T23:59"}, "received_at"),
        ({"received_at": "0001-01-01T00:00"}, "received_at"),
        ({"received_at": "9999-12-31T23:59"}, "received_at"),
        ({"received_at": "99999-01-01T00:00"}, "received_at"),
        ({"received_at": "kemarin"}, "received_at"),
        ({"received_at": ""}, "received_at"),
        ({"channel": "burung"}, "channel"),
        ({"channel": "web"}, "channel"),
        ({"form_number": "F-2026-0001"}, "form_number"),
        ({"form_number": "bukan nomor"}, "form_number"),
        ({"form_number": "F-2026-0001\x00"}, "form_number"),
        ({"form_number": "F" * 5000}, "form_number"),
        ({"language": "nl"}, "language"),
        ({"subject": "x" * 151}, "subject"),
        ({"subject": "a\x00b"}, "subject"),
        ({"narrative": "y" * 10_001}, "narrative"),
        ({"narrative": ""}, "narrative"),
        ({"purpose": "z" * 1001}, "purpose"),
        ({"nik": "3273"}, "nik"),
        ({"nik": "3273014513900003"}, "nik"),
        ({"nik": ""}, "nik"),
        ({"nik": "3273014507900003\x00"}, "nik"),
        ({"email": "bukan"}, "email"),
        ({"email": ""}, "email"),
        ({"phone": "nol delapan"}, "phone"),
        ({"address": "a" * 301}, "address"),
        ({"applicant_kind": "badan_hukum"}, "legal_entity_number"),
        ({"applicant_kind": "badan_hukum", "legal_entity_number": "AHU-1"}, "nik"),
        ({"applicant_kind": "kelompok"}, "berkas"),
        ({"legal_entity_number": "AHU-1"}, "legal_entity_number"),
        ({"acting": "kuasa", "proxy_nik": "3273014507900003"}, "proxy_name"),
        ({"acting": "kuasa", "proxy_name": "Budi", "proxy_nik": "12"}, "proxy_nik"),
        ({"acting": "kuasa", "proxy_name": "B", "proxy_nik": "3273014507900003"}, "berkas"),
        ({"proxy_name": "Budi"}, "proxy_name"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_its_field_and_what_was_typed_stays(desk, given, field):
    response = send(desk, **given)

    assert field in errors(response)
    page = text(response)
    assert "<title>Galat: " in page
    assert f'href="#id_{field}' in page
    if "address" not in given:
        assert "Jalan Cendana 7, Bandung" in page
    assert TYPED["halaman"] in page


def test_nothing_at_all_is_refused_without_a_fault(desk):
    assert len(errors(desk.post(ENTER, {}))) > 8
    assert errors(desk.post(ENTER, {"halaman": "\x00" * 40, "hapus": ["\x00", "x" * 999]}))


@pytest.mark.parametrize("state", ["used", "voided"])
def test_a_settled_number_is_refused_with_a_sentence(desk, officer, state):
    form = print_forms(1, actor=officer, at=NOW.replace(day=20))[0]
    if state == "voided":
        void_form(form, actor=officer, reason="Sobek")
        words = "Formulir F-2026-0001 sudah dibatalkan (Sobek)."
    else:
        send(desk, form_number=form.number, halaman="halaman-lain-0123456789")
        words = "Formulir F-2026-0001 sudah dipakai"

    response = send(desk, form_number=form.number)

    assert words in str(response.context["form"].errors["form_number"])
    assert Case.objects.count() == (state == "used")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"applicant_kind": "badan_hukum", "legal_entity_number": "AHU-1", "nik": ""}, "AHU-1"),
        ({"applicant_kind": "perorangan"}, ""),
    ],
)
def test_the_kinds_of_applicant(desk, given, kept):
    send(desk, **given)

    identity = Case.objects.get().identity
    assert identity.kind == given["applicant_kind"]
    assert identity.legal_entity_number == kept


def test_a_proxy_brings_the_mandate_and_it_is_attached(desk):
    proxy = {"acting": "kuasa", "proxy_name": "Budi", "proxy_nik": "3273014507900003"}

    send(desk, **proxy, is_assisted="on", berkas=make_upload("kuasa.jpg"))

    case = Case.objects.get()
    assert case.detail.by_proxy
    assert case.detail.is_assisted
    assert case.identity.proxy_name == "Budi"
    assert [file.name for file in case.attachments.all()] == ["kuasa.jpg"]


def test_a_letter_with_gaps_is_received_all_the_same(desk):
    gaps = dict.fromkeys(("purpose", "access", "delivery", "nik", "email", "phone"), "")

    refused = send(desk, channel="surat", **gaps)
    assert {"purpose", "nik", "email"} <= errors(refused).keys()

    send(desk, channel="surat", has_gaps="on", **gaps)
    case = Case.objects.get()
    assert (case.channel, case.detail.purpose, case.identity.nik) == ("surat", "", "")


def test_a_letter_without_name_or_question_is_not_a_request(desk):
    refused = send(desk, has_gaps="on", full_name="", address="", subject="", narrative="")

    assert errors(refused).keys() == {"full_name", "address", "subject", "narrative"}


def test_scans_survive_a_refusal_and_can_be_taken_out(desk):
    scans = [make_upload("depan.jpg"), make_upload("belakang.png", make_image("PNG"))]
    refused = send(desk, nik="1", berkas=[*scans, make_upload("virus.exe", b"MZ")])
    assert {"nik", "berkas"} <= errors(refused).keys()
    kept = {file.name: file.token for file in refused.context["files"]}
    assert kept.keys() == {"depan.jpg", "belakang.png"}
    assert "depan.jpg" in text(refused)

    send(desk, hapus=[kept["belakang.png"]])

    assert [file.name for file in Case.objects.get().attachments.all()] == ["depan.jpg"]


def test_a_page_left_open_for_days_keeps_what_was_typed(desk):
    send(desk, nik="1")
    IntakeDraft.objects.update(expires_at=NOW)

    refused = send(desk)

    assert "terlalu lama terbuka" in str(errors(refused))
    key = refused.context["page_key"]
    assert key != TYPED["halaman"]
    assert send(desk, halaman=key)["Location"] == RECEIPT
