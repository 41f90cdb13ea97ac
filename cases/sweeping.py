"""What is no longer needed goes: drafts, files without a row, old links, counts and jobs.

Every function takes the moment and returns how many things went; all may be repeated at any time.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from office.models import ThrottleWindow
from office.uploads import month_folder, sweep_folder

from .jobs import deliver_notice
from .models import AccessLink, Attachment, DraftFile, IntakeDraft, Notice

SENT_DRAFT_LIFETIME = timedelta(minutes=60)
# Longer than any draft lives, so that a file whose row is still to come is never taken.
ORPHAN_AGE = timedelta(hours=48)
STUCK_AFTER = timedelta(minutes=10)
TASK_MEMORY = timedelta(days=14)


def drafts(at: datetime) -> int:
    """Drafts past their time, with the files that no case has taken over."""
    past = IntakeDraft.objects.filter(
        Q(expires_at__lte=at)
        | Q(case__isnull=False, case__received_at__lte=at - SENT_DRAFT_LIFETIME)
    )
    return sum(_drop_draft(token, past) for token in list(past.values_list("token", flat=True)))


def _drop_draft(token: str, past: QuerySet[IntakeDraft]) -> bool:
    with transaction.atomic():
        draft = past.select_for_update(of=("self",)).filter(token=token).first()
        if draft is None:
            return False
        files = dict(draft.files.values_list("token", "file"))
        for taken in Attachment.objects.filter(token__in=files).values_list("token", flat=True):
            del files[taken]
        draft.delete()
    for file in files.values():
        default_storage.delete(file)
    return True


def orphan_files(at: datetime) -> int:
    """Files that no row names. Uploads go into a folder per month: the last two are looked at."""
    this_month = timezone.localtime(at).replace(day=1)
    months = [this_month, this_month - timedelta(days=1)]
    return sum(_sweep_folder(month_folder(month), at) for month in months)


def _sweep_folder(folder: str, at: datetime) -> int:
    known = {
        file
        for model in (Attachment, DraftFile)
        for file in model.objects.filter(file__startswith=f"{folder}/").values_list(
            "file", flat=True
        )
    }
    return sweep_folder(folder, known, at - ORPHAN_AGE)


def throttle_windows(at: datetime) -> int:
    return ThrottleWindow.objects.filter(expires_at__lt=at).delete()[0]


def sessions(at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def access_links(at: datetime) -> int:
    return AccessLink.objects.filter(expires_at__lt=at).delete()[0]


def finished_tasks(at: datetime) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - TASK_MEMORY).delete()[0]


def stuck_notices(at: datetime) -> int:
    """Put waiting notices whose job is gone (a worker killed, say) back into the queue."""
    waiting = Notice.objects.filter(state=Notice.State.WAITING, created_at__lt=at - STUCK_AFTER)
    pks = set(waiting.values_list("pk", flat=True))
    if pks:
        alive = Q(status="READY") | Q(status="RUNNING", started_at__gt=at - STUCK_AFTER)
        tasks = DBTaskResult.objects.filter(alive, task_path=deliver_notice.module_path)
        pks -= {row["args"][0] for row in tasks.values_list("args_kwargs", flat=True).iterator()}
    for pk in sorted(pks):
        deliver_notice.enqueue(pk)
    return len(pks)
