"""Numbered blank forms: a gapless series, printed, used once, or voided for good."""

import re
from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.template.loader import render_to_string

from cases.receipt import render_receipt
from cases.workflow import CaseError
from inforequests.actions import PaperFormRefused, print_forms, void_form
from inforequests.models import PaperForm, PaperFormCounter
from inforequests.paper import printing
from office.models import Office
from tests.factories import NOW, WIB, make_case
from tests.office.paper import accessibility_of, text_of

from .paper import make_officer

pytestmark = pytest.mark.django_db
VOIDED = {"voided_at": NOW, "void_reason": "Sobek"}
TITLES = {
    "id": "Formulir permohonan informasi publik",
    "en": "Public information request form",
}
COPIES = {
    "id": ("Lembar untuk pemohon", "Lembar untuk kantor"),
    "en": ("Requester's copy", "Office copy"),
}


def squeezed(text):
    return "".join(text.split())


def numbers(forms):
    return [form.number for form in forms]


def test_the_series_has_no_gap_and_begins_anew_each_year():
    officer = make_officer()
    last_year = datetime(2025, 12, 31, 23, 59, tzinfo=WIB)

    old = print_forms(2, actor=officer, at=last_year)
    first, second = print_forms(3, actor=officer), print_forms(1, actor=officer, language="en")

    assert numbers(old) == ["F-2025-0001", "F-2025-0002"]
    assert numbers(first + second) == [f"F-2026-000{n}" for n in (1, 2, 3, 4)]
    assert (second[0].language, second[0].printed_by) == ("en", officer)


def test_a_run_that_failed_leaves_no_gap():
    officer = make_officer()

    with transaction.atomic():
        print_forms(5, actor=officer)
        transaction.set_rollback(True)

    assert numbers(print_forms(1, actor=officer)) == ["F-2026-0001"]
    assert PaperFormCounter.objects.get().last == 1


@pytest.mark.parametrize("count", [0, -1, 51, 10**9])
def test_a_run_has_one_to_fifty_forms(count):
    with pytest.raises(CaseError, match="1 sampai 50"):
        print_forms(count, actor=make_officer())

    assert not PaperForm.objects.exists()


def test_a_form_is_voided_once_with_person_and_reason():
    officer = make_officer()
    form = print_forms(1, actor=officer)[0]

    void_form(form, actor=officer, reason="  Sobek ", at=NOW)

    form.refresh_from_db()
    assert (form.voided_by, form.voided_at, form.void_reason) == (officer, NOW, "Sobek")
    with pytest.raises(PaperFormRefused, match="sudah dibatalkan"):
        void_form(form, actor=officer, reason="Lagi")


def test_a_form_is_not_voided_without_a_reason_nor_once_it_is_used():
    officer = make_officer()
    blank, used = print_forms(2, actor=officer)
    used.case = make_case("permohonan")
    used.save(update_fields=["case"])

    with pytest.raises(PaperFormRefused, match="Tulis alasan"):
        void_form(blank, actor=officer, reason="  ")
    with pytest.raises(PaperFormRefused, match="sudah dipakai"):
        void_form(used, actor=officer, reason="Rusak")


@pytest.mark.parametrize(
    "change",
    [
        lambda form, case: {"case": case, **VOIDED, "voided_by": form.printed_by},
        lambda form, case: VOIDED,
        lambda form, case: {"voided_at": NOW, "voided_by": form.printed_by},
        lambda form, case: {"void_reason": "tanpa waktu"},
    ],
)  # fmt: skip
def test_the_database_refuses_half_a_void_and_a_voided_use(change):
    form, case = print_forms(1, actor=make_officer())[0], make_case("permohonan")

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperForm.objects.filter(pk=form.pk).update(**change(form, case))


def test_the_database_gives_a_case_one_form_and_a_number_once():
    one, two = print_forms(2, actor=make_officer())
    case = make_case("permohonan")
    PaperForm.objects.filter(pk=one.pk).update(case=case)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperForm.objects.filter(pk=two.pk).update(case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperForm.objects.create(year=2026, serial=1, printed_by=one.printed_by, printed_at=NOW)


@pytest.mark.parametrize("ending", ["used", "voided"])
def test_the_database_changes_a_settled_form_no_more(ending):
    officer = make_officer()
    form, other = print_forms(1, actor=officer)[0], make_case("permohonan")
    if ending == "used":
        PaperForm.objects.filter(pk=form.pk).update(case=make_case("permohonan"))
    else:
        void_form(form, actor=officer, reason="Sobek")

    for change in ({"case": other}, {"case": None}, {"void_reason": "lain"}, {"voided_at": None}):
        with pytest.raises(DatabaseError, match="settled"), transaction.atomic():
            PaperForm.objects.filter(pk=form.pk).update(**change)


def test_the_database_keeps_every_number():
    form = print_forms(1, actor=make_officer())[0]

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        PaperForm.objects.filter(pk=form.pk)._raw_delete("default")
    with pytest.raises(DatabaseError, match="settled"), transaction.atomic():
        PaperForm.objects.filter(pk=form.pk).update(serial=7)


@pytest.mark.parametrize("language", TITLES)
def test_a_printed_form_is_accessible_and_in_two_copies(language):
    form = print_forms(1, actor=make_officer(), language=language)[0]
    # Longer than any office's, so that the front still is one page.
    Office.objects.update(letterhead="\n".join(f"Baris kop {n}" for n in range(5)))

    content = printing.numbered([form])

    said = accessibility_of(content)
    assert said["is_tagged"]
    assert said["claims_ua"]
    assert (said["language"], said["title"]) == (language, f"{TITLES[language]} {form}")
    # Front and back for the applicant, and the office's copy on a sheet of its own.
    assert said["pages"] == 3
    text = text_of(content)
    assert "Baris kop 4" in text
    assert text.count(form.number) >= 3
    for mark in COPIES[language]:
        assert mark in text


def test_the_form_has_the_ten_items_and_the_six_rights_of_the_receipt():
    form, receipt = text_of(printing.unnumbered("id")), render_receipt(make_case("permohonan"))

    for item in (
        "Nomor pendaftaran", "Nama lengkap", "NIK sesuai KTP", "Nomor SK pengesahan badan hukum",
        "Alamat", "Telepon dan e-mail", "Surat kuasa khusus", "Rincian informasi",
        "Tujuan penggunaan informasi", "Cara memperoleh informasi", "Cara mengirimkan informasi",
    ):  # fmt: skip
        assert item in form
    rights = re.findall(r"<li>(.+)</li>", render_to_string("cases/_request_rights.html"))
    assert len(rights) == 6
    for right in rights:
        assert squeezed(right) in squeezed(form)
        assert squeezed(right) in squeezed(text_of(receipt))


def test_many_forms_begin_each_copy_on_a_sheet_of_its_own():
    forms = print_forms(3, actor=make_officer())

    content = printing.numbered(forms)

    assert accessibility_of(content)["pages"] == 11
    for form in forms:
        assert form.number in text_of(content)
