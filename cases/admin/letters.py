"""The texts of official letters, which the administrator writes and sees before they are used."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone, translation

from infocontent import markdown
from office import pdf
from office.desk.pages import OwnPages
from office.models import Office
from office.reference_admin import OnceForm, ReferenceAdmin
from office.staff import staff
from office.texts import tidy

from ..correspondence import example_values, fill_in, unknown_variables, variables_of
from ..models import LetterTemplate
from ..models.letter import format_number


class LetterTemplateForm(OnceForm):
    class Meta:
        model = LetterTemplate
        fields = ["code", "language", "valid_from", "title", "number_format", "body"]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 22}),
            "valid_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def clean_body(self) -> str:
        return tidy(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        code, body = cleaned.get("code") or self.instance.code, cleaned.get("body", "")
        if code and (unknown := unknown_variables(code, body)):
            names = ", ".join(f"{{{name}}}" for name in unknown)
            self.add_error("body", f"Tidak dikenal dalam surat ini: {names}.")
        if schemes := markdown.unsafe_links(body):
            self.add_error("body", f"Tautan {', '.join(schemes)} tidak dapat dipakai.")
        return cleaned


@admin.register(LetterTemplate)
class LetterTemplateAdmin(OwnPages, ReferenceAdmin):
    """A text by which letters have left stays; the next one is a new row from a later day on."""

    form = LetterTemplateForm
    list_display = ["code", "language", "title", "valid_from"]
    list_filter = ["code", "language"]
    change_form_template = "admin/cases/lettertemplate/change_form.html"

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("pratinjau/", preview, name="cases_lettertemplate_preview"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        names = {code: variables_of(code) for code in LetterTemplate.Code}
        legend = [(code.label, sorted(names[code].items())) for code in LetterTemplate.Code]
        context = {"legend": legend, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The typed text as a letter about an invented case; nothing is saved."""
        if not staff(request).may("change_lettertemplate"):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:cases_lettertemplate_changelist")
        kept = self._kept(request.GET.get("naskah", ""))
        form = LetterTemplateForm(request.POST, instance=kept)
        if kept:
            del form.fields["code"], form.fields["language"]
        form.is_valid()
        fixed = {"code": kept.code, "language": kept.language} if kept else {}
        typed = LetterTemplate(**{**_BLANK, **fixed, **form.cleaned_data})
        errors = [
            error
            for field, found in form.errors.items()
            if field in ("body", "number_format", "title")
            for error in found
        ]
        at = timezone.now()
        with translation.override(typed.language):
            values, lines = example_values(typed.code, staff(request), at)
            text = fill_in(typed.body, values, lines)
            body = markdown.render(text)
        context = {
            "title": typed.title,
            "number": format_number(typed.number_format, 1, timezone.localdate(at)),
            "body": body,
            "office": Office.objects.current(),
            "signer": staff(request),
            "signer_title": "PPID",
            "at": at,
            "case": "PI-2026-000000",
            "identity": None,
        }
        if "pdf" in request.POST and not errors:
            content = pdf.render("cases/letter.pdf.html", context, language=typed.language)
            return pdf.download(content, "pratinjau-surat.pdf")
        page = {
            **context,
            "title": f"Pratinjau: {typed.title or 'surat'}",
            "letter_title": typed.title,
            "errors": errors,
            "kept": kept,
            "typed": [(name, request.POST.get(name, "")) for name in form.fields],
        }
        return self.page(request, "preview.html", page)

    def _kept(self, pk: str) -> LetterTemplate | None:
        is_number = pk.isdecimal() and len(pk) < 19
        return LetterTemplate.objects.filter(pk=pk).first() if is_number else None

    def get_readonly_fields(
        self, request: HttpRequest, obj: LetterTemplate | None = None
    ) -> list[str]:
        # What letters have been written by is not given another name.
        return ["code", "language"] if obj else []

    def has_delete_permission(
        self, request: HttpRequest, obj: LetterTemplate | None = None
    ) -> bool:
        return False


_BLANK = {
    "code": LetterTemplate.Code.NOTICE,
    "language": "id",
    "title": "",
    "body": "",
    "number_format": "{urut}/PPID/{bulan}/{tahun}",
}
