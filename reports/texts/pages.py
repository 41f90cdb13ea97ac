"""The words of one month in the admin: what most people say, what rose, and the cases behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from cases.filters import topic_choices
from infocontent.models import Topic
from office.desk.pages import framed
from office.forms import CrispyForm
from office.staff import staff

from ..period import Period
from .models import PhraseCount, TextMonth, is_within
from .rising import months_before, rising_phrases, rising_topics

SHOWN = 30
MONTH = "%Y-%m"


@dataclass(frozen=True)
class Row:
    """One phrase or topic of the table; `before` is the mean of the three months before."""

    words: str
    n: int
    before: float
    link: str
    topic: Topic | None = None


class ChoiceForm(CrispyForm):
    """Which month, and which topic; blank is the newest month and all topics."""

    bulan = forms.ChoiceField(label="Bulan")
    topik = forms.ChoiceField(label="Topik", required=False)

    def __init__(self, data: Any, months: Iterable[date]) -> None:
        super().__init__(data, auto_id="pilih_%s")
        self.fields["bulan"].choices = [  # type: ignore[attr-defined]
            (month.strftime(MONTH), date_format(month, "F Y")) for month in months
        ]
        self.fields["topik"].choices = [  # type: ignore[attr-defined]
            ("", "Semua topik"),
            *topic_choices(),
        ]


def words_page(request: HttpRequest) -> HttpResponse:
    """Words and phrases of a month, of all topics or of one."""
    user = staff(request)
    if not user.may("view_report"):
        raise PermissionDenied
    months = TextMonth.objects.filter(topic=None).order_by("-month")
    known = {row.month: row for row in months}
    context: dict[str, Any] = {"title": "Kata dan ungkapan"}
    if known:
        context |= _chosen(request, known, may_open=user.may("view_case"))
        if user.may("view_tally"):
            context["comments_link"] = _comments(context["month"], context["topic"])
    return framed(request, "admin/reports/words.html", context)


def _chosen(
    request: HttpRequest, known: dict[date, TextMonth], *, may_open: bool
) -> dict[str, Any]:
    usual = {"bulan": next(iter(known)).strftime(MONTH), "topik": ""}
    named = {name: request.GET[name] for name in usual if name in request.GET}
    form = ChoiceForm({**usual, **named}, known)
    if not form.is_valid():
        messages.warning(request, "Pilihan tidak dikenali, jadi yang tampil bulan terakhir.")
        form = ChoiceForm(usual, known)
        form.full_clean()
    month = date.fromisoformat(f"{form.cleaned_data['bulan']}-01")
    topic = int(form.cleaned_data["topik"]) if form.cleaned_data["topik"] else None
    rows = _rows(month, topic, may_open=may_open)
    counted = TextMonth.objects.filter(month=month, topic=topic).first()
    rising: list[Row] = []
    topics: list[Row] = []
    if topic is None:
        link = Links(month, None, may_open)
        rising = [
            Row(one.phrase, one.n, one.before, link.of(one.phrase), one.topic)
            for one in rising_phrases(month)
        ]
        topics = [
            Row(str(one.topic), one.n, one.before, Links(month, one.topic.pk, may_open).of(""))
            for one in rising_topics(month)
        ]
    return {
        "form": form,
        "month": month,
        "topic": topic,
        "counted": counted,
        "read": counted.n if counted else 0,
        "phrases": [row for row, size in rows if size > 1][:SHOWN],
        "words": [row for row, size in rows if size == 1][:SHOWN],
        "rising": rising,
        "rising_topics": topics,
        "is_all": topic is None,
    }


def _comments(month: date, topic: int | None) -> str:
    asked = {"day_from": month.isoformat(), "day_to": _last_day(month).isoformat()}
    query = urlencode(asked | ({"topic": str(topic)} if topic else {}))
    return f"{reverse('admin:channels_comment_changelist')}?{query}"


def _last_day(month: date) -> date:
    return Period(month.year, month.month).first_after - timedelta(days=1)


@dataclass(frozen=True)
class Links:
    """Where the cases are that hold a phrase; the list shows each person the own ones."""

    month: date
    topic: int | None
    may_open: bool

    def of(self, words: str) -> str:
        if not self.may_open:
            return ""
        asked = {
            "q": words,
            "topic": str(self.topic or ""),
            "received_from": self.month.isoformat(),
            "received_to": _last_day(self.month).isoformat(),
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('admin:cases_case_changelist')}?{query}"


def _rows(month: date, topic: int | None, *, may_open: bool) -> list[tuple[Row, int]]:
    """The phrases that most texts hold, with how many words each has."""
    earlier = months_before(month)
    counted = TextMonth.objects.filter(topic=None, month__in=earlier).count()
    found = list(
        PhraseCount.objects.filter(month=month, topic=topic).order_by("-n", "-size", "phrase")[
            : SHOWN * 8
        ]
    )
    before: dict[str, int] = {}
    for row in PhraseCount.objects.filter(
        month__in=earlier, topic=topic, phrase__in=[row.phrase for row in found]
    ):
        before[row.phrase] = before.get(row.phrase, 0) + row.n
    link = Links(month, topic, may_open)
    return [
        (
            Row(
                row.written,
                row.n,
                before.get(row.phrase, 0) / max(counted, 1),
                link.of(row.written),
            ),
            row.size,
        )
        for row in found
        if row.size == 1 or not any(is_within(row, other) for other in found)
    ]


PAGES: list[tuple[str, Callable[[HttpRequest], HttpResponseBase], str]] = [
    ("kata/", words_page, "words"),
]
