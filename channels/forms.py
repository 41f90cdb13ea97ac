"""Forms of the contacts' pages. They validate and never save."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator

from cases.intake.forms import TopicField, text_area
from infocontent.models import Topic
from office.filters import DayInput, MomentInput, MonthInput

from .actions.comments import LONGEST_REPLY
from .actions.contacts import LOGGED
from .comment_files import LONGEST_FILE
from .counts import dotted, read_count
from .models import MOST_A_DAY, MOST_A_MONTH, Contact
from .refusals import Cell
from .sheets import Sheet
from .vocabulary import WITH_COMMENTS, ContactChannel

# Keeps a date away from the ends of the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
DAYS = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
# More lines than a person pastes.
LONGEST_PASTE = 500_000
ZONES = [("UTC", "UTC (toko aplikasi)"), ("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA")]
ZONES.append(("Asia/Jayapura", "WIT"))


class DayForm(forms.Form):
    hari = forms.DateField(
        label="Hari", input_formats=["%Y-%m-%d"], widget=DayInput, validators=DAYS
    )


class MonthForm(forms.Form):
    bulan = forms.DateField(
        label="Bulan", input_formats=["%Y-%m"], widget=MonthInput, validators=DAYS
    )


class FigureField(forms.CharField):
    """One cell of the grid: a whole number, or nothing where nobody counted."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(required=False, max_length=12, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        count = read_count(typed)
        if count is None or count > self.most:
            raise forms.ValidationError(
                f"{self.label}: isi bilangan bulat dari 0 sampai {dotted(self.most)}."
            )
        return count


class SheetForm(forms.Form):
    """A cell for each channel and topic of the sheet; cleans to `figures`."""

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        self.sheet, self.version = sheet, sheet.version
        self.names: dict[str, Cell] = {}
        initial = {}
        fields: dict[str, FigureField] = {}
        for channel, topic in sheet.cells:
            key, name = topic.pk if topic else None, _name(channel, topic)
            label = f"{channel.label}, {topic.name if topic else 'tanpa topik'}"
            self.names[name] = (channel.value, key)
            fields[name] = FigureField(
                MOST_A_DAY if sheet.day else MOST_A_MONTH,
                label=label,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "aria-label": label}
                ),
            )
            initial[name] = sheet.figures.get(self.names[name])
        super().__init__(data, initial=initial, auto_id="%s")
        self.fields.update(fields)

    @property
    def figures(self) -> dict[Cell, int | None]:
        return {cell: self.cleaned_data[name] for name, cell in self.names.items()}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The rows of the page: the topic, and under each channel a field or what is known."""
        lines = []
        for topic in self.sheet.rows:
            cells = []
            for channel in self.sheet.channels:
                name = _name(channel, topic)
                cells.append((channel, self[name] if name in self.fields else None))
            shown = [self._count(field) for _channel, field in cells if field is not None]
            lines.append({"topic": topic, "cells": cells, "total": dotted(sum(shown))})
        return lines

    @property
    def column_totals(self) -> list[tuple[ContactChannel, int | None]]:
        totals: list[tuple[ContactChannel, int | None]] = []
        for channel in self.sheet.channels:
            names = [name for name, (code, _topic) in self.names.items() if code == channel]
            total = sum(self._count(self[name]) for name in names)
            totals.append((channel, total if names else None))
        return totals

    def _count(self, field: Any) -> int:
        value = field.value()
        return (read_count(str(value).strip()) or 0) if value is not None else 0


def _name(channel: ContactChannel, topic: Topic | None) -> str:
    return f"n_{channel.value}_{topic.code if topic else 0}"


class ContactForm(forms.Form):
    """The one line of a contact."""

    channel = forms.ChoiceField(
        label="Kanal",
        choices=[(channel.value, channel.label) for channel in LOGGED],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih kanalnya."},
    )
    topic = TopicField(label="Topik", required=False)
    summary = forms.CharField(
        label="Isi, satu baris",
        max_length=Contact._meta.get_field("summary").max_length,
        help_text="Apa yang ditanyakan. Tanpa nama, nomor, dan alamat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Tulis isinya dalam satu baris."},
    )
    happened_at = forms.DateTimeField(
        label="Waktu",
        required=False,
        widget=MomentInput,
        help_text="Kosong berarti sekarang.",
    )

    def clean_topic(self) -> Topic | None:
        return Topic.objects.leaf(self.cleaned_data["topic"])

    def clean_happened_at(self) -> datetime | None:
        at = self.cleaned_data["happened_at"]
        if at and not FIRST_DAY <= at.date() < LAST_DAY:
            raise forms.ValidationError("Tanggal ini tidak mungkin. Periksa tahunnya.")
        return at


class CorrectForm(ContactForm):
    """The same line, put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_at"].help_text = "Kosong berarti tetap."


class AnswerForm(forms.Form):
    reply = forms.CharField(
        label="Balasan",
        max_length=LONGEST_REPLY,
        widget=text_area(5),
        help_text="Teks yang sudah dikirim di tempat komentar itu. Portal ini tidak mengirimnya.",
        error_messages={"required": "Tulis balasannya."},
    )


class TopicForm(forms.Form):
    topic = TopicField(label="Topik", required=False)

    def clean_topic(self) -> Topic | None:
        return Topic.objects.leaf(self.cleaned_data["topic"])


class PlainForm(forms.Form):
    """A step that asks for nothing but the press of its button."""


class UploadForm(forms.Form):
    """A file of comments, or its lines pasted."""

    channel = forms.ChoiceField(
        label="Kanal", choices=[(channel.value, channel.label) for channel in WITH_COMMENTS]
    )
    zone = forms.ChoiceField(label="Waktu di dalam berkas", choices=ZONES)
    file = forms.FileField(
        label="Berkas CSV",
        required=False,
        help_text="Dengan kolom waktu dan isi; boleh juga nilai dan balasan. Paling besar 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": "Berkas ini kosong."},
    )
    pasted = forms.CharField(
        label="Atau tempel isinya",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=text_area(5),
        help_text="Dengan baris judul, dipisah koma, titik koma, atau tab (dari lembar kerja).",
    )

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file and file.size > LONGEST_FILE:
            raise forms.ValidationError("Berkas lebih dari 20 MB. Bagi menjadi beberapa berkas.")
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pasted = (given.get("pasted") or "").strip()
        if not self.errors and bool(given.get("file")) == bool(pasted):
            self.add_error("file", "Pilih berkasnya, atau tempel isinya: salah satu.")
        return given

    def chunks(self) -> Iterable[bytes]:
        """What was sent, whichever way."""
        file = self.cleaned_data["file"]
        return file.chunks() if file else [self.cleaned_data["pasted"].strip().encode()]
