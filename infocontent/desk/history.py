"""The history of an item in words, made from codes and data when the page is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from office.models import User

from ..models import ContentEvent, Origin
from ..workflow import EventCode as E

People = dict[int, str]


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str


def lines(events: Iterable[ContentEvent]) -> list[Line]:
    events = list(events)
    pks = {pk for event in events for pk in (event.data.get("from"), event.data.get("to"))}
    pks = {pk for pk in pks if isinstance(pk, int)}
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=pks)} if pks else {}
    return [Line(event.at, str(event.actor or "Sistem"), _words(event, people)) for event in events]


def _words(event: ContentEvent, people: People) -> str:
    words = _WORDS.get(E(event.code))
    return words(event.data, people) if words else event.get_code_display()


def _day(value: Any) -> str:
    return date_format(date.fromisoformat(value), "j F Y") if value else "tanpa tanggal"


def _moment(value: Any) -> str:
    if not value:
        return "pada waktunya"
    return date_format(localtime(datetime.fromisoformat(value)), "j F Y H.i")


def _created(data: dict[str, Any], people: People) -> str:
    origin = data.get("origin", Origin.OWN)
    if origin == Origin.OWN or origin not in Origin.values:
        return "Dibuat"
    return f"Dibuat; asal: {Origin(origin).label.lower()}"


def _archived(data: dict[str, Any], people: People) -> str:
    words = f"Diarsipkan: {data.get('reason', '')}".rstrip(": ")
    if data.get("called_back"):
        words += f" (versi {data['called_back']} ditarik dari jadwal)"
    return words


_WORDS: dict[E, Callable[[dict[str, Any], People], str]] = {
    E.CREATED: _created,
    E.SAVED: lambda d, p: f"Konsep versi {d.get('version')} disimpan",
    E.SUBMITTED: lambda d, p: f"Versi {d.get('version')} diajukan untuk ditinjau",
    E.RETURNED: lambda d, p: f"Versi {d.get('version')} dikembalikan kepada penulis",
    E.APPROVED: lambda d, p: (
        f"Versi {d.get('version')} disetujui, terbit {_moment(d.get('publish_at'))}"
    ),
    E.CALLED_BACK: lambda d, p: f"Versi {d.get('version')} ditarik dari jadwal",
    E.PUBLISHED: lambda d, p: f"Versi {d.get('version')} diterbitkan",
    E.DISCARDED: lambda d, p: f"Konsep versi {d.get('version')} dibuang",
    E.RESTORED: lambda d, p: (
        f"Versi {d.get('from')} dipulihkan sebagai konsep versi {d.get('version')}"
    ),
    E.CHECKED: lambda d, p: (
        f"Diperiksa: isinya masih benar; periksa lagi sebelum {_day(d.get('review_by'))}"
    ),
    E.RENAMED: lambda d, p: f"Alamat diganti dari {d.get('from')} menjadi {d.get('to')}",
    E.HANDED_OVER: lambda d, p: (
        f"Pemilik diganti dari {p.get(d.get('from') or 0, 'tanpa pemilik')} "
        f"menjadi {p.get(d.get('to') or 0, 'petugas')}"
    ),
    E.ARCHIVED: _archived,
    E.REMINDED: lambda d, p: f"Diingatkan untuk memeriksa sebelum {_day(d.get('review_by'))}",
}
