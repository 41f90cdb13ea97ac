import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cases.models import Applicant, Case
from tests.cases.intake import REQUEST, send
from tests.pictures import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_time_trap(settings):
    settings.INTAKE_MIN_SECONDS = 0


def identity_fields(client, **kind) -> set[str]:
    client.post("/permohonan/pemohon/", {**REQUEST["pemohon"], **kind})
    return set(client.get("/permohonan/identitas/").context["form"].fields)


def test_a_person_is_asked_for_the_nik(client):
    fields = identity_fields(client, applicant_kind="perorangan")

    assert "nik" in fields
    assert not fields & {"legal_entity_number", "proxy_name", "proxy_nik"}


def test_a_legal_body_is_asked_for_its_decree_and_no_nik(client):
    fields = identity_fields(client, applicant_kind="badan_hukum")

    assert "legal_entity_number" in fields
    assert "nik" not in fields


def test_a_proxy_is_asked_for_the_proxy(client):
    fields = identity_fields(client, applicant_kind="kelompok", acting="kuasa")

    assert {"proxy_name", "proxy_nik", "nik"} <= fields


def test_a_request_needs_a_way_to_reach_the_applicant(client):
    client.post("/permohonan/pemohon/", REQUEST["pemohon"])
    response = client.post("/permohonan/identitas/", {**REQUEST["identitas"], "email": ""})

    assert "email" in response.context["form"].errors


def test_the_nik_is_masked_before_sending_and_unreadable_afterwards(client):
    for step, answers in REQUEST.items():
        client.post(f"/permohonan/{step}/", answers)
    review = client.get("/permohonan/periksa/").content.decode()
    assert "3273••••••••0001" in review
    assert "3273010101900001" not in review

    client.post("/permohonan/periksa/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_applicant")
        row = str(cursor.fetchall())
    assert "3273010101900001" not in row
    assert "Budi" not in row
    applicant = Applicant.objects.get()
    assert applicant.nik == "3273010101900001"
    assert len(applicant.nik_index) == 64


def test_a_request_keeps_purpose_access_and_delivery(client):
    send(client, "permohonan")

    detail = Case.objects.get().detail
    assert (detail.purpose, detail.access, detail.delivery) == ("Bahan skripsi", "salinan", "email")


def test_own_passport_matters_are_shown_the_faster_door(client):
    start = client.get("/permohonan/").content.decode()
    assert "/permohonan/urusan-sendiri/" in start

    page = client.get("/permohonan/urusan-sendiri/").content.decode()

    assert "/tanya/" in page


@pytest.mark.parametrize(
    "applicant",
    [
        {"applicant_kind": "perorangan", "acting": "kuasa"},
        {"applicant_kind": "kelompok", "acting": "sendiri"},
    ],
)
def test_a_proxy_and_a_group_must_attach_their_mandate(client, applicant):
    client.post("/permohonan/informasi/", REQUEST["informasi"])
    client.post("/permohonan/pemohon/", applicant)
    identity = {**REQUEST["identitas"], "proxy_name": "Rina", "proxy_nik": "3273010101900001"}
    client.post("/permohonan/identitas/", identity)

    refused = client.post("/permohonan/lampiran/", {})
    assert "berkas" in refused.context["form"].errors
    assert client.post("/permohonan/periksa/").url == "/permohonan/lampiran/"
    mandate = SimpleUploadedFile("surat-kuasa.pdf", PDF)
    assert client.post("/permohonan/lampiran/", {"berkas": mandate}).status_code == 302
    client.get("/permohonan/periksa/")

    client.post("/permohonan/periksa/")

    assert Case.objects.get().attachments.get().name == "surat-kuasa.pdf"


@pytest.mark.parametrize(("acting", "is_asked"), [("kuasa", True), ("sendiri", False)])
def test_a_mandate_that_has_to_come_along_is_not_called_optional(client, acting, is_asked):
    client.post("/permohonan/pemohon/", {"applicant_kind": "perorangan", "acting": acting})

    page = client.get("/permohonan/lampiran/").content.decode()

    assert ("Pilih berkas</label>" in page) == is_asked
