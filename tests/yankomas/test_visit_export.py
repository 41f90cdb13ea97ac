import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.models import AccessLog
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import make_section, make_user
from yankomas.workflow import Outcome

from .days import CONTACT, NAME, case_visit, clock, done, log, serve, shift_of
from .pages import BLIND, EXPORT, LIST, SEE, TAKE_AWAY, content, rows, viewer
from .room import service, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [*SEE, *BLIND])
def test_the_export_is_for_those_who_carry_the_duty(role):
    serve(shift_of(), "08.10", "08.20", "08.40")
    user = make_user(role, section=make_section())

    assert client_of(user).get(EXPORT).status_code == (200 if role in TAKE_AWAY else 403)
    if role in SEE:
        assert ("Ekspor ke Excel" in see(user, LIST)) is (role in TAKE_AWAY)


def test_the_filtered_list_comes_as_a_workbook():
    shift = shift_of(3)
    visit, case = case_visit(shift)
    done(visit, shift, "08.30")
    serve(shift, "09.00", "09.05", "09.15", code="informasi")
    log(shift.officer, "10.00", "10.10")

    response = client_of(viewer()).get(f"{EXPORT}?service={service('pengaduan').pk}")
    head, *found = rows(response)

    name = 'attachment; filename="kunjungan-2026-11-24.xlsx"'
    assert response["Content-Disposition"] == name
    row = dict(zip(head, found[0], strict=True))
    assert len(found) == 1
    assert (row["Nomor"], row["Layanan"], row["Kasus"]) == ("C001", "Pengaduan", case.reference)
    assert (row["Menunggu (menit)"], row["Dilayani (menit)"], row["Loket"]) == (10, 10, 3)
    assert row["Datang"] == clock("08.10").replace(tzinfo=None)
    assert len(rows(client_of(viewer()).get(EXPORT))) == 4


def test_neither_people_nor_what_they_said_leave_in_a_file():
    shift = shift_of()
    serve(
        shift,
        "08.10",
        "08.20",
        "08.40",
        record={
            "visitor_name": NAME,
            "visitor_contact": CONTACT,
            "asked": "Anak saya sakit.",
            "answered": "Semoga lekas sembuh.",
        },
    )

    found = str(rows(client_of(viewer(Role.OFFICE_HEAD)).get(EXPORT)))

    assert "A001" in found
    for words in (NAME, CONTACT, "Anak saya sakit.", "Semoga lekas sembuh."):
        assert words not in found


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil")', "http://evil", "{=1}"]
)
def test_nothing_typed_becomes_a_formula_or_a_link(text):
    serve(shift_of(), "08.10", "08.20", "08.40", outcome=Outcome.REFERRED, referred_to=text)

    file = content(client_of(viewer()).get(EXPORT))
    sheet = zipfile.ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    cell = next(c for c in load_workbook(BytesIO(file)).active[2] if c.value == text)

    assert cell.data_type == "s"
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_the_export_is_put_on_record():
    serve(shift_of(), "08.10", "08.20", "08.40")
    user = viewer()

    content(client_of(user).get(f"{EXPORT}?outcome=dijawab&o=x"))

    line = AccessLog.objects.get(what=AccessLog.What.EXPORT)
    assert (line.user, line.case) == (user, None)
    assert line.data == {"list": "visits", "count": 1, "filters": "outcome=dijawab"}


def test_a_list_that_is_too_long_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr("yankomas.admin.visits.MOST", 1)
    take(at=clock("08.10"))
    take(at=clock("08.11"))

    response = client_of(viewer()).get(f"{EXPORT}?outcome=berjalan", follow=True)

    assert "Persempit saringannya" in response.content.decode()
    assert response.redirect_chain[0][0] == f"{LIST}?outcome=berjalan"
    assert not AccessLog.objects.exists()


def test_a_long_export_is_read_part_by_part(monkeypatch):
    monkeypatch.setattr("yankomas.export.AT_ONCE", 2)
    for minute in range(5):
        take(at=clock(f"08.{minute:02d}"))

    found = rows(client_of(viewer()).get(EXPORT))

    assert [row[0] for row in found[1:]] == ["A005", "A004", "A003", "A002", "A001"]
