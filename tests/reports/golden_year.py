"""A year of requests for information as an office might have had it, all through the real verbs.

Each request lives one of the lives below, at dates spread over the year. What it is expected to
come to is written down by hand beside the life; the register is not asked.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle, islice

import complaints.actions
import inforequests.actions as requesting
from cases.actions import Identity
from cases.models import Case
from tests.factories import WIB, Desk, make_desk, make_stored_file
from tests.inforequests.exclusions import make_exclusion

from .golden_life import YEAR, Expected, ExpectedObjection, Life
from .golden_lives import APPLICANTS, LIVES, UNFINISHED

REQUESTS = 312
PURPOSES = ["Penelitian", "Skripsi tentang pelayanan publik", "=1+1", "Pemberitaan"]


# The last moment of a year by the office's clock, and the first of the next: in UTC both are in
# the old year.
EDGES = [
    datetime(YEAR - 1, 12, 31, 23, 30, tzinfo=WIB),
    datetime(YEAR, 1, 1, 0, 30, tzinfo=WIB),
    datetime(YEAR, 12, 31, 23, 30, tzinfo=WIB),
    datetime(YEAR + 1, 1, 1, 0, 30, tzinfo=WIB),
]


@dataclass
class GoldenYear:
    desk: Desk
    # By case, in the order of registration; those of the neighbouring years are not among them.
    expected: dict[int, Expected] = field(default_factory=dict)
    objections: dict[int, ExpectedObjection] = field(default_factory=dict)


def make_golden_year() -> GoldenYear:
    desk = make_desk()
    year = GoldenYear(desk)
    since = date(YEAR - 1, 3, 1)
    exclusion = make_exclusion(tested_on=since, decree_on=since, starts_on=since)
    document = make_stored_file()
    first = datetime(YEAR, 1, 2, 8, 0, tzinfo=WIB)
    moments = [first + timedelta(days=n * 362 / REQUESTS) for n in range(REQUESTS - 2)]
    moments = sorted([*moments, *EDGES])
    lives = [*islice(cycle(LIVES), len(moments) - 9), *UNFINISHED * 3]
    for number, (at, live) in enumerate(zip(moments, lives, strict=True)):
        identity, privacy = APPLICANTS[number % len(APPLICANTS)]
        case = _lodge(number, at, identity, privacy, desk)
        life = Life(case, desk, at, exclusion, document)
        live(life)
        if at.year == YEAR:
            year.expected[case.pk] = life.expected
        year.objections |= life.objections
    return year


def _lodge(number: int, at: datetime, identity: Identity, privacy: str, desk: Desk) -> Case:
    words = {
        "subject": f"Jumlah paspor {number}" if number % 7 else f'=HYPERLINK("http://x",{number})',
        "narrative": "Per bulan dan jenis.",
        "identity": identity,
        "privacy": privacy,
        "at": at,
    }
    purpose = PURPOSES[number % len(PURPOSES)]
    if number % 26 == 3:
        # Came as a complaint; the desk makes a request of it, which keeps the number.
        case = complaints.actions.lodge(**words)
        requesting.adopt(
            case,
            actor=desk.verifier,
            purpose=purpose,
            access="melihat",
            at=at + timedelta(hours=1),
        )
        return case
    return requesting.lodge(
        purpose=purpose,
        access="melihat" if number % 5 == 0 else "salinan",
        delivery="email",
        by_proxy=bool(identity.proxy_name),
        **words,
    )
