"""Taking in an answer: once for each link and each opened form, and without knowing from whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.desk.promoting import without_numbers
from cases.workflow import CaseError
from office.calendar import today

from ..bursts import Circumstances, mark_burst, seems_rash
from ..models import Answer, FlagReason, Instrument, Response, Source, SpentKey


class AlreadyAnswered(CaseError):
    """This link, or this very form, has been answered with before."""

    def __init__(self) -> None:
        super().__init__(_("Survei ini sudah diisi."))


class NotComplete(CaseError):
    def __init__(self) -> None:
        super().__init__(_("Setiap pertanyaan perlu satu jawaban."))


@dataclass(frozen=True)
class Sheet:
    """One filled-in questionnaire as it arrives.

    `digest` is what it is spent with; `about` the respondent block, all of it optional.
    """

    instrument: Instrument
    values: Mapping[str, int]
    source: str
    digest: str
    service: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    circumstances: Circumstances = field(default_factory=Circumstances)


@transaction.atomic
def respond(sheet: Sheet, *, at: datetime | None = None) -> Response:
    """Keep the answer; its row is all that is written of it, without the numbers and addresses of
    people in the comment. Raises AlreadyAnswered, NotComplete.

    A suspicious answer is marked and counted apart, never refused: the sender would only learn
    how to get round it, and a wrong suspicion would silence a citizen.
    """
    at = at or timezone.now()
    instrument = sheet.instrument
    elements = {element.code: element for element in instrument.elements.all()}
    steps = range(1, instrument.scale + 1)
    if set(sheet.values) != set(elements) or any(v not in steps for v in sheet.values.values()):
        raise NotComplete
    _spend(sheet, at)
    seen = sheet.circumstances
    reason = FlagReason.NONE
    if sheet.source == Source.KIOSK and not seen.is_installed:
        reason = FlagReason.UNKNOWN_KIOSK
    elif seems_rash(sheet.values.values(), seen):
        reason = FlagReason.TOO_FAST
    response = Response(
        instrument=instrument,
        month=today(at).replace(day=1),
        source=sheet.source,
        service=sheet.service,
        comment=without_numbers(sheet.comment.strip()),
        is_flagged=reason != FlagReason.NONE,
        flag_reason=reason,
        **sheet.about,
    )
    response.save(force_insert=True)
    Answer.objects.bulk_create(
        Answer(response=response, element=elements[code], value=value)
        for code, value in sheet.values.items()
    )
    if sheet.source != Source.LINK:
        mark_burst(response, seen, at)
    return response


def _spend(sheet: Sheet, at: datetime) -> None:
    # When a link was used is not kept: the day would lead from the case to the answer.
    spent_on = None if sheet.source == Source.LINK else today(at)
    try:
        with transaction.atomic():
            SpentKey.objects.create(digest=sheet.digest, spent_on=spent_on)
    except IntegrityError as error:
        raise AlreadyAnswered from error
