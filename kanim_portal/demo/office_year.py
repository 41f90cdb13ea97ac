"""Ten months of work: five hundred real review texts and some more cases, in every status, made by
the real verbs.
"""

import csv
import json
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

import complaints.actions
import inforequests.actions
from cases import access_code, actions
from cases.actions import Identity
from cases.models import Case
from cases.workflow import Channel, Kind, Outcome, Privacy
from channels.actions import import_complaint, subject_of
from channels.topics import TopicGuesser
from infocontent.models import Topic
from office.models import Section, User

from .agenda import Agenda, Step
from .hours import Hours
from .last_year import LastYear
from .lives import Life
from .objections import Objections
from .people import FOREIGNERS, NAMES, STREETS, Staff

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "channels" / "sample" / "reviews.csv"
SOURCE = "data contoh"
# One case that whoever tries the demo can follow as its citizen.
TRACKING_CODE = "PERAGAAN20262026"

# How many cases take which route, received how many working days ago, and how many working days
# it took (None: it goes on today). Due after 14 (complaint), 10 (request) and 5 (question).
Deal = tuple[int, str, tuple[int, int], tuple[int, int] | None]
COMPLAINTS: list[Deal] = [
    (24, "baru", (0, 2), None),
    (4, "dilengkapi", (2, 6), None),
    (11, "perlu dilengkapi", (1, 8), None),
    (13, "terverifikasi", (0, 4), None),
    (2, "terverifikasi", (16, 20), None),
    (18, "didisposisi", (1, 6), None),
    (19, "dikerjakan", (2, 9), None),
    (10, "dikerjakan", (11, 14), None),
    (12, "dikerjakan", (15, 28), None),
    (6, "dikerjakan, pesan belum dibaca", (4, 10), None),
    (6, "dikerjakan, ada konsep", (5, 12), None),
    (4, "dikerjakan, konsep dikembalikan", (6, 12), None),
    (4, "dikerjakan, pindah seksi", (3, 10), None),
    (14, "konsep diajukan", (4, 13), None),
    (2, "konsep diajukan", (15, 18), None),
    (26, "dijawab", (2, 9), None),
    (6, "ditanggapi kembali", (5, 9), None),
    (4, "dibuka kembali", (8, 13), None),
    (130, "selesai kata warga", (22, 208), (4, 15)),
    (126, "selesai tanpa tanggapan", (30, 208), (3, 14)),
    (20, "selesai tanpa tanggapan", (45, 208), (16, 26)),
    (12, "selesai oleh petugas", (22, 208), (4, 14)),
    (9, "diteruskan", (5, 208), (1, 4)),
    (9, "dicabut", (5, 208), (1, 5)),
    (9, "duplikat", (5, 180), (1, 4)),
    (12, "diarsipkan", (28, 208), (23, 26)),
]
REQUESTS: list[Deal] = [
    (2, "baru", (0, 1), None),
    (2, "terverifikasi", (1, 2), None),
    (2, "didisposisi", (1, 4), None),
    (3, "dikerjakan", (2, 6), None),
    (1, "dikerjakan", (8, 9), None),
    (1, "dikerjakan", (11, 13), None),
    (2, "diperpanjang", (4, 9), None),
    (2, "konsep diajukan", (4, 8), None),
    (4, "dijawab", (4, 9), None),
    (6, "selesai kata warga", (24, 200), (4, 10)),
    (4, "selesai tanpa tanggapan", (30, 200), (4, 10)),
    (1, "dicabut", (20, 120), (1, 3)),
]
QUESTIONS: list[Deal] = [
    (5, "baru", (0, 1), None),
    (2, "terverifikasi", (0, 2), None),
    (3, "didisposisi", (1, 3), None),
    (4, "dikerjakan", (1, 4), None),
    (2, "didisposisi", (6, 8), None),
    (2, "konsep diajukan", (2, 4), None),
    (6, "dijawab", (2, 8), None),
    (9, "selesai kata warga", (18, 205), (1, 5)),
    (6, "selesai tanpa tanggapan", (22, 205), (1, 5)),
]
CHANNELS = (
    [Channel.APP_REVIEW, Channel.WEB, Channel.WHATSAPP, Channel.COUNTER, Channel.SOCIAL],
    [54, 30, 6, 6, 4],
)
_ANSWERS_FOR = {
    "pungli": "pungli",
    "sikap-petugas": "sikap",
    "informasi-tidak-jelas": "sikap",
    "fasilitas": "antrean",
    "antrean": "antrean",
    "waktu-tunggu": "antrean",
    "layanan-prioritas": "antrean",
    "paspor-status": "status",
    "paspor-pengambilan": "status",
}


@dataclass(frozen=True)
class Planned:
    """One case to come: when it is received, how it is lodged and what becomes of it."""

    at: datetime
    end: datetime
    route: str
    lodge: Callable[[datetime], Case]
    answer: tuple[str, str]
    section: Section
    reported: tuple[User, ...] = ()


class OfficeYear:
    def __init__(self, now: datetime, seed: int = 20) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a demo that is the same every time, no secret
        self.staff = Staff()
        self.hours = Hours(now, self.rng)
        self.sections = {section.code: section for section in Section.objects.all()}
        self.topics = {
            topic.code: topic
            for topic in Topic.objects.select_related("section", "parent__section")
        }
        self.answers: dict[str, list[tuple[str, str]]] = _load("answers")

    @transaction.atomic
    def live_through(self, tick: Callable[[], Any] = lambda: None) -> None:
        """Do everything in the order in which it happened, so that the numbers of cases and of
        letters follow their dates; all of it or nothing.
        """
        agenda = Agenda()
        complaints_so_far: list[Case] = []

        def begin(planned: Planned, at: datetime) -> None:
            for moment, step in self._life(planned, at, complaints_so_far):
                agenda.enter(moment, step)
            tick()

        for planned in self._plan():
            agenda.enter(planned.at, partial(begin, planned))
        for of in (LastYear, Objections):
            told = of(
                self.hours.now,
                self.staff,
                self.sections["tikkim"],
                self.topics["permohonan-informasi"],
            )
            for moment, step in told.plan():
                agenda.enter(moment, step)
        agenda.work_off()

    def _life(
        self, planned: Planned, at: datetime, complaints_so_far: list[Case]
    ) -> list[tuple[datetime, Step]]:
        """Lodge the case, and say what becomes of it."""
        case = planned.lodge(at)
        is_duplicate = planned.route == "duplikat"
        life = Life(
            case,
            staff=self.staff,
            hours=self.hours,
            rng=self.rng,
            answer=planned.answer,
            section=planned.section,
            reported=planned.reported,
            original=self._similar(case, complaints_so_far) if is_duplicate else None,
        )
        if case.kind == Kind.COMPLAINT and not is_duplicate:
            complaints_so_far.append(case)
        return life.plan(planned.route, planned.end)

    def _similar(self, case: Case, earlier: list[Case]) -> Case:
        same = [other for other in earlier if other.topic_id == case.topic_id]
        return self.rng.choice(same or earlier)

    def _plan(self) -> Iterator[Planned]:
        yield from self._complaints()
        yield self._complaint_about_an_officer()
        yield from self._requests()
        yield from self._questions()

    def _dates(self, deals: list[Deal]) -> Iterator[tuple[str, datetime, datetime]]:
        for count, route, (newest, oldest), lead in deals:
            for _ in range(count):
                at = self.hours.written_on(
                    self.hours.working_days_ago(self.rng.randint(newest, oldest))
                )
                yield (
                    route,
                    at,
                    self.hours.after(at, self.rng.randint(*lead)) if lead else self.hours.now,
                )

    def _complaints(self) -> Iterator[Planned]:
        codes = deque([TRACKING_CODE])
        for (topic, section, subject, text), (route, at, end) in zip(
            self._stories(), self._dates(COMPLAINTS), strict=False
        ):
            channel = Channel.WEB if subject else self.rng.choices(*CHANNELS)[0]
            # The one case to be followed is an answered one that came by the web.
            code = (
                codes.popleft() if codes and route == "dijawab" and channel == Channel.WEB else None
            )
            yield Planned(
                at=at,
                end=end,
                route=route,
                lodge=self._lodge_complaint(
                    subject or subject_of(text), text, topic, channel, code
                ),
                answer=self._answer(topic),
                section=section,
            )

    def _stories(self) -> list[tuple[Topic | None, Section, str, str]]:
        """Topic, section, subject (empty: the text's first words) and text of each complaint."""
        guesser = TopicGuesser.load()
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            texts = [row["text"] for row in csv.DictReader(file)]
        stories: list[tuple[Topic | None, Section, str, str]] = []
        for text in self.rng.sample(texts, len(texts)):
            topic = guesser.guess(text)
            stories.append(
                (topic, (topic and topic.suggested_section) or self.sections["tikkim"], "", text)
            )
        for code, section, subject, text in _load("complaints"):
            place = self.rng.randrange(400)
            stories.insert(place, (self.topics[code], self.sections[section], subject, text))
        return stories

    def _lodge_complaint(
        self, subject: str, text: str, topic: Topic | None, channel: str, code: str | None
    ) -> Callable[[datetime], Case]:
        if channel == Channel.APP_REVIEW:
            return lambda at: import_complaint(source=SOURCE, text=text, at=at, topic=topic)
        levels = {Channel.WEB: [60, 25, 15], Channel.SOCIAL: [0, 0, 1]}.get(
            Channel(channel), [1, 0, 0]
        )
        privacy = self.rng.choices([Privacy.OPEN, Privacy.CONFIDENTIAL, Privacy.ANONYMOUS], levels)[
            0
        ]
        return lambda at: complaints.actions.lodge(
            subject=subject,
            narrative=text,
            topic=topic,
            channel=channel,
            privacy=privacy,
            identity=None if privacy == Privacy.ANONYMOUS else self._identity(NAMES, address=True),
            code=code or (access_code.make_access_code() if channel == Channel.WEB else None),
            at=at,
        )

    def _answer(self, topic: Topic | None) -> tuple[str, str]:
        code = topic.code if topic else "umum"
        group = topic.parent.code if topic and topic.parent else "umum"
        key = _ANSWERS_FOR.get(code) or next(
            (key for key in (code, group) if key in self.answers), "umum"
        )
        outcome, text = self.rng.choice(self.answers[key])
        return outcome, f"Yth. Bapak/Ibu,\n\n{text}\n\nKantor Imigrasi Kelas I TPI Bandung"

    def _complaint_about_an_officer(self) -> Planned:
        accused = self.staff.officers(self.sections["lantaskim"])[0]
        at = self.hours.written_on(self.hours.working_days_ago(6))
        return Planned(
            at=at,
            end=self.hours.now,
            route="dikerjakan",
            lodge=lambda at: complaints.actions.lodge(
                subject="Petugas loket meminta uang agar didahulukan",
                narrative="Saat mengambil paspor, petugas loket 3 berkata antrean bisa dilewati "
                "kalau ada uang rokok. Saya menolak dan menunggu dua jam lagi. Orang setelah saya "
                "dipanggil lebih dulu.",
                topic=self.topics["pungli"],
                happened_on=at.date(),
                place="Loket 3, ruang layanan paspor",
                about_whom=f"Petugas loket 3, di papan nama tertulis {accused.first_name}",
                loss="Dua jam waktu kerja",
                requested_remedy="Petugas diperiksa dan antrean dijalankan sesuai nomor.",
                privacy=Privacy.CONFIDENTIAL,
                identity=self._identity(NAMES, address=True),
                code=access_code.make_access_code(),
                at=at,
            ),
            answer=self._answer(self.topics["pungli"]),
            section=self.sections["tata-usaha"],
            reported=(accused,),
        )

    def _requests(self) -> Iterator[Planned]:
        rows = _load("requests")
        self.rng.shuffle(rows)
        for (subject, narrative, purpose, outcome, text), (route, at, end) in zip(
            rows, self._dates(REQUESTS), strict=True
        ):
            yield Planned(
                at=at,
                end=end,
                route=route,
                lodge=partial(self._request, subject, narrative, purpose),
                answer=(outcome, text),
                section=self.sections["tikkim"],
            )

    def _request(self, subject: str, narrative: str, purpose: str, at: datetime) -> Case:
        return inforequests.actions.lodge(
            subject=subject,
            narrative=narrative,
            purpose=purpose,
            access="salinan",
            delivery="email",
            topic=self.topics["permohonan-informasi"],
            identity=self._identity(NAMES, address=True, nik=True),
            code=access_code.make_access_code(),
            at=at,
        )

    def _questions(self) -> Iterator[Planned]:
        rows = _load("questions")
        self.rng.shuffle(rows)
        # What is a request for information after all comes last, for the route that makes it one.
        rows.sort(key=lambda row: row[1] == "permohonan-informasi")
        dates = [*self._dates(QUESTIONS), *self._dates([(1, "jenis diubah", (20, 60), (5, 9))])]
        for (language, code, subject, narrative, text), (route, at, end) in zip(
            rows, dates, strict=True
        ):
            outcome = Outcome.GRANTED if route == "jenis diubah" else Outcome.EXPLAINED
            yield Planned(
                at=at,
                end=end,
                route=route,
                lodge=partial(self._ask, language, code, subject, narrative),
                answer=(outcome, text),
                section=self.topics[code].suggested_section or self.sections["tikkim"],
            )

    def _ask(self, language: str, code: str, subject: str, narrative: str, at: datetime) -> Case:
        return actions.register(
            kind=Kind.QUESTION,
            subject=subject,
            narrative=narrative,
            topic=self.topics[code],
            language=language,
            identity=self._identity(FOREIGNERS if language == "en" else NAMES),
            code=access_code.make_access_code(),
            at=at,
        )

    def _identity(self, names: list[str], *, address: bool = False, nik: bool = False) -> Identity:
        """A made-up person, without an e-mail address: the demo sends nothing to anybody."""
        day, month, year = (
            self.rng.randint(1, 28),
            self.rng.randint(1, 12),
            self.rng.randint(60, 99),
        )
        return Identity(
            full_name=self.rng.choice(names),
            address=f"{self.rng.choice(STREETS)} {self.rng.randint(1, 99)}, Bandung"
            if address
            else "",
            nik=f"327301{day:02d}{month:02d}{year}{self.rng.randint(1, 9999):04d}" if nik else "",
        )


def _load(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
