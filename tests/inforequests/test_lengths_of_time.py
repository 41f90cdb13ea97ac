"""No page or paper says a length of the law by heart: a new row in the table changes them all."""

import re
from datetime import date, timedelta

import pytest

from cases.models import DeadlineRule
from cases.receipt import render_receipt
from inforequests.paper import printing
from tests.cases.citizens import open_case, page
from tests.factories import NOW, make_case
from tests.office.paper import text_of

pytestmark = pytest.mark.django_db
ANSWER = ("permohonan", "jawaban")
EXTENSION = ("permohonan", "perpanjangan")
FILING = ("keberatan", "diajukan")
DISPUTE = ("keberatan", "sengketa")
PAGES = [
    ("/permohonan/", ANSWER),
    ("/permohonan/", EXTENSION),
    ("/permohonan/urusan-sendiri/", ("pertanyaan", "jawaban")),
    ("/permohonan/urusan-sendiri/", ANSWER),
    ("/keberatan/", ("keberatan", "jawaban")),
    ("/keberatan/", FILING),
    ("/keberatan/", DISPUTE),
    ("/informasi/dikecualikan/", FILING),
    ("/tanya/", ("pertanyaan", "jawaban")),
]


def rule(step, days, valid_from=date(2026, 1, 1)):
    kind, name = step
    return DeadlineRule.objects.create(
        kind=kind, step=name, unit="hari_kerja", days=days, law="UU baru", valid_from=valid_from
    )


@pytest.mark.parametrize(("address", "step"), PAGES)
@pytest.mark.parametrize(("language", "says"), [("id", "{} hari kerja"), ("en", "{} working days")])
def test_a_public_page_says_the_length_of_the_row_in_force(
    client, settings, address, step, language, says
):
    rule(step, 91)
    rule(step, 92, valid_from=date(2026, 11, 25))

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get(address).content.decode()

    assert says.format(91) in html
    # As a word: the token of a form may contain any two figures.
    assert not re.search(r"\b92\b", html)


def test_the_words_in_english_on_an_indonesian_page_follow_as_well(client):
    rule(("pertanyaan", "jawaban"), 6)

    assert "Answered within 6 working days." in client.get("/tanya/").content.decode()


@pytest.mark.parametrize("step", [ANSWER, EXTENSION, FILING, DISPUTE])
def test_the_rights_on_the_receipt_and_on_the_blank_form_follow(step):
    rule(step, 91)

    assert "91 hari kerja" in text_of(render_receipt(make_case("permohonan")))
    assert "91 hari kerja" in text_of(printing.unnumbered("id"))


def test_a_receipt_says_the_lengths_of_the_day_on_which_its_request_came():
    case = make_case("permohonan", at=NOW - timedelta(days=20))
    rule(ANSWER, 91, valid_from=NOW.date())

    text = text_of(render_receipt(case))

    assert "pemberitahuan tertulis dalam 10 hari kerja" in text
    assert "91" not in text


@pytest.mark.parametrize("kind", ["pengaduan", "pertanyaan"])
def test_the_receipt_says_how_long_one_may_answer_back(kind):
    rule((kind, "menanggapi"), 91)

    assert "halaman Lacak dalam 91 hari kerja" in text_of(render_receipt(make_case(kind)))


@pytest.mark.parametrize("step", [FILING, DISPUTE])
def test_the_way_out_on_the_tracking_page_follows(client, step):
    rule(step, 91)
    open_case(client, "permohonan", at=NOW - timedelta(days=60))

    assert "dalam 91 hari kerja" in page(client)


def test_without_a_row_a_page_names_no_number(client):
    DeadlineRule.objects.filter(kind="keberatan", step="sengketa").delete()

    html = client.get("/keberatan/").content.decode()

    assert "ke Komisi Informasi dalam waktu menurut aturan yang berlaku." in html
