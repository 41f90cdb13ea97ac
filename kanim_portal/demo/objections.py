"""Three requests that ended in an objection: one waits for the Atasan PPID, one was found right and
is being worked on again, one went on to the Komisi Informasi.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import inforequests.actions
from cases import access_code
from cases.actions import Identity
from cases.models import Case
from cases.workflow import Outcome
from infocontent.models import Topic
from inforequests.models import Dispute
from office.calendar import today
from office.models import Section

from .agenda import Step
from .hours import Hours
from .lives import Life
from .people import Staff

DAYS_TO_OBEY = 10


@dataclass(frozen=True)
class Story:
    """Each number is of working days ago. `refusal` is what the PPID wrote; without it nobody
    answered. `answer` is the superior's, laid before them and signed, if it is.
    """

    subject: str
    narrative: str
    purpose: str
    applicant: Identity
    received: int
    objected: int
    grounds: str
    complaint: str
    laid: int
    answer: dict[str, str]
    refusal: str = ""
    refused: int = 0
    signed: int | None = None
    dispute: dict[str, Any] = field(default_factory=dict)
    filed: int = 0


STORIES = [
    Story(
        "Jumlah penolakan permohonan paspor menurut alasan",
        "Mohon jumlah permohonan paspor yang ditolak sejak Januari 2026, menurut alasannya.",
        "Penelitian tentang perlindungan calon pekerja migran",
        Identity(
            full_name="Kirana Dewanti", nik="3273015506950002", address="Jalan Kenanga 8, Bandung"
        ),
        received=34,
        objected=12,
        grounds="cg",
        complaint="Sampai tenggatnya lewat saya tidak menerima jawaban apa pun.",
        laid=3,
        answer={
            "outcome": Outcome.GRANTED,
            "answer": "Permohonan Saudara belum dijawab dan tenggatnya telah lewat. Keberatan "
            "Saudara kami terima.",
            "order": "Jawab permohonan ini secara tertulis, per bulan dan per alasan.",
        },
    ),
    Story(
        "Nilai dan penerima kontrak jasa kebersihan 2026",
        "Mohon daftar kontrak jasa kebersihan kantor tahun 2026: nilai, penyedia, dan masanya.",
        "Pemantauan pengadaan",
        Identity(
            full_name="Nanda Permadi", nik="3273011203880007", address="Jalan Dahlia 41, Bandung"
        ),
        received=46,
        refused=39,
        refusal="Dokumen kontraknya memuat data pribadi tenaga kerja penyedia.",
        objected=22,
        grounds="a",
        complaint="Yang saya minta nilai kontrak dan nama perusahaan, bukan data pekerjanya.",
        laid=6,
        signed=2,
        answer={
            "outcome": Outcome.GRANTED_PARTLY,
            "answer": "Nilai kontrak dan nama penyedia adalah informasi terbuka. Data pribadi "
            "tenaga kerja tetap dikecualikan.",
            "order": "Berikan nilai kontrak, nama penyedia, dan masanya; hitamkan data pribadi.",
        },
    ),
    Story(
        "Rekaman kamera ruang tunggu paspor tanggal 3 Juni",
        "Mohon salinan rekaman kamera ruang tunggu paspor pada 3 Juni pukul 08.00 sampai 10.00.",
        "Bukti kehilangan barang",
        Identity(
            full_name="Lukman Hakim", nik="3273012109790004", address="Gang Anggrek 17, Bandung"
        ),
        received=96,
        refused=89,
        refusal="Rekaman menampilkan pengunjung lain yang dapat dikenali. Bila menyangkut "
        "kehilangan, rekaman dapat diminta oleh penyidik.",
        objected=80,
        grounds="a",
        complaint="Saya hanya memerlukan bagian yang menampilkan saya sendiri.",
        laid=68,
        signed=61,
        answer={
            "outcome": Outcome.REFUSED,
            "answer": "Keputusan PPID kami kuatkan.",
            "reasons": "Pengunjung lain tampil dalam setiap bagian rekaman dan tidak dapat "
            "dikaburkan tanpa merusaknya; uji konsekuensi PPID masih berlaku.",
        },
        dispute={"number": "014/PSI/KI-JBR/2026", "route": Dispute.Route.MEDIATION},
        filed=52,
    ),
]


class Objections:
    """Leads each story through the desk, the PPID and the Atasan PPID, each in office hours."""

    def __init__(self, now: datetime, staff: Staff, section: Section, topic: Topic) -> None:
        self.rng = random.Random(25)  # noqa: S311 - a demo that is the same every time, no secret
        self.hours, self.staff = Hours(now, self.rng), staff
        self.section, self.topic = section, topic

    def plan(self) -> Iterator[tuple[datetime, Step]]:
        for story in STORIES:
            yield from _Course(story, self).plan()


class _Course:
    def __init__(self, story: Story, of: Objections) -> None:
        self.story, self.of, self.hours = story, of, of.hours
        self.lives: list[Life] = []

    def plan(self) -> Iterator[tuple[datetime, Step]]:
        story = self.story
        received, objected = self._written(story.received), self._written(story.objected)
        verbs = ["verify", "assign", "start"] + ["submit", "approve"] * bool(story.refusal)
        answered = self._evening(story.refused if story.refusal else story.received - 2)
        yield received, self.request
        yield from self._led(0, verbs, received, answered)
        if story.refusal:
            # Ten working days to answer back, and the night after them.
            yield self._evening(story.refused - 12), lambda at: self.lives[0].stay_silent(at)
        laid = self._evening(story.laid)
        yield objected, self.objection
        yield from self._led(1, ["verify", "assign", "start", self.lay], objected, laid)
        if story.signed is None:
            return
        signed = self._evening(story.signed)
        yield self.hours.moments(laid, signed, 1)[0], self.sign
        if story.dispute:
            filed = self._evening(story.filed)
            yield filed, self.dispute
            yield self.hours.moments(filed, self._evening(story.filed - 20), 1)[0], self.mediate

    def _led(
        self, which: int, verbs: list[Any], start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, Step]]:
        """Verbs of the request's life (0) or the objection's (1), or steps of this class."""
        moments = self.hours.moments(start, end, len(verbs))
        for verb, moment in zip(verbs, moments, strict=True):

            def step(at: datetime, verb: Any = verb) -> None:
                (getattr(self.lives[which], verb) if isinstance(verb, str) else verb)(at)

            yield moment, step

    def _written(self, days: int) -> datetime:
        return self.hours.written_on(self.hours.working_days_ago(days))

    def _evening(self, days: int) -> datetime:
        return self.hours.after(self._written(days), 0)

    def _begin(self, case: Case) -> None:
        self.lives.append(
            Life(
                case,
                staff=self.of.staff,
                hours=self.hours,
                rng=self.of.rng,
                answer=(Outcome.REFUSED, self.story.refusal),
                section=self.of.section,
            )
        )

    def request(self, at: datetime) -> None:
        story = self.story
        self._begin(
            inforequests.actions.lodge(
                subject=story.subject,
                narrative=story.narrative,
                purpose=story.purpose,
                access="salinan",
                delivery="email",
                topic=self.of.topic,
                identity=story.applicant,
                code=access_code.make_access_code(),
                at=at,
            )
        )

    def objection(self, at: datetime) -> None:
        self._begin(
            inforequests.actions.lodge_objection(
                request=self.lives[0].case,
                grounds=self.story.grounds,
                narrative=self.story.complaint,
                purpose=self.story.purpose,
                code=access_code.make_access_code(),
                at=at,
            )
        )

    def lay(self, at: datetime) -> None:
        """Lay the answer before the Atasan PPID."""
        items: dict[str, Any] = dict(self.story.answer)
        if "order" in items:
            # Counted from the signature, or from today where it is still to come.
            ago = self.hours.working_days_ago(self.story.signed or 0)
            items["order_until"] = ago + timedelta(days=DAYS_TO_OBEY)
        life = self.lives[1]
        inforequests.actions.submit_answer(life.case, actor=life.officer, at=at, **items)

    def sign(self, at: datetime) -> None:
        superior = self.of.staff.superior
        inforequests.actions.decide_objection(self.lives[1].case, actor=superior, at=at)

    def dispute(self, at: datetime) -> None:
        inforequests.actions.record_dispute(
            self.lives[1].case,
            actor=self.of.staff.ppid,
            number=self.story.dispute["number"],
            filed_on=today(at) - timedelta(days=1),
            at=at,
        )

    def mediate(self, at: datetime) -> None:
        inforequests.actions.update_dispute(
            self.lives[1].case, actor=self.of.staff.ppid, at=at, **self.story.dispute
        )
