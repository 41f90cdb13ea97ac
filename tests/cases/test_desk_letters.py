import pytest

from cases.letters import VARIABLES, fill_in
from cases.models import AnswerTemplate
from cases.workflow import Kind, Privacy
from infocontent.models import Topic
from office.models import Office
from tests.factories import IDENTITY, make_case

pytestmark = pytest.mark.django_db


def letter(body, language="id"):
    return AnswerTemplate(name="Contoh", body=body, language=language)


def test_the_listed_variables_are_filled_in():
    case = make_case(topic=Topic.objects.get(code="antrean"))

    text = fill_in(letter("{sapaan}|{nomor}|{tanggal_diterima}|{topik}|{kantor}"), case)

    assert text == (
        f"Bapak/Ibu Pelapor|{case.reference}|24 November 2026|Antrean|{Office.objects.get().name}"
    )


def test_no_variable_is_left_unfilled():
    body = "".join(f"{{{name}}}" for name in VARIABLES)

    assert "{" not in fill_in(letter(body), make_case())


@pytest.mark.parametrize(
    "body",
    ["{nama}", "{case.applicant.nik}", "{nomor.__class__}", "{0}", "{{ case }}", "%(nomor)s", "{"],
)
def test_anything_else_stays_as_text(body):
    assert fill_in(letter(body), make_case()) == body


def test_what_a_citizen_typed_is_not_filled_in_again():
    case = make_case(subject="{nomor} dan {kantor}")

    assert fill_in(letter("{perihal}"), case) == "{nomor} dan {kantor}"


@pytest.mark.parametrize("privacy", [Privacy.OPEN, Privacy.CONFIDENTIAL])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_letter_names_the_citizen(privacy, language):
    body = " ".join(f"{{{name}}}" for name in VARIABLES)
    text = fill_in(letter(body, language), make_case(privacy=privacy))

    assert not any(part in text for part in IDENTITY.full_name.split())


def test_an_english_letter_has_english_dates_and_topics():
    case = make_case(Kind.QUESTION, topic=Topic.objects.get(code="antrean"))

    text = fill_in(letter("{topik}, {tanggal_diterima}", "en"), case)

    assert text == "Queue, 24 November 2026"
