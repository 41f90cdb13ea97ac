"""The made-up life of one case, as the rows that the verbs would have left."""

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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
RECEIVED, VERIFIED, ASSIGNED, STARTED, SUBMITTED, ANSWERED, CLOSED = (
    code.value
    for code in (
        EventCode.RECEIVED,
        EventCode.VERIFIED,
        EventCode.ASSIGNED,
        EventCode.STARTED,
        EventCode.ANSWER_SUBMITTED,
        EventCode.ANSWERED,
        EventCode.CLOSED,
    )
)
STEPS: list[tuple[str, str, float]] = [
    (VERIFIED, Status.VERIFIED.value, 2),
    (ASSIGNED, Status.ASSIGNED.value, 2),
    (STARTED, Status.IN_PROGRESS.value, 2),
    (SUBMITTED, Status.IN_APPROVAL.value, 9),
    (ANSWERED, Status.ANSWERED.value, 2),
    (CLOSED, Status.DONE.value, 12),
]
# A few cases end otherwise, right after verification.
ENDS: list[tuple[str, str, Outcome]] = [
    (EventCode.FORWARDED.value, Status.FORWARDED.value, Outcome.FORWARDED),
    (EventCode.WITHDRAWN.value, Status.WITHDRAWN.value, Outcome.WITHDRAWN),
    (EventCode.ARCHIVED.value, Status.ARCHIVED.value, Outcome.ARCHIVED),
]
EVENTS_AT_MOST = 1 + len(STEPS)
PEOPLE = 400
ANSWER = (
    "Yth. Bapak/Ibu,\n\nTerima kasih atas laporan Anda. Kami sudah memeriksanya bersama seksi "
    "terkait. Permohonan Anda dilanjutkan di loket tanpa mengulang dari awal.\n\nKantor Imigrasi"
)
Birth = tuple[int, Kind, datetime, str]


@dataclass
class Rows:
    """Rows by table, each in the order of its model's columns."""

    cases: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    applicants: list[Row] = field(default_factory=list)
    complaints: list[Row] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class FirstKeys:
    """From where on each table's keys are free; a row's key follows from its case's number."""

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


def births(
    count: int, *, seed: int, now: datetime, counters: dict[tuple[str, int], int]
) -> Iterator[Birth]:
    """Number, kind, time of receipt and reference of each case, in order; `counters` move along."""
    rng = random.Random(seed)  # noqa: S311 - made-up data that come out the same every time
    zone = timezone.get_default_timezone()
    span = timedelta(days=MONTHS * 30.4).total_seconds()
    kinds, weights = list(KINDS), list(accumulate(KINDS.values()))
    for number in range(count):
        # The inverse of a density that doubles from the first day to the last.
        share = (1 + 3 * (number + rng.random()) / count) ** 0.5 - 1
        at = now - timedelta(seconds=span * (1 - share))
        kind = rng.choices(kinds, cum_weights=weights)[0]
        key = kind.value, at.astimezone(zone).year
        counters[key] = counters.get(key, 0) + 1
        yield number, kind, at, format_reference(*key, counters[key])


class Lives:
    def __init__(self, *, seed: int, now: datetime, first: FirstKeys) -> None:
        self.seed, self.now, self.first = seed, now, first
        self.zone = timezone.get_default_timezone()
        self.notice = PrivacyNotice.objects.values_list("pk", flat=True).first()
        self.calendar = Calendar()
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            self.texts = [(row["text"], subject_of(row["text"])) for row in csv.DictReader(file)]
        sections = {section.pk: section.code for section in Section.objects.all()}
        topics = Topic.objects.choosable().select_related("section", "parent__section")
        self.topics = [
            (topic.pk, topic.suggested_section.pk if topic.suggested_section else min(sections))
            for topic in topics
        ]
        # Some topics are asked about far more often than others.
        self.topic_weights = list(accumulate(1 / (n + 1) for n in range(len(self.topics))))
        self.channels, self.channel_weights = list(CHANNELS), list(accumulate(CHANNELS.values()))
        self.sections = sections
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
        name, street = f"Warga Contoh {n}", f"Jalan Contoh {n}, Bandung"
        return encrypt(name), encrypt(nik), keyed_digest("nik", nik), encrypt(street)

    def chunk(self, born: list[Birth]) -> Rows:
        """The lives of some cases; the same whoever lives them and in which order."""
        rows = Rows()
        rng = random.Random(f"{self.seed}-{born[0][0]}")  # noqa: S311 - as above
        for number, kind, at, reference in born:
            self._live(number, kind, at, reference, rows, rng)
        return rows

    def _live(
        self, number: int, kind: Kind, at: datetime, reference: str, rows: Rows, rng: random.Random
    ) -> None:
        pk = self.first.case + number
        channel = rng.choices(self.channels, cum_weights=self.channel_weights)[0]
        topic, section = rng.choices(self.topics, cum_weights=self.topic_weights)[0]
        text, subject = rng.choice(self.texts)
        privacy = self._privacy(kind, channel, rng)
        service_class = ServiceClass.ORDINARY if kind is Kind.COMPLAINT else ServiceClass.NONE
        from_web = channel is Channel.WEB
        life = _Life(pk, reference, self.first, number, rows)
        said = f'{{"channel":"{channel.value}","kind":"{kind.value}","privacy":"{privacy.value}"}}'
        life.event(RECEIVED, None, at, said)
        state = self._walk(life, at, kind, section, service_class.value, rng)
        verified = state["verified"]
        day = at.astimezone(self.zone).date()
        working, calendar, due, basis = self.due(kind, day, service_class.value if verified else "")
        rows.cases.append(
            (
                pk,
                kind.value,
                reference,
                access_code.digest(code_of(self.seed, number)) if from_web else None,
                state["status"],
                channel.value,
                privacy.value,
                "id",
                subject,
                f"{text}\n\n{rng.choice(self.texts)[0]}",
                topic,
                service_class.value if verified else "",
                section if verified else None,
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
                self.notice if from_web else None,
                life.seq,
                life.seq,
                chain.seal(reference, life.seq, life.before),
            )
        )
        self._detail(rows, number, kind, privacy, rng)

    def _privacy(self, kind: Kind, channel: Channel, rng: random.Random) -> Privacy:
        if channel in (Channel.APP_REVIEW, Channel.SOCIAL):
            return Privacy.ANONYMOUS
        if kind is not Kind.COMPLAINT:
            return Privacy.OPEN
        chance = rng.random()
        if chance < 0.7:
            return Privacy.OPEN
        return Privacy.CONFIDENTIAL if chance < 0.9 else Privacy.ANONYMOUS

    def _walk(
        self,
        life: "_Life",
        at: datetime,
        kind: Kind,
        section: int,
        service_class: str,
        rng: random.Random,
    ) -> dict[str, Any]:
        """Go the usual way as far as today allows; what is left of it is open work."""
        officer, head = rng.choice(self.officers[section]), self.heads[section]
        outcome = rng.choice(OUTCOMES[kind]).value
        state: dict[str, Any] = {
            "status": Status.RECEIVED.value,
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
        name = self.sections[section]
        for code, status, days in STEPS:
            at += timedelta(days=days * pace * (0.1 + 0.9 * rng.random()))
            if at > self.now:
                break
            actor: int | None = officer
            moved = f'"from":"{state["status"]}",', f'"to":"{status}"}}'
            if code == VERIFIED:
                actor, state["verified"] = self.verifier, True
                data = f'{{"class":"{service_class}",%s"reported":[],"section":"{name}",%s'
            elif code == ASSIGNED:
                actor, state["assignee"] = head, officer
                data = (
                    f'{{"assignee":{officer},"assignee_from":null,%s"message":null,'
                    f'"section":"{name}","section_from":"{name}",%s'
                )
            elif code == STARTED:
                data = f'{{"assignee":{officer},%s%s'
            elif code == SUBMITTED:
                data = f'{{%s"length":{len(ANSWER)},"outcome":"{outcome}",%s'
            elif code == ANSWERED:
                actor, until = head, self.reply_until(at.astimezone(self.zone).date())
                data = (
                    f'{{"author":{officer},%s"message":{life.answer(head, at)},'
                    f'"outcome":"{outcome}","reply_until":{_quoted(until)},%s'
                )
                state["outcome"], state["reply_until"] = outcome, until
                state["answered_at"] = at.isoformat()
            else:
                actor, data = None, f'{{"by":"warga",%s"outcome":"{outcome}",%s'
                state["reason"] = "Pelapor/pemohon menyatakan selesai."
            life.event(code, actor, at, data % moved)
            state["status"] = status
            if code == VERIFIED and rng.random() < 0.08:
                at = self._end(life, state, at, rng)
                break
        if state["status"] in FINAL:
            state["closed_at"] = at.isoformat()
        return state

    def _end(
        self, life: "_Life", state: dict[str, Any], at: datetime, rng: random.Random
    ) -> datetime:
        code, status, outcome = rng.choice(ENDS)
        at = min(at + timedelta(hours=rng.randrange(1, 30)), self.now)
        actor = None if status == Status.WITHDRAWN else self.verifier
        data = f'{{"from":"{state["status"]}","outcome":"{outcome.value}","to":"{status}"}}'
        life.event(code, actor, at, data)
        state |= {"status": status, "outcome": outcome.value, "reason": str(outcome.label)}
        if status == Status.FORWARDED:
            state["forwarded_to"] = "Direktorat Jenderal Imigrasi"
        return at

    def _detail(
        self, rows: Rows, number: int, kind: Kind, privacy: Privacy, rng: random.Random
    ) -> None:
        pk = self.first.case + number
        if kind is Kind.COMPLAINT:
            rows.complaints.append((self.first.complaint + number, pk, None, "", "", "", ""))
        elif kind is Kind.INFORMATION_REQUEST:
            key = self.first.request + number
            rows.requests.append((key, pk, "Penelitian", "salinan", "email", False, False))
        if privacy is Privacy.ANONYMOUS or kind is Kind.QUESTION:
            return
        name, nik, index, address = rng.choice(self.people)
        if kind is not Kind.INFORMATION_REQUEST:
            nik = index = ""
        key = self.first.applicant + number
        blank = [""] * 6
        rows.applicants.append((key, pk, "perorangan", name, nik, index, "", address, *blank))

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

    def __init__(self, pk: int, reference: str, first: FirstKeys, number: int, rows: Rows) -> None:
        self.pk, self.reference, self.rows = pk, reference, rows
        self.event_key = first.event + number * EVENTS_AT_MOST
        self.message_key = first.message + number
        self.seq, self.before = 0, ""

    def event(self, code: str, actor: int | None, at: datetime, data: str) -> None:
        """One more line. `data` is JSON as chain.event_hash writes it: keys sorted, no spaces.

        So the line is put together here: the encoder would take most of the time of seeding.
        """
        self.seq += 1
        who, moment = "null" if actor is None else actor, at.isoformat(timespec="microseconds")
        line = f'["{self.reference}",{self.seq},"{code}",{who},"{moment}",{data},"{self.before}"]'
        self.before = keyed_digest("event-chain", line)
        self.rows.events.append(
            (self.event_key, self.pk, self.seq, code, actor, moment, data, self.before)
        )
        self.event_key += 1

    def answer(self, author: int, at: datetime) -> int:
        row = (self.message_key, self.pk, "jawaban", ANSWER, author, at.isoformat())
        self.rows.messages.append(row)
        return self.message_key


def _quoted(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'
