"""The minutes (notula) on paper: a tagged PDF with letterhead, figures, decisions and signature."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from office import pdf
from office.models import Office, User
from office.roles import Role

from .figures import compared_with
from .models import Meeting, MeetingAction
from .shown import shown


def on_paper(
    meeting: Meeting,
    figures: dict[str, Any],
    *,
    signer: User | None = None,
    at: datetime | None = None,
) -> bytes:
    """The minutes with these figures; without a signer they are a draft."""
    with translation.override("id"):
        context = {
            **content_of(meeting),
            **shown(figures),
            "names": months_of(meeting),
            "signed_as": _title_of(signer),
            "signer": signer,
            "at": at,
            "office": Office.objects.current(),
        }
    return pdf.render("reports/minutes.pdf.html", context, styles="report")


def content_of(meeting: Meeting) -> dict[str, Any]:
    """What was typed, for paper and for the page of signed minutes."""
    follow_ups = meeting.follow_ups.select_related("action__owner", "action__meeting")
    return {
        "meeting": meeting,
        "obstacles": list(meeting.obstacles.all()),
        "agreed": list(meeting.actions.select_related("owner")),
        "follow_ups": list(follow_ups.order_by("action__meeting__month", "action__position")),
        "unchecked": []
        if meeting.is_signed
        else list(
            MeetingAction.objects.open(before=meeting.month)
            .exclude(pk__in=meeting.follow_ups.values("action"))
            .select_related("owner", "meeting")
        ),
    }


def months_of(meeting: Meeting) -> list[str]:
    """The names of the three months that are compared."""
    return [date_format(month, "M Y") for month in compared_with(meeting.period).values()]


def _title_of(signer: User | None) -> str:
    if signer is None:
        return ""
    is_head = signer.groups.filter(name=Role.OFFICE_HEAD).exists()
    return "Kepala Kantor" if is_head else "Pejabat Pengelola Informasi dan Dokumentasi (PPID)"
