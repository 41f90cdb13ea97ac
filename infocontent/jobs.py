"""What happens to items by the clock or in the background; doing it twice changes nothing more."""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from office.calendar import today
from office.models import Office, User

from . import actions, search
from .models import ContentEvent, Item, ItemQuerySet, Version
from .workflow import EventCode, VersionState

logger = logging.getLogger(__name__)

# Minutes until the next try, after each failed one; a mail server may be away for a day.
PAUSES = [1, 5, 15, 60, 180, 360, 720]


@task()
def go_live_on_time(item_id: int) -> bool:
    """Put it out if its time has come; what was called back meanwhile stays where it is."""
    return actions.go_live(Item.objects.get(pk=item_id))


def plan_going_live(item: Item) -> None:
    """On the minute; should the worker be away, the hourly command does it."""
    for version in item.versions.filter(state=VersionState.APPROVED):
        go_live_on_time.using(run_after=version.publish_at).enqueue(item.pk)


def go_live_where_due(at: datetime) -> int:
    due = Version.objects.filter(state=VersionState.APPROVED, publish_at__lte=at)
    return _each(Item.objects.filter(pk__in=due.values("item")), actions.go_live, at)


def expire_where_due(at: datetime) -> int:
    return _each(Item.objects.expired(at), actions.expire, at)


@transaction.atomic
def remind_of_reviews(at: datetime) -> int:
    """Note each reminder and owe one letter to each person, however many items are due."""
    to_tell: dict[int, list[int]] = defaultdict(list)
    told = 0
    for item in _not_told(Item.objects.to_review(today(at))).order_by("review_by", "pk"):
        if actions.remind_review(item, at=at):
            told += 1
            for person in _who_looks_after(item):
                to_tell[person.pk].append(item.pk)
    for person_id, items in to_tell.items():
        mail_review_reminder.enqueue(person_id, items)
    return told


@task()
def mail_review_reminder(recipient_id: int, item_ids: list[int], tries: int = 0) -> str:
    """One letter a job, so that one bad address keeps no one else from being told."""
    recipient = User.objects.get(pk=recipient_id)
    items = list(Item.objects.filter(pk__in=item_ids).order_by("review_by", "title"))
    try:
        _letter(recipient, items).send()
    except Exception:
        if tries == len(PAUSES):
            raise
        later = timezone.now() + timedelta(minutes=PAUSES[tries])
        again = mail_review_reminder.using(run_after=later)
        again.enqueue(recipient_id, item_ids, tries + 1)
        return "again later"
    return "sent"


@task()
def reindex() -> int:
    """Read all texts anew for the search."""
    return search.rebuild()


def ask_for_reindex() -> None:
    """Once, however many rows were changed before the worker came to it."""
    waiting = DBTaskResult.objects.filter(task_path=reindex.module_path, status="READY")
    if not waiting.exists():
        reindex.enqueue()


def _each(items: ItemQuerySet, verb: Callable[..., bool], at: datetime) -> int:
    """Do the verb to each in its own transaction; one that fails does not stop the rest."""
    done = 0
    for pk in list(items.order_by("pk").values_list("pk", flat=True)):
        try:
            done += verb(Item.objects.get(pk=pk), at=at)
        except Exception as error:
            logger.error("hourly, %s of item %s: %s", verb.__name__, pk, type(error).__name__)
    return done


def _not_told(items: ItemQuerySet) -> ItemQuerySet:
    """Without those whose owner knows this day already; the verb asks again under its lock."""
    told = ContentEvent.objects.annotate(day=KT("data__review_by")).filter(
        item=OuterRef("pk"), code=EventCode.REMINDED, day=Cast(OuterRef("review_by"), CharField())
    )
    return items.exclude(Exists(told))


def _who_looks_after(item: Item) -> list[User]:
    """The owner; the whole team where there is none, or none who works here."""
    people = User.objects.filter(
        is_active=True, is_staff=True, groups__permissions__codename="change_item"
    ).exclude(email="")
    owner = people.filter(pk=item.owner_id).first() if item.owner_id else None
    return [owner] if owner else list(people.distinct())


def _letter(recipient: User, items: list[Item]) -> EmailMessage:
    rows = [
        (item, settings.SITE_URL + reverse("admin:infocontent_item_change", args=[item.pk]))
        for item in items
    ]
    context = {"recipient": recipient, "rows": rows, "office": Office.objects.current()}
    with translation.override("id"):
        body = render_to_string("infocontent/mail/periksa.id.txt", context)
    subject = "Bahan informasi perlu diperiksa"
    if len(items) > 1:
        subject = f"{len(items)} bahan informasi perlu diperiksa"
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage(subject, body, to=[recipient.email], headers=headers)
