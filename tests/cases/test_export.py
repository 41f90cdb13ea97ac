import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.models import AccessLog
from cases.workflow import Kind, Privacy, Status
from office.roles import Role
from tests.factories import IDENTITY, make_case, make_desk, make_section, make_user

from .desk import LIST, client_of

pytestmark = pytest.mark.django_db


def export(user, query=""):
    return client_of(user).get(f"{LIST}ekspor/?{query}")


def content(response):
    return b"".join(response.streaming_content)


def rows(response):
    sheet = load_workbook(BytesIO(content(response))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_filtered_list_comes_as_a_workbook():
    desk = make_desk()
    wanted = make_case(status=Status.IN_PROGRESS, desk=desk)
    make_case(Kind.QUESTION)

    response = export(desk.verifier, "status=diproses")
    found = rows(response)

    assert response["Content-Disposition"] == 'attachment; filename="kasus-2026-11-24.xlsx"'
    assert found[0][:3] == ["Nomor", "Jenis", "Perihal"]
    assert [row[0] for row in found[1:]] == [wanted.reference]
    assert wanted.narrative not in str(found)


def test_identities_are_masked():
    desk = make_desk()
    make_case(subject="Terbuka")
    make_case(subject="Rahasia", privacy=Privacy.CONFIDENTIAL)
    make_case(subject="Anonim", privacy=Privacy.ANONYMOUS)

    found = {row[2]: row[8] for row in rows(export(desk.office_head))[1:]}

    assert found == {"Terbuka": "S••• M••• K•••", "Rahasia": "dirahasiakan", "Anonim": "anonim"}
    assert IDENTITY.full_name not in str(found)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil")', "http://evil", "{=1}"],
)
def test_nothing_a_citizen_typed_becomes_a_formula_or_a_link(text):
    desk = make_desk()
    make_case(subject=text)

    raw = zipfile.ZipFile(BytesIO(content(export(desk.verifier))))
    sheet = raw.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_it_is_put_on_record_with_count_and_filter():
    desk = make_desk()
    make_case()
    make_case(Kind.QUESTION)

    content(export(desk.verifier, "kind=pertanyaan&o=x"))

    line = AccessLog.objects.get(what=AccessLog.What.EXPORT)
    assert (line.user, line.data) == (desk.verifier, {"count": 1, "filters": "kind=pertanyaan"})


def test_only_the_own_section_leaves_in_a_file():
    desk = make_desk()
    make_case(status=Status.IN_PROGRESS, desk=desk)
    stranger = make_user(Role.SECTION_HEAD, section=make_section())

    assert len(rows(export(stranger))) == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUMAS, Role.ADMINISTRATOR])
def test_who_may_not_export_gets_no_file(role):
    desk = make_desk()
    make_case(status=Status.IN_PROGRESS, desk=desk)

    assert export(make_user(role, section=desk.section)).status_code == 403


def test_a_list_that_is_too_long_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr("cases.admin.listing.MOST", 1)
    desk = make_desk()
    make_case()
    make_case()

    response = client_of(desk.verifier).get(f"{LIST}ekspor/?status=terbuka", follow=True)

    assert "Persempit saringannya" in response.content.decode()
    assert not AccessLog.objects.exists()
