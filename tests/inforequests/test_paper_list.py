"""The list of numbered forms, their printing and voiding, and the form for everybody."""

import pytest
from django.conf import settings
from django.test import Client

from cases.models import Case
from inforequests.actions import print_forms, void_form
from inforequests.models import PaperForm
from office.roles import Role
from tests.factories import NOW, make_user
from tests.office.paper import accessibility_of, text_of

from .paper import ENTER, LIST, PRINT, TYPED, browser_of, make_officer

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def send(desk, **given):
    return desk.post(ENTER, {**TYPED, **given})


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    return browser_of(officer)


def test_printing_gives_numbers_and_one_accessible_pdf(desk):
    run = desk.post(PRINT, {"count": "2", "language": "en"})
    assert run["Location"] == f"{LIST}cetakan/2026/1-2/"
    assert "Unduh PDF" in text(desk.get(run["Location"]))

    response = desk.get(f"{LIST}cetakan/2026/1-2.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert "formulir-F-2026-0001-F-2026-0002.pdf" in response["Content-Disposition"]
    assert accessibility_of(response.content)["language"] == "en"
    assert "F-2026-0002" in text_of(response.content)


@pytest.mark.parametrize(
    "given",
    [
        {"count": "0", "language": "id"},
        {"count": "51", "language": "id"},
        {"count": "9" * 400, "language": "id"},
        {"count": "sepuluh", "language": "id"},
        {"count": "1\x00", "language": "id"},
        {"count": "1", "language": "nl"},
        {},
    ],
)
def test_a_bad_print_order_is_refused(desk, given):
    assert desk.post(PRINT, given).context["form"].errors
    assert not PaperForm.objects.exists()


def test_what_is_used_or_voided_is_not_printed_again(desk, officer):
    first, second = print_forms(2, actor=officer)
    void_form(first, actor=officer, reason="Sobek")

    assert str(first) not in text_of(desk.get(f"{LIST}cetakan/2026/1-2.pdf").content)
    void_form(second, actor=officer, reason="Sobek")
    assert "sudah dipakai atau dibatalkan" in text(desk.get(f"{LIST}cetakan/2026/1-2/"))
    assert desk.get(f"{LIST}cetakan/2026/1-2.pdf").status_code == 404


@pytest.mark.parametrize(
    "run", ["2026/2-1", "2026/1-51", "2026/9-9", "2025/1-1", f"{10**30}/1-1", f"2026/1-{10**30}"]
)
def test_a_run_that_was_never_printed_is_not_found(desk, officer, run):
    print_forms(1, actor=officer)

    assert desk.get(f"{LIST}cetakan/{run}/").status_code == 404
    assert desk.get(f"{LIST}cetakan/{run}.pdf").status_code == 404


def test_voiding_asks_for_a_reason_and_happens_once(desk, officer):
    form = print_forms(1, actor=officer)[0]
    page = f"{LIST}{form.pk}/batalkan/"
    assert "tidak dapat diurungkan" in text(desk.get(page))
    for bad in ("", "x" * 201, "a\x00b"):
        assert "reason" in desk.post(page, {"reason": bad}).context["form"].errors

    assert desk.post(page, {"reason": "Sobek"})["Location"] == LIST

    assert "sudah dibatalkan" in text(desk.post(page, {"reason": "Lagi"}))
    assert PaperForm.objects.voided().get().void_reason == "Sobek"
    assert desk.get(f"{LIST}{10**30}/batalkan/").status_code == 404


def test_an_empty_list_says_what_to_do(desk):
    assert "Belum ada formulir bernomor" in text(desk.get(LIST))
    assert "Tidak ada formulir yang sesuai" in text(desk.get(LIST, {"state": "batal"}))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {1, 2, 3}),
        ({"state": "kosong"}, {3}),
        ({"state": "dipakai"}, {1}),
        ({"state": "batal"}, {2}),
        ({"number": "f 2026 3"}, {3}),
        ({"number": "entah"}, set()),
        ({"language": "en"}, set()),
        ({"printed_from": "2026-11-20", "printed_to": "2026-11-20"}, {1, 2, 3}),
        ({"printed_to": "2026-11-19"}, set()),
        ({"state": "ngawur", "printed_from": "2026-02-30", "p": "-7"}, {1, 2, 3}),
        ({"number": "\x00", "language": "\x00", "p": "\x00"}, {1, 2, 3}),
        ({"printed_from": "0001-01-01", "printed_to": "9999-12-31"}, {1, 2, 3}),
    ],
)
def test_the_list_is_narrowed(desk, officer, query, shown):
    form, spoilt, _blank = print_forms(3, actor=officer, at=NOW.replace(day=20))
    void_form(spoilt, actor=officer, reason="Sobek")
    send(desk, form_number=form.number)

    response = desk.get(LIST, query)

    assert response.status_code == 200
    assert {entry.form.serial for entry in response.context["entries"]} == shown


def test_only_who_may_see_the_case_finds_it_in_the_list(desk, officer):
    form = print_forms(1, actor=officer, at=NOW.replace(day=20))[0]
    send(desk, form_number=form.number)
    reference = Case.objects.get().reference

    assert reference not in text(desk.get(LIST))
    assert reference in text(browser_of(make_user(Role.VERIFIER)).get(LIST))


def test_the_list_costs_the_same_for_many_forms(desk, officer, django_assert_max_num_queries):
    print_forms(50, actor=officer)
    print_forms(10, actor=officer)

    with django_assert_max_num_queries(8):
        page = desk.get(LIST)

    assert len(page.context["entries"]) == 50
    assert len(desk.get(LIST, {"p": 2}).context["entries"]) == 10


@pytest.mark.parametrize(("language", "word"), [("id", "Pemohon"), ("en", "Requester")])
def test_the_public_page_offers_the_form_without_a_number(client, language, word):
    address = f"/permohonan/formulir-{language}.pdf"
    assert address in text(client.get("/permohonan/"))

    response = client.get(address)

    assert response["Content-Type"] == "application/pdf"
    assert accessibility_of(response.content)["language"] == language
    assert word in text_of(response.content)
    assert "F-2026" not in text_of(response.content)
    assert not PaperForm.objects.exists()


def test_there_is_no_public_form_in_another_language_and_not_too_many(client, settings):
    assert client.get("/permohonan/formulir-nl.pdf").status_code == 404
    assert client.post("/permohonan/formulir-id.pdf").status_code == 405
    settings.RATE_LIMIT_FACTOR = 0
    assert client.get("/permohonan/formulir-id.pdf").status_code == 429


def test_an_english_reader_is_told_so_too(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "You may also ask in person" in text(client.get("/permohonan/"))
    assert "Nomor formulir" not in text(Client().get("/permohonan/"))
