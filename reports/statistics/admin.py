"""Public months at the desk: what was published, and the way to correct it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from office.reference_admin import ReadOnlyAdmin
from office.refusals import Refusal
from office.staff import staff

from .actions import correct_month
from .figures import public_figures
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
class PublicMonthAdmin(ReadOnlyAdmin):
    """Written by the clock and by the correcting verb only."""

    duty = "view_report"

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("<str:code>/betulkan/", self.correct_view, "correct"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"reports_publicmonth_{name}")
            for address, view, name in pages
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._require(request, "view_report")
        rows = PublicMonth.objects.newest_editions().select_related("published_by")
        context = {
            "title": "Statistik publik",
            "months": [MonthWords(row) for row in rows],
            "may_correct": staff(request).may("publish_report"),
        }
        return self._page(request, "list.html", context)

    def correct_view(self, request: HttpRequest, code: str) -> HttpResponse:
        self._require(request, "publish_report")
        published = self._published(code)
        form = CorrectForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                correct_month(published.month, actor=staff(request), reason=reason)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Edisi baru untuk {published.name} sudah terbit.")
                return redirect("admin:reports_publicmonth_changelist")
        figures = public_figures(published.month)
        anew = PublicMonth(month=published.month, figures=figures, published_at=timezone.now())
        context = {
            "title": f"Betulkan statistik {published.name}",
            "published": published,
            "anew": MonthWords(anew),
            "form": form,
        }
        return self._page(request, "correct.html", context)

    def _published(self, code: str) -> MonthWords:
        try:
            month = date.fromisoformat(f"{code}-01")
        except ValueError as error:
            raise Http404 from error
        row = PublicMonth.objects.newest_editions().filter(month=month).first()
        if row is None:
            raise Http404
        return MonthWords(row)

    def _require(self, request: HttpRequest, duty: str) -> None:
        if not staff(request).may(duty):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/reports/publicmonth/{template}", context)
