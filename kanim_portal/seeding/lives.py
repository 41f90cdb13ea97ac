"""The made-up life of one case, as the rows that the verbs would have left."""

import csv
import json
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from django.utils import timezone

from cases import access_code, chain
from cases.deadlines import due_dates
from cases.models import PrivacyNotice
from cases.models.case import format_reference
from cases.models.event import EventCode
from cases.workflow import FINAL, Channel, Kind, Outcome, Privacy, ServiceClass, Status
from channels.actions import subject_of
from infocontent.models import Topic
from kanim_portal.demo.office_year import SAMPLE
from office.calendar import Calendar, CalendarYearUnknown
from office.crypto import encrypt, keyed_digest
from office.models import Section, User

from .bulk import Row

MONTHS = 60
KINDS = {Kind.COMPLAINT: 60, Kind.QUESTION: 35, Kind.INFORMATION_REQUEST: 5}
CHANNELS = {
    Channel.WEB: 62,
    Channel.WHATSAPP: 16,
    Channel.APP_REVIEW: 10,
    Channel.COUNTER: 8,
    Channel.SOCIAL: 4,
}
OUTCOMES = {
    Kind.COMPLAINT: [Outcome.EXPLAINED, Outcome.PROVEN_FIXED, Outcome.PROVEN_FOLLOW_UP],
    Kind.QUESTION: [Outcome.EXPLAINED],
    Kind.INFORMATION_REQUEST: [Outcome.GRANTED, Outcome.GRANTED_PARTLY, Outcome.PUBLISHED],
}
# The usual way, with the status it leads to and how many days the step takes at most.
STEPS: list[tuple[EventCode, Status, float]] = [
    (EventCode.VERIFIED, Status.VERIFIED, 2),
    (EventCode.ASSIGNED, Status.ASSIGNED, 2),
    (EventCode.STARTED, Status.IN_PROGRESS, 2),
    (EventCode.ANSWER_SUBMITTED, Status.IN_APPROVAL, 9),
    (EventCode.ANSWERED, Status.ANSWERED, 2),
    (EventCode.CLOSED, Status.DONE, 12),
]
# A few cases end otherwise, right after verification.
ENDS: list[tuple[EventCode, Status, Outcome]] = [
    (EventCode.FORWARDED, Status.FORWARDED, Outcome.FORWARDED),
    (EventCode.WITHDRAWN, Status.WITHDRAWN, Outcome.WITHDRAWN),
    (EventCode.ARCHIVED, Status.ARCHIVED, Outcome.ARCHIVED),
]
PEOPLE = 400
ANSWER = (
    "Yth. Bapak/Ibu,\n\nTerima kasih atas laporan Anda. Kami sudah memeriksanya bersama seksi "
    "terkait. Permohonan Anda dilanjutkan di loket tanpa mengulang dari awal.\n\nKantor Imigrasi"
)


@dataclass
class Rows:
    """Rows by table, each in the order of its model's columns."""

    cases: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    applicants: list[Row] = field(default_factory=list)
    complaints: list[Row] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)


@dataclass
class Keys:
    """The next free key of each table that gets one here."""

    case: int
    event: int
    message: int
    applicant: int
    complaint: int
    request: int


def code_of(seed: int, number: int) -> str:
    """The access code of the n-th seeded case, known to whoever knows the seed: to measure with."""
    digest = int(keyed_digest("seed-code", f"{seed}|{number}")[:20], 16)
    return "".join(
        access_code.ALPHABET[digest >> shift & 31] for shift in range(0, 5 * access_code.LENGTH, 5)
    )


class Lives:
    def __init__(
        self, *, seed: int, now: datetime, keys: Keys, counters: dict[tuple[str, int], int]
    ) -> None:
        self.seed, self.now, self.keys, self.counters = seed, now, keys, counters
        self.rng = random.Random(seed)  # noqa: S311 - made-up data that come out the same every time
        self.zone = timezone.get_default_timezone()
        self.notice = (
            PrivacyNotice.objects.order_by("-published_at").values_list("pk", flat=True).first()
        )
        self.calendar = Calendar()
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            texts = [row["text"] for row in csv.DictReader(file)]
        self.texts = [(text, subject_of(text)) for text in texts]
        sections = {section.pk: section for section in Section.objects.all()}
        topics = Topic.objects.choosable().select_related("section", "parent__section")
        self.topics = [
            (topic.pk, (topic.suggested_section or next(iter(sections.values()))).pk)
            for topic in topics
        ]
        # Some topics are asked about far more often than others.
        self.topic_weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.topics))))
        self.rng.shuffle(self.topics)
        self.section_codes = {pk: section.code for pk, section in sections.items()}
        self.officers = {
            pk: self._staff(section=pk, username__startswith="seed.petugas") for pk in sections
        }
        self.heads = {
            pk: self._staff(section=pk, username__startswith="seed.kepala")[0] for pk in sections
        }
        self.verifier = self._staff(username="seed.verifikator")[0]
        self.people = [self._person(n) for n in range(PEOPLE)]
        self.due = cache(self._due)
        self.reply_until = cache(self._reply_until)

    @staticmethod
    def _staff(**which: Any) -> list[int]:
        return list(User.objects.filter(**which).order_by("pk").values_list("pk", flat=True))

    @staticmethod
    def _person(n: int) -> tuple[str, ...]:
        nik = f"327301{n % 28 + 1:02d}{n % 12 + 1:02d}80{n + 1:04d}"
        return (
            encrypt(f"Warga Contoh {n}"),
            encrypt(nik),
            keyed_digest("nik", nik),
            encrypt(f"Jalan Contoh {n}, Bandung"),
        )

    def moments(self, count: int) -> Iterator[datetime]:
        """Times of receipt in order over five years, a little more of them every year."""
        span = timedelta(days=MONTHS * 30.4).total_seconds()
        for n in range(count):
            # The inverse of a density that doubles from the first day to the last.
            share = (1 + 3 * (n + self.rng.random()) / count) ** 0.5 - 1
            yield self.now - timedelta(seconds=span * (1 - share))

    def chunk(self, numbers: range, moments: Iterator[datetime]) -> Rows:
        rows = Rows()
        for number in numbers:
            self._live(number, next(moments), rows)
        return rows

    def _live(self, number: int, at: datetime, rows: Rows) -> None:
        rng = self.rng
        pk, self.keys.case = self.keys.case, self.keys.case + 1
        kind = rng.choices(list(KINDS), KINDS.values())[0]
        channel = rng.choices(list(CHANNELS), CHANNELS.values())[0]
        day = at.astimezone(self.zone).date()
        topic, section = self.topics[
            bisect_right(self.topic_weights, rng.random() * self.topic_weights[-1])
        ]
        text, subject = rng.choice(self.texts)
        text = f"{text}\n\n{rng.choice(self.texts)[0]}"
        privacy = self._privacy(kind, channel)
        service_class = ServiceClass.ORDINARY if kind == Kind.COMPLAINT else ServiceClass.NONE
        life = _Life(pk, self._reference(kind, day.year), self.keys, rows)
        life.event(
            EventCode.RECEIVED,
            None,
            at,
            {"kind": kind.value, "channel": channel.value, "privacy": privacy.value},
        )
        state = self._walk(life, at, kind, section, service_class)
        working, calendar, due, basis = self.due(
            kind, day, service_class if state["verified"] else ""
        )
        rows.cases.append(
            (
                pk,
                kind.value,
                life.reference,
                access_code.digest(code_of(self.seed, number)) if channel == Channel.WEB else None,
                state["status"].value,
                channel.value,
                privacy.value,
                "id",
                subject,
                text,
                topic,
                service_class.value if state["verified"] else "",
                section if state["verified"] else None,
                state["assignee"],
                at.isoformat(),
                working,
                calendar,
                due,
                basis,
                False,
                state["answered_at"],
                state["reply_until"],
                None,
                False,
                state["closed_at"],
                state["outcome"],
                state["reason"],
                None,
                state["forwarded_to"],
                self.notice if channel == Channel.WEB else None,
                life.seq,
                life.seq,
                chain.seal(life.reference, life.seq, life.before),
            )
        )
        self._detail(rows, pk, kind, privacy)

    def _privacy(self, kind: Kind, channel: Channel) -> Privacy:
        if channel in (Channel.APP_REVIEW, Channel.SOCIAL):
            return Privacy.ANONYMOUS
        if kind != Kind.COMPLAINT:
            return Privacy.OPEN
        return self.rng.choices(list(Privacy), [70, 20, 10])[0]

    def _reference(self, kind: Kind, year: int) -> str:
        number = self.counters[kind.value, year] = self.counters.get((kind.value, year), 0) + 1
        return format_reference(kind, year, number)

    def _walk(
        self, life: "_Life", at: datetime, kind: Kind, section: int, service_class: str
    ) -> dict[str, Any]:
        """Go the usual way as far as today allows; what is left of it is open work."""
        rng = self.rng
        officer, head = rng.choice(self.officers[section]), self.heads[section]
        outcome = rng.choice(OUTCOMES[kind])
        state: dict[str, Any] = {
            "status": Status.RECEIVED,
            "verified": False,
            "assignee": None,
            "answered_at": None,
            "reply_until": None,
            "closed_at": None,
            "outcome": "",
            "reason": "",
            "forwarded_to": "",
        }
        # Now and then something lies for weeks.
        pace = 8 if rng.random() < 0.14 else 1
        code_name = self.section_codes[section]
        for code, status, days in STEPS:
            at += timedelta(days=days * pace * (0.1 + 0.9 * rng.random()))
            if at > self.now:
                break
            moved = {"from": state["status"].value, "to": status.value}
            match code:
                case EventCode.VERIFIED:
                    actor, state["verified"] = self.verifier, True
                    data = {"section": code_name, "class": service_class, "reported": []}
                case EventCode.ASSIGNED:
                    actor, state["assignee"] = head, officer
                    data = {
                        "section_from": code_name,
                        "section": code_name,
                        "assignee_from": None,
                        "assignee": officer,
                        "message": None,
                    }
                case EventCode.STARTED:
                    actor, data = officer, {"assignee": officer}
                case EventCode.ANSWER_SUBMITTED:
                    actor, data = officer, {"length": len(ANSWER), "outcome": outcome.value}
                case EventCode.ANSWERED:
                    actor, until = head, self.reply_until(at.astimezone(self.zone).date())
                    message = life.answer(head, at)
                    data = {
                        "message": message,
                        "outcome": outcome.value,
                        "author": officer,
                        "reply_until": until,
                    }
                    state |= {
                        "outcome": outcome.value,
                        "answered_at": at.isoformat(),
                        "reply_until": until,
                    }
                case _:
                    actor, data = None, {"outcome": outcome.value, "by": "warga"}
                    state["reason"] = "Pelapor/pemohon menyatakan selesai."
            state["status"] = status
            life.event(code, actor, at, data | moved)
            if code == EventCode.VERIFIED and rng.random() < 0.08:
                at = self._end(life, state, at)
                break
        if state["status"] in FINAL:
            state["closed_at"] = at.isoformat()
        return state

    def _end(self, life: "_Life", state: dict[str, Any], at: datetime) -> datetime:
        code, status, outcome = self.rng.choice(ENDS)
        at = min(at + timedelta(hours=self.rng.randrange(1, 30)), self.now)
        data = {"outcome": outcome.value, "from": state["status"].value, "to": status.value}
        actor = None if status == Status.WITHDRAWN else self.verifier
        life.event(code, actor, at, data)
        state |= {"status": status, "outcome": outcome.value, "reason": str(outcome.label)}
        if status == Status.FORWARDED:
            state["forwarded_to"] = "Direktorat Jenderal Imigrasi"
        return at

    def _detail(self, rows: Rows, pk: int, kind: Kind, privacy: Privacy) -> None:
        if kind == Kind.COMPLAINT:
            rows.complaints.append((self.keys.complaint, pk, None, "", "", "", ""))
            self.keys.complaint += 1
        elif kind == Kind.INFORMATION_REQUEST:
            rows.requests.append((self.keys.request, pk, "Penelitian", "salinan", "email", False))
            self.keys.request += 1
        if privacy != Privacy.ANONYMOUS and kind != Kind.QUESTION:
            name, nik, index, address = self.rng.choice(self.people)
            asks = kind == Kind.INFORMATION_REQUEST
            rows.applicants.append(
                (
                    self.keys.applicant,
                    pk,
                    "perorangan",
                    name,
                    nik if asks else "",
                    index if asks else "",
                    "",
                    address,
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                )
            )
            self.keys.applicant += 1

    def _due(
        self, kind: Kind, day: date, service_class: str
    ) -> tuple[str | None, str | None, str | None, str]:
        fields = due_dates(kind, day, service_class).as_fields()
        dates = [fields[name] for name in ("due_working_on", "due_calendar_on", "due_on")]
        working, calendar, due = (when.isoformat() if when else None for when in dates)
        return working, calendar, due, json.dumps(fields["due_basis"])

    def _reply_until(self, day: date) -> str | None:
        try:
            return self.calendar.add_working_days(day, 10).isoformat()
        except CalendarYearUnknown:
            return None


class _Life:
    """One case's history as it grows."""

    def __init__(self, pk: int, reference: str, keys: Keys, rows: Rows) -> None:
        self.pk, self.reference, self.keys, self.rows = pk, reference, keys, rows
        self.seq, self.before = 0, ""

    def event(self, code: EventCode, actor: int | None, at: datetime, data: dict[str, Any]) -> None:
        self.seq += 1
        self.before = chain.event_hash(
            self.reference, self.seq, code.value, actor, at, data, self.before
        )
        self.rows.events.append(
            (
                self.keys.event,
                self.pk,
                self.seq,
                code.value,
                actor,
                at.astimezone(UTC).isoformat(),
                json.dumps(data),
                self.before,
            )
        )
        self.keys.event += 1

    def answer(self, author: int, at: datetime) -> int:
        pk, self.keys.message = self.keys.message, self.keys.message + 1
        self.rows.messages.append((pk, self.pk, "jawaban", ANSWER, author, at.isoformat()))
        return pk
