"""The minutes (notula) on paper: a tagged PDF with letterhead, figures, decisions and signature."""

from datetime import datetime
from typing import Any

from django.utils import translation

from office import pdf
from office.models import Office, User

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
