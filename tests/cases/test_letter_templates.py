"""The texts of official letters: written by the administrator, seen before they are used."""

import pytest
from django.urls import reverse

from cases.correspondence import OWN, fill_in, unknown_variables
from cases.models import LetterTemplate
from office.roles import Role
from tests.access.test_forms_that_work_once import HOSTILE
from tests.factories import make_user
from tests.office.paper import accessibility_of

pytestmark = pytest.mark.django_db
PREVIEW = reverse("admin:cases_lettertemplate_preview")
LIST = reverse("admin:cases_lettertemplate_changelist")
ADD = reverse("admin:cases_lettertemplate_add")
TYPED = {
    "code": "perpanjangan",
    "language": "id",
    "valid_from": "2026-12-01",
    "title": "Pemberitahuan perpanjangan",
    "number_format": "W8/{urut}/PPID/{bulan}/{tahun}",
    "body": "Permohonan {nomor} diperpanjang sampai **{tenggat_baru}**.\n\n{alasan}",
}


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.mark.parametrize("template", LetterTemplate.Code)
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_office_begins_with_every_letter_in_both_languages(template, language):
    found = LetterTemplate.objects.in_force(template, language)

    assert found.language == language
    assert unknown_variables(template, found.body) == []


def test_the_letter_of_a_day_is_the_latest_that_began_before_it():
    new = LetterTemplate.objects.create(**TYPED)

    assert LetterTemplate.objects.in_force("perpanjangan", "id", new.valid_from) == new
    assert LetterTemplate.objects.in_force("perpanjangan", "id") != new


def test_a_letter_without_a_text_in_the_language_is_indonesian():
    LetterTemplate.objects.filter(code="perpanjangan", language="en").update(code="pemberitahuan2")

    assert LetterTemplate.objects.in_force("perpanjangan", "en").language == "id"


def test_a_text_is_seen_as_a_letter_before_it_is_saved(client, administrator):
    page = client.post(PREVIEW, TYPED).content.decode()

    assert "W8/0001/PPID/" in page
    assert "[alasan tertulis perpanjangan]" in page
    assert not LetterTemplate.objects.filter(title=TYPED["title"]).exists()


def test_the_preview_is_also_a_pdf(client, administrator):
    response = client.post(PREVIEW, {**TYPED, "pdf": "1"})

    assert response["Content-Type"] == "application/pdf"
    assert accessibility_of(response.content)["is_tagged"]


def test_a_kept_text_is_previewed_with_its_own_names(client, administrator):
    kept = LetterTemplate.objects.in_force("perpanjangan", "id")
    typed = {name: TYPED[name] for name in ("valid_from", "title", "number_format", "body")}

    page = client.post(f"{PREVIEW}?naskah={kept.pk}", typed).content.decode()

    assert "[alasan tertulis perpanjangan]" in page
    assert 'role="alert"' not in page


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("body", "Halo {nama_ibu}", "{nama_ibu}"),
        ("body", "[x](javascript:alert(1))", "javascript"),
        ("number_format", "PPID/{tahun}", "{urut}"),
        ("number_format", "{urut.__class__}/{tahun}", "Pakai hanya"),
        ("number_format", "{urut}/{tahun", "Pakai hanya"),
    ],
)
def test_a_text_that_would_make_a_wrong_letter_is_refused(client, administrator, name, typed, said):
    response = client.post(ADD, {**TYPED, name: typed})
    preview = client.post(PREVIEW, {**TYPED, name: typed})

    assert said in response.content.decode()
    assert preview.status_code == 200
    assert LetterTemplate.objects.filter(title=TYPED["title"]).count() == 0


@pytest.mark.parametrize("name", ["title", "number_format", "body"])
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_break_no_preview(client, administrator, name, typed):
    response = client.post(PREVIEW, {**TYPED, name: typed})

    assert response.status_code == 200
    assert "<script>zq" not in response.content.decode()


@pytest.mark.parametrize("name", ["title", "body"])
def test_odd_characters_break_no_previewed_paper(client, administrator, name):
    response = client.post(PREVIEW, {**TYPED, name: HOSTILE["odd"], "pdf": "ya"})

    assert response.status_code == 200


def test_a_new_text_is_kept(client, administrator):
    response = client.post(ADD, TYPED)

    assert response.status_code == 302
    assert LetterTemplate.objects.get(title=TYPED["title"]).number_format.startswith("W8/")


def test_two_texts_of_one_letter_do_not_begin_on_one_day(client, administrator):
    client.post(ADD, TYPED)
    client.post(ADD, {**TYPED, "valid_from": "2027-01-01"})
    later = LetterTemplate.objects.get(code=TYPED["code"], valid_from="2027-01-01")

    page = client.post(reverse("admin:cases_lettertemplate_change", args=[later.pk]), TYPED)

    assert page.status_code == 200
    assert "dengan Surat, Bahasa dan" in page.content.decode()
    later.refresh_from_db()
    assert later.valid_from.isoformat() == "2027-01-01"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_the_administrator_writes_letters(client, role):
    client.force_login(make_user(role))

    assert client.get(ADD).status_code == 403
    assert client.post(PREVIEW, TYPED).status_code == 403


@pytest.mark.parametrize("code", OWN)
def test_a_name_that_nothing_fills_in_stays_visible(code):
    assert fill_in("{nomor} {apa}", {"nomor": "PI-1"}, {}) == r"PI\-1 {apa}"
