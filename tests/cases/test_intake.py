import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases import access_code
from cases.models import Applicant, Attachment, Case, CaseEvent, DraftFile, IntakeDraft, Notice
from tests.pictures import picture

from .intake import COMPLAINT, FORMS, QUESTION, fill_in, send

pytestmark = pytest.mark.django_db
KINDS = {"pengaduan": "PG", "permohonan": "PI", "tanya": "TL"}


@pytest.fixture(autouse=True)
def _no_time_trap(settings):
    settings.INTAKE_MIN_SECONDS = 0


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_filled_in_gives_a_case_a_number_and_a_code(client, form):
    receipt = send(client, form)

    case = Case.objects.get()
    assert case.reference.startswith(f"{KINDS[form]}-")
    assert case.reference in text(receipt)
    code = re.search(r'id="kode">([0-9A-Z-]{19})<', receipt.content.decode())[1]
    assert case.access_digest == access_code.digest(code)
    assert [event.code for event in case.events.all()] == ["diterima"]
    assert case.privacy_notice is not None
    assert case.detail is not None or form == "tanya"


@pytest.mark.parametrize("form", FORMS)
def test_sending_twice_gives_one_case_and_the_same_receipt(client, form):
    first = send(client, form)

    again = client.post(f"/{form}/periksa/", follow=True)
    back = client.get(f"/{form}/periksa/", follow=True)

    assert Case.objects.count() == 1
    code = re.search(r'id="kode">([0-9A-Z-]{19})<', first.content.decode())[1]
    assert code in again.content.decode()
    assert code in back.content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_skipping_a_step_leads_back_to_the_first_missing_one(client, form):
    steps = list(FORMS[form])
    client.post(f"/{form}/{steps[0]}/", FORMS[form][steps[0]])

    missing = next(step for step in steps[1:] if step != "lampiran")
    for response in (client.get(f"/{form}/periksa/"), client.post(f"/{form}/periksa/")):
        assert response.url == f"/{form}/{missing}/"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("form", "step"),
    [
        (form, step)
        for form, steps in FORMS.items()
        for step in steps
        if step not in ("lampiran", "kontak")
    ],
)
def test_an_empty_step_is_refused_with_a_focused_linked_summary(client, form, step):
    # The identity step asks differently depending on the step before.
    if step == "identitas":
        client.post("/permohonan/pemohon/", FORMS[form]["pemohon"])
    response = client.post(f"/{form}/{step}/", {})

    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Galat: " in html
    assert 'class="galat-ringkasan"' in html
    for link in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{link}"' in html


def test_typed_text_survives_an_error_a_refresh_and_the_way_back(client):
    typed = {**COMPLAINT["peristiwa"], "topic": "", "narrative": "Cerita <b>saya</b> & lain-lain."}
    refused = client.post("/pengaduan/peristiwa/", typed)
    refreshed = client.get("/pengaduan/peristiwa/")

    for page in (refused, refreshed):
        assert "Cerita &lt;b&gt;saya&lt;/b&gt; &amp; lain-lain." in page.content.decode()
    client.post("/pengaduan/peristiwa/", COMPLAINT["peristiwa"])
    client.post("/pengaduan/harapan/", COMPLAINT["harapan"])
    assert (
        COMPLAINT["peristiwa"]["narrative"] in client.get("/pengaduan/peristiwa/").content.decode()
    )


def test_a_draft_belongs_to_one_session_and_lives_for_a_day(client):
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False) as clock:
        fill_in(client, "pengaduan")
        stranger = Client().get("/pengaduan/peristiwa/").content.decode()
        # A session that outlives the draft: the draft's own life is what counts.
        session = client.session
        session.set_expiry(7 * 86400)
        session.save()
        clock.shift(timedelta(hours=23, minutes=59))
        yesterday = client.get("/pengaduan/peristiwa/").content.decode()
        clock.shift(timedelta(minutes=2))
        too_late = client.get("/pengaduan/peristiwa/").content.decode()

    assert COMPLAINT["peristiwa"]["subject"] not in stranger
    assert COMPLAINT["peristiwa"]["subject"] in yesterday
    assert COMPLAINT["peristiwa"]["subject"] not in too_late


def test_a_draft_is_unreadable_in_the_database(client):
    fill_in(client, "permohonan")

    raw = IntakeDraft.objects.extra(select={"raw": "data"}).values_list("raw", flat=True)[0]
    assert "Budi" not in raw
    assert "3273" not in raw


def test_choosing_anonymity_late_forgets_what_was_typed(client):
    fill_in(client, "pengaduan")
    response = client.post("/pengaduan/pelapor/", {**COMPLAINT["pelapor"], "privacy": "anonim"})
    assert response.status_code == 302
    assert "Siti" not in str(IntakeDraft.objects.get().data)

    assert "Siti" not in str(IntakeDraft.objects.get().checked)
    client.get("/pengaduan/periksa/")

    receipt = client.post("/pengaduan/periksa/", follow=True)

    assert Case.objects.get().privacy == "anonim"
    assert not Applicant.objects.exists()
    assert not Notice.objects.exists()
    assert "anonim" in text(receipt)


@pytest.mark.parametrize("privacy", ["terbuka", "rahasia"])
def test_a_complaint_with_a_name_needs_name_and_address(client, privacy):
    response = client.post("/pengaduan/pelapor/", {"privacy": privacy})

    assert set(response.context["form"].errors) == {"full_name", "address"}


def test_an_email_address_gets_the_number_and_never_the_code(client):
    send(client, "pengaduan")

    notice = Notice.objects.get()
    assert notice.code == "diterima"
    assert notice.recipient is None


def test_fields_that_are_not_asked_are_ignored(client):
    send(
        client,
        "pengaduan",
        peristiwa={
            "status": "selesai",
            "assignee": "1",
            "channel": "surat",
            "reference": "PG-1999-1",
        },
        pelapor={"outcome": "dijelaskan", "section": "1", "kind": "permohonan"},
    )

    case = Case.objects.get()
    assert (case.status, case.assignee, case.section, case.channel) == (
        "diterima",
        None,
        None,
        "web",
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda client: client.post(
            "/tanya/pertanyaan/", {**QUESTION["pertanyaan"], "subject": "Denda dua hari"}
        ),
        lambda client: client.post(
            "/tanya/lampiran/", {"berkas": SimpleUploadedFile("bukti.png", picture("PNG"))}
        ),
    ],
    ids=["answer", "file"],
)
def test_what_changed_in_another_tab_is_shown_before_it_is_sent(client, change):
    fill_in(client, "tanya")
    change(client)

    shown = client.post("/tanya/periksa/")

    assert "berubah di tab lain" in text(shown)
    assert not Case.objects.exists()
    assert client.post("/tanya/periksa/").url == "/tanya/terkirim/"
    case = Case.objects.get()
    assert case.subject in text(shown)
    assert case.attachments.count() == text(shown).count("bukti.png")


def test_a_file_taken_out_in_another_tab_is_shown_before_sending(client):
    client.post("/tanya/lampiran/", {"berkas": SimpleUploadedFile("bukti.png", picture("PNG"))})
    fill_in(client, "tanya")
    client.post("/tanya/lampiran/", {"hapus": DraftFile.objects.get().token})

    shown = client.post("/tanya/periksa/")

    assert "berubah di tab lain" in text(shown)
    assert "bukti.png" not in text(shown)


def test_a_robot_that_fills_in_the_trap_is_refused(client):
    response = client.post(
        "/pengaduan/peristiwa/", {**COMPLAINT["peristiwa"], "situs_web": "http://x"}
    )

    assert response.status_code == 200
    assert "situs_web" in response.context["form"].errors


def test_a_submission_within_seconds_is_asked_to_look_again_and_loses_nothing(client, settings):
    settings.INTAKE_MIN_SECONDS = 3
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False) as clock:
        fill_in(client, "tanya")
        hasty = client.post("/tanya/periksa/")
        clock.shift(timedelta(seconds=4))
        sent = client.post("/tanya/periksa/")

    assert "Galat:" in hasty.content.decode()
    assert "Overstay fine" in hasty.content.decode()
    assert sent.url == "/tanya/terkirim/"
    assert Case.objects.count() == 1


def test_one_address_cannot_flood_the_desk_and_keeps_its_text(client):
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False):
        for _ in range(30):
            assert send(client, "tanya").status_code == 200
        fill_in(client, "tanya")
        refused = client.post("/tanya/periksa/")

    assert refused.status_code == 429
    assert "Overstay fine" in refused.content.decode()
    assert Case.objects.count() == 30


def test_files_are_kept_across_a_refusal_and_end_up_with_the_case(
    client, django_capture_on_commit_callbacks
):
    good = SimpleUploadedFile("bukti.png", picture("PNG"))
    bad = SimpleUploadedFile("jahat.svg", b"<svg onload=alert(1)>")
    refused = client.post("/pengaduan/lampiran/", {"berkas": [good, bad]})

    assert "jahat.svg" in text(refused)
    assert "bukti.png" in text(refused)
    assert DraftFile.objects.count() == 1
    send(client, "pengaduan")
    attachment = Attachment.objects.get()
    assert attachment.name == "bukti.png"
    assert attachment.case == Case.objects.get()
    assert default_storage.exists(attachment.file)
    assert not DraftFile.objects.exists()


def test_at_most_five_files(client):
    files = [SimpleUploadedFile(f"{n}.png", picture("PNG")) for n in range(6)]
    response = client.post("/pengaduan/lampiran/", {"berkas": files})

    assert DraftFile.objects.count() == 5
    assert "Paling banyak 5 berkas" in text(response)


def test_a_kept_file_can_be_taken_out_again(client):
    client.post(
        "/pengaduan/lampiran/",
        {"berkas": SimpleUploadedFile("a.png", picture("PNG")), "tambah": "1"},
    )
    token = DraftFile.objects.get().token

    client.post("/pengaduan/lampiran/", {"hapus": token})

    assert not DraftFile.objects.exists()


def test_an_anonymous_case_keeps_no_file_names(client):
    name = "surat-siti-aminah.png"
    client.post(
        "/pengaduan/lampiran/", {"berkas": SimpleUploadedFile(name, picture("PNG")), "tambah": "1"}
    )
    send(client, "pengaduan", pelapor={"privacy": "anonim"})

    assert Attachment.objects.get().name == "lampiran-1.png"


def test_done_forgets_the_receipt_on_a_shared_device(client):
    send(client, "tanya")
    client.post("/tanya/selesai/")

    assert client.get("/tanya/terkirim/").url == "/lacak/"


def test_the_receipt_cannot_be_shown_after_half_an_hour(client):
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False) as clock:
        send(client, "tanya")
        clock.shift(timedelta(minutes=31))
        response = client.get("/tanya/terkirim/")

    assert response.url == "/lacak/"


def test_a_new_matter_after_a_receipt_starts_empty(client):
    send(client, "tanya")
    page = client.get("/tanya/pertanyaan/").content.decode()
    assert "Overstay fine" not in page

    send(client, "tanya")

    assert Case.objects.count() == 2


def test_the_receipt_tells_when_an_answer_is_due_and_how_the_day_was_counted(client):
    with time_machine.travel("2026-03-13 10:00+07:00", tick=False):
        receipt = send(client, "permohonan")

    page = text(receipt)
    assert "6 April 2026" in page
    assert "UU 14/2008 Pasal 22 ayat (7)" in page
    assert "Hari Suci Nyepi" in page or "Nyepi" in page


@pytest.mark.parametrize(
    "bad", ["\x00", "a\x00b", "x" * 3_000, "\ud800".encode("utf-8", "surrogatepass")]
)
def test_odd_input_is_an_error_and_never_a_crash(client, bad):
    response = client.post(
        "/pengaduan/peristiwa/", {**COMPLAINT["peristiwa"], "subject": bad, "place": bad}
    )

    assert response.status_code in (200, 302)


def test_sending_costs_at_most_twelve_statements(client, django_assert_max_num_queries):
    send(client, "pengaduan")
    fill_in(client, "pengaduan", pelapor={"email": ""})
    with django_assert_max_num_queries(12):
        client.post("/pengaduan/periksa/")

    assert CaseEvent.objects.count() == 2


def test_a_case_is_taken_even_when_the_holidays_of_its_year_are_not_out(client):
    with time_machine.travel("2029-06-01 10:00+07:00", tick=False):
        receipt = send(client, "tanya")

    case = Case.objects.get()
    assert case.due_on is None
    assert case.reference == "TL-2029-000001"
    assert "5 hari kerja" in text(receipt)


def test_english_is_a_choice_and_is_kept_with_the_case(client):
    client.post("/bahasa/", {"language": "en", "next": "/tanya/"})
    send(client, "tanya")

    assert Case.objects.get().language == "en"
    assert timezone.localtime(Case.objects.get().received_at)
