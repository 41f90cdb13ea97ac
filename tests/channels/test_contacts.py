from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import actions as case_actions
from cases.models import CaseEvent
from cases.workflow import CaseError, NotAllowed
from channels import actions
from channels.models import ChannelEvent, Contact
from channels.refusals import HasCase, MovedOn, PersonalNumber
from complaints.actions import lodge
from infocontent.models import Topic
from office.roles import Role
from tests.factories import NOW, WIB, make_user

from .people import AT, OUTSIDERS, READERS, WRITERS, codes, make_contact, make_writer

pytestmark = pytest.mark.django_db

CASE = {"subject": "Antre lama", "narrative": "Tiga jam.", "privacy": "anonim"}


@pytest.mark.parametrize("role", WRITERS)
def test_who_may_enter_logs_a_contact(role):
    officer = make_user(role)

    contact = make_contact(officer, summary="  Tanya\n syarat  paspor anak ")

    assert contact.summary == "Tanya syarat paspor anak"
    assert contact.at == AT
    assert contact.month == date(2026, 11, 1)
    assert contact.author == officer
    assert codes() == ["kontak_dicatat"]


@pytest.mark.parametrize("role", [*READERS, *OUTSIDERS])
def test_who_may_not_enter_logs_none(role):
    with pytest.raises(NotAllowed):
        make_contact(make_user(role))

    assert not Contact.objects.exists()


def test_a_contact_without_a_moment_is_of_now():
    contact = make_contact(happened_at=None, at=NOW)

    assert contact.at == NOW


def test_the_month_is_the_offices_own():
    contact = make_contact(happened_at=datetime(2026, 10, 31, 23, 30, tzinfo=WIB))

    assert contact.month == date(2026, 10, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened_at": NOW + timedelta(hours=1)},
        {"summary": " \n"},
        {"summary": "x" * 201},
        {"channel": "yankomas"},
        {"channel": "web"},
        {"channel": "merpati"},
    ],
)
def test_what_cannot_be_kept_is_refused(wrong):
    with pytest.raises(CaseError):
        make_contact(**wrong)

    assert codes() == []


@pytest.mark.parametrize(
    "line", ["Hubungi 0812-3456-7890", "NIK 3273014507900003", "Balas ke sari@example.com"]
)
def test_a_line_holds_nobodys_number(line):
    with pytest.raises(PersonalNumber):
        make_contact(summary=line)


def test_prices_and_dates_are_no_numbers_of_people():
    assert make_contact(summary="Tanya biaya Rp 650.000, jadwal 24-11-2026").pk


def test_the_same_page_sent_twice_logs_one_contact():
    officer = make_writer()

    first = make_contact(officer, page_key="k" * 32)
    second = make_contact(officer, page_key="k" * 32)

    assert first == second
    assert codes() == ["kontak_dicatat"]


def test_a_correction_says_what_changed_and_not_the_words():
    contact = make_contact()
    topic = Topic.objects.get(code="paspor-anak")

    actions.correct_contact(
        contact,
        actor=make_writer(),
        channel="whatsapp",
        summary="Tanya biaya",
        happened_at=AT - timedelta(days=40),
        topic=topic,
        version=1,
    )

    contact.refresh_from_db()
    assert (contact.channel, contact.topic, contact.summary) == ("whatsapp", topic, "Tanya biaya")
    assert contact.month == date(2026, 10, 1)
    event = ChannelEvent.objects.latest("pk")
    assert event.code == "kontak_diperbaiki"
    assert event.data == {
        "channel": ["telepon", "whatsapp"],
        "topic": ["", "paspor-anak"],
        "at": ["2026-11-23T02:30:00+00:00", "2026-10-14T02:30:00+00:00"],
        "summary": [],
    }


def test_a_correction_that_changes_nothing_leaves_no_event():
    contact = make_contact()

    actions.correct_contact(
        contact, actor=make_writer(), channel="telepon", summary=contact.summary
    )

    assert codes() == ["kontak_dicatat"]


def test_a_void_contact_stays_and_does_nothing_more():
    contact = make_contact()

    actions.void_contact(contact, actor=make_writer(), version=1)

    assert not Contact.objects.counted().exists()
    assert codes() == ["kontak_dicatat", "kontak_dibatalkan"]
    for verb in (
        lambda: actions.void_contact(contact, actor=make_writer()),
        lambda: actions.correct_contact(
            contact, actor=make_writer(), channel="email", summary="Lain"
        ),
        lambda: actions.open_case(contact, lodge, actor=make_writer(), **CASE),
    ):
        with pytest.raises(CaseError, match="dibatalkan"):
            verb()


@pytest.mark.parametrize(
    ("channel", "of_the_case"),
    [
        ("whatsapp", "whatsapp"),
        ("komentar_instagram", "media_sosial"),
        ("telepon", "telepon"),
        ("email", "email"),
        ("ulasan_google", "ulasan_google"),
        ("ulasan_aplikasi", "ulasan_aplikasi"),
    ],
)
def test_a_case_of_a_contact_has_its_channel_and_its_moment(channel, of_the_case):
    officer = make_writer()
    contact = make_contact(officer, channel=channel)

    case = actions.open_case(contact, lodge, actor=officer, version=1, **CASE)

    assert (case.channel, case.received_at, case.kind) == (of_the_case, AT, "pengaduan")
    assert contact.case == case
    assert CaseEvent.objects.get(case=case).actor == officer
    assert codes() == ["kontak_dicatat", "kasus_dibuka"]


def test_a_contact_becomes_one_case_only():
    contact = make_contact()
    case = actions.open_case(contact, lodge, actor=make_writer(), **CASE)

    with pytest.raises(HasCase, match=case.reference):
        actions.open_case(contact, lodge, actor=make_writer(), **CASE)


def test_a_form_that_was_opened_before_is_refused():
    contact = make_contact()
    actions.correct_contact(contact, actor=make_writer(), channel="email", summary="Lain")

    with pytest.raises(MovedOn):
        actions.void_contact(contact, actor=make_writer(), version=1)


@pytest.mark.parametrize("verb", [actions.void_contact, actions.correct_contact])
def test_who_may_not_enter_changes_no_contact(verb):
    contact = make_contact()
    more = {} if verb is actions.void_contact else {"channel": "email", "summary": "Lain"}

    with pytest.raises(NotAllowed):
        verb(contact, actor=make_user(Role.OFFICE_HEAD), **more)


def test_the_line_goes_when_the_words_of_its_case_are_destroyed():
    contact, ppid = make_contact(), make_user(Role.PPID)
    case = actions.open_case(contact, lodge, actor=make_writer(), **CASE)
    case_actions.archive(case, actor=make_user(Role.VERIFIER), reason="Uji")

    case_actions.redact(case, parts=["teks"], actor=ppid)

    contact.refresh_from_db()
    assert contact.summary == "[data dimusnahkan]"


@pytest.mark.parametrize(
    "wrong", [{"summary": ""}, {"channel": "merpati"}, {"month": date(2026, 11, 2)}]
)
def test_the_database_keeps_out_what_the_verbs_keep_out(wrong):
    contact = make_contact()

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(**wrong)
