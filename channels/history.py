"""The history of contacts in words, made from codes and figures when a page is shown."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from infocontent.models import Topic

from .counts import dotted
from .models import ChannelEvent
from .vocabulary import ContactChannel, EventCode


@dataclass(frozen=True)
class Line:
    at: datetime
    what: str
    who: str
    # The cells of a sheet: which one, what stood there, what stands there since.
    cells: list[tuple[str, str, str]] = field(default_factory=list)


def lines_of_month(
    month: date, *, day: date | None = None, is_of_sheet: bool = False, most: int
) -> list[Line]:
    """Newest first; with `is_of_sheet` only what was written into the sheet of `day`."""
    events = ChannelEvent.objects.filter(tally_month__month=month).select_related("actor")
    if is_of_sheet:
        events = events.filter(data__day=day.isoformat() if day else None)
    found = list(events.order_by("-version")[:most])
    topics = {topic for event in found for _channel, topic, _old, _new in event.data["cells"]}
    names = dict(Topic.objects.filter(pk__in=topics - {None}).values_list("pk", "name"))
    return [_line(event, names) for event in found]


def lines(row: Any, *, may_see_case: bool) -> list[Line]:
    """Of a contact or a comment. A case's number is said to those who may know of the case."""
    events = row.events.select_related("actor").order_by("-pk")
    return [
        Line(event.at, f"{event.get_code_display()}{_more(event, may_see_case)}", who(event))
        for event in events
    ]


def who(event: ChannelEvent) -> str:
    return str(event.actor) if event.actor else "Perintah di server"


def _line(event: ChannelEvent, names: dict[int, str]) -> Line:
    day = event.data["day"]
    about = date_format(date.fromisoformat(day), "j F") if day else "seluruh bulan"
    cells = [
        (
            f"{ContactChannel(channel).label}, {names[topic] if topic else 'tanpa topik'}",
            _count(old),
            _count(new),
        )
        for channel, topic, old, new in event.data["cells"]
    ]
    return Line(event.at, f"{event.get_code_display()}, {about}", who(event), cells)


def _count(count: int | None) -> str:
    return "kosong" if count is None else dotted(count)


FIELDS = {"channel": "kanal", "topic": "topik", "at": "waktu", "summary": "isi"}


def _more(event: ChannelEvent, may_see_case: bool) -> str:
    if event.code in (EventCode.CASE_OPENED, EventCode.CASE_LINKED):
        return f": {event.data['case']}" if may_see_case else ""
    if event.code == EventCode.CORRECTED:
        return ": " + ", ".join(FIELDS[name] for name in FIELDS if name in event.data)
    if event.code == EventCode.TOPIC_CHANGED:
        old, new = (code or "belum ada" for code in event.data["topic"])
        return f": {old} → {new}"
    return ""
