"""Instruments by version: looked at, previewed, copied, and changed until they are answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from cases.workflow import CaseError
from office.calendar import today
from office.desk.pages import OwnPages, row_or_404
from office.reference_admin import OnceForm, ReferenceAdmin
from office.staff import staff

from .. import actions
from ..forms import SheetForm
from ..models import Band, Element, Instrument, Threshold
from .forms import ElementForm, VersionForm


class Part(admin.StackedInline):
    """Part of an instrument, changed only while nobody has answered it."""

    extra = 0
    # Several times what the regulations have; Django would draw two thousand rows for one number.
    max_num = 40

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return staff(request).may("view_instrument")

    def _may_change(self, request: HttpRequest, instrument: Instrument | None) -> bool:
        if instrument is None or not staff(request).may("change_instrument"):
            return False
        return not instrument.has_answers


class Elements(Part):
    model = Element
    form = ElementForm


class Bands(Part):
    model = Band


class Thresholds(Part):
    model = Threshold


class InstrumentForm(OnceForm):
    class Meta:
        model = Instrument
        fields = [
            "valid_from",
            "law",
            "title",
            "title_en",
            "introduction",
            "introduction_en",
            "scale",
            "low_label",
            "low_label_en",
            "high_label",
            "high_label_en",
            "weight_rule",
            "printed_weight",
            "index_max",
            "is_optional",
            "order",
        ]
        widgets = {"valid_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("valid_from")
        others = Instrument.objects.filter(code=self.instance.code).exclude(pk=self.instance.pk)
        if day and day != self.instance.valid_from and day <= today():
            self.add_error("valid_from", "Versi baru berlaku paling cepat besok.")
        elif day and others.filter(version__lt=self.instance.version, valid_from__gte=day).exists():
            self.add_error("valid_from", "Versi baru berlaku sesudah versi yang terakhir.")
        return cleaned


@admin.register(Instrument)
class InstrumentAdmin(OwnPages, ReferenceAdmin):
    """What was answered is never edited: the way to change it is a new version."""

    form = InstrumentForm
    inlines = [Elements, Bands, Thresholds]
    list_display = ["__str__", "title", "valid_from", "state", "answers"]
    readonly_fields = ["code", "version"]
    change_form_template = "admin/surveys/instrument/change_form.html"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            ("<int:object_id>/pratinjau/", self.preview, "preview"),
            ("<int:object_id>/versi-baru/", self.new_version, "new_version"),
        ]
        return [
            *(path(a, wrap(view), name=f"surveys_instrument_{name}") for a, view, name in own),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Instrument]:
        return super().get_queryset(request).annotate(answers_count=Count("responses"))

    @admin.display(description="jawaban")
    def answers(self, instrument: Any) -> int:
        return instrument.answers_count

    @admin.display(description="keadaan")
    def state(self, instrument: Instrument) -> str:
        day = today()
        if instrument.valid_from > day:
            return "Belum berlaku"
        current = Instrument.objects.current(instrument.code, day)
        return "Dipakai sekarang" if current == instrument else "Diganti"

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Only as a copy: results of all versions are compared element by element.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Instrument | None = None) -> bool:
        if obj is not None and obj.has_answers:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Instrument | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        may_copy = staff(request).may("add_instrument")
        context = {"may_copy": may_copy, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The form as the public will see it; nothing can be sent from here."""
        instrument = self._one(request, object_id)
        form = SheetForm(instrument, list(instrument.elements.all()))
        for field in form.fields.values():
            field.required = False
        context = {"title": f"Pratinjau {instrument}", "instrument": instrument, "form": form}
        return self.page(request, "preview.html", context)

    def new_version(self, request: HttpRequest, object_id: int) -> HttpResponse:
        instrument = self._one(request, object_id)
        if not staff(request).may("add_instrument"):
            raise PermissionDenied
        form, status = VersionForm(request.POST or None), 200
        if request.method == "POST" and form.is_valid():
            try:
                made = actions.make_version(instrument, actor=staff(request), **form.cleaned_data)
            except CaseError as refusal:
                form.add_error("valid_from", str(refusal))
                status = 409
            else:
                messages.success(request, "Versi baru dibuat. Ubah sampai tanggal berlakunya.")
                return redirect(made)
        context = {"title": f"Versi baru {instrument.get_code_display()}", "form": form}
        return self.page(request, "new_version.html", {**context, "instrument": instrument}, status)

    def _one(self, request: HttpRequest, pk: int) -> Instrument:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return row_or_404(Instrument.objects.all(), pk)
