"""QR codes for the counters: made, printed and withdrawn by an officer."""

from functools import partial
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases.workflow import CaseError
from office.desk.pages import Address, DeskPages, told
from office.staff import staff

from .. import actions
from ..models import Counter
from .forms import CounterForm


@admin.register(Counter)
class CounterAdmin(DeskPages):
    duty = "keep_survey_counters"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/qr.svg", self.picture, "picture"),
            ("<int:object_id>/tarik/", self.retire, "retire"),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("service")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All codes, and the form for one more."""
        self.require(request)
        form, status = CounterForm(request.POST or None), 200
        if request.method == "POST" and form.is_valid():
            try:
                counter = actions.open_counter(actor=staff(request), **form.cleaned_data)
            except CaseError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, "Kode QR dibuat. Cetak dan pasang di tempatnya.")
                return redirect(counter)
        context = {
            "title": "Kode QR survei",
            "counters": self.get_queryset(request).order_by("retired_on", "name", "pk")[:200],
            "form": form,
        }
        return self.page(request, "list.html", context, status)

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The sheet that is printed, with what can be done below it."""
        counter = self.one(request, object_id)
        context = {"title": str(counter), "counter": counter, "address": _address(counter)}
        return self.page(request, "page.html", context)

    def picture(self, request: HttpRequest, object_id: int) -> HttpResponse:
        counter = self.one(request, object_id)
        drawn = BytesIO()
        segno.make_qr(_address(counter), error="m").save(drawn, kind="svg", scale=8, border=2)
        return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")

    def retire(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks first; whoever scans the code afterwards is told that it is no longer valid."""
        counter = self.one(request, object_id)
        if request.method != "POST":
            context = {"title": f"Tarik {counter}?", "counter": counter}
            return self.page(request, "retire.html", context)
        done = "Kode QR ditarik. Jawaban yang sudah masuk tetap dihitung."
        told(request, partial(actions.retire_counter, counter), done)
        return redirect("admin:surveys_counter_changelist")


def _address(counter: Counter) -> str:
    return settings.SITE_URL + reverse("surveys:by_counter", args=[counter.code])
