"""Cases that are opened at the counter, and visits that are written down afterwards."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cases.access_code import digest
from cases.models import Case
from cases.workflow import Channel
from tests.factories import NOW, WIB
from yankomas import actions
from yankomas.models import Visit
from yankomas.workflow import Origin, Outcome, Status

from .room import codes, make_shift, make_visit, service, take, topic

pytestmark = pytest.mark.django_db

DESK, LOG = "/yankomas/loket/", "/yankomas/loket/susulan/"
STORY = "Saya menunggu empat jam di loket pengambilan paspor."
FORMS = {
    "pengaduan": {
        "topic": "antrean",
        "subject": "Antre empat jam",
        "narrative": STORY,
        "happened_on": "2026-11-24",
        "place": "Loket 3",
        "requested_remedy": "Penjelasan",
        "privacy": "terbuka",
        "full_name": "Sari Melati",
        "address": "Jalan Cendana 7, Bandung",
        "phone": "081234567890",
    },
    "permohonan": {
        "subject": "Jumlah paspor tahun 2025",
        "narrative": "Jumlah paspor yang terbit tahun 2025, per bulan.",
        "purpose": "Penelitian",
        "access": "salinan",
        "delivery": "email",
        "applicant_kind": "perorangan",
        "acting": "sendiri",
        "full_name": "Sari Melati",
        "nik": "3273014507900003",
        "address": "Jalan Cendana 7, Bandung",
        "email": "sari.melati@example.com",
    },
    "pertanyaan": {
        "topic": "paspor-anak",
        "subject": "Syarat paspor anak",
        "narrative": "Apa saja syarat paspor anak?",
    },
}
ARRIVED = NOW - timedelta(minutes=50)


def text(response):
    return response.content.decode()


@pytest.fixture
def visit(officer):
    """A visitor who came at 9.10 and is being served."""
    visit, shift = take(at=ARRIVED), make_shift(officer, number=1)
    actions.call_next(shift, actor=officer)
    visit.refresh_from_db()
    actions.start(visit, shift, actor=officer)
    return visit


def open_case(browser, visit, kind, **given):
    given = {"version": visit.version, **FORMS[kind], **given}
    return browser.post(f"{DESK}kasus/{kind}/", given, follow=True)


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_of_case_is_opened_with_its_receipt(desk, officer, visit, kind):
    form = desk.get(f"{DESK}kasus/{kind}/")
    assert form.status_code == 200
    assert "Untuk A001" in text(form)

    receipt = open_case(desk, visit, kind)

    case = Case.objects.get()
    visit.refresh_from_db()
    assert (case.kind, case.channel, case.received_at) == (kind, Channel.COUNTER, ARRIVED)
    assert case.events.get().actor == officer
    assert case.subject == FORMS[kind]["subject"]
    assert (visit.case, visit.outcome, visit.status) == (
        case,
        Outcome.CASE_OPENED,
        Status.SERVING,
    )
    event = visit.events.last()
    assert (event.code, event.data) == ("kasus_dibuka", {"case": case.reference})
    assert receipt.redirect_chain[-1][0].endswith("/terkirim/")
    assert case.reference in text(receipt)
    code = re.search(r'id="kode">([^<]+)<', text(receipt))[1]
    assert case.access_digest == digest(code)


def test_the_visit_takes_the_topic_of_its_case(desk, visit):
    open_case(desk, visit, "pertanyaan")

    visit.refresh_from_db()
    assert visit.topic == topic("paspor-anak")


def test_the_citizen_can_follow_the_case_with_the_code(desk, visit):
    receipt = text(open_case(desk, visit, "pertanyaan"))
    code = re.search(r'id="kode">([^<]+)<', receipt)[1]
    citizen = Client()

    reference = Case.objects.get().reference
    page = citizen.post("/lacak/", {"reference": reference, "code": code}, follow=True)

    assert "Syarat paspor anak" in text(page)


@pytest.mark.parametrize(
    ("privacy", "name"), [("terbuka", "Sari Melati"), ("rahasia", ""), ("anonim", "")]
)
def test_a_visit_does_not_know_whom_its_case_hides(desk, officer, visit, privacy, name):
    actions.record(visit, actor=officer, visitor_name="Sari Melati", visitor_contact="0812")

    open_case(desk, visit, "pengaduan", privacy=privacy)
    visit.refresh_from_db()
    assert visit.visitor_name == name

    actions.record(visit, actor=officer, visitor_name="Sari Melati", asked="Apa?")
    visit.refresh_from_db()
    assert (visit.visitor_name, visit.asked) == (name, "Apa?")


def test_an_anonymous_complaint_keeps_no_identity(desk, visit):
    open_case(desk, visit, "pengaduan", privacy="anonim")

    assert Case.objects.get().identity is None


def test_what_was_noted_is_brought_into_the_form(desk, officer, visit):
    typed = {"asked": STORY, "visitor_name": "Sari Melati", "topic": "waktu-tunggu"}
    given = {"visit": visit.pk, "version": visit.version, "lalu": "pengaduan", **typed}

    page = desk.post(f"{DESK}simpan/", given, follow=True)

    assert page.redirect_chain == [(f"{DESK}kasus/pengaduan/", 302)]
    assert STORY in text(page)
    assert "Sari Melati" in text(page)
    assert '<option value="waktu-tunggu" selected' in text(page)
    visit.refresh_from_db()
    assert visit.asked == STORY


@pytest.mark.parametrize("kind", FORMS)
def test_an_incomplete_form_keeps_what_was_typed(desk, visit, kind):
    page = open_case(desk, visit, kind, subject="")

    assert page.status_code == 200
    assert "Ada yang perlu diperbaiki" in text(page)
    assert FORMS[kind]["narrative"] in text(page)
    assert not Case.objects.exists()
    assert codes(visit)[-1] == "mulai"


def test_a_proxy_is_asked_for_by_name(desk, visit):
    page = open_case(desk, visit, "permohonan", acting="kuasa")

    assert "Nama penerima kuasa" in text(page)
    assert not Case.objects.exists()

    given = {"proxy_name": "Bima", "proxy_nik": "3273011506850002"}
    open_case(desk, visit, "permohonan", acting="kuasa", **given)
    assert Case.objects.get().identity.proxy_name == "Bima"


@pytest.mark.parametrize("is_late", [True, False])
def test_a_second_case_is_refused(desk, visit, is_late):
    open_case(desk, visit, "pertanyaan")
    shown = visit.version
    visit.refresh_from_db()

    page = open_case(desk, visit, "pengaduan", version=shown if is_late else visit.version)

    assert page.status_code == 200
    case = Case.objects.get()
    assert ("kasus dibuka pukul" if is_late else case.reference) in text(page)
    assert codes(visit).count("kasus_dibuka") == 1


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SERVING])
def test_a_case_is_opened_only_while_the_visitor_is_served(desk, officer, status):
    visit, _shift = make_visit(status, officer)

    page = open_case(desk, visit, "pertanyaan")

    assert page.redirect_chain[0][0] == DESK
    assert "Kasus dibuka selama pengunjung dilayani" in text(page)
    assert not Case.objects.exists()


@pytest.mark.parametrize("kind", ["keberatan", "apa-saja"])
def test_other_kinds_are_not_opened_at_the_counter(desk, visit, kind):
    assert desk.get(f"{DESK}kasus/{kind}/").status_code == 404


def test_a_visit_with_a_case_ends_without_another_outcome(desk, visit):
    open_case(desk, visit, "pengaduan")
    visit.refresh_from_db()

    given = {"visit": visit.pk, "version": visit.version, "topic": "antrean"}
    page = desk.post(f"{DESK}selesai/", given, follow=True)

    visit.refresh_from_db()
    assert "A001 selesai." in text(page)
    assert (visit.status, visit.outcome) == (Status.DONE, Outcome.CASE_OPENED)


def test_a_visit_with_a_case_still_needs_its_topic(desk, visit):
    open_case(desk, visit, "pengaduan")
    visit.refresh_from_db()

    page = desk.post(f"{DESK}selesai/", {"visit": visit.pk, "version": visit.version})

    assert page.status_code == 200
    assert "Pilih topik kunjungan" in text(page)


def test_an_english_visitor_gets_an_english_case(desk, officer):
    visit = actions.take_number(service(), language="en")
    shift = make_shift(officer, number=1)
    actions.call_next(shift, actor=officer)
    visit.refresh_from_db()
    actions.start(visit, shift, actor=officer)

    open_case(desk, visit, "pertanyaan")

    assert Case.objects.get().language == "en"


# Visits without a number


def log(browser, **given):
    fields = {
        "service": service().pk,
        "arrived_at": "2026-11-24T08:15",
        "ended_at": "2026-11-24T08:40",
        "topic": "paspor-baru",
        "outcome": "dijawab",
        "asked": "Apa syaratnya?",
        **given,
    }
    return browser.post(LOG, fields, follow=True)


def test_a_visit_on_paper_is_written_down_with_local_times(desk, officer):
    page = log(desk)

    visit = Visit.objects.get()
    assert "Kunjungan 24-11-2026 08.15 dicatat." in text(page)
    assert (visit.origin, visit.officer) == (Origin.LOGGED, officer)
    assert visit.arrived_at == datetime(2026, 11, 24, 8, 15, tzinfo=WIB)
    assert visit.ended_at == datetime(2026, 11, 24, 8, 40, tzinfo=WIB)


def test_it_is_listed_at_the_counter_by_its_local_time(desk, officer):
    make_shift(officer)
    log(desk)

    assert "Kunjungan 24-11-2026 08.15" in text(desk.get(DESK))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"arrived_at": "2026-11-24T11:00", "ended_at": "2026-11-24T11:30"}, "belum terjadi"),
        ({"ended_at": "2026-11-24T10:30"}, "masa depan"),
        ({"ended_at": "2026-11-24T08:00"}, "setelah waktu datang"),
        ({"arrived_at": "2026-11-23T08:00"}, "hari yang sama"),
        ({"arrived_at": "2026-10-20T08:00", "ended_at": "2026-10-20T09:00"}, "31 hari"),
        ({"outcome": "dirujuk"}, "ke mana"),
        ({"outcome": ""}, "Hasil"),
        ({"topic": ""}, "Topik"),
        ({"arrived_at": "kemarin"}, "Datang"),
    ],
)
def test_an_impossible_visit_is_refused_and_the_text_stays(desk, given, said):
    page = log(desk, **given)

    assert page.status_code == 200
    assert "Ada yang perlu diperbaiki" in text(page)
    assert said in text(page)
    assert "Apa syaratnya?" in text(page)
    assert not Visit.objects.exists()
