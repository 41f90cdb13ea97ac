"""What every verb of an item does the same way: lock, guard, change, one event row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from office.models import User

from ..models import ContentEvent, Item, Version
from ..workflow import (
    FLOW,
    OPEN,
    ContentError,
    EventCode,
    NotAllowed,
    StaleItem,
    VersionState,
)


def lock(item: Item, seen: int | None = None) -> None:
    """Re-read the item under a row lock; raises StaleItem if it changed since `seen` was shown."""
    item.refresh_from_db(from_queryset=Item.objects.select_for_update(of=("self",)))
    if seen is not None and seen != item.lock:
        last = item.events.select_related("actor").last()
        # The texts an office begins with have no event.
        who = (last and last.actor) or "Sistem"
        when = timezone.localtime(last.at if last else item.changed_at)
        raise StaleItem(f"{who} mengubah bahan ini pukul {when:%H.%M}. Periksa dulu, lalu ulangi.")


def require(actor: User, *duties: str) -> None:
    """Raise NotAllowed unless the person holds one of the duties."""
    if not any(actor.may(duty) for duty in duties):
        raise NotAllowed


def open_version(item: Item, *states: VersionState) -> Version:
    """The version under work, which has to be in one of the states."""
    version = item.versions.filter(state__in=OPEN).first()
    if version is None:
        raise ContentError("Tidak ada konsep yang sedang dikerjakan.")
    if version.state not in states:
        raise ContentError(
            f"Versi ini sudah “{version.get_state_display()}”. Muat ulang halaman untuk melihatnya."
        )
    return version


def move(version: Version, target: VersionState, **changes: Any) -> None:
    """Bring a version into another state, as the flow allows."""
    if target not in FLOW[VersionState(version.state)]:
        raise ContentError(
            f"Versi “{version.get_state_display()}” tidak dapat menjadi “{target.label}”."
        )
    version.state = target
    for name, value in changes.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *changes])


def finish(
    item: Item,
    code: EventCode,
    *,
    actor: User | None,
    at: datetime,
    data: dict[str, Any] | None = None,
    changed: Iterable[str] = (),
) -> None:
    """Write the item and exactly one event. The caller holds the lock."""
    item.lock += 1
    item.save(update_fields=["lock", *changed])
    ContentEvent.objects.create(item=item, code=code, actor=actor, at=at, data=data or {})


def had_a_hand_in(version: Version, actor: User) -> bool:
    """Whether this person wrote or handed in this version."""
    return actor.pk in hands_in(version)


def hands_in(version: Version) -> set[int]:
    """Who wrote or handed in the words of this version: none of them is its second person."""
    hands = version.item.events.filter(
        code__in=[
            EventCode.CREATED,
            EventCode.SAVED,
            EventCode.SUBMITTED,
            EventCode.RESTORED,
        ]
    )
    # Before it was ever public, each draft begins with the words of the one before.
    if version.item.first_published_at is not None:
        hands = hands.filter(data__version__in=_numbers_of_its_words(version))
    writers = {version.author_id, *hands.values_list("actor", flat=True)}
    return {pk for pk in writers if pk is not None}


def _numbers_of_its_words(version: Version) -> list[int]:
    """Its own number, and that of the discarded draft it brought back: nobody agreed to that."""
    item = version.item
    restored = item.events.filter(code=EventCode.RESTORED).values_list("data", flat=True)
    brought_back = {data["version"]: data["from"] for data in restored}
    discarded = item.versions.filter(state=VersionState.DISCARDED)
    never_out = set(discarded.values_list("number", flat=True))
    numbers = [version.number]
    while (earlier := brought_back.get(numbers[-1])) in never_out:
        numbers.append(earlier)
    return numbers
