"""Jobs that tell people what was done to an account, worked off by `manage.py db_worker`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from .models import Office, User
from .roles import Role

PASSWORD, ROLES = "sandi", "peran"
# Minutes until the next try, after each failed one; a mail server may be away for a day.
PAUSES = [1, 5, 15, 60, 180, 360, 720]


@task()
def tell_of_account_change(user_id: int, actor_id: int, what: str, at: str) -> int:
    """Owe a letter to the holder and to every Kepala Kantor; says how many.

    An administrator could otherwise make or take over an account that reads cases, unnoticed.
    """
    heads = Q(is_active=True, groups__name=Role.OFFICE_HEAD)
    told = User.objects.filter(heads | Q(pk=user_id)).exclude(email="").distinct()
    for recipient in told:
        mail_account_change.enqueue(recipient.pk, user_id, actor_id, what, at)
    return len(told)


@task()
def mail_account_change(
    recipient_id: int, user_id: int, actor_id: int, what: str, at: str, tries: int = 0
) -> str:
    """One letter a job, so that one bad address keeps no one else from being told."""
    people = User.objects.in_bulk([recipient_id, user_id, actor_id])
    letter = _letter(people[recipient_id], people[user_id], people[actor_id], what, at)
    try:
        letter.send()
    except Exception:
        if tries == len(PAUSES):
            raise
        later = timezone.now() + timedelta(minutes=PAUSES[tries])
        again = mail_account_change.using(run_after=later)
        again.enqueue(recipient_id, user_id, actor_id, what, at, tries + 1)
        return "again later"
    return "sent"


def _letter(recipient: User, user: User, actor: User, what: str, at: str) -> EmailMessage:
    context = {
        "recipient": recipient,
        "user": user,
        "actor": actor,
        "what": what,
        "at": datetime.fromisoformat(at),
        "roles": [Role(name).label for name in _role_names(user)],
        "office": Office.objects.current(),
        "zone": settings.TIME_ZONE,
    }
    with translation.override("id"):
        body = render_to_string("office/mail/perubahan_akun.id.txt", context)
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage("Perubahan akun petugas", body, to=[recipient.email], headers=headers)


def _role_names(user: User) -> list[str]:
    names = user.groups.filter(name__in=Role.values).order_by("name")
    return list(names.values_list("name", flat=True))
