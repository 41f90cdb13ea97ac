"""Who asked, in the words of a register: masked, or in full for those who may and said why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cases.models import Applicant
from cases.workflow import Privacy
from office.models import User

HIDDEN = "•••"
NEVER_KNOWN = "anonim"
WITHHELD = "dirahasiakan"
_OPEN_TEXT = ("full_name", "address", "phone", "email", "occupation", "proxy_name")
_THERE = ("address", "phone", "email", "occupation", "proxy_name")


@dataclass(frozen=True)
class Person:
    name: str = ""
    address: str = ""
    contact: str = ""
    occupation: str = ""
    proxy: str = ""

    @property
    def in_full(self) -> str:
        """All of it in one cell, as the register of objections wants it."""
        parts = [self.name, self.address, self.contact]
        if self.proxy:
            parts.append(f"melalui kuasa {self.proxy}")
        return "; ".join(part for part in parts if part)


class People:
    """Reads who asked. `reader` given: in full, as far as this person may read it."""

    def __init__(self, reader: User | None = None) -> None:
        self.is_masked = reader is None
        self.sees_confidential = reader is not None and reader.may("reveal_confidential_identity")

    def of(self, cases: Iterable[tuple[int, str]]) -> dict[int, Person]:
        """By case; `cases` are keys and how confidential each is."""
        cases = list(cases)
        read = self._masked if self.is_masked else self._shown
        found = read([pk for pk, privacy in cases if self._may_be_read(privacy)])
        return {pk: found.get(pk) or Person(_instead_of_a_name(privacy)) for pk, privacy in cases}

    def _may_be_read(self, privacy: str) -> bool:
        return privacy == Privacy.OPEN or (
            privacy == Privacy.CONFIDENTIAL and self.sees_confidential
        )

    def _shown(self, cases: list[int]) -> dict[int, Person]:
        rows = Applicant.objects.filter(case__in=cases).values_list("case", *_OPEN_TEXT)
        return {
            pk: Person(name, address, ", ".join(filter(None, (phone, email))), occupation, proxy)
            for pk, name, address, phone, email, occupation, proxy in rows
        }

    def _masked(self, cases: list[int]) -> dict[int, Person]:
        # Only the name is deciphered; of the rest it is enough to know that it is there.
        rows = (
            Applicant.objects.filter(case__in=cases)
            .annotate(**{f"has_{column}": ~Q(**{column: ""}) for column in _THERE})
            .values_list("case", "full_name", *(f"has_{column}" for column in _THERE))
        )
        return {
            pk: Person(
                name=Applicant(full_name=name).masked_name if name else "",
                address=HIDDEN if address else "",
                contact=", ".join(
                    f"{word} {HIDDEN}"
                    for word, there in (("telp.", phone), ("e-mail", email))
                    if there
                ),
                occupation=HIDDEN if occupation else "",
                proxy=HIDDEN if proxy else "",
            )
            for pk, name, address, phone, email, occupation, proxy in rows
        }


def _instead_of_a_name(privacy: str) -> str:
    return {Privacy.ANONYMOUS: NEVER_KNOWN, Privacy.CONFIDENTIAL: WITHHELD}.get(
        Privacy(privacy), ""
    )
