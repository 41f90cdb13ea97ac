"""Answering at the counter: by the QR code, and at the kiosk."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from office.roles import Role
from office.throttle import ThrottleWindow
from surveys import actions
from surveys.models import FlagReason, Response, Source, SurveyedService
from tests.factories import NOW, make_user
from tests.kanim_portal.english import assert_english

from .answers import by_counter, fill_in, key_of, make_counter, mixed, text, values

pytestmark = pytest.mark.django_db

KIOSK = "/survei/kios/"


def tap(client, **given):
    return client.post(KIOSK, given)


def test_an_answer_by_code_takes_the_counters_service(client):
    address = by_counter(make_counter("izin-tinggal"))

    response = fill_in(client, address)

    assert response.url == f"{address}selesai/?sudah=skm"
    kept = Response.objects.get()
    assert (kept.source, kept.service, kept.is_flagged) == (Source.QR, "izin-tinggal", False)


def test_without_a_service_of_its_own_the_code_asks_for_it(client):
    address = by_counter(make_counter(""))
    assert "Pilih layanan" in text(client.post(address, mixed()))

    fill_in(client, address, service="pengaduan")

    assert Response.objects.get().service == "pengaduan"


def test_the_thanks_lead_on_and_then_let_go(client):
    address = by_counter(make_counter())

    assert f'href="{address}spkp/"' in text(client.get(f"{address}selesai/?sudah=skm"))
    after = text(client.get(f"{address}selesai/?sudah=spkp"))
    assert f'href="{address}spak/"' in after
    assert f'href="{address}spkp/"' not in after
    assert "Masih punya" not in text(client.get(f"{address}selesai/?sudah=spak"))
    fill_in(client, f"{address}spak/", "spak")
    assert Response.objects.get().instrument.code == "spak"


def test_a_form_sent_twice_is_one_answer_and_a_new_one_another(client):
    address = by_counter(make_counter())
    key = key_of(client.get(address))

    for _ in range(2):
        assert client.post(address, {"key": key, **mixed()}).status_code == 302
    assert Response.objects.count() == 1

    fill_in(client, address)
    assert Response.objects.count() == 2


def test_a_form_keeps_its_key_while_it_is_corrected(client):
    address = by_counter(make_counter())
    key = key_of(client.get(address))

    assert key_of(client.post(address, {"key": key, "U1": "3"})) == key


def test_a_forged_key_is_answered_with_a_fresh_one(client):
    address = by_counter(make_counter())

    response = client.post(address, {"key": "forged:x:y", **mixed()})

    assert "Kirim sekali lagi" in text(response)
    assert client.post(address, {"key": key_of(response), **mixed()}).status_code == 302


def test_the_third_answer_of_one_phone_marks_them_all(client):
    address = by_counter(make_counter())

    for _ in range(3):
        fill_in(client, address)

    assert set(Response.objects.values_list("flag_reason", flat=True)) == {FlagReason.SAME_DEVICE}


@pytest.mark.parametrize("code", ["x", "%00", "abcdefgh2345"])
def test_an_unknown_or_withdrawn_code_is_explained(client, code):
    counter = make_counter()
    actions.retire_counter(counter, actor=make_user(Role.YANKOMAS))

    for address in (by_counter(counter), f"/survei/loket/{code}/"):
        response = client.post(address, mixed())
        assert response.status_code == 404
        assert "tidak berlaku" in text(response)
    assert not Response.objects.exists()


def test_the_kiosk_asks_one_thing_a_screen(client):
    page = client.get(KIOSK)
    assert text(page).count('name="service"') == 4

    given = {"service": "paspor"}
    for number, code in enumerate(values(), start=1):
        page = tap(client, **given)
        assert f"Pertanyaan {number} dari 9" in text(page)
        assert text(page).count(f'name="{code}"') == 4
        given |= {"key": key_of(page), code: "4" if number == 1 else "3"}

    with time_machine.travel(NOW + timedelta(seconds=20)):
        response = tap(client, **given)

    assert response.url == "/survei/kios/selesai/"
    kept = Response.objects.get()
    assert (kept.source, kept.service) == (Source.KIOSK, "paspor")
    assert dict(kept.answers.values_list("element__code", "value")) == values(U1=4)


def test_a_double_tap_at_the_last_question_is_one_answer(client):
    key = key_of(tap(client, service="paspor"))

    for _ in range(2):
        assert tap(client, service="paspor", key=key, **mixed()).status_code == 302

    assert Response.objects.count() == 1


def test_back_takes_the_last_answer_away_and_then_the_service(client):
    given = {"service": "paspor", "kembali": "1"}

    assert "Pertanyaan 1 dari 9" in text(tap(client, **given, U1="3"))
    assert "Sentuh layanan" in text(tap(client, **given))


@pytest.mark.parametrize("wrong", [{"U1": "7"}, {"U1": "x"}, {"U2": "3"}])
def test_nonsense_at_the_kiosk_asks_again(client, wrong):
    assert "Pertanyaan 1 dari 9" in text(tap(client, service="paspor", **wrong))
    assert "Sentuh layanan" in text(tap(client, service="nothing", **wrong))


def test_where_no_service_is_offered_the_kiosk_begins_with_the_questions(client):
    SurveyedService.objects.update(is_offered=False)

    assert "Pertanyaan 1 dari 9" in text(client.get(KIOSK))


def test_the_kiosk_returns_to_its_start_without_javascript(client):
    begun, thanks = tap(client, service="paspor"), client.get(f"{KIOSK}selesai/")

    assert f'<meta http-equiv="refresh" content="60;url={KIOSK}">' in text(begun)
    assert f'<meta http-equiv="refresh" content="8;url={KIOSK}">' in text(thanks)
    assert "refresh" not in text(client.get(KIOSK))


def test_only_an_installed_kiosk_counts(client):
    tap(client, service="paspor", **mixed())
    assert Response.objects.latest("pk").flag_reason == FlagReason.UNKNOWN_KIOSK
    assert client.get(f"{KIOSK}pasang/").url.startswith("/admin/login/")

    client.force_login(make_user(Role.YANKOMAS))
    assert client.get(f"{KIOSK}pasang/").status_code == 200
    client.post(f"{KIOSK}pasang/")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    tap(client, service="paspor", **mixed())

    assert not Response.objects.latest("pk").is_flagged


def test_who_has_no_such_duty_cannot_install_a_kiosk(client):
    client.force_login(make_user(Role.OFFICER))

    assert client.post(f"{KIOSK}pasang/").url.startswith("/admin/login/")
    assert "kios-survei" not in client.cookies


def test_a_flooded_kiosk_says_so_and_keeps_the_answers(client):
    tap(client, service="paspor", **mixed())
    ThrottleWindow.objects.update(hits=60)

    response = tap(client, service="paspor", **mixed())

    assert response.status_code == 429
    assert "Pertanyaan 9 dari 9" in text(response)


def test_the_kiosk_speaks_english(client):
    assert_english(client, lambda visitor: visitor.get(KIOSK))

    begun, thanks = text(tap(client, service="paspor")), text(client.get(f"{KIOSK}selesai/"))
    for words in ("Question 1 of 9", "Do the requirements fit", "They hardly fit", "Start over"):
        assert words in begun
    assert "We have received your answers" in thanks
