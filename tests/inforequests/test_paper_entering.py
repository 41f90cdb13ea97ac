"""The verb that writes down what was asked by word of mouth, by letter, by phone or on paper."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import Identity
from cases.models import Case, DeadlineRule
from cases.workflow import CaseError, Channel, NotAllowed, Status
from inforequests.actions import (
    PaperFormRefused,
    ReceiptRefused,
    enter_request,
    print_forms,
    void_form,
)
from inforequests.actions.paper import CHANNELS
from inforequests.models import PaperForm
from office.roles import Role
from tests.cases.snapshot import snapshot
from tests.factories import IDENTITY, NOW, WIB, codes, make_case, make_user

from .paper import MAY_ENTER, MAY_NOT, make_officer

pytestmark = pytest.mark.django_db
MONDAY = NOW - timedelta(days=1)


def enter(actor=None, **given):
    request = {
        "received_at": MONDAY,
        "channel": Channel.PAPER,
        "subject": "Jumlah paspor",
        "narrative": "Jumlah paspor tahun 2025 per bulan.",
        "purpose": "Penelitian",
        "access": "salinan",
        "delivery": "email",
        "identity": IDENTITY,
    }
    return enter_request(actor=actor or make_officer(), **{**request, **given})


def make_form(at=None):
    return print_forms(1, actor=make_officer(), at=at or MONDAY - timedelta(days=3))[0]


@pytest.mark.parametrize("role", MAY_ENTER)
def test_who_may_enter_does_and_is_named_in_the_one_event(role):
    actor = make_user(role)

    case = enter(actor)

    event = case.events.get()
    assert (event.code, event.actor, event.at) == ("diterima", actor, MONDAY)
    assert event.data["channel"] == "formulir"
    assert datetime.fromisoformat(event.data["entered_at"]) - NOW < timedelta(minutes=1)
    assert "form" not in event.data


@pytest.mark.parametrize("role", MAY_NOT)
def test_nobody_else_enters_prints_or_voids(role):
    actor, form = make_user(role, section="tikkim"), make_form()

    for forbidden in (
        lambda: enter(actor),
        lambda: print_forms(1, actor=actor),
        lambda: void_form(form, actor=actor, reason="Rusak"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()

    assert not Case.objects.exists()
    assert PaperForm.objects.unused().count() == 1


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_way_without_the_web_gives_a_received_request(channel):
    case = enter(channel=channel)

    assert (case.channel, case.status) == (channel, Status.RECEIVED)
    assert case.reference == "PI-2026-000001"
    assert codes(case) == ["diterima"]


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.WHATSAPP, "burung-merpati", ""])
def test_another_channel_is_refused(channel):
    with pytest.raises(CaseError):
        enter(channel=channel)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Friday evening and Saturday: both count from Monday on (Ps 22 (7), ten working days).
        (datetime(2026, 11, 20, 17, 0, tzinfo=WIB), date(2026, 12, 4)),
        (datetime(2026, 11, 21, 9, 0, tzinfo=WIB), date(2026, 12, 4)),
        (datetime(2026, 11, 23, 8, 0, tzinfo=WIB), date(2026, 12, 7)),
    ],
)
def test_the_ten_working_days_count_from_the_real_date(received, due):
    case = enter(received_at=received)

    assert case.received_at == received
    assert case.due_on == due
    assert case.clock_started_on == received.date()


def test_the_case_entered_on_tuesday_has_the_dates_of_one_received_on_monday():
    on_time = make_case("permohonan", at=MONDAY)

    case = enter()

    case.refresh_from_db()
    assert (case.due_on, case.due_basis) == (on_time.due_on, on_time.due_basis)


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(days=1), timedelta(days=9000)])
def test_a_moment_to_come_is_refused(ahead):
    with pytest.raises(ReceiptRefused, match="belum terjadi"):
        enter(received_at=NOW + ahead)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("received", "reference"),
    [
        (datetime(2025, 1, 1, 0, 0, tzinfo=WIB), "PI-2025-000001"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=WIB), "PI-2025-000001"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=WIB), "PI-2026-000001"),
    ],
)
def test_this_year_and_the_last_take_the_number_of_their_own_register(received, reference):
    assert enter(received_at=received).reference == reference


@pytest.mark.parametrize("year", [2024, 2008, 1900, 1])
def test_an_older_year_is_refused_by_name(year):
    with pytest.raises(ReceiptRefused, match="paling lama tahun 2025"):
        enter(received_at=datetime(year, 12, 31, 23, 59, tzinfo=WIB))


def test_a_day_without_a_law_row_cannot_enter_the_register():
    DeadlineRule.objects.filter(kind="permohonan").update(valid_from=date(2026, 11, 24))

    with pytest.raises(ReceiptRefused, match="belum ada aturan tenggat"):
        enter()

    assert not Case.objects.exists()


def test_the_help_for_a_disabled_applicant_and_the_proxy_are_noted():
    identity = Identity(full_name="Sari", nik=IDENTITY.nik, proxy_name="Budi", address="Bandung")

    detail = enter(is_assisted=True, by_proxy=True, identity=identity).detail

    assert detail.is_assisted
    assert detail.by_proxy
    assert not enter().detail.is_assisted


@pytest.mark.parametrize(
    "typed", ["{n}", " {n} ", "f-2026-0001", "F 2026 1", "2026-0001", "F20261"]
)
def test_a_form_is_found_however_its_number_is_typed(typed):
    form = make_form()

    case = enter(form_number=typed.format(n=form.number))

    form.refresh_from_db()
    assert form.case == case
    assert case.events.get().data["form"] == "F-2026-0001"


@pytest.mark.parametrize(
    "typed",
    [
        "F-2026-0002",
        "F-2025-0001",
        "F-2026-0000",
        "F-2026-9999999",
        "tidak ada",
        "-1",
        "F-\u0662\u0660\u0662\u0666-\u0660\u0660\u0660\u0661",
        "F-99999999999999999999-1",
        "'; DROP TABLE x; --",
        "F-2026-0001\nF-2026-0002",
    ],
)
def test_a_number_that_was_never_printed_is_refused(typed):
    make_form()

    with pytest.raises(PaperFormRefused, match="tidak pernah dicetak"):
        enter(form_number=typed)

    assert not Case.objects.exists()


def test_a_number_is_used_once():
    form, actor = make_form(), make_officer()
    first = enter(form_number=form.number)
    before = snapshot(first)

    with pytest.raises(PaperFormRefused, match="F-2026-0001 sudah dipakai"):
        enter(actor, form_number=form.number)

    assert Case.objects.get() == first
    assert snapshot(first) == before


def test_a_voided_number_is_refused_with_its_reason():
    form = make_form()
    void_form(form, actor=make_officer(), reason="Kena kopi")

    with pytest.raises(PaperFormRefused, match=r"sudah dibatalkan \(Kena kopi\)"):
        enter(form_number=form.number)


def test_nothing_was_received_on_a_form_before_it_was_printed():
    form = make_form(at=MONDAY + timedelta(hours=1, seconds=40))

    with pytest.raises(ReceiptRefused, match=r"baru dicetak 23 November 2026 11\.00"):
        enter(form_number=form.number)

    assert (
        enter(form_number=form.number, received_at=MONDAY + timedelta(hours=1)).paper_form == form
    )


def test_a_refused_request_leaves_its_form_unused():
    form = make_form()

    with pytest.raises(ReceiptRefused):
        enter(form_number=form.number, received_at=NOW + timedelta(days=1))

    assert PaperForm.objects.unused().get() == form


def test_the_verifier_sees_what_the_counter_entered():
    case = enter(make_officer())

    assert case in Case.objects.visible_to(make_user(Role.VERIFIER))
