"""Sending a signed letter: a number of the agenda, a PDF that never changes, a message that
carries it. A part of other verbs, which hold the lock and leave the event.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from office.models import User
from office.uploads import store

from .. import correspondence
from ..models import Attachment, Case, Letter, Message
from ..models.letter import LetterCounter, format_number
from .base import write


def send_letter(
    case: Case,
    code: str,
    *,
    signer: User,
    signer_title: str,
    at: datetime,
    values: Mapping[str, Any],
    lines: Mapping[str, Callable[[], list[tuple[str, str]]]] | None = None,
    kind: Message.Kind = Message.Kind.ANSWER,
) -> tuple[Letter, Message]:
    """Number, write and keep one letter. Raises LetterMissing before a number is taken.

    What `values` and `lines` hold as callables is asked in the letter's language. The caller's
    transaction holds the counter until its commit, so no number is lost.
    """
    template = correspondence.template_for(code, case.language, at)
    language = template.language
    day = timezone.localdate(at)
    serial = LetterCounter.next_number(day.year)
    number = format_number(template.number_format, serial, day)
    with translation.override(language):
        filled = {
            name: str(value() if callable(value) else value) for name, value in values.items()
        } | correspondence.common_values(case, number=number, signer=signer, at=at)
        rows = {name: say() for name, say in (lines or {}).items()}
    text = correspondence.fill_in(template.body, filled, rows)
    content = correspondence.on_paper(
        case,
        title=template.title,
        text=text,
        number=number,
        language=language,
        signer=signer,
        signer_title=signer_title,
        at=at,
    )
    stored = store(
        content, name=f"{code}-{serial:04d}-{day.year}.pdf", content_type="application/pdf"
    )
    message = write(case, kind, correspondence.in_plain_words(text), author=signer, at=at)
    attachment = Attachment.objects.create(
        token=stored.token,
        case=case,
        message=message,
        file=stored.file,
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploader=signer,
        added_at=at,
    )
    letter = Letter.objects.create(
        case=case,
        template=template,
        code=code,
        number=number,
        year=day.year,
        serial=serial,
        language=language,
        title=template.title,
        issued_at=at,
        signed_by=signer,
        attachment=attachment,
        sha256=stored.sha256,
    )
    return letter, message


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the sealed history keeps of a letter: its number and the digest of its file."""
    return {"letter": letter.number, "sha256": letter.sha256}
