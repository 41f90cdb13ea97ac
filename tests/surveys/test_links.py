"""Answering by the one-time link."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from office.throttle import ThrottleWindow
from surveys.models import FlagReason, Instrument, Response, Source
from tests.factories import NOW
from tests.kanim_portal.english import assert_english

from .answers import fill_in, key_of, make_link, mixed, text, this_month, values

pytestmark = pytest.mark.django_db

COMMENT = "Tolong tambah kursi di ruang tunggu."


def test_the_form_asks_nine_questions_and_has_nothing_chosen(client):
    page = text(client.get(make_link()))

    assert page.count('type="radio"') == 36
    assert "checked" not in page
    # The rooms (U9) are asked before the complaints (U8).
    assert page.index('name="U9"') < page.index('name="U8"')
    assert 'name="service"' not in page


def test_an_answer_by_link_is_kept_with_its_service(client):
    link = make_link(service="pengaduan")

    response = fill_in(client, link, comment=COMMENT, sex="p", education="s1")

    assert (response.status_code, response.url) == (302, link)
    kept = Response.objects.get()
    assert (kept.source, kept.service, kept.month) == (Source.LINK, "pengaduan", this_month())
    assert (kept.comment, kept.sex, kept.education, kept.age) == (COMMENT, "p", "s1", "")
    assert not kept.is_flagged
    assert "Terima kasih" in text(client.get(link))


def test_a_second_sending_is_thanked_and_not_counted(client):
    link = make_link()
    key = key_of(client.get(link))

    for _ in range(2):
        response = client.post(link, {"key": key, **mixed()}, follow=True)
        assert "Terima kasih" in text(response)

    assert Response.objects.count() == 1


def test_the_other_questionnaires_are_offered_one_after_the_other(client):
    link = make_link()
    fill_in(client, link)
    assert f'href="{link}spkp/"' in text(client.get(link))

    fill_in(client, f"{link}spkp/", "spkp")

    after = text(client.get(link))
    assert f'href="{link}spak/"' in after
    assert f'href="{link}spkp/"' not in after
    fill_in(client, f"{link}spak/", "spak")
    assert "Masih punya" not in text(client.get(link))
    codes = Response.objects.order_by("pk").values_list("instrument__code", flat=True)
    assert list(codes) == ["skm", "spkp", "spak"]


def test_the_others_come_after_the_main_one(client):
    link = make_link()

    assert client.get(f"{link}spkp/").url == link
    assert client.post(f"{link}spkp/", mixed("spkp")).url == link
    assert not Response.objects.exists()


def test_gaps_are_named_and_what_was_ticked_and_typed_is_kept(client):
    link = make_link()
    given = values(value=2)
    del given["U3"]

    response = client.post(link, {**given, "comment": COMMENT, "age": "60+"})

    page = text(response)
    assert response.status_code == 200
    assert "Galat:" in page
    assert '<a href="#id_U3_0">' in page
    assert "Pertanyaan 3 belum dijawab." in page
    assert page.count("checked") == 8
    assert COMMENT in page
    assert '<details class="tentang" open>' in page
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"U1": "5"},
        {"U1": "x"},
        {"sex": "x"},
        {"comment": "x" * 1001},
        {"comment": "a\x00b"},
        {"key": "x" * 201},
    ],
)
def test_what_was_not_offered_is_refused(client, wrong):
    link = make_link()

    response = client.post(link, {**mixed(), **wrong})

    assert response.status_code == 200
    assert not Response.objects.exists()


def test_a_link_answers_also_when_the_hidden_key_is_lost(client):
    assert client.post(make_link(), mixed()).status_code == 302
    assert Response.objects.count() == 1


def test_the_time_since_the_form_was_shown_tells_rash_ticks(client):
    quick, slow = make_link(), make_link()
    keys = {link: key_of(client.get(link)) for link in (quick, slow)}

    with time_machine.travel(NOW + timedelta(seconds=5)):
        client.post(quick, {"key": keys[quick], **values(value=4)})
    with time_machine.travel(NOW + timedelta(seconds=40)):
        client.post(slow, {"key": keys[slow], **values(value=4)})

    flags = list(Response.objects.order_by("pk").values_list("flag_reason", flat=True))
    assert flags == [FlagReason.TOO_FAST, FlagReason.NONE]


@pytest.mark.parametrize("token", ["x", "A" * 22, "A" * 21 + "%0A", "A" * 300, "%00" * 22])
def test_an_unknown_link_is_explained(client, token):
    response = client.get(f"/survei/{token}/")

    assert response.status_code == 404
    assert "tidak kami kenal" in text(response)


def test_a_link_that_has_expired_is_explained_and_takes_nothing(client):
    link = make_link(ended_at=NOW - timedelta(days=30))
    assert client.get(link).status_code == 200

    with time_machine.travel(NOW + timedelta(days=1)):
        shown, sent = client.get(link), client.post(link, mixed())

    for response in (shown, sent):
        assert response.status_code == 410
        assert "sudah habis" in text(response)
    assert not Response.objects.exists()


def test_without_an_instrument_in_force_nothing_is_asked(client):
    link = make_link()
    Instrument.objects.update(valid_from=NOW.date() + timedelta(days=1))

    assert client.get(link).status_code == 404


def test_too_many_answers_from_one_address_are_refused_and_what_was_typed_is_kept(client):
    link = make_link()
    client.post(make_link(), mixed())
    ThrottleWindow.objects.update(hits=60)

    response = client.post(link, {**mixed(), "comment": COMMENT})

    assert response.status_code == 429
    assert COMMENT in text(response)
    assert Response.objects.count() == 1


def test_opening_a_link_writes_nothing_and_asks_little(client, django_assert_max_num_queries):
    link = make_link()

    with django_assert_max_num_queries(12):
        client.head(link)
        client.get(link)


def test_everything_is_there_in_english(client):
    link = make_link()

    for address in (link, "/survei/unknown/", "/survei/loket/unknown/"):
        assert_english(client, lambda visitor, address=address: visitor.get(address))
    assert_english(client, lambda visitor: visitor.post(link, {"U1": 3}))
    fill_in(client, link)
    for address in (link, f"{link}spkp/", f"{link}spak/"):
        assert_english(client, lambda visitor, address=address: visitor.get(address))


def test_a_form_without_the_csrf_cookie_is_refused():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(make_link(), mixed()).status_code == 403
