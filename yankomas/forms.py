"""Forms of the counter. They validate and never save."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone

from cases.intake.forms import TopicField, text_area
from infocontent.models import Item, ItemQuerySet, Topic
from office.filters import MomentInput

from .models import Counter, Service, Shift, Visit
from .workflow import CHOSEN_OUTCOMES, PriorityReason

TEXT_LENGTH = 4_000


class OpenCounterForm(forms.Form):
    counter = forms.ModelChoiceField(
        Counter.objects.none(),
        label="Loket",
        required=False,
        empty_label="Loket mana saja yang kosong",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["counter"])
        field.queryset = Counter.objects.filter(is_active=True)
        taken = Shift.objects.filter(closed_at=None).select_related("officer")
        names = {shift.counter_id: str(shift.officer) for shift in taken}
        # Named so, and not left out: whoever looks for a colleague's counter learns who sits there.
        field.choices = [
            ("", field.empty_label),
            *(
                (counter.pk, f"{counter} (dipakai {names[counter.pk]})")
                if counter.pk in names
                else (counter.pk, str(counter))
                for counter in field.queryset
            ),
        ]


class RecordForm(forms.Form):
    """What the officer writes during a visit. Everything may stay empty until it is finished.

    `for_visit` decides which topics stand first and what can be handed over.
    """

    topic = TopicField(label="Topik", required=False)
    asked = forms.CharField(
        label="Yang ditanyakan", required=False, max_length=TEXT_LENGTH, widget=text_area(4)
    )
    answered = forms.CharField(
        label="Yang dijawab", required=False, max_length=TEXT_LENGTH, widget=text_area(4)
    )
    visitor_name = forms.CharField(
        label="Nama pengunjung",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    visitor_contact = forms.CharField(
        label="Kontak",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    outcome = forms.ChoiceField(
        label="Hasil",
        required=False,
        choices=[(outcome.value, outcome.label) for outcome in CHOSEN_OUTCOMES],
        widget=forms.RadioSelect,
    )
    referred_to = forms.CharField(label="Dirujuk kepada", required=False, max_length=120)
    handed_over = forms.MultipleChoiceField(
        label="Diserahkan kepada pengunjung",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text="Bahan untuk topik yang tersimpan. Topik lain? Simpan catatan dulu.",
        error_messages={
            "invalid_choice": "Salah satu bahan yang dicentang tidak ada atau sudah tidak "
            "diterbitkan. Pilih lagi; teks Anda masih ada."
        },
    )

    def __init__(self, *args: Any, for_visit: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: dict[str, Item] = {}
        if for_visit:
            group = for_visit.service.topic_group_id
            cast(TopicField, self.fields["topic"]).put_first(group)
            self._offer(for_visit)
        if not self.items and not self._ticked():
            del self.fields["handed_over"]

    def _offer(self, visit: Visit) -> None:
        """What suits the visit, what it has been given, and what is ticked on an older page."""
        given = list(visit.handed_over.all())
        ticked = Item.objects.published().filter(slug__in=self._ticked())
        offered = [*given, *(_suitable(visit) | ticked)]
        self.items = {item.slug: item for item in sorted(offered, key=str)}
        self.initial["handed_over"] = [item.slug for item in given]
        field = cast(forms.MultipleChoiceField, self.fields["handed_over"])
        field.choices = [
            (slug, f"{item.get_kind_display()}: {item.title}") for slug, item in self.items.items()
        ]

    def _ticked(self) -> list[str]:
        typed = self["handed_over"].data if self.is_bound else None
        return [slug for slug in typed or [] if "\x00" not in slug]

    def clean_topic(self) -> Topic | None:
        return Topic.objects.leaf(self.cleaned_data["topic"])

    def clean_handed_over(self) -> list[Item]:
        return [self.items[slug] for slug in self.cleaned_data["handed_over"]]

    def boxes(self) -> list[tuple[Any, Item]]:
        """Each box of the list with what it stands for."""
        return list(zip(self["handed_over"], self.items.values(), strict=True))

    def kept(self) -> dict[str, Any]:
        """The fields that are stored as typed."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("outcome", "referred_to")
        }


def _suitable(visit: Visit) -> ItemQuerySet:
    """What is published about the topic of the visit; before it has one, of its service's group."""
    items = Item.objects.published()
    if visit.topic_id:
        return items.filter(topic=visit.topic_id)
    group = visit.service.topic_group_id
    return items.filter(topic__parent=group) if group else items.none()


class TransferForm(forms.Form):
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Pindahkan ke", empty_label="Pilih layanan"
    )

    def __init__(self, *args: Any, exclude: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["service"])
        services = Service.objects.active()
        field.queryset = services.exclude(pk=exclude.pk) if exclude else services


class TakeForForm(forms.Form):
    service = forms.ModelChoiceField(Service.objects.active(), label="Layanan", empty_label=None)
    reason = forms.ChoiceField(
        label="Jalur",
        required=False,
        choices=[
            ("", "Biasa"),
            *((reason.value, f"Prioritas: {reason.label}") for reason in PriorityReason if reason),
        ],
    )


class LogForm(forms.Form):
    """A visit on paper, with its real times."""

    service = forms.ModelChoiceField(Service.objects.active(), label="Layanan", empty_label=None)
    arrived_at = forms.DateTimeField(
        label="Datang",
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
    )
    ended_at = forms.DateTimeField(
        label="Selesai",
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
    )
    topic = TopicField(label="Topik")
    asked = forms.CharField(
        label="Yang ditanyakan", required=False, max_length=TEXT_LENGTH, widget=text_area(3)
    )
    answered = forms.CharField(
        label="Yang dijawab", required=False, max_length=TEXT_LENGTH, widget=text_area(3)
    )
    outcome = forms.ChoiceField(
        label="Hasil",
        choices=[(outcome.value, outcome.label) for outcome in CHOSEN_OUTCOMES],
        widget=forms.RadioSelect,
    )
    referred_to = forms.CharField(label="Dirujuk kepada", required=False, max_length=120)
    visitor_name = forms.CharField(label="Nama pengunjung", required=False, max_length=120)
    visitor_contact = forms.CharField(label="Kontak", required=False, max_length=150)

    def clean_topic(self) -> Topic | None:
        return Topic.objects.leaf(self.cleaned_data["topic"])

    def clean_arrived_at(self) -> datetime:
        moment = self.cleaned_data["arrived_at"]
        if moment > timezone.now():
            raise forms.ValidationError("Waktu ini belum terjadi.")
        return moment
