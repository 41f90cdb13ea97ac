import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from cases.models import Case, IntakeDraft
from infocontent import search
from infocontent.models import DailyCount, Document, Item, SearchCount, Vote
from office.models import ThrottleWindow
from tests.factories import NOW
from tests.infocontent.items import make_item

from .intake import COMPLAINT, FORMS, QUESTION, REQUEST, send

pytestmark = pytest.mark.django_db
SUGGEST, ANSWERED = "/informasi/saran/", "/informasi/terjawab/"
SUBJECT = "Denda overstay dua hari"
FIRST = {"pengaduan": "peristiwa", "permohonan": "informasi", "tanya": "pertanyaan"}
SECOND = {"pengaduan": "harapan", "permohonan": "pemohon", "tanya": "lampiran"}
# An own one, beside the starter texts: those may change.
TEXT = {
    "slug": "denda-dua-hari-uji",
    "topic": "overstay",
    "title": "Berapa denda overstay dua hari?",
    "title_en": "What is the fine for an overstay of two days?",
    "body": "Denda dihitung per hari.\n\n[Tarif](/informasi/tarif/)",
    "keywords": "denda overstay dua hari",
}


@pytest.fixture(autouse=True)
def _no_time_trap(settings):
    settings.INTAKE_MIN_SECONDS = 0


@pytest.fixture
def item():
    Item.objects.update(state="arsip")
    search.rebuild()
    return make_item(**TEXT)


@pytest.fixture
def starter():
    """What an office begins with, out since yesterday, whenever the tests run."""
    yesterday = NOW - timedelta(days=1)
    Item.objects.update(published_at=yesterday)
    Document.objects.update(visible_from=yesterday)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def first_step(form: str, **changes: str) -> dict[str, str]:
    return {**FORMS[form][FIRST[form]], "subject": SUBJECT, **changes}


def post_first(client: Client, form: str, **changes: str):
    return client.post(f"/{form}/{FIRST[form]}/", first_step(form, **changes))


def test_a_fitting_text_is_offered_while_the_subject_is_typed(client, item):
    response = client.post(SUGGEST, {"subject": "denda oversta"})

    assert TEXT["title"] in words(response)
    assert "Denda dihitung per hari." in words(response)
    assert 'target="_blank" href="/informasi/tarif/"' in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "typed", ["", "x", "Toilet kotor dan tidak ada air", "\x00", "<b>kesal</b>"]
)
def test_nothing_is_offered_where_nothing_fits(client, item, typed):
    response = client.post(SUGGEST, {"subject": typed})

    assert response.status_code == 200
    assert words(response).strip() == ""


@pytest.mark.parametrize("topic", ["pungli", "sikap-petugas"])
def test_whoever_accuses_a_person_is_not_sent_away_with_a_text(client, item, topic):
    response = client.post(SUGGEST, {"subject": SUBJECT, "topic": topic})
    onward = post_first(client, "pengaduan", topic=topic)

    assert words(response).strip() == ""
    assert onward.url == "/pengaduan/harapan/"


def test_a_bribe_in_the_subject_is_heard_whatever_the_topic(client, item):
    response = client.post(SUGGEST, {"subject": f"{SUBJECT}, petugas minta suap"})

    assert words(response).strip() == ""


def test_what_is_typed_stands_in_no_address(client, item):
    page = client.get("/tanya/pertanyaan/").content.decode()

    assert client.get(SUGGEST, {"subject": SUBJECT}).status_code == 405
    assert f'hx-post="{SUGGEST}"' in page
    assert "hx-get" not in page
    assert 'hx-params="csrfmiddlewaretoken,subject,topic"' in page


def test_a_suggestion_asks_for_the_token():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SUGGEST, {"subject": SUBJECT}).status_code == 403
    assert strict.post(ANSWERED, {"slug": "overstay"}).status_code == 403


def test_nothing_typed_is_stored_by_a_suggestion_or_a_deflection(client, item):
    client.post(SUGGEST, {"subject": SUBJECT, "topic": "overstay"})
    client.post(ANSWERED, {"slug": item.slug, "subject": SUBJECT, "kembali": "/tanya/pertanyaan/"})

    assert not IntakeDraft.objects.exists()
    assert not Case.objects.exists()
    assert not SearchCount.objects.exists()
    assert not Vote.objects.exists()
    counted = DailyCount.objects.get()
    assert (counted.item, counted.what, counted.count) == (item, "terjawab", 1)
    assert SUBJECT not in str(list(ThrottleWindow.objects.values()))
    assert not client.session.keys()


@pytest.mark.parametrize(("form", "step"), FIRST.items())
def test_without_a_script_the_texts_come_between_two_steps(client, item, form, step):
    response = post_first(client, form)
    page = client.get(response.url)

    assert response.url == f"/{form}/saran/"
    assert TEXT["title"] in words(page)
    assert f'href="/{form}/{SECOND[form]}/"' in page.content.decode()
    assert f'name="kembali" value="/{form}/{step}/"' in page.content.decode()


@pytest.mark.parametrize("form", FIRST)
def test_with_a_script_the_form_has_shown_them_already(client, item, form):
    page = client.get(f"/{form}/{FIRST[form]}/").content.decode()
    response = post_first(client, form, saran_tampil="1")

    assert '<input type="hidden" name="saran_tampil">' in page
    assert response.url == f"/{form}/{SECOND[form]}/"


def test_the_page_comes_once_for_each_text(client, item):
    first = post_first(client, "tanya")
    again = post_first(client, "tanya", narrative="Saya jelaskan sekali lagi, lebih panjang.")
    other = post_first(client, "tanya", subject="Denda overstay satu bulan")

    assert first.url == other.url == "/tanya/saran/"
    assert again.url == "/tanya/lampiran/"


@pytest.mark.parametrize("form", FIRST)
def test_where_nothing_fits_the_next_step_follows(client, form):
    response = post_first(client, form, subject="Toilet kotor dan tidak ada air")

    assert response.url == f"/{form}/{SECOND[form]}/"


def test_an_invalid_step_is_corrected_before_anything_is_offered(client, item):
    response = post_first(client, "tanya", narrative="")

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"narrative"}


@pytest.mark.parametrize("form", FIRST)
def test_the_page_without_a_draft_leads_to_the_first_step(client, form):
    assert client.get(f"/{form}/saran/").url == f"/{form}/{FIRST[form]}/"


def test_the_page_leads_on_where_the_text_was_withdrawn_meanwhile(client, item):
    post_first(client, "tanya")
    Item.objects.filter(pk=item.pk).update(state="arsip")

    assert client.get("/tanya/saran/").url == "/tanya/lampiran/"


@pytest.mark.parametrize("form", FIRST)
def test_a_form_is_sent_as_before_with_the_page_in_between(client, item, form):
    send(client, form, **{FIRST[form]: {"subject": SUBJECT}})

    assert Case.objects.get().subject == SUBJECT


def test_that_answered_it_keeps_the_draft_and_leads_back_to_it(client, item):
    post_first(client, "tanya")

    response = client.post(
        ANSWERED, {"slug": item.slug, "kembali": "/tanya/pertanyaan/"}, follow=True
    )

    assert "Syukurlah" in words(response)
    assert 'href="/tanya/pertanyaan/"' in response.content.decode()
    assert 'href="/"' in response.content.decode()
    assert SUBJECT in client.get("/tanya/pertanyaan/").content.decode()
    # A reload of the page counts nothing.
    client.get(response.redirect_chain[-1][0])
    assert DailyCount.objects.get().count == 1


def test_with_a_script_the_thanks_stand_in_the_form(client, item):
    response = client.post(ANSWERED, {"slug": item.slug}, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "Syukurlah" in words(response)
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["//jahat.example/", "https://jahat.example/", "javascript:alert(1)", "/\\jahat.example", "x"],
)
def test_the_way_back_leads_nowhere_else(client, item, address):
    page = client.post(ANSWERED, {"slug": item.slug, "kembali": address}, follow=True)
    typed = client.get(f"{ANSWERED}?kembali={quote(address)}")

    for response in (page, typed):
        assert response.context["back"] == ""
        assert "kembali ke isian" not in words(response)


@pytest.mark.parametrize("slug", ["", "tidak-ada", "a\x00b", "x" * 5000])
def test_a_text_that_is_not_out_counts_nothing(client, slug):
    assert client.post(ANSWERED, {"slug": slug}).status_code == 404
    assert not DailyCount.objects.exists()


def test_the_draft_remembers_that_it_was_shown_and_no_second_copy_of_the_words(client, item):
    post_first(client, "tanya")

    data = IntakeDraft.objects.get().data
    assert SUBJECT not in str({key: value for key, value in data.items() if key != "pertanyaan"})


def test_the_english_page_shows_english_where_there_is_one(client, item):
    client.cookies["bahasa"] = "en"

    response = client.post(SUGGEST, {"subject": "fine overstay two days"})

    assert TEXT["title_en"] in words(response)
    assert 'class="isi-teks" lang="id"' in response.content.decode()


def test_suggestions_cost_few_queries(client, item, django_assert_max_num_queries):
    client.post(SUGGEST, {"subject": SUBJECT})

    with django_assert_max_num_queries(9):
        client.post(SUGGEST, {"subject": SUBJECT})


def test_suggestions_have_a_limit(client, settings):
    settings.RATE_LIMIT_FACTOR = 0

    assert client.post(SUGGEST, {"subject": SUBJECT}).status_code == 429


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Kuota penuh terus", "kuota-mpaspor-penuh"),
        ("Overstay fine", "overstay"),
        ("tidak dapat kode OTP", "otp-mpaspor"),
        ("I lost my passport", "paspor-hilang"),
    ],
)
def test_starter_texts_answer_what_people_type(client, starter, typed, slug):
    assert f'value="{slug}"' in client.post(SUGGEST, {"subject": typed}).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        COMPLAINT["peristiwa"]["subject"],
        REQUEST["informasi"]["subject"],
        "AC ruang tunggu rusak",
        "Saya kehilangan dompet di ruang tunggu",
        "Rincian biaya perjalanan dinas 2025",
        "paspor",
    ],
)
def test_starter_texts_are_not_offered_for_what_they_do_not_answer(client, starter, typed):
    assert words(client.post(SUGGEST, {"subject": typed})).strip() == ""


def test_a_question_in_english_meets_the_texts_too(client, starter):
    assert client.post("/tanya/pertanyaan/", QUESTION["pertanyaan"]).url == "/tanya/saran/"
