"""The desk's pages about surveys, and who may open them."""

from datetime import timedelta

import pytest
from django.test import Client

from infocontent.models import Topic
from office.roles import Role
from surveys.models import Counter, Instrument, SurveyEvent
from tests.factories import NOW, make_user

from .answers import instrument, make_counter, make_response, text

pytestmark = pytest.mark.django_db

INSTRUMENTS = "/admin/surveys/instrument/"
COUNTERS = "/admin/surveys/counter/"
COMMENTS = "/admin/surveys/response/"
OPENS = {
    INSTRUMENTS: {Role.ADMINISTRATOR},
    "/admin/surveys/surveyedservice/": {Role.ADMINISTRATOR},
    "/admin/surveys/askingrules/": {Role.ADMINISTRATOR},
    COUNTERS: {Role.YANKOMAS, Role.HUMAS, Role.PPID},
    COMMENTS: {Role.HUMAS, Role.PPID, Role.OFFICE_HEAD},
}
LATER = (NOW + timedelta(days=7)).date().isoformat()


def browser(role):
    client = Client()
    client.force_login(make_user(role))
    return client


def topic():
    return Topic.objects.choosable()[0]


@pytest.mark.parametrize("role", Role)
def test_each_page_opens_for_its_roles_only(role):
    client = browser(role)

    for address, roles in OPENS.items():
        assert (client.get(address).status_code == 200) is (role in roles), address


def test_an_unanswered_instrument_can_be_edited_and_an_answered_one_only_copied():
    client, one = browser(Role.ADMINISTRATOR), instrument("spak")
    page = f"{INSTRUMENTS}{one.pk}/change/"
    assert 'name="title"' in text(client.get(page))

    make_response("spak")

    page = text(client.get(page))
    assert 'name="title"' not in page
    assert "sudah dijawab" in page
    assert f"{INSTRUMENTS}{one.pk}/versi-baru/" in page


def post_of(client, one):
    """Everything that the change page would send, unchanged."""
    response = client.get(f"{INSTRUMENTS}{one.pk}/change/")
    data = {}
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
            if value is False:
                del data[field.html_name]
    return data


def test_the_words_of_an_answer_are_edited_one_a_line():
    client, one = browser(Role.ADMINISTRATOR), instrument()
    data = post_of(client, one)
    name = next(
        key
        for key, value in data.items()
        if value == "Tidak sesuai\nKurang sesuai\nSesuai\nSangat sesuai"
    )

    too_few = client.post(f"{INSTRUMENTS}{one.pk}/change/", {**data, name: "Ya\nTidak"})
    assert "Tulis 4 pilihan" in text(too_few)
    saved = client.post(
        f"{INSTRUMENTS}{one.pk}/change/", {**data, name: "Satu\nDua\n\nTiga\nEmpat "}
    )

    assert saved.status_code == 302
    assert one.elements.get(code="U1").options == ["Satu", "Dua", "Tiga", "Empat"]
    assert one.elements.get(code="U2").options[0] == "Tidak mudah"


@pytest.mark.parametrize("part", ["elements", "bands", "thresholds"])
def test_a_number_of_rows_beyond_reason_is_refused_and_not_drawn(part):
    client, one = browser(Role.ADMINISTRATOR), instrument("spak")
    sent = post_of(client, one) | {f"{part}-TOTAL_FORMS": "2000", "title": "Judul baru"}

    response = client.post(f"{INSTRUMENTS}{one.pk}/change/", sent)

    formsets = [one.formset for one in response.context["inline_admin_formsets"]]
    assert max(len(formset.forms) for formset in formsets) == 40
    assert Instrument.objects.get(pk=one.pk).title != "Judul baru"


def test_the_preview_shows_the_form_and_cannot_be_sent():
    client = browser(Role.ADMINISTRATOR)

    for code in ("skm", "spkp"):
        page = text(client.get(f"{INSTRUMENTS}{instrument(code).pk}/pratinjau/"))
        assert instrument(code).elements.first().statement in page
        assert "Kirim jawaban" not in page
    assert client.get(f"{INSTRUMENTS}{2**63}/pratinjau/").status_code == 404


def test_a_new_version_is_made_from_the_page_and_a_wrong_day_is_explained():
    client, one = browser(Role.ADMINISTRATOR), instrument()
    page = f"{INSTRUMENTS}{one.pk}/versi-baru/"

    refused = client.post(page, {"valid_from": NOW.date().isoformat()})
    assert refused.status_code == 409
    assert "paling cepat besok" in text(refused)
    made = client.post(page, {"valid_from": LATER})

    assert made.url == Instrument.objects.get(code="skm", version=2).get_absolute_url()
    assert "Belum berlaku" in text(client.get(INSTRUMENTS))


def test_a_code_is_made_printed_and_withdrawn_after_a_question():
    client = browser(Role.YANKOMAS)
    assert "belum" in text(client.get(COUNTERS)).lower()
    assert "Tuliskan tempatnya" in text(client.post(COUNTERS, {"name": ""}))

    made = client.post(COUNTERS, {"name": "Loket 2", "service": ""})

    counter = Counter.objects.get()
    assert made.url == counter.get_absolute_url()
    assert f"http://testserver/survei/loket/{counter.code}/" in text(client.get(made.url))
    picture = client.get(f"{COUNTERS}{counter.pk}/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "tidak dapat dibatalkan" in text(client.get(f"{COUNTERS}{counter.pk}/tarik/"))
    assert Counter.objects.get().is_open

    client.post(f"{COUNTERS}{counter.pk}/tarik/")
    assert not Counter.objects.get().is_open
    assert "sudah ditarik" in text(client.post(f"{COUNTERS}{counter.pk}/tarik/", follow=True))
    assert "ditarik pada" in text(client.get(counter.get_absolute_url()))


def test_comments_are_listed_without_their_questionnaire_and_get_a_topic():
    client = browser(Role.HUMAS)
    make_response()
    marked = make_response(comment="Kursi di ruang tunggu kurang.", about={"sex": "p"})

    page = text(client.get(COMMENTS))
    assert page.count("<blockquote>") == 1
    assert "Kursi di ruang tunggu kurang." in page
    assert "November 2026 · Paspor · Tautan" in page
    assert "Perempuan" not in page
    client.post(f"{COMMENTS}{marked.pk}/topik/", {"topic": topic().code, "kembali": COMMENTS})

    marked.refresh_from_db()
    assert marked.comment_topic == topic()
    assert SurveyEvent.objects.count() == 1
    assert "Tidak ada saran dengan" in text(client.get(COMMENTS, {"belum": "on"}))
    assert "Kursi" in text(client.get(COMMENTS, {"bulan": "2026-11"}))
    assert "Kursi" not in text(client.get(COMMENTS, {"bulan": "2026-10"}))


@pytest.mark.parametrize("query", ["bulan=x", "bulan=2026-13", "page=x", "page=99", "bulan=%00"])
def test_nonsense_in_the_filter_is_no_failure(query):
    make_response(comment="Bagus.")

    assert "Bagus." in text(browser(Role.HUMAS).get(f"{COMMENTS}?{query}"))


def test_a_topic_that_is_not_in_the_list_and_a_foreign_way_back_are_not_followed():
    client, marked = browser(Role.HUMAS), make_response(comment="Bagus.")
    address = f"{COMMENTS}{marked.pk}/topik/"

    response = client.post(address, {"topic": "nothing", "kembali": "//evil.example/"})

    assert response.url == COMMENTS
    assert not SurveyEvent.objects.exists()
    assert client.post(f"{COMMENTS}{make_response().pk}/topik/").status_code == 404


def test_the_list_of_comments_does_not_ask_more_for_more(django_assert_max_num_queries):
    client = browser(Role.HUMAS)
    for _ in range(3):
        make_response(comment="Bagus.")
    client.get(COMMENTS)
    for _ in range(9):
        make_response(comment="Bagus.")

    with django_assert_max_num_queries(9):
        client.get(COMMENTS)


def test_the_list_of_codes_does_not_ask_more_for_more(django_assert_max_num_queries):
    client = browser(Role.YANKOMAS)
    for _ in range(5):
        make_counter()

    with django_assert_max_num_queries(6):
        client.get(COUNTERS)
