"""Whom a member of staff may pick: sections, officers, colleagues."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

from office.models import Section, User

# Choices of one field, flat or in groups, as Django takes them.
Choices = Sequence[tuple[str, Any]]


class People:
    """The sections and colleagues that one person may choose from, each list read at most once.

    A section role knows its own officers; the other sections are known by name only.
    """

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def sections(self) -> list[Section]:
        return list(Section.objects.filter(is_active=True))

    @cached_property
    def officers(self) -> list[User]:
        officers = _active().filter(groups__permissions__codename="work_case").distinct()
        if not self.user.may("view_all_cases"):
            officers = officers.filter(section=self.user.section_id)
        return list(officers.exclude(section=None))

    @cached_property
    def staff(self) -> list[User]:
        return list(_active().select_related("section"))

    def section_choices(self) -> Choices:
        return [(str(section.pk), section.name) for section in self.sections]

    def officer_choices(self) -> Choices:
        return [(str(officer.pk), str(officer)) for officer in self.officers]

    def staff_choices(self) -> Choices:
        return [
            (str(person.pk), f"{person} ({person.section})" if person.section else str(person))
            for person in self.staff
        ]

    def desk_choices(self, *, without: frozenset[int] = frozenset()) -> Choices:
        """Sections with their officers in one list: no officer can be paired with a wrong
        section.
        """
        return [
            (
                section.name,
                [
                    (f"seksi-{section.pk}", f"{section.name} (petugas belum ditentukan)"),
                    *(
                        (f"petugas-{officer.pk}", str(officer))
                        for officer in self.officers
                        if officer.section_id == section.pk and officer.pk not in without
                    ),
                ],
            )
            for section in self.sections
        ]

    def section(self, pk: str) -> Section:
        return next(section for section in self.sections if str(section.pk) == pk)

    def desk(self, choice: str) -> tuple[Section, User | None]:
        """What a value of desk_choices stands for."""
        what, _dash, pk = choice.partition("-")
        if what == "seksi":
            return self.section(pk), None
        officer = next(officer for officer in self.officers if str(officer.pk) == pk)
        return self.section(str(officer.section_id)), officer

    def colleagues(self, pks: list[str]) -> list[User]:
        return [person for person in self.staff if str(person.pk) in pks]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Set the choices of a choice field."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username")
