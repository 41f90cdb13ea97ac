"""People and figures that the tests of contacts share."""

from datetime import date, datetime
from typing import Any

from channels import actions
from channels.models import ChannelEvent, Contact
from office.models import User
from office.roles import Role
from tests.factories import WIB, make_user

DAY, MONTH = date(2026, 11, 23), date(2026, 11, 1)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=WIB)
WRITERS = [Role.HUMAS, Role.YANKOMAS, Role.VERIFIER, Role.PPID]
READERS = [Role.SECTION_HEAD, Role.OFFICE_HEAD, Role.PPID_SUPERIOR]
OUTSIDERS = [Role.OFFICER, Role.ADMINISTRATOR]


def make_writer() -> User:
    return make_user(Role.HUMAS)


def make_contact(actor: User | None = None, **more: Any) -> Contact:
    given = {"channel": "telepon", "summary": "Tanya syarat paspor anak", "happened_at": AT}
    return actions.log_contact(actor=actor or make_writer(), **{**given, **more})


def enter(figures: dict[Any, int | None], *, day: date | None = DAY, **more: Any) -> int:
    given = {"actor": more.pop("actor", None) or make_writer(), "version": more.pop("version", 0)}
    month = more.pop("month", MONTH)
    return actions.enter_figures(month, day, figures, **given, **more)


def codes() -> list[str]:
    return list(ChannelEvent.objects.values_list("code", flat=True))
