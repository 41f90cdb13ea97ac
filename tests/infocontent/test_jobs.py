from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from infocontent import actions, jobs
from infocontent.models import Item
from infocontent.workflow import EventCode, ItemState, VersionState
from office.calendar import today
from office.roles import Role
from tests.factories import NOW, make_user

from .items import make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

OUT = "bahan yang waktunya tiba diterbitkan"
OVER = "bahan yang masa tayangnya habis diarsipkan"
TOLD = "pemilik diingatkan memeriksa bahan"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _only_ours():
    """The texts that an office begins with are not looked at here."""
    Item.objects.update(review_by=None, owner=None)


def hourly(at=NOW):
    out = StringIO()
    call_command("hourly", at=at, stdout=out)
    return dict(line.rsplit(": ", 1) for line in out.getvalue().splitlines())


def owed():
    """Whom letters are owed, and about which items."""
    tasks = DBTaskResult.objects.filter(task_path=jobs.mail_review_reminder.module_path)
    return {row["args"][0]: row["args"][1] for row in tasks.values_list("args_kwargs", flat=True)}


def scheduled(**more):
    return put_out(make_draft(plan={"publish_at": TOMORROW, **more}))


def due(slug="satu", days=10, **more):
    return make_item(slug, plan={"review_by": today() + timedelta(days=days)}, **more)


def test_what_is_approved_goes_out_when_its_time_has_come_and_once():
    item = scheduled()

    assert hourly(TOMORROW - timedelta(minutes=1))[OUT] == "0"
    assert hourly(TOMORROW)[OUT] == "1"
    assert hourly(TOMORROW)[OUT] == "0"

    item.refresh_from_db()
    assert (item.state, item.published_at) == (ItemState.LIVE, TOMORROW)
    assert item.events.filter(code=EventCode.PUBLISHED).count() == 1


def test_the_job_of_the_minute_and_the_hourly_one_publish_once(time_machine):
    item = scheduled()
    time_machine.move_to(TOMORROW)

    assert jobs.go_live_on_time.func(item.pk) is True
    assert jobs.go_live_on_time.func(item.pk) is False
    assert hourly(TOMORROW)[OUT] == "0"


def test_a_job_that_comes_too_early_or_for_nothing_leaves_it_alone():
    item = scheduled()

    assert jobs.go_live_on_time.func(item.pk) is False
    actions.call_back(item, actor=make_user(Role.HUMAS))
    assert jobs.go_live_on_time.func(item.pk) is False

    assert item.versions.get().state == VersionState.DRAFT


def test_a_draft_that_names_a_time_does_not_go_out_by_itself():
    item = make_draft(plan={"publish_at": TOMORROW})

    assert hourly(TOMORROW)[OUT] == "0"

    item.refresh_from_db()
    assert item.state == ItemState.NEW


def test_what_has_shown_long_enough_is_archived_once():
    item = make_item(plan={"expires_at": TOMORROW})

    assert hourly(NOW)[OVER] == "0"
    assert hourly(TOMORROW)[OVER] == "1"
    assert hourly(TOMORROW)[OVER] == "0"

    item.refresh_from_db()
    assert item.state == ItemState.ARCHIVED
    assert item.events.last().code == EventCode.EXPIRED


def test_one_item_that_fails_does_not_stop_the_others(monkeypatch):
    first, second = scheduled(), put_out(make_draft("dua", plan={"publish_at": TOMORROW}))
    real = actions.go_live

    def go_live(item, *, at):
        if item.pk == first.pk:
            raise RuntimeError
        return real(item, at=at)

    monkeypatch.setattr(actions, "go_live", go_live)

    assert hourly(TOMORROW)[OUT] == "1"
    second.refresh_from_db()
    assert second.state == ItemState.LIVE


@pytest.mark.parametrize(("days", "count"), [(15, "0"), (14, "1"), (1, "1")])
def test_the_owner_is_told_two_weeks_before(days, count):
    owner = make_user(Role.HUMAS)
    item = due(days=days, author=owner)

    assert hourly(NOW)[TOLD] == count
    assert owed() == ({owner.pk: [item.pk]} if count == "1" else {})


def test_the_owner_is_told_once_for_each_day():
    owner = make_user(Role.HUMAS)
    item = due(author=owner)

    assert hourly(NOW)[TOLD] == "1"
    assert hourly(NOW)[TOLD] == "0"
    actions.confirm_current(item, actor=owner, review_by=today() + timedelta(days=12))
    assert hourly(NOW)[TOLD] == "1"

    assert item.events.filter(code=EventCode.REMINDED).count() == 2


def test_many_items_of_one_owner_are_one_letter():
    owner = make_user(Role.HUMAS)
    items = [due(slug, author=owner) for slug in ("satu", "dua", "tiga")]

    assert hourly(NOW)[TOLD] == "3"

    assert {pk: sorted(found) for pk, found in owed().items()} == {
        owner.pk: sorted(item.pk for item in items)
    }


@pytest.mark.parametrize("why", ["nobody", "left", "moved"])
def test_the_whole_team_is_told_where_nobody_looks_after_it(why):
    owner, one, two = (make_user(Role.HUMAS) for _ in range(3))
    item = due(author=owner)
    make_user(Role.PPID)
    if why == "nobody":
        Item.objects.filter(pk=item.pk).update(owner=None)
    elif why == "left":
        owner.is_active = False
        owner.save()
    else:
        owner.groups.clear()

    hourly(NOW)

    assert {one.pk, two.pk} <= set(owed())
    assert (owner.pk in owed()) is (why == "nobody")
    assert all(found == [item.pk] for found in owed().values())


def test_the_letter_names_the_items_and_leads_to_the_desk():
    owner = make_user(Role.HUMAS, first_name="Rani")
    item = due(author=owner, title="Syarat & <biaya>")

    assert jobs.mail_review_reminder.func(owner.pk, [item.pk]) == "sent"

    letter = mail.outbox[0]
    assert letter.to == [owner.email]
    assert letter.subject == "Bahan informasi perlu diperiksa"
    assert "Syarat & <biaya>" in letter.body
    assert "sebelum 4 Desember 2026" in letter.body
    assert f"http://testserver/admin/infocontent/item/{item.pk}/change/" in letter.body
    assert item.versions.get().preview_token not in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_letter_that_fails_comes_back_later_and_gives_up_in_the_end(monkeypatch):
    owner = make_user(Role.HUMAS)
    item = due(author=owner)

    def fail(letter):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    assert jobs.mail_review_reminder.func(owner.pk, [item.pk]) == "again later"
    again = DBTaskResult.objects.get(task_path=jobs.mail_review_reminder.module_path)
    assert again.args_kwargs["args"] == [owner.pk, [item.pk], 1]
    assert again.run_after - timezone.now() < timedelta(minutes=1, seconds=5)
    with pytest.raises(ConnectionRefusedError):
        jobs.mail_review_reminder.func(owner.pk, [item.pk], len(jobs.PAUSES))
