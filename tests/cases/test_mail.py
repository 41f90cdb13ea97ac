from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cases import actions
from cases.actions import Identity
from cases.mail import MAX_TRIES, PAUSES, deliver
from cases.models import Applicant, Notice
from cases.workflow import Privacy, Status
from office.roles import Role
from tests.factories import IDENTITY, NOW, make_case, make_desk, make_user
from tests.races import at_once, split

pytestmark = pytest.mark.django_db

SECRETS = ["Antrean loket", "empat jam", "Sari", "Melati", "Cendana", "0812", "3273", "Kusuma"]
CITIZEN_CODES = [
    "diterima",
    "perkembangan",
    "minta_dilengkapi",
    "ditanggapi",
    "ditutup",
    "tautan_kode",
    "tenggat_digeser",
]
STAFF_CODES = ["didisposisi", "segera_jatuh_tempo", "lewat_tenggat"]


def make_notice(case, code, recipient=None, seq=1):
    Notice.objects.filter(case=case, code=code, recipient=recipient, event_seq=seq).delete()
    return Notice.objects.create(case=case, code=code, recipient=recipient, event_seq=seq)


@pytest.fixture
def broken_server(monkeypatch):
    def fail(self):
        raise ConnectionRefusedError("sari.melati@example.com: mailbox unavailable")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", CITIZEN_CODES)
def test_a_letter_to_the_citizen_has_number_and_link_and_nothing_else(code, language):
    case = make_case(status=Status.ANSWERED, language=language, privacy=Privacy.CONFIDENTIAL)

    assert deliver(make_notice(case, code).pk) == "sent"

    letter = mail.outbox[-1]
    assert letter.subject == case.reference
    assert letter.to == [IDENTITY.email]
    assert case.reference in letter.body
    assert "http://testserver/lacak/" in letter.body
    for secret in [*SECRETS, "Loket kedua", case.get_kind_display()]:
        assert secret not in letter.body
    assert "{" not in letter.body
    assert "\n\n\n" not in letter.body


def test_the_letter_is_in_the_language_of_the_case():
    case = make_case("pertanyaan", language="en")

    deliver(make_notice(case, "diterima").pk)

    assert "We have received your message" in mail.outbox[-1].body
    assert "1 December 2026" in mail.outbox[-1].body


@pytest.mark.parametrize("code", STAFF_CODES)
def test_a_letter_to_staff_links_to_the_desk_and_says_nothing_of_the_matter(code):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    assert deliver(make_notice(case, code, desk.officer).pk) == "sent"

    letter = mail.outbox[-1]
    assert letter.to == [desk.officer.email]
    assert letter.subject == case.reference
    assert f"http://testserver{case.get_absolute_url()}" in letter.body
    for secret in SECRETS:
        assert secret not in letter.body


def test_staff_who_may_not_see_the_case_any_more_are_not_told_of_it():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    notice = make_notice(case, "lewat_tenggat", desk.officer)
    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert deliver(notice.pk) == "failed"

    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("gagal", "NoRecipient")
    assert not mail.outbox


def test_another_sections_officer_is_not_told():
    case = make_case(status=Status.IN_PROGRESS)
    stranger = make_user(Role.OFFICER, section="lantaskim")

    assert deliver(make_notice(case, "didisposisi", stranger).pk) == "failed"
    assert not mail.outbox


def test_an_anonymous_case_has_nobody_to_write_to():
    case = make_case(privacy=Privacy.ANONYMOUS)

    assert not case.notices.exists()
    assert deliver(make_notice(case, "ditutup").pk) == "failed"
    assert not mail.outbox


def test_the_address_is_read_when_the_letter_goes_out():
    case = make_case()
    notice = case.notices.get()
    Applicant.objects.filter(case=case).update(email="baru@example.com")

    deliver(notice.pk)

    assert mail.outbox[-1].to == ["baru@example.com"]


def test_an_address_with_a_line_break_is_never_tried_again():
    case = make_case()
    Applicant.objects.filter(case=case).update(email="a@example.com\r\nBcc: b@example.com")

    assert deliver(case.notices.get().pk) == "failed"

    assert not mail.outbox
    assert case.notices.get().last_error in ("BadHeaderError", "ValueError")


def test_a_notice_is_sent_once():
    notice = make_case().notices.get()

    assert [deliver(notice.pk) for _ in range(3)] == ["sent", "not waiting", "not waiting"]
    notice.refresh_from_db()
    assert notice.state == "terkirim"
    assert notice.sent_at is not None
    assert len(mail.outbox) == 1


def test_ten_workers_send_it_once(committed_db, monkeypatch):
    notice = make_case().notices.get()
    sent = []

    def slow(self):
        Event().wait(0.3)
        sent.append(self.to)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", slow)

    good, errors = split(at_once(10, lambda number: deliver(notice.pk)))

    assert not errors
    assert sorted(good) == ["not waiting"] * 9 + ["sent"]
    assert len(sent) == 1


def test_no_lock_is_held_while_the_mail_server_thinks(monkeypatch):
    from django.db import connection

    notice = make_case().notices.get()
    depths = []
    before = len(connection.savepoint_ids)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda self: depths.append(len(connection.savepoint_ids)),
    )

    deliver(notice.pk)

    assert depths == [before]


def test_a_failed_try_comes_back_later_and_keeps_no_words(broken_server):
    notice = make_case().notices.get()
    DBTaskResult.objects.all().delete()

    assert deliver(notice.pk) == "again later"

    notice.refresh_from_db()
    task = DBTaskResult.objects.get()
    assert (notice.state, notice.attempts) == ("menunggu", 1)
    assert (notice.last_error, notice.sent_at) == ("ConnectionRefusedError", None)
    assert task.args_kwargs["args"] == [notice.pk]
    assert abs(task.run_after - timezone.now() - timedelta(minutes=1)) < timedelta(seconds=30)


def test_the_pauses_grow_and_the_eighth_failure_is_the_last(broken_server):
    notice = make_case().notices.get()
    DBTaskResult.objects.all().delete()
    now = timezone.now()

    results = [deliver(notice.pk, at=now) for _ in range(MAX_TRIES + 1)]

    assert results == ["again later"] * 7 + ["failed", "not waiting"]
    pauses = [task.run_after - now for task in DBTaskResult.objects.order_by("run_after")]
    assert pauses == [timedelta(minutes=minutes) for minutes in PAUSES]
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("gagal", 8)


def test_a_failure_is_logged_without_the_address(broken_server, caplog):
    deliver(make_case().notices.get().pk)

    assert "ConnectionRefusedError" in caplog.text
    assert "sari" not in caplog.text.lower()


def test_a_worker_that_died_while_sending_blocks_the_notice_for_minutes_only():
    notice = make_case().notices.get()
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())

    assert deliver(notice.pk) == "not waiting"
    with time_machine.travel(NOW + timedelta(minutes=6)):
        assert deliver(notice.pk) == "sent"


def test_every_try_of_a_notice_has_the_same_message_id():
    notice = make_case().notices.get()
    deliver(notice.pk)
    Notice.objects.filter(pk=notice.pk).update(state="menunggu", sent_at=None)
    deliver(notice.pk)

    first, second = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == second
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


def test_a_strangers_mailbox_is_not_flooded_with_receipts():
    victim = Identity(full_name="X", address="Y", email="korban@example.com")
    notices = [make_case(identity=victim).notices.get() for _ in range(7)]
    DBTaskResult.objects.all().delete()

    results = [deliver(notice.pk) for notice in notices]

    assert results == ["sent"] * 5 + ["postponed"] * 2
    assert len(mail.outbox) == 5
    assert DBTaskResult.objects.count() == 2
    notices[-1].refresh_from_db()
    assert (notices[-1].state, notices[-1].attempts) == ("menunggu", 0)


def test_each_public_step_is_told_and_each_inner_step_is_not():
    desk = make_desk()
    case = make_case(status=Status.ANSWERED, desk=desk)

    told = list(case.notices.filter(recipient=None).order_by("pk").values_list("code", flat=True))
    assert told == ["diterima", "perkembangan", "perkembangan", "perkembangan", "ditanggapi"]
