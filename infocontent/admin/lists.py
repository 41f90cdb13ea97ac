"""The list of public information (DIP) and the list of exclusions in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from office.calendar import today
from office.reference_admin import ReferenceAdmin
from office.staff import staff
from office.uploads import UploadRefused

from .. import search
from ..fields import OneFileField, OneFileInput
from ..media import take_document
from ..models import Exclusion, PublicInformation


class InformationForm(forms.ModelForm):
    upload = OneFileField(
        label="Unggah dokumen",
        required=False,
        help_text="PDF, paling besar 10 MB. Menggantikan dokumen yang ada.",
        widget=OneFileInput(attrs={"accept": ".pdf"}),
        error_messages={"empty": "Berkas itu kosong. Pilih berkas lain."},
    )
    without_document = forms.BooleanField(
        label="Lepaskan dokumen yang ada", required=False, help_text="Berkasnya tidak lagi terbuka."
    )

    uploader: Any = None

    class Meta:
        # A narrow column breaks a line at a space only.
        labels = {
            "holder": "Pejabat / unit / satker yang menguasai",
            "responsible": "Penanggung jawab pembuatan / penerbitan",
            "retention": "Jangka waktu penyimpanan / retensi arsip",
        }
        error_messages = {
            "number": {
                "unique": "Nomor ini sudah dipakai baris lain. Isi nomor yang belum dipakai."
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.document_id is None:
            self.fields.pop("without_document", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        if upload and cleaned.get("without_document"):
            self.add_error("without_document", "Pilih salah satu: unggah baru, atau lepaskan.")
        return cleaned

    def full_clean(self) -> None:
        """The file last: a browser never sends a chosen one twice."""
        super().full_clean()
        if not self.is_bound:
            return
        if upload := self.cleaned_data.get("upload"):
            self._take(upload)
        elif self.cleaned_data.get("without_document"):
            self.instance.document = None

    def _take(self, upload: Any) -> None:
        if self.errors:
            self.add_error("upload", "Berkasnya belum tersimpan. Pilih lagi setelah diperbaiki.")
            return
        try:
            self.instance.document = take_document(upload, uploader=self.uploader)
        except UploadRefused as refusal:
            self.add_error("upload", str(refusal))


@admin.register(PublicInformation)
class PublicInformationAdmin(ReferenceAdmin):
    """A row is taken off the list and never deleted: its number stays what people have quoted."""

    form = InformationForm
    formfield_overrides = {
        **ReferenceAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = [
        "number",
        "summary",
        "category",
        "has_document",
        "is_listed",
        "needs_check",
        "updated_at",
    ]
    list_display_links = ["number", "summary"]
    list_filter = ["category", "is_listed", "needs_check"]
    search_fields = ["summary", "summary_en", "holder", "responsible"]
    readonly_fields = ["document_now", "page", "updated_at"]
    fieldsets = [
        (
            "Kolom DIP (PERKI 1/2010 Lampiran II)",
            {
                "fields": [
                    "number",
                    "summary",
                    "summary_en",
                    "holder",
                    "responsible",
                    "made",
                    "available_as",
                    "retention",
                ]
            },
        ),
        ("Kategori dan topik", {"fields": ["category", "topic"]}),
        (
            "Dokumen dan tautan",
            {"fields": ["document_now", "upload", "without_document", "link"]},
        ),
        (
            "Keadaan",
            {
                "fields": ["is_listed", "needs_check", "updated_at", "page"],
                "description": "Yang tidak tampil di daftar juga tidak ditemukan pencarian.",
            },
        ),
    ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"uploader": staff(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields for a file are there for who may send one, and for what has one."""
        hidden = set()
        if not self._may_save(request, obj):
            hidden |= {"upload", "without_document"}
        if obj is None:
            hidden |= {"document_now", "without_document", "updated_at", "page"}
        elif obj.document_id is None:
            hidden |= {"without_document"}
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f not in hidden]})
            for title, options in self.fieldsets
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicInformation]:
        return super().get_queryset(request).select_related("document", "topic")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        newest = PublicInformation.objects.aggregate(newest=Max("number"))["newest"] or 0
        return {**super().get_changeform_initial_data(request), "number": newest + 1}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
        search.index_information(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def _may_save(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    @admin.display(description="dokumen", boolean=True)
    def has_document(self, row: PublicInformation) -> bool:
        return row.document_id is not None

    @admin.display(description="dokumen sekarang")
    def document_now(self, row: PublicInformation) -> str:
        if row.document is None:
            return "Belum ada."
        return format_html('<a href="{}">{}</a>', row.document.get_absolute_url(), row.document)

    @admin.display(description="halaman")
    def page(self, row: PublicInformation) -> str:
        if not row.is_listed:
            return "Ada setelah tampil di daftar."
        return format_html('<a href="{0}">{0}</a>', row.get_absolute_url())


class TermFilter(admin.SimpleListFilter):
    title = "masa berlaku"
    parameter_name = "masa"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("berlaku", "Berlaku"),
            ("segera", "Segera berakhir"),
            ("lewat", "Sudah berakhir"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == "berlaku":
            return queryset.in_force()
        if self.value() == "segera":
            return queryset.ending()
        return queryset.filter(ends_on__lt=today()) if self.value() == "lewat" else queryset


@admin.register(Exclusion)
class ExclusionAdmin(ReferenceAdmin):
    """The record of a consequence test; what has ended stays, as proof of what was decided."""

    list_display = ["title", "ground_words", "holder", "decree_number", "term"]
    list_filter = [TermFilter, "ground"]
    search_fields = ["title", "title_en", "legal_basis", "holder", "decree_number"]
    readonly_fields = ["term", "recorded_by", "updated_at"]
    fieldsets = [
        (
            "Yang tampil kepada umum",
            {
                "fields": ["title", "title_en", "holder"],
                "description": "Sebutkan informasinya, bukan isinya.",
            },
        ),
        (
            "Lembar uji konsekuensi (PERKI 1/2021 Pasal 49)",
            {
                "fields": [
                    "ground",
                    "legal_basis",
                    "if_opened",
                    "if_closed",
                    "starts_on",
                    "ends_on",
                    "term",
                ],
                "description": "Kedua konsekuensi tidak pernah tampil kepada umum.",
            },
        ),
        (
            "Pelaksanaan uji (tidak tampil kepada umum)",
            {"fields": ["tested_on", "tested_at_place", "participants"]},
        ),
        ("Penetapan", {"fields": ["decree_number", "decree_on"]}),
        ("Pencatatan", {"fields": ["recorded_by", "updated_at"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.author, obj.updated_at = staff(request), timezone.now()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="dicatat oleh")
    def recorded_by(self, kept: Exclusion) -> str:
        # The stock field would link to the person's account, which few may open.
        return str(kept.author or "—")

    @admin.display(description="alasan", ordering="ground")
    def ground_words(self, kept: Exclusion) -> str:
        return f"huruf {kept.ground}: {kept.get_ground_display()}"

    @admin.display(description="masa berlaku", ordering="ends_on")
    def term(self, kept: Exclusion) -> str:
        if kept.ends_on is None:
            return "tanpa batas" if kept.pk else "—"
        days = (kept.ends_on - today()).days
        if days < 0:
            return format_html('{} <span class="tanda">sudah berakhir</span>', _day(kept.ends_on))
        if not kept.is_ending():
            return _day(kept.ends_on)
        return format_html(
            '{} <span class="tenggat-kata nada-segera">berakhir dalam {} hari</span>',
            _day(kept.ends_on),
            days,
        )


def _day(day: Any) -> str:
    return f"s.d. {day:%d-%m-%Y}"
