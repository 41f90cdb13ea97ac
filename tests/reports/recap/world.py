"""A year of everything that reaches the office, by the real verbs and by chance; and the same
counted by statements that know nothing of the recap.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

import complaints.actions
from cases import actions
from cases.models import Case
from cases.workflow import Channel, Kind, Status
from channels import actions as channel_actions
from channels.models import Comment
from channels.rows import Row
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.models import User
from office.roles import Role
from tests.factories import WIB, Desk, make_case, make_user
from tests.yankomas.room import make_officer, service
from yankomas import actions as visit_actions
from yankomas.workflow import Outcome as VisitOutcome

MONTHS = {
    "sqlite": "strftime('%Y-%m', datetime({}, '+7 hours'))",
    "postgresql": "to_char({} AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM')",
}
MONTHS_OF_DAYS = {"sqlite": "strftime('%Y-%m', {})", "postgresql": "to_char({}, 'YYYY-MM')"}
RAW = """
SELECT month, channel, SUM(n) FROM (
  SELECT {received} AS month, channel, COUNT(*) AS n FROM cases_case c
    WHERE NOT EXISTS (SELECT 1 FROM yankomas_visit v WHERE v.case_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM channels_contact k WHERE k.case_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM channels_comment k WHERE k.case_id = c.id) GROUP BY 1, 2
  UNION ALL SELECT {day}, 'yankomas', COUNT(*) FROM yankomas_visit
    WHERE status = 'selesai' OR case_id IS NOT NULL GROUP BY 1
  UNION ALL SELECT {month}, channel, SUM(count) FROM channels_tally GROUP BY 1, 2
  UNION ALL SELECT {month}, channel, COUNT(*) FROM channels_contact WHERE voided_at IS NULL
    GROUP BY 1, 2
  UNION ALL SELECT {month}, channel, COUNT(*) FROM channels_comment GROUP BY 1, 2
) parts GROUP BY 1, 2
"""


def raw_contacts() -> dict[tuple[str, str], int]:
    """Month and channel, and how many; no zeros."""
    vendor = connection.vendor
    statement = RAW.format(
        received=MONTHS[vendor].format("received_at"),
        day=MONTHS_OF_DAYS[vendor].format("day"),
        month=MONTHS_OF_DAYS[vendor].format("month"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {(month, channel): int(n) for month, channel, n in cursor.fetchall() if n}


def raw_cases(month: date, today: date) -> dict[str, int]:
    """What became of the cases of a month, one by one, in Python."""
    found = {"received": 0, "answered": 0, "on_time": 0, "late": 0, "open": 0, "reopened": 0}
    for case in Case.objects.all():
        received = case.received_at.astimezone(WIB).date()
        if received.replace(day=1) != month:
            continue
        found["received"] += 1
        found["open"] += case.closed_at is None
        found["reopened"] += case.is_reopened
        answered = case.answered_at and case.answered_at.astimezone(WIB).date()
        closed = case.closed_at and case.closed_at.astimezone(WIB).date()
        found["answered"] += answered is not None
        if case.due_on is None:
            continue
        found["on_time"] += answered is not None and answered <= case.due_on
        found["late"] += (answered or closed or today) > case.due_on
    return found


class World:
    """Does one thing after the other, each possible in the office; the same seed, the same year."""

    def __init__(self, seed: int, desk: Desk) -> None:
        self.chance = random.Random(seed)
        self.desk = desk
        self.keeper: User = make_user(Role.VERIFIER)
        self.officer: User = make_officer()
        self.topics = list(Topic.objects.choosable())
        self.cases: list[Case] = []
        self.contacts: list[Any] = []
        self.number = 0

    def moment(self) -> datetime:
        """Some time in 2026 before November, often beside the turn of a month."""
        day = date(2026, self.chance.randint(1, 10), self.chance.choice([1, 1, 2, 15, 28]))
        at = datetime(day.year, day.month, day.day, tzinfo=WIB)
        return at + timedelta(minutes=self.chance.choice([-1, 0, 1, 600, 845]))

    def step(self) -> None:
        self.chance.choice(
            [self.lodge, self.lodge, self.move, self.visit, self.tally, self.contact, self.become,
             self.void, self.comment, self.reclassify]
        )()  # fmt: skip

    def lodge(self) -> None:
        kind = self.chance.choice([Kind.COMPLAINT, Kind.QUESTION, Kind.INFORMATION_REQUEST])
        channel = self.chance.choice([Channel.WEB, Channel.WHATSAPP, Channel.LETTER])
        topic = self.chance.choice([None, *self.topics])
        self.cases.append(make_case(kind, at=self.moment(), channel=channel, topic=topic))

    def move(self) -> None:
        """Some case of its own goes its way to another status."""
        status = self.chance.choice(
            [Status.VERIFIED, Status.ASSIGNED, Status.ANSWERED, Status.DONE, Status.ARCHIVED]
        )
        case = make_case(Kind.COMPLAINT, status, at=self.moment(), desk=self.desk)
        self.cases.append(case)
        if status == Status.DONE and self.chance.random() < 0.5:
            actions.reopen(case, actor=self.desk.head, reason="Belum selesai benar.")

    def visit(self) -> None:
        """Written down afterwards, within the days for which that is allowed."""
        arrived = datetime(2026, 11, self.chance.choice([1, 20]), 9, tzinfo=WIB)
        arrived -= timedelta(days=self.chance.choice([0, 1]))
        visit_actions.log_visit(
            service=service(),
            arrived_at=arrived,
            ended_at=arrived + timedelta(minutes=9),
            topic=self.chance.choice(self.topics),
            outcome=VisitOutcome.ANSWERED,
            actor=self.officer,
        )

    def tally(self) -> None:
        month = date(2026, self.chance.randint(1, 10), 1)
        channel = self.chance.choice([ContactChannel.WHATSAPP, ContactChannel.SOCIAL])
        channel_actions.import_month(month, {channel: self.chance.randint(0, 900)})

    def contact(self) -> None:
        self.contacts.append(
            channel_actions.log_contact(
                actor=self.keeper,
                channel=self.chance.choice([ContactChannel.PHONE, ContactChannel.WHATSAPP]),
                summary="Tanya syarat paspor anak",
                happened_at=self.moment(),
            )
        )

    def become(self) -> None:
        """A contact or a comment becomes a case."""
        if self.contacts:
            contact = self.contacts.pop()
            self.cases.append(
                channel_actions.open_case(
                    contact,
                    complaints.actions.lodge,
                    actor=self.keeper,
                    subject="Antrean",
                    narrative="Tiga jam.",
                    privacy="anonim",
                )
            )
        comment = Comment.objects.filter(case=None).first()
        if comment:
            self.cases.append(channel_actions.take_as_case(comment, actor=self.keeper))

    def void(self) -> None:
        if self.contacts:
            channel_actions.void_contact(self.contacts.pop(0), actor=self.keeper)

    def comment(self) -> None:
        self.number += 1
        row = Row(1, self.moment(), f"Aplikasi lambat sekali {self.number}", score=2)
        channel_actions.import_comments([row], channel=ContactChannel.APP_REVIEW, actor=self.keeper)

    def reclassify(self) -> None:
        waiting = [case for case in self.cases if case.kind == Kind.QUESTION and case.is_open]
        if waiting:
            case = waiting[0]
            case.refresh_from_db()
            if case.status == Status.RECEIVED:
                complaints.actions.adopt(case, actor=self.keeper)
