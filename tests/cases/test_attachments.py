import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cases import actions
from cases.models import AccessLog, Attachment
from cases.workflow import Status
from office.roles import Role
from tests.cases.citizens import make_tracked, open_case, unlock
from tests.factories import make_case, make_desk, make_pdf, make_stored_file, make_user

pytestmark = pytest.mark.django_db


def add(case, name="surat.pdf", content=None, **more):
    file = make_stored_file(name, make_pdf("isi") if content is None else content)
    fields = {field: getattr(file, field) for field in file.__dataclass_fields__}
    return Attachment.objects.create(case=case, **{**fields, **more})


def body(response):
    return b"".join(response.streaming_content)


def test_the_citizen_gets_exactly_the_bytes_and_only_as_a_download(client):
    case = open_case(client)
    content = make_pdf("ÿ\x00 bukti")
    file = add(case, content=content)

    response = client.get(file.get_absolute_url())

    assert body(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "name", ["surat – bukti ✓.pdf", 'a"b.pdf', "résumé.pdf", "x" * 90 + ".pdf"]
)
def test_any_name_stays_a_download(client, name):
    file = add(open_case(client), name=name)

    header = client.get(file.get_absolute_url())["Content-Disposition"]

    assert header.startswith("attachment; filename")
    assert header.isascii()
    assert "\n" not in header


def test_without_access_the_file_does_not_exist(client):
    file = add(make_case())

    assert client.get(file.get_absolute_url()).status_code == 404


def test_another_case_in_the_session_opens_nothing(client):
    file = add(make_case())
    open_case(client)

    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_link_dies_with_the_access(client):
    file = add(open_case(client))
    client.post("/lacak/keluar/")

    assert client.get(file.get_absolute_url()).status_code == 404


def test_an_unknown_token_does_not_exist(client):
    open_case(client)

    assert client.get("/berkas/tidak-ada/").status_code == 404
    assert client.post("/berkas/tidak-ada/").status_code == 405


@pytest.mark.parametrize("sent", [False, True])
def test_an_officers_file_is_the_citizens_only_once_it_was_sent(client, sent):
    desk = make_desk()
    case, code = make_tracked(status=Status.IN_APPROVAL, desk=desk)
    file = add(case, uploader=desk.officer)
    if sent:
        actions.approve(case, actor=desk.head)
    unlock(client, case, code)

    assert client.get(file.get_absolute_url()).status_code == (200 if sent else 404)


@pytest.mark.parametrize("with_answer", [False, True])
def test_an_internal_file_is_never_the_citizens(client, with_answer):
    desk = make_desk()
    case, code = make_tracked(status=Status.ANSWERED, desk=desk)
    message = case.messages.get(kind="jawaban") if with_answer else None
    file = add(case, uploader=desk.officer, is_internal=True, message=message)
    unlock(client, case, code)

    assert client.get(file.get_absolute_url()).status_code == 404


def test_staff_who_see_the_case_get_the_file_and_leave_a_trace():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    file = add(case, uploader=desk.officer, is_internal=True)
    client = Client()
    client.force_login(desk.officer)

    response = client.get(file.get_absolute_url())

    assert body(response) == make_pdf("isi")
    log = AccessLog.objects.get()
    assert (log.what, log.user, log.case, log.data) == (
        "berkas",
        desk.officer,
        case,
        {"attachment": file.pk},
    )


def test_staff_of_another_section_get_nothing_and_leave_a_trace():
    file = add(make_case(status=Status.IN_PROGRESS))
    stranger = make_user(Role.OFFICER, section="lantaskim")
    client = Client()
    client.force_login(stranger)

    assert client.get(file.get_absolute_url()).status_code == 404
    assert AccessLog.objects.get().what == "ditolak"


def test_the_reported_officer_and_the_head_get_nothing():
    desk = make_desk()
    file = add(make_case(status=Status.VERIFIED, desk=desk, reported=[desk.officer]))

    for person in (desk.officer, desk.head):
        client = Client()
        client.force_login(person)
        assert client.get(file.get_absolute_url()).status_code == 404


def test_a_lost_file_is_told_kindly(client):
    file = add(open_case(client))
    default_storage.delete(file.file)

    response = client.get(file.get_absolute_url())

    assert response.status_code == 404
    assert "Itu kesalahan di pihak kami" in response.content.decode()
