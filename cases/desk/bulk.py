"""The same verbs for many cases at once: one transaction a case, and every refusal is reported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest

from office.models import User
from office.staff import staff

from .. import actions
from ..models import Case
from ..workflow import CaseError
from .access import log_refusal
from .forms import names_somebody, text
from .people import People, offer

MOST = 500


class BulkForm(forms.Form):
    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "massal_%s", **kwargs})
        self.people = people


class BulkVerifyForm(BulkForm):
    section = forms.ChoiceField(label="Seksi yang menangani", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "section",
            [
                ("", "Sesuai topik tiap kasus"),
                *self.people.section_choices(),
            ],
        )

    def clean_section(self) -> Any:
        pk = self.cleaned_data["section"]
        return self.people.section(pk) if pk else None


class BulkAssignForm(BulkForm):
    to = forms.ChoiceField(label="Kepada", error_messages={"required": "Pilih seksi atau petugas."})
    note = text("Catatan disposisi", rows=2, required=False, help_text="Hanya untuk petugas.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [("", "Pilih seksi atau petugas"), *self.people.desk_choices()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if choice := cleaned.pop("to", None):
            cleaned["section"], cleaned["assignee"] = self.people.desk(choice)
        return cleaned


def _verify(case: Case, *, actor: User, section: Any, version: int) -> None:
    section = section or (case.topic.suggested_section if case.topic else None)
    if section is None:
        raise CaseError("Topiknya belum punya seksi; verifikasi satu per satu.")
    if names_somebody(case):
        raise CaseError("Warga menyebut petugas; verifikasi satu per satu dan catat siapa.")
    actions.verify(case, actor=actor, section=section, version=version)


@dataclass(frozen=True)
class BulkMove:
    verb: str
    label: str
    duty: str
    form: type[BulkForm]
    action: Callable[..., Any]
    done: str


BULK_MOVES = {
    move.verb: move
    for move in (
        BulkMove(
            "verifikasi", "Verifikasi", "verify_case", BulkVerifyForm, _verify, "terverifikasi"
        ),
        BulkMove(
            "disposisi", "Disposisi", "assign_case", BulkAssignForm, actions.assign, "didisposisi"
        ),
    )
}


def offered(user: User) -> list[BulkMove]:
    return [move for move in BULK_MOVES.values() if user.may(move.duty)]


@dataclass
class Report:
    """What became of each case."""

    done: list[Case] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    missing: int = 0


def pick(request: HttpRequest, pks: Iterable[int]) -> tuple[list[Case], int]:
    """Those of the numbers that this person may know of, and how many are not among them."""
    wanted = set(pks)
    visible = Case.objects.visible_to(staff(request))
    found = list(
        visible.filter(pk__in=wanted)
        .for_list()
        .select_related("topic__section", "topic__parent__section")
    )
    strangers = wanted - {case.pk for case in found}
    if strangers:
        log_refusal(request, sorted(strangers))
    return found, len(strangers)


def run(
    move: BulkMove, request: HttpRequest, versions: dict[int, int], values: dict[str, Any]
) -> Report:
    """Do the verb with each case, at the version that was shown."""
    cases, missing = pick(request, versions)
    report = Report(missing=missing)
    for case in cases:
        try:
            move.action(case, actor=staff(request), version=versions[case.pk], **values)
        except CaseError as error:
            report.refused.append((case.reference, str(error)))
        else:
            report.done.append(case)
    return report


def numbers(texts: Iterable[str]) -> list[int]:
    """Row numbers as a form sends them; anything else is left out."""
    return [int(t) for t in texts if t.isascii() and t.isdigit() and len(t) < 19]


def as_token(cases: Iterable[Case]) -> str:
    """The picked cases and their versions in one hidden field."""
    return ",".join(f"{case.pk}:{case.version}" for case in cases)


def from_token(token: str) -> dict[int, int]:
    pairs = [numbers(pair.split(":")) for pair in token.split(",")]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
