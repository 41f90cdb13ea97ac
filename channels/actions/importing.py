"""What people said elsewhere, brought into the office: each row of a file is one case, once."""

import hashlib
import json
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from cases.models import Case
from cases.workflow import Channel, Kind, Privacy
from infocontent.models import Topic

from ..models import ChannelEvent, Comment, ImportedRow
from ..vocabulary import EventCode

SUBJECT_LENGTH = 90


@transaction.atomic
def import_complaint(
    *,
    source: str,
    text: str,
    at: datetime,
    topic: Topic | None = None,
    channel: str = Channel.APP_REVIEW,
) -> Case:
    """Receive one text as an anonymous complaint of its own time, and remember that it was taken.

    The recap counts a comment of the same words, and not this case again. Raises IntegrityError,
    and changes nothing, when the same text of that moment and source is in already, or is a
    comment that has become a case.
    """
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .filter(digest=digest(channel, at, text))
        .first()
    )
    if comment and comment.case_id:
        raise IntegrityError("The comment is a case already.")
    case = lodge_of(Kind.COMPLAINT)(
        subject=subject_of(text),
        narrative=text,
        topic=topic,
        privacy=Privacy.ANONYMOUS,
        channel=channel,
        at=at,
    )
    ImportedRow.objects.create(source=source, digest=digest(source, at, text), case=case)
    if comment:
        comment.case = case
        comment.version += 1
        comment.save(update_fields=["case", "version"])
        ChannelEvent.objects.create(
            comment=comment,
            version=comment.version,
            code=EventCode.CASE_LINKED,
            at=timezone.now(),
            data={"case": case.reference},
        )
    return case


def digest(source: str, at: datetime, text: str) -> str:
    """What makes a row the same row: where it is from, its moment and its words."""
    row = json.dumps([source, at.astimezone(UTC).isoformat(), text])
    return hashlib.sha256(row.encode()).hexdigest()


def subject_of(text: str) -> str:
    """The first words, cut between two of them."""
    subject = textwrap.shorten(text, SUBJECT_LENGTH, placeholder=" …")
    if subject == "…":
        # One word without end has no place to cut.
        subject = f"{text.split()[0][: SUBJECT_LENGTH - 2]} …"
    return subject


@cache
def lodge_of(kind: str) -> Callable[..., Case]:
    # A kind is known here by its name only; its app is found through its detail and never imported.
    detail: Any = Case._meta.get_field(kind).related_model
    return import_string(f"{detail._meta.app_config.name}.actions.lodge")
