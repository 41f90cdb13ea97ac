"""The last quarter of last year: a few requests, all answered, and the report about the year."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

import inforequests.actions
from cases import access_code
from cases.actions import Identity
from cases.models import Case
from cases.workflow import Outcome
from infocontent.models import Topic
from office.models import Section
from office.uploads import accept
from reports.annual.actions import begin_report, publish_report, save_report
from reports.period import Period

from .agenda import Step
from .hours import Hours
from .lives import Life
from .people import NAMES, STREETS, Staff

# Subject, purpose, outcome and what the answer says.
ROWS = [
    ("Jumlah paspor terbit per bulan", "Skripsi", Outcome.GRANTED, "Tabel per bulan terlampir."),
    ("Rencana kerja kantor", "Penelitian", Outcome.PUBLISHED, "Dimuat di Informasi Berkala."),
    ("Jumlah WNA pemegang ITAS", "Liputan", Outcome.GRANTED, "Tabel per kewarganegaraan."),
    ("Realisasi anggaran layanan", "Advokasi", Outcome.GRANTED, "Pagu dan realisasi per kegiatan."),
    ("Jumlah penumpang bandara lain", "Riset", Outcome.NOT_HELD, "Data itu tidak kami kuasai."),
    ("Standar pelayanan terbaru", "Bahan ajar", Outcome.PUBLISHED, "Dimuat di Standar Layanan."),
    ("Lama penerbitan paspor", "Penelitian", Outcome.GRANTED, "Rata-rata per bulan terlampir."),
    ("Jumlah deportasi per alasan", "Liputan", Outcome.GRANTED, "Angka per alasan terlampir."),
]
REPORT: dict[str, Any] = {
    "policy": "PPID ditetapkan dengan keputusan Kepala Kantor. Maklumat pelayanan informasi, "
    "standar biaya, dan Daftar Informasi Publik diumumkan di ruang layanan dan di situs.",
    "facilities": "Satu meja layanan informasi, satu komputer untuk pemohon, papan pengumuman, dan "
    "situs kantor. Kursi roda dan pembesar huruf tersedia di ruang layanan.",
    "people": "Satu PPID, satu verifikator, dan seorang petugas di tiap seksi.",
    "budget": 48_000_000,
    "spent": 45_300_000,
    "budget_note": "Terutama untuk pencetakan formulir dan pelatihan petugas.",
    "service_note": "Portal mulai dipakai pada triwulan terakhir; permohonan sebelumnya dicatat di "
    "buku register dan tidak termasuk dalam angka ini.",
    "internal_obstacles": "Data tersebar di beberapa seksi sehingga mengumpulkannya perlu waktu.",
    "external_obstacles": "Sebagian pemohon meminta data yang dikuasai instansi lain.",
    "recommendations": "Muat data yang sering diminta di Informasi Berkala, dan latih petugas "
    "seksi tentang uji konsekuensi.",
}


class LastYear:
    def __init__(self, now: datetime, staff: Staff, section: Section, topic: Topic) -> None:
        self.rng = random.Random(26)  # noqa: S311 - a demo that is the same every time, no secret
        self.hours, self.staff, self.now = Hours(now, self.rng), staff, now
        self.section, self.topic = section, topic
        self.year = timezone.localdate(now).year - 1

    def plan(self) -> Iterator[tuple[datetime, Step]]:
        for number, (subject, purpose, outcome, says) in enumerate(ROWS):
            # Nothing of the demo is older than October.
            day = date(self.year, 10, 6) + timedelta(days=9 * number)
            received = self.hours.written_on(day)
            answered = self.hours.after(received, 8)
            yield from self._request((subject, purpose), (outcome, says), received, answered)
        published = datetime.combine(date(self.year + 1, 1, 20), time(10))
        yield min(timezone.make_aware(published), self.now), self.report

    def _request(
        self,
        wish: tuple[str, str],
        answer: tuple[Outcome, str],
        received: datetime,
        answered: datetime,
    ) -> Iterator[tuple[datetime, Step]]:
        lives: list[Life] = []

        def lodge(at: datetime) -> None:
            life = Life(
                self._lodge(*wish, at),
                staff=self.staff,
                hours=self.hours,
                rng=self.rng,
                answer=answer,
                section=self.section,
            )
            lives.append(life)

        yield received, lodge
        verbs = ("verify", "assign", "start", "submit", "approve", "confirm")
        moments = self.hours.moments(received, answered, len(verbs))
        for verb, moment in zip(verbs, moments, strict=True):

            def step(at: datetime, verb: str = verb) -> None:
                getattr(lives[0], verb)(at)

            yield moment, step

    def _lodge(self, subject: str, purpose: str, at: datetime) -> Case:
        name = self.rng.choice(NAMES)
        return inforequests.actions.lodge(
            subject=f"{subject} {self.year}",
            narrative=f"Mohon salinan: {subject.lower()}, tahun {self.year}.",
            purpose=purpose,
            access="salinan",
            delivery="email",
            topic=self.topic,
            identity=Identity(
                full_name=name,
                address=f"{self.rng.choice(STREETS)} {self.rng.randint(1, 99)}, Bandung",
                nik=f"32730112{self.rng.randint(10, 12)}88{self.rng.randint(1, 9999):04d}",
            ),
            files=[accept(SimpleUploadedFile("ktp.png", _identity_card()))],
            code=access_code.make_access_code(),
            at=at,
        )

    def report(self, at: datetime) -> None:
        ppid = self.staff.ppid
        report = begin_report(Period(self.year), actor=ppid, at=at)
        save_report(report, actor=ppid, at=at, **REPORT)
        publish_report(report, actor=ppid, at=at)


def _identity_card() -> bytes:
    """A picture of no card of anybody."""
    picture, content = Image.new("RGB", (640, 400), "#dfe7ee"), BytesIO()
    ImageDraw.Draw(picture).text((180, 170), "CONTOH KTP", fill="#33414d", font_size=48)
    picture.save(content, "PNG")
    return content.getvalue()
