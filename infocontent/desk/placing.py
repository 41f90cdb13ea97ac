"""The form in which the team notes where an item is shown besides this site."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator

from office.calendar import today
from office.filters import DayInput
from office.models import User

from ..models import Item, Placement
from .forms import DAYS, named, team


class PlacementForm(forms.ModelForm):
    link = forms.URLField(
        label="Tautan",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        error_messages={"invalid": "Tulis alamatnya lengkap, dengan https:// di depan."},
        help_text="Ke kirimannya di kanal itu.",
    )

    item: Item
    user: User

    class Meta:
        model = Placement
        fields = ["channel", "day", "is_posted", "link", "maker", "reach", "note"]
        labels = {
            "channel": "Kanal",
            "day": "Tanggal",
            "is_posted": "Sudah tayang",
            "maker": "Pembuat",
            "reach": "Jangkauan",
            "note": "Catatan",
        }
        help_texts = {
            "is_posted": "Tanpa tanda ini: masih rencana.",
        }
        widgets = {"day": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.item = self.item
            self.initial.setdefault("maker", self.user.pk)
            self.initial.setdefault("day", today())
        self._offer_makers()
        self.fields["day"].validators.extend(DAYS)
        named(self)

    def _offer_makers(self) -> None:
        """The team, and whoever is named now."""
        people = {person.pk: person for person in team()}
        if self.instance.maker:
            people.setdefault(self.instance.maker.pk, self.instance.maker)
        field = cast(forms.ModelChoiceField, self.fields["maker"])
        field.queryset = User.objects.filter(pk__in=people)
        field.choices = [("", "Tidak dicatat"), *((pk, str(one)) for pk, one in people.items())]

    def clean_note(self) -> str:
        return " ".join(self.cleaned_data["note"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_posted"):
            self._check_posted(cleaned.get("day"))
        return cleaned

    def _check_posted(self, day: date | None) -> None:
        if day and day > today():
            self.add_error("day", "Tanggalnya belum tiba. Simpan dulu sebagai rencana.")
        if self.instance.item.first_published_at is None:
            self.add_error(
                "is_posted", "Bahan ini belum pernah terbit. Simpan dulu sebagai rencana."
            )

    def _get_validation_exclusions(self) -> set[str]:
        # The item is not chosen here, but the same item, channel and day twice is an error.
        return super()._get_validation_exclusions() - {"item"}  # type: ignore[misc]
