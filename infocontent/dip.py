"""The list of public information as readers narrow it, and as a file."""

import functools
import operator
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any

import django_filters as filters
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from office.workbook import Column, write_list

from .models import PublicInformation
from .models.publicinformation import PublicInformationQuerySet

Category = PublicInformation.Category
MOST_WORDS = 8
# What each category obliges the office to, in a sentence (UU 14/2008 Ps 9-11).
MEANING: dict[str, str | Promise] = {
    Category.PERIODIC: _("Diumumkan tanpa diminta, paling sedikit setiap 6 bulan."),
    Category.IMMEDIATE: _(
        "Diumumkan tanpa menunda, karena menyangkut keselamatan orang atau ketertiban umum."
    ),
    Category.ANY_TIME: _("Selalu tersedia dan diberikan kepada siapa pun yang memintanya."),
}
LAW = {
    Category.PERIODIC: "UU 14/2008 Pasal 9",
    Category.IMMEDIATE: "UU 14/2008 Pasal 10",
    Category.ANY_TIME: "UU 14/2008 Pasal 11",
}

# The seven columns in the words of PERKI 1/2010 Lampiran II.
HEADINGS = (
    _("Nomor"),
    _("Ringkasan Isi Informasi"),
    _("Pejabat/Unit/Satker yang Menguasai"),
    _("Penanggung Jawab Pembuatan/Penerbitan"),
    _("Waktu dan Tempat Pembuatan"),
    _("Bentuk (format) Informasi yang Tersedia"),
    _("Jangka Waktu Penyimpanan / Retensi Arsip"),
)


def headings() -> list[list[str]]:
    """Each in the pieces between which a narrow column may break it: after a stroke."""
    return [str(heading).split("/") for heading in HEADINGS]


def categories() -> list[tuple[str, str | Promise, str | Promise, str]]:
    """Value, name, meaning and legal source of each."""
    return [(one.value, one.label, MEANING[one], LAW[one]) for one in Category]


class InformationFilter(filters.FilterSet):
    """Narrows the list by category and by words; each word has to occur somewhere in the row."""

    q = filters.CharFilter(label=_("Cari dalam daftar"), method="search", max_length=100)
    kategori = filters.ChoiceFilter(
        label=_("Kategori"),
        field_name="category",
        choices=Category,
        empty_label=_("Semua kategori"),
    )

    class Meta:
        model = PublicInformation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["q"].widget.input_type = "search"
        for field in self.form.fields.values():
            field.is_conditional = True

    def search(
        self, rows: PublicInformationQuerySet, name: str, words: str
    ) -> PublicInformationQuerySet:
        searched = ("summary", "summary_en", "holder", "responsible", "made", "available_as")
        for word in words.split()[:MOST_WORDS]:
            anywhere = [Q(**{f"{column}__icontains": word}) for column in searched]
            rows = rows.filter(functools.reduce(operator.or_, anywhere))
        return rows

    @property
    def problems(self) -> list[str | Promise]:
        """Which wishes could not be understood."""
        return [self.form.fields[name].label for name in self.form.errors]

    def query(self) -> str:
        """The understood part as a query string."""
        known = QueryDict(mutable=True)
        self.form.full_clean()
        known.update({name: value for name, value in self.form.cleaned_data.items() if value})
        return known.urlencode()


def write_workbook(rows: Iterable[PublicInformation]) -> IO[bytes]:
    """The rows as an XLSX file that is gone when it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - the answer streams from it and closes it
    write_list(file, "DIP", _columns(), rows)
    file.seek(0)
    return file


def _columns() -> list[Column]:
    """The official ones, then category and link."""
    texts = (
        (8, lambda row: row.number),
        (60, lambda row: row.label),
        (34, lambda row: row.holder),
        (36, lambda row: row.responsible),
        (28, lambda row: row.made),
        (36, lambda row: row.available_as),
        (36, lambda row: row.retention),
        (14, lambda row: row.get_category_display()),
        (60, _address),
    )
    headings = [*HEADINGS, _("Kategori"), _("Tautan")]
    return [(str(heading), *text) for heading, text in zip(headings, texts, strict=True)]


def _address(row: PublicInformation) -> str:
    if row.document:
        return f"{settings.SITE_URL}{row.document.get_absolute_url()}"
    return row.link or f"{settings.SITE_URL}{row.get_absolute_url()}"
