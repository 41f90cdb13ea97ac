"""Builders on the real verbs: whatever they make could exist in the office."""

import itertools
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

import complaints.actions
import inforequests.actions
from cases import actions
from cases.actions import Identity
from cases.models import Case
from cases.workflow import ANSWER_OUTCOMES, Kind, Outcome, Privacy, Status
from office.models import Section, User
from office.roles import Role
from office.uploads import StoredFile, accept

WIB = ZoneInfo("Asia/Jakarta")
# The moment in which every test begins: a Tuesday morning.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)

_numbers = itertools.count(1)


def make_section(code: str = "") -> Section:
    number = next(_numbers)
    return Section.objects.create(code=code or f"seksi-{number}", name=f"Seksi {number}")


def make_user(*roles: Role, section: Section | str | None = None, **more: Any) -> User:
    """A member of staff with these roles; `section` may be given by its code."""
    if isinstance(section, str):
        section = Section.objects.get(code=section)
    name = f"{roles[0] if roles else 'pegawai'}-{next(_numbers)}"
    fields = {"username": name, "email": f"{name}@kanim.example", "is_staff": True, **more}
    user = User.objects.create(section=section, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@dataclass(frozen=True)
class Desk:
    """The people who take a case from its receipt to its end, all of them of different roles."""

    section: Section
    verifier: User
    officer: User
    head: User
    ppid: User
    office_head: User


def make_desk(section: Section | str = "tikkim") -> Desk:
    if isinstance(section, str):
        section = Section.objects.get(code=section)
    return Desk(
        section=section,
        verifier=make_user(Role.VERIFIER),
        officer=make_user(Role.OFFICER, section=section),
        head=make_user(Role.SECTION_HEAD, section=section),
        ppid=make_user(Role.PPID),
        office_head=make_user(Role.OFFICE_HEAD, Role.PPID_SUPERIOR),
    )


# A decision that says all that the law wants of one that grants everything.
DECISION = {
    "outcome": Outcome.GRANTED,
    "is_held": True,
    "material": "Jumlah paspor yang terbit per bulan, Januari sampai Desember 2025",
    "delivery": "langsung",
    "form": "hardcopy",
    "explanation": "Data disusun per bulan.",
}


IDENTITY = Identity(
    full_name="Sari Melati Kusuma",
    nik="3273014507900003",
    address="Jalan Cendana 7, Bandung",
    phone="081234567890",
    email="sari.melati@example.com",
)


def make_case(
    kind: str = Kind.COMPLAINT,
    status: str = Status.RECEIVED,
    *,
    desk: Desk | None = None,
    at: datetime | None = None,
    service_class: str = "",
    reported: Iterable[User] = (),
    **lodged: Any,
) -> Case:
    """A case of the desk's section in the wanted status, brought there by the verbs, a minute each.

    `at` is when it was received (default: an hour ago); `lodged` goes to the kind's `lodge`.
    """
    at = at or timezone.now() - timedelta(hours=1)
    if lodged.get("privacy") != Privacy.ANONYMOUS:
        lodged.setdefault("identity", IDENTITY)
    lodged.setdefault("subject", "Antrean loket terlalu lama")
    lodged.setdefault("narrative", "Saya menunggu empat jam di loket pengambilan paspor.")
    case = _lodge(kind, at=at, **lodged)
    if status != Status.RECEIVED:
        _Walk(case, desk or make_desk(), at, service_class, reported).to(Status(status))
    return Case.objects.get(pk=case.pk)


# An answer that upholds the PPID and says why; ORDER is one that does not.
UPHELD = {
    "outcome": Outcome.REFUSED,
    "answer": "Permohonan itu sudah ditanggapi menurut undang-undang.",
    "reasons": "Uji konsekuensi masih berlaku.",
}
ORDER = {
    "outcome": Outcome.GRANTED,
    "answer": "Keberatan Saudara kami terima.",
    "order": "Berikan jawaban tertulis atas permohonan itu",
}


def _lodge(kind: str, **lodged: Any) -> Case:
    if kind == Kind.COMPLAINT:
        return complaints.actions.lodge(**lodged)
    if kind == Kind.INFORMATION_REQUEST:
        request = {"purpose": "Penelitian", "access": "salinan", "delivery": "email"}
        return inforequests.actions.lodge(**{**request, **lodged})
    if kind == Kind.OBJECTION:
        return _object(**lodged)
    return actions.register(kind=kind, **lodged)


def _object(
    *, at: datetime, identity: Identity = IDENTITY, request: Case | None = None, **lodged: Any
) -> Case:
    """An objection to `request`, by default to one of four weeks ago that nobody answered."""
    if request is None:
        request = make_case(
            Kind.INFORMATION_REQUEST,
            at=at - timedelta(days=28),
            identity=identity,
            **{name: lodged[name] for name in ("subject", "language") if name in lodged},
        )
    words = {"grounds": "cg", "purpose": "Penelitian", **lodged}
    words.pop("subject", None)
    return inforequests.actions.lodge_objection(request=request, at=at, **words)


class _Walk:
    """The shortest way from the receipt to a status."""

    ROUTES: dict[Status, tuple[str, ...]] = {
        Status.INCOMPLETE: ("ask",),
        Status.VERIFIED: ("verify",),
        Status.ASSIGNED: ("verify", "assign"),
        Status.IN_PROGRESS: ("verify", "assign", "start"),
        Status.IN_APPROVAL: ("verify", "assign", "start", "submit"),
        Status.ANSWERED: ("verify", "assign", "start", "submit", "approve"),
        Status.DONE: ("verify", "assign", "start", "submit", "approve", "confirm"),
        Status.FORWARDED: ("verify", "forward"),
        Status.WITHDRAWN: ("withdraw",),
        Status.DUPLICATE: ("verify", "duplicate"),
        Status.ARCHIVED: ("verify", "archive"),
    }

    def __init__(
        self,
        case: Case,
        desk: Desk,
        at: datetime,
        service_class: str,
        reported: Iterable[User],
    ) -> None:
        self.case, self.desk, self.at = case, desk, at
        self.verified = {"service_class": service_class, "reported": reported}

    def to(self, status: Status) -> None:
        for step in self.ROUTES[status]:
            self.at += timedelta(minutes=1)
            getattr(self, step)()

    def ask(self) -> None:
        actions.request_completion(
            self.case, actor=self.desk.verifier, text="Kapan kejadiannya?", at=self.at
        )

    def verify(self) -> None:
        actions.verify(
            self.case,
            actor=self.desk.verifier,
            section=self.desk.section,
            at=self.at,
            **self.verified,
        )

    def assign(self) -> None:
        desk = self.desk
        actions.assign(
            self.case, actor=desk.verifier, section=desk.section, assignee=desk.officer, at=self.at
        )

    def start(self) -> None:
        actions.start(self.case, actor=self.desk.officer, at=self.at)

    def submit(self) -> None:
        if self.case.kind == Kind.INFORMATION_REQUEST:
            inforequests.actions.submit_decision(
                self.case, actor=self.desk.officer, at=self.at, **DECISION
            )
            return
        if self.case.kind == Kind.OBJECTION:
            inforequests.actions.submit_answer(
                self.case, actor=self.desk.officer, at=self.at, **UPHELD
            )
            return
        actions.submit(
            self.case,
            actor=self.desk.officer,
            body="Loket kedua sudah dibuka.",
            outcome=ANSWER_OUTCOMES[self.case.kind][0],
            at=self.at,
        )

    def approve(self) -> None:
        if self.case.kind == Kind.INFORMATION_REQUEST:
            inforequests.actions.check_decision(self.case, actor=self.desk.head, at=self.at)
            inforequests.actions.sign_decision(self.case, actor=self.desk.ppid, at=self.at)
            return
        if self.case.kind == Kind.OBJECTION:
            inforequests.actions.decide_objection(
                self.case, actor=self.desk.office_head, at=self.at
            )
            return
        actions.approve(self.case, actor=self.desk.head, at=self.at)

    def confirm(self) -> None:
        actions.confirm_resolved(self.case, at=self.at)

    def forward(self) -> None:
        actions.forward(
            self.case,
            actor=self.desk.head,
            body="Dinas Perhubungan",
            reason="Bukan wewenang kantor imigrasi.",
            at=self.at,
        )

    def withdraw(self) -> None:
        actions.withdraw(self.case, at=self.at)

    def duplicate(self) -> None:
        original = make_case(self.case.kind, at=self.case.received_at)
        actions.mark_duplicate(self.case, actor=self.desk.verifier, original=original, at=self.at)

    def archive(self) -> None:
        actions.archive(self.case, actor=self.desk.head, reason="Isi tidak terbaca.", at=self.at)


def codes(case: Case) -> list[str]:
    """The whole history of a case as event codes."""
    return list(case.events.order_by("seq").values_list("code", flat=True))


def notices(case: Case) -> list[tuple[str, User | None]]:
    """Everything that was owed to somebody about a case, oldest first; None is the citizen."""
    return [(notice.code, notice.recipient) for notice in case.notices.order_by("pk")]


def make_image(kind: str = "JPEG", size: tuple[int, int] = (8, 6), artist: str = "") -> bytes:
    """A small picture; with `artist` it carries EXIF that names a person and a place."""
    image = Image.new("RGB", size, "navy")
    exif = Image.Exif()
    if artist:
        exif[0x013B] = artist
        exif.get_ifd(0x8825)[1] = "S"
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def make_pdf(text: str = "bukti") -> bytes:
    return f"%PDF-1.4\n% {text}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".encode()


def make_docx(**entries: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_upload(name: str = "bukti.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_image() if content is None else content)


def make_stored_file(name: str = "bukti.jpg", content: bytes | None = None) -> StoredFile:
    """An upload that was accepted and waits in private storage."""
    return accept(make_upload(name, content))
