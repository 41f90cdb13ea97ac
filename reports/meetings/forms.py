"""What is typed at the meeting. Cleaned data become the keyword arguments of one verb."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BaseFormSet, formset_factory

from office.calendar import today
from office.filters import DayInput
from office.forms import CrispyForm
from office.models import User

from ..annual.forms import MONTH_CHOICES
from ..period import FIRST_YEAR, LAST_YEAR, Period
from .actions import Agreed, Followed
from .models import FollowUp, Meeting, MeetingAction

# Blank rows below the filled ones; saving brings as many again.
SPARE_ROWS, MOST_ROWS = 2, 40
# Keeps a date away from the ends of the calendar.
DAYS = [MinValueValidator(date(2010, 1, 1)), MaxValueValidator(date(2100, 1, 1))]


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class BeginForm(CrispyForm):
    tahun = forms.IntegerField(label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bulan = forms.TypedChoiceField(
        label="Bulan yang dibahas", choices=MONTH_CHOICES[1:], coerce=int
    )

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["tahun"], self.cleaned_data["bulan"])


class NoteForm(CrispyForm):
    text = forms.CharField(
        label="Catatan pembetulan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang keliru dalam notula dan menjadi apa. Catatan tidak dapat dihapus.",
        error_messages={"required": "Tuliskan apa yang keliru dan menjadi apa."},
    )


class ReportForm(CrispyForm):
    """What the owner tells of one action; the action's number is in `action`."""

    action = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Kabar untuk rapat",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tuliskan apa yang sudah dikerjakan."},
    )


class MeetingForm(CrispyForm):
    """Everything of the record but its rows."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    held_on = forms.DateField(
        label="Tanggal rapat", required=False, widget=DayInput, validators=DAYS
    )
    place = forms.CharField(label="Tempat", required=False, max_length=150)
    attendance = forms.CharField(
        label="Hadir",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu orang per baris: nama, jabatan.",
    )
    discussion = forms.CharField(
        label="Jalannya rapat",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Yang dibicarakan dan diputuskan, di luar kendala dan tindak lanjut.",
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        names = ("version", "held_on", "place", "attendance", "discussion")
        super().__init__(data, initial={name: getattr(meeting, name) for name in names})
        self.first = meeting.month
        # Kept at any time without them, but not signed.
        for name in ("held_on", "place", "attendance"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    def clean_held_on(self) -> date | None:
        day = self.cleaned_data["held_on"]
        if day and not self.first <= day <= today():
            raise forms.ValidationError(
                "Isi hari rapatnya: sejak awal bulan yang dibahas sampai hari ini."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("place", "attendance", "discussion"):
            cleaned[name] = _tidy(cleaned.get(name, ""))
        return cleaned


class ObstacleForm(CrispyForm):
    obstacle = forms.CharField(
        label="Kendala",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    solution = forms.CharField(
        label="Solusi", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("obstacle", "solution"):
            cleaned[name] = _tidy(cleaned.get(name, ""))
        if cleaned["solution"] and not cleaned["obstacle"] and "obstacle" not in self.errors:
            self.add_error("obstacle", "Tuliskan kendala yang dijawab solusi ini.")
        return cleaned


class Owners:
    """Who may be given an action; read once for all rows."""

    def __init__(self) -> None:
        working = User.objects.filter(is_active=True, is_staff=True).select_related("section")
        self.people = {str(user.pk): user for user in working}
        names = sorted(
            (f"{user} ({user.section})" if user.section else str(user), pk)
            for pk, user in self.people.items()
        )
        self.choices = [("", "Pilih orangnya"), *((pk, name) for name, pk in names)]

    def person(self, pk: object) -> User:
        """Django asks for whatever was typed, before it looks whether it was offered."""
        if str(pk) not in self.people:
            raise ValueError(pk)
        return self.people[str(pk)]


class ActionForm(CrispyForm):
    text = forms.CharField(
        label="Tindak lanjut",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.TypedChoiceField(label="Penanggung jawab", required=False, empty_value=None)
    due_on = forms.DateField(
        label="Selesai paling lambat", required=False, widget=DayInput, validators=DAYS
    )

    def __init__(self, *args: Any, owners: "Owners", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast(forms.TypedChoiceField, self.fields["owner"])
        owner.choices, owner.coerce = owners.choices, owners.person
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row without a word is no row; one that is begun says what, who and until when."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["text"] = _tidy(cleaned.get("text", ""))
        asked = {
            "text": "Tuliskan apa yang dikerjakan.",
            "owner": "Pilih siapa yang mengerjakannya.",
            "due_on": "Isi sampai kapan.",
        }
        if any(cleaned.get(name) for name in asked):
            for name, words in asked.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned


class FollowUpForm(CrispyForm):
    """What became of one action of an earlier meeting."""

    outcome = forms.ChoiceField(
        label="Hasil",
        required=False,
        choices=[("", "Belum diperiksa"), *FollowUp.Outcome.choices],
    )
    new_due_on = forms.DateField(
        label="Tanggal baru",
        required=False,
        widget=DayInput,
        validators=DAYS,
        help_text="Hanya bila berlanjut.",
    )
    note = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wajib bila dihentikan.",
    )

    def __init__(
        self, data: Any = None, *, action: MeetingAction, found: FollowUp | None = None
    ) -> None:
        initial = {name: getattr(found, name) for name in self.base_fields} if found else None
        # By the action's own number, so that a row never answers for another action.
        super().__init__(data, prefix=f"lanjut-{action.pk}", initial=initial)
        self.action = action
        for field in self.fields.values():
            field.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["note"] = _tidy(cleaned.get("note", ""))
        outcome, day = cleaned.get("outcome"), cleaned.get("new_due_on")
        if outcome == FollowUp.Outcome.CONTINUED and not day and "new_due_on" not in self.errors:
            self.add_error("new_due_on", "Isi tanggal barunya.")
        if outcome != FollowUp.Outcome.CONTINUED and day:
            self.add_error("new_due_on", "Tanggal baru hanya untuk yang berlanjut.")
        if outcome == FollowUp.Outcome.DROPPED and not cleaned["note"]:
            self.add_error("note", "Tuliskan mengapa dihentikan.")
        if not outcome and cleaned["note"]:
            self.add_error("outcome", "Pilih hasilnya.")
        return cleaned

    def followed(self) -> list[Followed]:
        if not self.cleaned_data["outcome"]:
            return []
        return [Followed(action=self.action, **self.cleaned_data)]


ROWS: dict[str, Any] = {
    "extra": SPARE_ROWS,
    "max_num": MOST_ROWS,
    "absolute_max": MOST_ROWS,
    "validate_max": True,
    "can_delete": True,
    "can_delete_extra": False,
}
ObstacleRows = formset_factory(ObstacleForm, **ROWS)
ActionRows = formset_factory(ActionForm, **ROWS)


class MeetingForms:
    """The page's form: the record, its rows, and what became of earlier actions; refused as one."""

    def __init__(self, data: Any = None, *, meeting: Meeting, carried: list[MeetingAction]) -> None:
        found = {row.action_id: row for row in meeting.follow_ups.all()}
        self.main = MeetingForm(data, meeting=meeting)
        self.obstacles: BaseFormSet[ObstacleForm] = ObstacleRows(
            data, prefix="kendala", initial=list(meeting.obstacles.values("obstacle", "solution"))
        )
        self.actions: BaseFormSet[ActionForm] = ActionRows(
            data,
            prefix="tindakan",
            initial=list(meeting.actions.values("text", "owner", "due_on")),
            form_kwargs={"owners": Owners()},
        )
        self.follow_ups = [
            FollowUpForm(data, action=action, found=found.get(action.pk)) for action in carried
        ]

    def __iter__(self) -> Any:
        return iter([self.main, *self.follow_ups, *self.obstacles.forms, *self.actions.forms])

    @property
    def named(self) -> Any:
        """Each form under the words above it, so that a refusal says which row it means."""
        yield "", self.main
        yield from ((form.action.text, form) for form in self.follow_ups)
        for words, rows in (("Kendala", self.obstacles), ("Tindak lanjut", self.actions)):
            yield from ((f"{words} {n}", form) for n, form in enumerate(rows.forms, 1))

    def is_valid(self) -> bool:
        # Every part speaks, not only the first that refuses.
        parts: list[Any] = [self.main, self.obstacles, self.actions, *self.follow_ups]
        answers = [part.is_valid() for part in parts]
        return all(answers)

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self) or bool(self.general)

    @property
    def general(self) -> list[str]:
        return [
            *self.main.non_field_errors(),
            *self.obstacles.non_form_errors(),
            *self.actions.non_form_errors(),
        ]

    def cleaned(self) -> dict[str, Any]:
        return {
            **self.main.cleaned_data,
            "obstacles": [
                (row["obstacle"], row["solution"]) for row in _kept(self.obstacles, "obstacle")
            ],
            "agreed": [
                Agreed(row["text"], row["owner"], row["due_on"])
                for row in _kept(self.actions, "text")
            ],
            "followed": [found for form in self.follow_ups for found in form.followed()],
        }


def _kept(rows: BaseFormSet, word: str) -> list[dict[str, Any]]:
    """The filled rows that nobody has marked for removal."""
    filled = [form.cleaned_data for form in rows.forms]
    return [row for row in filled if row.get(word) and not row.get("DELETE")]
