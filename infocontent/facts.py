"""Facts that texts name and never state: a price, the opening hours, a length of the law.

An editor writes `[[tarif paspor-biasa-5]]`; the reader gets what holds today. Apps above register
theirs when they are ready (`FACTS`), so that a text can name a deadline without this app knowing of
cases.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office.models import Office

from .models import Tariff

Fact = Callable[[str], str]
# The prices of the text that is being filled in: read once, however many it names.
_prices: ContextVar[list[Tariff] | None] = ContextVar("prices", default=None)
# Each part can begin in one way only, so that no text makes this slow.
MARK = re.compile(r"\[\[\s{0,9}([a-z-]{2,30})(?:\s{1,9}([^\s\]][^\]\n]{0,79}))?\s{0,9}\]\]")


def fill_in(source: str) -> str:
    """The Markdown with every known fact put in its place; unknown ones stay as they are written,
    so that the editor sees them.
    """
    with _one_text():
        return MARK.sub(_replaced, source)


def unknown_facts(source: str) -> list[str]:
    """What stands in double brackets and means nothing (any more)."""
    with _one_text():
        return [mark[0] for mark in MARK.finditer(source) if _replaced(mark) == mark[0]]


@contextmanager
def _one_text() -> Iterator[None]:
    outer = _prices.set(None)
    try:
        yield
    finally:
        _prices.reset(outer)


def _replaced(mark: re.Match[str]) -> str:
    fact = FACTS.get(mark[1])
    return (fact((mark[2] or "").strip()) if fact else "") or mark[0]


def _price(code: str) -> str:
    tariff = next((row for row in _tariffs() if row.code == code), None)
    return tariff.rupiah if tariff else ""


def _price_table(group: str) -> str:
    rows = [row for row in _tariffs() if row.group == group]
    if not rows:
        return ""
    head = " | ".join(["", _("Layanan"), _("Tarif"), _("Berlaku sejak"), _("Dasar"), ""]).strip()
    lines = [
        f"| {_cell(row.label)} | {row.rupiah}{' / ' + _cell(row.per) if row.per else ''} "
        f"| {date_format(row.valid_from, 'j F Y')} | {_cell(row.source)} |"
        for row in rows
    ]
    return "\n".join(["", "", head, "|---|---:|---|---|", *lines, "", ""])


def _tariffs() -> list[Tariff]:
    prices = _prices.get()
    if prices is None:
        prices = list(Tariff.objects.in_force())
        _prices.set(prices)
    return prices


def _hours(_nothing: str) -> str:
    hours = Office.objects.current().hours
    lines = [
        f"- {stretch.get_weekday_display()}: {stretch.opens:%H.%M}–{stretch.closes:%H.%M}"
        for stretch in hours
    ]
    return "\n".join(["", "", *lines, "", ""]) if lines else ""


def _contact(what: str) -> str:
    office = Office.objects.current()
    known = {
        "nama": office.name,
        "alamat": " ".join(office.address.split()),
        "telepon": office.phone,
        "whatsapp": office.whatsapp,
        "email": office.email,
    }
    return _cell(known.get(what, ""))


def _cell(text: str) -> str:
    """Text from a table as Markdown that means exactly that text."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&])", r"\\\1", " ".join(text.split()))


FACTS: dict[str, Fact] = {
    "tarif": _price,
    "tabel-tarif": _price_table,
    "jam-layanan": _hours,
    "kantor": _contact,
}
