"""One form per verb of the team; the cleaned data are the verb's keyword arguments."""

from datetime import UTC, date, datetime
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from office.calendar import today
from office.filters import DayInput
from office.models import User

from ..models import Item


class SeenForm(forms.Form):
    """Which state of the item the person had before the eyes."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"],
            "Formulir ini tidak utuh. Muat ulang halaman, lalu coba lagi.",
        ),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        named(self)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, shown again where the verb is not offered any more."""
        return [
            (str(field.label), str(field.value()))
            for field in self.visible_fields()
            if isinstance(field.field, forms.CharField) and field.value()
        ]


class DangerousForm(SeenForm):
    """A verb that cannot simply be taken back asks for one deliberate tick."""

    confirm = forms.BooleanField(label="Ya, saya yakin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "confirm"])
        self.fields["confirm"].error_messages["required"] = "Centang dulu bila Anda yakin."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("confirm", None)
        return cleaned


class ReturnForm(SeenForm):
    remark = forms.CharField(
        label="Apa yang perlu diubah",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tampil di atas konsep sampai diajukan lagi.",
    )


class ArchiveForm(DangerousForm):
    reason = forms.CharField(
        label="Mengapa ditarik dari umum",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Untuk riwayat. Alamatnya lalu mengatakan bahwa isinya tidak lagi berlaku.",
    )


class ConfirmForm(SeenForm):
    review_by = forms.DateField(
        label="Periksa lagi sebelum",
        required=False,
        widget=DayInput,
        help_text="Kosong berarti setengah tahun lagi.",
    )

    def clean_review_by(self) -> date | None:
        return later_day(self.cleaned_data["review_by"])


class RenameForm(SeenForm):
    slug = forms.CharField(
        label="Alamat baru",
        max_length=60,
        help_text="Huruf kecil, angka, dan tanda hubung. Alamat lama tetap membawa ke sini.",
    )


class HandOverForm(SeenForm):
    to = forms.ChoiceField(label="Pemilik baru")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {
            str(person.pk): person for person in team() if person.pk != self.item.owner_id
        }
        offer(
            self,
            "to",
            [("", "Pilih orang"), *((pk, str(person)) for pk, person in self._people.items())],
        )

    def clean_to(self) -> User:
        return self._people[self.cleaned_data["to"]]


def team() -> list[User]:
    """Who may look after an item."""
    return who_may("change_item")


def who_may(duty: str) -> list[User]:
    people = User.objects.filter(is_active=True, is_staff=True, groups__permissions__codename=duty)
    return list(people.distinct().order_by("first_name", "username"))


def offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def named(form: forms.BaseForm) -> None:
    """The error summary lists the sentences away from their fields."""
    for field in form.fields.values():
        if not field.widget.is_hidden:
            field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."


# Away from the ends of the calendar, where moving a moment into another zone overflows.
_IMPOSSIBLE = "Tahunnya tidak mungkin. Periksa lagi."
MOMENTS = [
    MinValueValidator(datetime(2000, 1, 1, tzinfo=UTC), _IMPOSSIBLE),
    MaxValueValidator(datetime(2100, 1, 1, tzinfo=UTC), _IMPOSSIBLE),
]
DAYS = [
    MinValueValidator(date(1945, 1, 1), _IMPOSSIBLE),
    MaxValueValidator(date(2100, 1, 1), _IMPOSSIBLE),
]


def later_day(day: date | None) -> date | None:
    if day and day <= today():
        raise forms.ValidationError("Isi tanggal setelah hari ini, atau kosongkan.")
    if day and day.year >= 2100:
        raise forms.ValidationError(_IMPOSSIBLE)
    return day


def later_moment(moment: datetime | None) -> datetime | None:
    if moment and moment <= timezone.now():
        raise forms.ValidationError("Waktu itu sudah lewat. Isi waktu nanti, atau kosongkan.")
    return moment
