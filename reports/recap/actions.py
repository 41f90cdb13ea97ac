"""What a person does to the recap: freeze a month that is over, and explain what changed since."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from office.documents.steps import log
from office.models import User
from office.refusals import Refusal, require

from .counting import period_of
from .models import FreezeNote, FrozenMonth, MonthSummary, RecapEvent
from .refreshing import month_of, refresh_months

FREEZE = "freeze_recap"
LONGEST_NOTE = 2000


class NotOver(Refusal):
    def __init__(self, month: date) -> None:
        super().__init__(
            f"{date_format(month, 'F Y')} belum berakhir, jadi angkanya masih akan bertambah."
        )


class FrozenAlready(Refusal):
    def __init__(self, frozen: FrozenMonth) -> None:
        at = timezone.localtime(frozen.frozen_at)
        super().__init__(
            f"{date_format(frozen.month, 'F Y')} sudah dibekukan oleh {frozen.frozen_by} pada "
            f"{date_format(at, 'j F Y H.i')}."
        )


@transaction.atomic
def freeze_month(month: date, *, actor: User, at: datetime | None = None) -> FrozenMonth:
    """Keep the figures of a month as they are now, for good.

    There is no way back; what is counted otherwise later shows as a correction.
    """
    at = at or timezone.now()
    month = month_of(month)
    require(actor, FREEZE)
    if not period_of(month).is_over(at):
        raise NotOver(month)
    # Counted under the recap's lock, which is held to the end: also against a second hand.
    refresh_months([month], at)
    if frozen := FrozenMonth.objects.filter(month=month).select_related("frozen_by").first():
        raise FrozenAlready(frozen)
    figures = MonthSummary.objects.get(month=month).figures
    frozen = FrozenMonth(month=month, figures=figures, frozen_at=at, frozen_by=actor)
    frozen.save(force_insert=True)
    log(frozen, RecapEvent.Code.FROZEN, actor, at)
    return frozen


@transaction.atomic
def note_correction(
    frozen: FrozenMonth, *, actor: User, text: str, at: datetime | None = None
) -> FreezeNote:
    """Say why a frozen month is counted otherwise now."""
    # What is frozen never changes, so there is nothing to lock.
    require(actor, FREEZE)
    text = text.strip()
    if not text:
        raise Refusal("Tuliskan apa yang berubah dan sebabnya.")
    if len(text) > LONGEST_NOTE:
        raise Refusal(f"Catatan paling panjang {LONGEST_NOTE} huruf.")
    at = at or timezone.now()
    note = FreezeNote.objects.create(frozen=frozen, text=text, author=actor, at=at)
    log(frozen, RecapEvent.Code.NOTED, actor, at, note=note.pk)
    return note
