"""What public pages and receipts say of the law's lengths: read from its rows, never typed."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext as _

from office.calendar import today

from ..facts import length as length_of

register = template.Library()


@register.simple_tag
def length(words: str, on: date | datetime | str | None = None) -> str:
    """ "10 hari kerja" for "permohonan jawaban", by the rule in force on a day (else today).

    A page that knows of no case passes "", which is what a template makes of a missing name.
    """
    day = today(on) if isinstance(on, datetime) else on or None
    assert not isinstance(day, str)  # noqa: S101 - only "" can be one, and that became None
    return length_of(words, day) or _("waktu menurut aturan yang berlaku")
