"""What becomes of each demo case: a route of verbs, each done by whoever may, in its time."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

import inforequests.actions
from cases import actions
from cases.models import Case
from cases.workflow import Kind, Outcome, ServiceClass
from infocontent.models import Exclusion, PublicInformation
from office.models import Section, User

from .agenda import Step
from .hours import Hours
from .people import Staff

_WORK = ("verify", "assign", "start")
_ANSWER = (*_WORK, "submit", "approve")
ROUTES: dict[str, tuple[str, ...]] = {
    "baru": (),
    "dilengkapi": ("ask", "complete"),
    "perlu dilengkapi": ("ask",),
    "terverifikasi": ("verify",),
    "didisposisi": ("verify", "assign"),
    "dikerjakan": _WORK,
    "dikerjakan, pesan belum dibaca": (*_WORK, "add_facts"),
    "dikerjakan, ada konsep": (*_WORK, "note", "save_draft"),
    "dikerjakan, konsep dikembalikan": (*_WORK, "submit", "return_draft"),
    "dikerjakan, pindah seksi": ("verify", "assign", "hand_over", "start"),
    "diperpanjang": (*_WORK, "extend"),
    "konsep diajukan": (*_WORK, "submit"),
    "dijawab": _ANSWER,
    "ditanggapi kembali": (*_ANSWER, "answer_back"),
    "selesai kata warga": (*_ANSWER, "confirm"),
    "selesai tanpa tanggapan": (*_ANSWER, "stay_silent"),
    "selesai oleh petugas": (*_ANSWER, "close"),
    "dibuka kembali": (*_ANSWER, "close", "reopen"),
    "diteruskan": ("verify", "forward"),
    "dicabut": ("verify", "withdraw"),
    "duplikat": ("verify", "duplicate"),
    "diarsipkan": ("ask", "archive"),
    "jenis diubah": ("reclassify", *_ANSWER),
}
FACTS = [
    "Saya lampirkan jam kejadiannya: sekitar pukul sepuluh pagi, dan berulang sampai siang.",
    "Tambahan: setelah saya coba di ponsel lain hasilnya sama saja.",
    "Mohon kabarnya, karena saya berangkat bulan depan.",
    "Sekarang muncul pesan yang berbeda: “permohonan tidak ditemukan”.",
]
QUESTIONS = [
    "Mohon sebutkan tanggal dan jam kejadian, serta langkah terakhir Anda di aplikasi.",
    "Mohon jelaskan di kantor atau loket mana hal ini terjadi.",
    "Mohon tuliskan pesan galat yang muncul. Jangan mengirim NIK atau nomor paspor.",
]
NOT_SOLVED = [
    "Sudah saya coba sesuai petunjuk, tetapi hasilnya masih sama. Mohon diperiksa lagi.",
    "Jawabannya belum menyentuh masalah saya: yang saya tanyakan adalah uang yang sudah dibayar.",
]
NOTES = [
    "Mohon ditangani; perhatikan tenggatnya.",
    "Serupa dengan keluhan minggu lalu, samakan jawabannya.",
    "Cek dulu ke pengelola aplikasi sebelum menjawab.",
]
BODIES = [
    (
        "Direktorat Jenderal Imigrasi",
        "Berkaitan dengan server pusat M-Paspor, di luar kewenangan kantor ini.",
    ),
    (
        "Dinas Kependudukan dan Pencatatan Sipil Kota Bandung",
        "Data kependudukan diubah di Dinas Dukcapil.",
    ),
    (
        "Kantor Imigrasi Kelas I Khusus TPI Soekarno-Hatta",
        "Kejadiannya di tempat pemeriksaan bandara.",
    ),
]


class Life:
    """Leads one case along its route. `answer` is an outcome and the text that goes with it."""

    def __init__(
        self,
        case: Case,
        *,
        staff: Staff,
        hours: Hours,
        rng: random.Random,
        answer: tuple[str, str],
        section: Section,
        reported: tuple[User, ...] = (),
        original: Case | None = None,
    ) -> None:
        self.case, self.staff, self.hours, self.rng = case, staff, hours, rng
        self.outcome, self.text = answer
        self.section, self.reported, self.original = section, reported, original
        self.officer = rng.choice(staff.officers(section))

    def plan(self, route: str, end: datetime) -> list[tuple[datetime, Step]]:
        """The route's verbs, each with its moment between the receipt and `end`."""
        verbs = ROUTES[route]
        moments = self.hours.moments(self.case.received_at, end, len(verbs))
        return [(at, getattr(self, verb)) for verb, at in zip(verbs, moments, strict=True)]

    # The PPID desk

    def ask(self, at: datetime) -> None:
        actions.request_completion(
            self.case, actor=self.staff.verifier, text=self.rng.choice(QUESTIONS), at=at
        )

    def verify(self, at: datetime) -> None:
        service_class = ServiceClass.NONE
        if self.case.kind == Kind.COMPLAINT:
            service_class = ServiceClass.SUPERVISORY if self.reported else ServiceClass.ORDINARY
        actions.verify(
            self.case,
            actor=self.staff.verifier,
            section=self.section,
            service_class=service_class,
            reported=self.reported,
            at=at,
        )

    def reclassify(self, at: datetime) -> None:
        inforequests.actions.adopt(
            self.case, actor=self.staff.verifier, purpose="Penelitian untuk skripsi", at=at
        )

    def forward(self, at: datetime) -> None:
        body, reason = self.rng.choice(BODIES)
        actions.forward(self.case, actor=self.staff.verifier, body=body, reason=reason, at=at)

    def duplicate(self, at: datetime) -> None:
        assert self.original is not None  # noqa: S101 - the plan gives one to each case of this route
        actions.mark_duplicate(self.case, actor=self.staff.verifier, original=self.original, at=at)

    def archive(self, at: datetime) -> None:
        actions.archive(
            self.case,
            actor=self.staff.verifier,
            reason="Tidak dilengkapi sampai batas waktu, sehingga tidak dapat ditelusuri.",
            outcome=Outcome.INCOMPLETE_LAPSED,
            at=at,
        )

    # The section

    def assign(self, at: datetime) -> None:
        actions.assign(
            self.case,
            actor=self._head(),
            section=self.section,
            assignee=self.officer,
            note=self.rng.choice(NOTES) if self.rng.random() < 0.3 else "",
            at=at,
        )

    def hand_over(self, at: datetime) -> None:
        to = Section.objects.get(code="tikkim" if self.section.code != "tikkim" else "lantaskim")
        head, self.section = self._head(), to
        self.officer = self.rng.choice(self.staff.officers(to))
        actions.assign(
            self.case,
            actor=head,
            section=to,
            assignee=self.officer,
            note="Lebih tepat ditangani seksi Anda.",
            at=at,
        )

    def start(self, at: datetime) -> None:
        actions.start(self.case, actor=self.officer, at=at)

    def note(self, at: datetime) -> None:
        actions.note(
            self.case,
            actor=self.officer,
            text="Sudah menghubungi pengelola aplikasi, menunggu kabar.",
            at=at,
        )

    def save_draft(self, at: datetime) -> None:
        if self.case.kind == Kind.INFORMATION_REQUEST:
            inforequests.actions.draft_decision(
                self.case, actor=self.officer, at=at, **self._decision()
            )
            return
        actions.save_draft(
            self.case, actor=self.officer, body=self.text, outcome=self.outcome, at=at
        )

    def submit(self, at: datetime) -> None:
        if self.case.kind == Kind.INFORMATION_REQUEST:
            inforequests.actions.submit_decision(
                self.case, actor=self.officer, at=at, **self._decision()
            )
            return
        actions.submit(self.case, actor=self.officer, body=self.text, outcome=self.outcome, at=at)

    def return_draft(self, at: datetime) -> None:
        actions.return_draft(
            self.case,
            actor=self._head(),
            remarks="Tambahkan apa yang sudah dilakukan dan tanggalnya.",
            at=at,
        )

    def extend(self, at: datetime) -> None:
        actions.extend(
            self.case,
            actor=self._head(),
            reason="Informasi yang diminta masih dikumpulkan dari tiga seksi.",
            at=at,
        )

    def approve(self, at: datetime) -> None:
        if self.case.kind == Kind.INFORMATION_REQUEST:
            inforequests.actions.check_decision(self.case, actor=self._head(), at=at)
            inforequests.actions.sign_decision(self.case, actor=self.staff.ppid, at=at)
            return
        actions.approve(self.case, actor=self._head(), at=at)

    def close(self, at: datetime) -> None:
        actions.close(
            self.case, actor=self._head(), reason="Warga menyatakan selesai lewat telepon.", at=at
        )

    def reopen(self, at: datetime) -> None:
        actions.reopen(
            self.case,
            actor=self._head(),
            reason="Kejadian yang sama terulang setelah ditutup.",
            at=at,
        )

    # The citizen, or nobody

    def complete(self, at: datetime) -> None:
        actions.complete(self.case, text=self.rng.choice(FACTS), at=at)

    def add_facts(self, at: datetime) -> None:
        actions.add_facts(self.case, text=self.rng.choice(FACTS), at=at)

    def answer_back(self, at: datetime) -> None:
        actions.answer_back(self.case, text=self.rng.choice(NOT_SOLVED), at=at)

    def withdraw(self, at: datetime) -> None:
        actions.withdraw(self.case, at=at)

    def confirm(self, at: datetime) -> None:
        actions.confirm_resolved(self.case, at=at)

    def stay_silent(self, _at: datetime) -> None:
        """The hourly job closes it in the night after the last day to answer back."""
        if self.case.reply_until:
            day = self.case.reply_until + timedelta(days=1)
            night = timezone.make_aware(datetime.combine(day, time(1, 10)))
            if night < self.hours.now:
                actions.close_silent(self.case, at=night)

    def _decision(self) -> dict[str, Any]:
        """All that a notice of this outcome has to say."""
        outcome = Outcome(self.outcome)
        says: dict[str, Any] = {
            "outcome": outcome,
            "is_held": outcome not in (Outcome.NOT_HELD, Outcome.NOT_YET_HELD),
            "explanation": self.text,
        }
        if outcome in (Outcome.GRANTED, Outcome.GRANTED_PARTLY):
            says |= {"material": self.case.subject, "delivery": "langsung", "form": "hardcopy"}
        if outcome in (Outcome.GRANTED_PARTLY, Outcome.REFUSED):
            exclusion = Exclusion.objects.in_force().filter(ground="h").first()
            says |= {"exclusion": exclusion, "ground": "h"}
        if outcome == Outcome.GRANTED_PARTLY:
            says |= {
                "redacted": "Nama dan nomor paspor perorangan",
                "redaction_reason": "Rahasia pribadi (UU 14/2008 Pasal 17 huruf h)",
            }
        if outcome == Outcome.NOT_HELD:
            says |= {"held_by": "Direktorat Jenderal Imigrasi"}
        if outcome == Outcome.NOT_YET_HELD:
            day = timezone.localdate(self.case.received_at) + timedelta(days=120)
            says |= {"available_on": day}
        if outcome == Outcome.PUBLISHED:
            says |= {"information": PublicInformation.objects.listed().first()}
        return says

    def _head(self) -> User:
        return self.staff.head(self.section)
