"""Public months at the desk: what was published, and the way to correct it."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from office.desk.pages import Address, DeskPages, posted, tried
from office.staff import staff

from .actions import correct_month, next_figures
from .models import PublicMonth
from .words import MonthWords


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label="Alasan pembetulan",
        max_length=300,
        help_text="Dibaca umum di halaman statistik. Jangan menyebut orang.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@admin.register(PublicMonth)
class PublicMonthAdmin(DeskPages):
    """Written by the clock and by the correcting verb only."""

    duty = "view_report"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("<str:code>/betulkan/", self.correct_view, "correct"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        rows = PublicMonth.objects.newest_editions().select_related("published_by")
        context = {
            "title": "Statistik publik",
            "months": [MonthWords(row) for row in rows],
            "may_correct": staff(request).may("publish_report"),
        }
        return self.page(request, "list.html", context)

    def correct_view(self, request: HttpRequest, code: str) -> HttpResponse:
        self.require(request, "publish_report")
        published = self._published(code)
        form = CorrectForm(posted(request))
        verb = partial(correct_month, published.month)
        if form.is_valid() and tried(request, form, verb, **form.cleaned_data):
            messages.success(request, f"Edisi baru untuk {published.name} sudah terbit.")
            return redirect("admin:reports_publicmonth_changelist")
        figures = next_figures(published.month)
        anew = PublicMonth(month=published.month, figures=figures, published_at=timezone.now())
        context = {
            "title": f"Betulkan statistik {published.name}",
            "published": published,
            "anew": MonthWords(anew),
            "form": form,
        }
        return self.page(request, "correct.html", context)

    def _published(self, code: str) -> MonthWords:
        try:
            month = date.fromisoformat(f"{code}-01")
        except ValueError as error:
            raise Http404 from error
        row = PublicMonth.objects.newest_editions().filter(month=month).first()
        if row is None:
            raise Http404
        return MonthWords(row)
