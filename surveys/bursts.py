"""What makes an answer suspicious: too many from one place or device, or rashly ticked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from office.crypto import keyed_digest

from .models import AskingRules, FlagReason, Response, Source, SpentKey, Trace

TRACE_LIFETIME = timedelta(hours=2)
# A form is sent again within minutes, or on the next morning from a page left open.
FORM_MEMORY = timedelta(days=7)


@dataclass(frozen=True)
class Circumstances:
    """How an answer at the counter came; forgotten after two hours.

    `seconds` from the shown form to the sent one; None where that is not known.
    """

    device: str = ""
    place: str = ""
    seconds: float | None = None
    is_installed: bool = False


def device_digest(address: str, browser: str, at: datetime | None = None) -> str:
    """Tells phones in the waiting room apart for a day; tomorrow the same phone is another."""
    day = timezone.localdate(at or timezone.now())
    return keyed_digest(f"survey-device-{day:%Y-%m-%d}", f"{address}|{browser[:300]}")


def seems_rash(values: Iterable[int], seen: Circumstances) -> bool:
    """The same answer to everything, faster than it can be read."""
    if seen.seconds is None or seen.seconds >= AskingRules.objects.current().fast_seconds:
        return False
    return len(set(values)) == 1


def mark_burst(response: Response, seen: Circumstances, at: datetime) -> None:
    """Note where the answer came from, and mark all of a burst as soon as it is one.

    Each instrument is counted by itself: whoever goes on to the second and third is no burst.
    """
    rules = AskingRules.objects.current()
    minute = at.replace(second=0, microsecond=0)
    Trace.objects.filter(at__lt=minute - TRACE_LIFETIME).delete()
    Trace.objects.create(response=response, device=seen.device, place=seen.place, at=minute)
    like = Trace.objects.filter(response__instrument=response.instrument_id)
    since = minute - timedelta(minutes=rules.device_minutes)
    # The kiosk is one device for everybody.
    if response.source != Source.KIOSK and seen.device:
        _mark(
            like.filter(device=seen.device, at__gt=since),
            rules.device_answers,
            FlagReason.SAME_DEVICE,
        )
    _mark(like.filter(place=seen.place, at=minute), rules.minute_answers, FlagReason.CROWD)


def _mark(traces: QuerySet[Trace], most: int, reason: FlagReason) -> None:
    alike = list(traces.values_list("response_id", flat=True))
    if len(alike) <= most:
        return
    # In the order of their keys, so that two bursts at once do not wait for each other forever.
    unmarked = Response.objects.filter(pk__in=alike, is_flagged=False).order_by("pk")
    locked = list(unmarked.select_for_update().values_list("pk", flat=True))
    Response.objects.filter(pk__in=locked).update(is_flagged=True, flag_reason=reason)


def sweep(at: datetime) -> int:
    """Forget where answers came from, and which forms at the counter were sent."""
    traces = Trace.objects.filter(at__lt=at - TRACE_LIFETIME).delete()[0]
    old = timezone.localdate(at - FORM_MEMORY)
    return traces + SpentKey.objects.filter(spent_on__lt=old).delete()[0]
