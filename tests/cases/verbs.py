"""Every verb as a table: who may do it, from which status it leads where, which event it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

import complaints.actions
import inforequests.actions
from cases import actions
from cases.models import Case
from cases.workflow import ANSWER_OUTCOMES, FINAL, Kind, Status
from infocontent.models import Topic
from office.models import User
from office.roles import Role
from tests.factories import Desk, make_case, make_stored_file

S = Status
RECEIVED_TO_WORK = (S.RECEIVED, S.INCOMPLETE, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS)
UNANSWERED = (*RECEIVED_TO_WORK, S.IN_APPROVAL)
OPEN = (*UNANSWERED, S.ANSWERED)
VERIFIER = {Role.VERIFIER}
WORKERS = {Role.OFFICER, Role.SECTION_HEAD}
APPROVERS = {Role.SECTION_HEAD, Role.PPID, Role.OFFICE_HEAD}
DECIDERS = APPROVERS | VERIFIER
READERS = DECIDERS | {Role.OFFICER}
KEEPERS = {Role.PPID, Role.OFFICE_HEAD}


@dataclass(frozen=True)
class Verb:
    """`do` gets case, actor and desk; `moves` maps each allowed status to the one that follows."""

    do: Callable[..., Any]
    event: str
    moves: dict[Status, Status]
    roles: set[Role] = field(default_factory=set)
    kind: str = Kind.COMPLAINT
    # The person who does it in the desk of the factories; None is the citizen or the system.
    by: str | None = None
    # What has to be true beyond the status, set before the verb.
    before: Callable[[Case], None] = lambda case: None


def stay(*statuses: Status) -> dict[Status, Status]:
    return {status: status for status in statuses}


def to(target: Status, *statuses: Status) -> dict[Status, Status]:
    return dict.fromkeys(statuses, target)


def _citizen_wrote(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(citizen_wrote_at=timezone.now())


def _undated(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(due_working_on=None)


def _overdue(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=1))


def _make_original(case: Case) -> None:
    make_case(subject="Kasus yang pertama")


def _original(case: Case) -> Case:
    return Case.objects.filter(subject="Kasus yang pertama").exclude(pk=case.pk).get()


def _reported() -> User:
    return User.objects.get_or_create(username="terlapor", is_staff=True)[0]


def _reclassify(case: Case, actor: User, desk: Desk, **more: Any) -> None:
    inforequests.actions.adopt(case, actor=actor, purpose="Penelitian", **more)


def _to_complaint(case: Case, actor: User, desk: Desk, **more: Any) -> None:
    complaints.actions.adopt(case, actor=actor, **more)


STAFF_VERBS: dict[str, Verb] = {
    "request_completion": Verb(
        lambda case, actor, desk, **more: actions.request_completion(
            case, actor=actor, text="Kapan kejadiannya?", **more
        ),
        "minta_dilengkapi",
        {S.RECEIVED: S.INCOMPLETE},
        VERIFIER,
        by="verifier",
    ),
    "verify": Verb(
        lambda case, actor, desk, **more: actions.verify(
            case, actor=actor, section=desk.section, **more
        ),
        "diverifikasi",
        {S.RECEIVED: S.VERIFIED},
        VERIFIER,
        by="verifier",
    ),
    "name_reported": Verb(
        lambda case, actor, desk, **more: actions.name_reported(
            case, actor=actor, reported=[_reported()], **more
        ),
        "terlapor_dicatat",
        stay(*S),
        VERIFIER,
        by="verifier",
    ),
    "reclassify": Verb(_reclassify, "jenis_diubah", stay(*UNANSWERED), VERIFIER, by="verifier"),
    "adopt_as_complaint": Verb(
        _to_complaint, "jenis_diubah", stay(*UNANSWERED), VERIFIER, Kind.QUESTION, by="verifier"
    ),
    "set_topic": Verb(
        lambda case, actor, desk, **more: actions.set_topic(
            case, actor=actor, topic=Topic.objects.get(code="splp"), **more
        ),
        "topik_diubah",
        stay(*OPEN),
        VERIFIER,
        by="verifier",
    ),
    "assign": Verb(
        lambda case, actor, desk, **more: actions.assign(
            case, actor=actor, section=desk.section, assignee=desk.officer, **more
        ),
        "didisposisi",
        to(S.ASSIGNED, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS),
        DECIDERS,
        by="verifier",
    ),
    "start": Verb(
        lambda case, actor, desk, **more: actions.start(case, actor=actor, **more),
        "mulai_dikerjakan",
        {S.ASSIGNED: S.IN_PROGRESS},
        WORKERS,
        by="officer",
    ),
    "save_draft": Verb(
        lambda case, actor, desk, **more: actions.save_draft(
            case, actor=actor, body="Sedang kami", **more
        ),
        "konsep_disimpan",
        stay(S.IN_PROGRESS),
        WORKERS,
        by="officer",
    ),
    "submit": Verb(
        lambda case, actor, desk, **more: actions.submit(
            case,
            actor=actor,
            body="Loket kedua dibuka.",
            outcome=ANSWER_OUTCOMES[case.kind][0],
            **more,
        ),
        "konsep_diajukan",
        {S.IN_PROGRESS: S.IN_APPROVAL},
        WORKERS,
        by="officer",
    ),
    "return_draft": Verb(
        lambda case, actor, desk, **more: actions.return_draft(
            case, actor=actor, remarks="Sebutkan tanggalnya.", **more
        ),
        "konsep_dikembalikan",
        {S.IN_APPROVAL: S.IN_PROGRESS},
        APPROVERS,
        by="head",
    ),
    "approve": Verb(
        lambda case, actor, desk, **more: actions.approve(case, actor=actor, **more),
        "ditanggapi",
        {S.IN_APPROVAL: S.ANSWERED},
        APPROVERS,
        by="head",
    ),
    "extend": Verb(
        lambda case, actor, desk, **more: actions.extend(
            case, actor=actor, reason="Informasi belum didokumentasikan.", **more
        ),
        "diperpanjang",
        stay(S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.IN_APPROVAL),
        {Role.SECTION_HEAD, Role.PPID},
        Kind.INFORMATION_REQUEST,
        by="head",
    ),
    "forward": Verb(
        lambda case, actor, desk, **more: actions.forward(
            case, actor=actor, body="Dinas Perhubungan", reason="Bukan wewenang kami.", **more
        ),
        "diteruskan",
        to(S.FORWARDED, *RECEIVED_TO_WORK),
        DECIDERS,
        by="verifier",
    ),
    "mark_duplicate": Verb(
        lambda case, actor, desk, **more: actions.mark_duplicate(
            case, actor=actor, original=_original(case), **more
        ),
        "duplikat",
        to(S.DUPLICATE, *RECEIVED_TO_WORK),
        DECIDERS,
        by="verifier",
        before=_make_original,
    ),
    "archive": Verb(
        lambda case, actor, desk, **more: actions.archive(
            case, actor=actor, reason="Isi tidak terbaca.", **more
        ),
        "diarsipkan",
        to(S.ARCHIVED, *RECEIVED_TO_WORK),
        DECIDERS,
        by="verifier",
    ),
    "close": Verb(
        lambda case, actor, desk, **more: actions.close(
            case, actor=actor, reason="Pelapor menelepon: selesai.", **more
        ),
        "ditutup",
        {S.ANSWERED: S.DONE},
        DECIDERS,
        by="head",
    ),
    "reopen": Verb(
        lambda case, actor, desk, **more: actions.reopen(
            case, actor=actor, reason="Ternyata belum selesai.", **more
        ),
        "dibuka_kembali",
        to(S.IN_PROGRESS, S.DONE, S.ARCHIVED),
        DECIDERS,
        by="head",
    ),
    "note": Verb(
        lambda case, actor, desk, **more: actions.note(
            case, actor=actor, text="Menunggu rekaman kamera.", **more
        ),
        "catatan",
        stay(*S),
        READERS,
        by="verifier",
    ),
    "add_files": Verb(
        lambda case, actor, desk, **more: actions.add_files(
            case, actor=actor, files=[make_stored_file()], **more
        ),
        "catatan",
        stay(*S),
        READERS,
        by="verifier",
    ),
    "mark_read": Verb(
        lambda case, actor, desk, **more: actions.mark_read(case, actor=actor, **more),
        "pesan_dibaca",
        stay(*OPEN),
        READERS,
        by="verifier",
        before=_citizen_wrote,
    ),
    "reveal_identity": Verb(
        lambda case, actor, desk, **more: actions.reveal_identity(
            case, actor=actor, purpose="Menelepon pelapor", **more
        ),
        "identitas_dibuka",
        stay(*S),
        READERS,
        by="verifier",
    ),
    "take_data_request": Verb(
        lambda case, actor, desk, **more: actions.take_data_request(
            case, actor=actor, kind="akses", request=1, **more
        ),
        "hak_data_ditangani",
        stay(*S),
        KEEPERS,
        by="ppid",
    ),
    "settle_data_request": Verb(
        lambda case, actor, desk, **more: actions.settle_data_request(
            case, actor=actor, kind="akses", request=1, is_granted=True, **more
        ),
        "hak_data_dipenuhi",
        stay(*S),
        KEEPERS,
        by="ppid",
    ),
    "correct_identity": Verb(
        lambda case, actor, desk, **more: actions.correct_identity(
            case, actor=actor, changes={"full_name": "Sari Melati"}, **more
        ),
        "identitas_diperbaiki",
        stay(*S),
        KEEPERS,
        by="ppid",
    ),
    "redact": Verb(
        lambda case, actor, desk, **more: actions.redact(
            case, actor=actor, parts=["identitas", "teks"], **more
        ),
        "data_dimusnahkan",
        stay(*FINAL),
        KEEPERS,
        by="office_head",
    ),
}

OTHER_VERBS: dict[str, Verb] = {
    "add_facts": Verb(
        lambda case, actor, desk, **more: actions.add_facts(case, text="Loket 3.", **more),
        "warga_menambahkan",
        stay(S.RECEIVED, S.VERIFIED, S.ASSIGNED, S.IN_PROGRESS, S.IN_APPROVAL),
    ),
    "complete": Verb(
        lambda case, actor, desk, **more: actions.complete(case, text="Senin pagi.", **more),
        "dilengkapi",
        {S.INCOMPLETE: S.RECEIVED},
    ),
    "answer_back": Verb(
        lambda case, actor, desk, **more: actions.answer_back(case, text="Masih lama.", **more),
        "warga_menanggapi",
        {S.ANSWERED: S.IN_PROGRESS},
    ),
    "confirm_resolved": Verb(
        lambda case, actor, desk, **more: actions.confirm_resolved(case, **more),
        "ditutup",
        {S.ANSWERED: S.DONE},
    ),
    "withdraw": Verb(
        lambda case, actor, desk, **more: actions.withdraw(case, **more),
        "dicabut",
        to(S.WITHDRAWN, *OPEN),
    ),
    "renew_access_code": Verb(
        lambda case, actor, desk, **more: actions.renew_access_code(case, **more),
        "kode_diganti",
        stay(*S),
    ),
    "record_data_request": Verb(
        lambda case, actor, desk, **more: actions.record_data_request(
            case, kind="akses", request=1, due_at=timezone.now(), **more
        ),
        "minta_hak_data",
        stay(*S),
    ),
    "export_data": Verb(
        lambda case, actor, desk, **more: actions.export_data(case, form="json", **more),
        "salinan_data_diunduh",
        stay(*S),
    ),
}

# What the hourly job does; it asks for every case and is told by False that nothing was to do.
JOB_VERBS: dict[str, Verb] = {
    "close_silent": Verb(
        lambda case, actor, desk, **more: actions.close_silent(
            case, at=timezone.now() + timedelta(days=30), **more
        ),
        "ditutup",
        {S.ANSWERED: S.DONE},
    ),
    "set_due": Verb(
        lambda case, actor, desk, **more: actions.set_due(case, **more),
        "tenggat_dihitung",
        stay(*OPEN),
        before=_undated,
    ),
    "remind_due_soon": Verb(
        lambda case, actor, desk, **more: actions.remind_due_soon(case, **more),
        "segera_jatuh_tempo",
        stay(*UNANSWERED),
    ),
    "remind_overdue": Verb(
        lambda case, actor, desk, **more: actions.remind_overdue(case, **more),
        "lewat_tenggat",
        stay(*UNANSWERED),
        before=_overdue,
    ),
}

VERBS = STAFF_VERBS | OTHER_VERBS | JOB_VERBS
