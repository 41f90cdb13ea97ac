"""A failure of data protection: recorded, its people found and told, closed (UU 27/2022 Ps 46)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import Case
from cases.workflow import CaseError, NotAllowed
from office.models import User

from ..models import AffectedCase, Breach, ClockRule
from ..workflow import EventCode, NotReady
from ._base import lock, log, require

DUTY = "keep_breaches"
TEXTS = ("title", "what", "how", "handling", "needs_public_notice")


@transaction.atomic
def open_breach(
    *,
    actor: User,
    title: str,
    known_at: datetime,
    what: str,
    how: str,
    handling: str,
    needs_public_notice: bool = False,
    at: datetime | None = None,
) -> Breach:
    """Record what became known. The clock runs from T0, not from the moment of writing it down."""
    at = at or timezone.now()
    require(actor, DUTY)
    if known_at > at:
        raise CaseError("Waktu diketahui (T0) belum terjadi.")
    due_at, law = ClockRule.objects.due(ClockRule.Duty.BREACH, known_at)
    breach = Breach.objects.create(
        title=title,
        known_at=known_at,
        due_at=due_at,
        law=law,
        what=what,
        how=how,
        handling=handling,
        needs_public_notice=needs_public_notice,
        opened_by=actor,
    )
    log(breach, EventCode.BREACH_OPENED, actor=actor, at=at, data={"due": due_at.isoformat()})
    return breach


@transaction.atomic
def change_breach(
    breach: Breach,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **texts: Any,
) -> None:
    """Write down what is known by now; T0 stays."""
    _open(breach, actor, version)
    changed = [name for name in TEXTS if name in texts and texts[name] != getattr(breach, name)]
    if not changed:
        raise CaseError("Tidak ada yang berubah.")
    _finish(
        breach,
        EventCode.BREACH_CHANGED,
        actor=actor,
        at=at,
        data={"fields": changed},
        **{name: texts[name] for name in changed},
    )


@transaction.atomic
def add_cases(
    breach: Breach,
    *,
    actor: User,
    cases: Iterable[Case],
    source: str,
    at: datetime | None = None,
) -> int:
    """Add cases whose data got out; says how many are new. `source` names how they were chosen.

    Only cases that this person may know of: for the others somebody else has to do it.
    """
    at = at or timezone.now()
    _open(breach, actor)
    wanted = {case.pk for case in cases}
    seen = Case.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    known = breach.affected.filter(case__in=wanted).values_list("case_id", flat=True)
    new = sorted(set(seen) - set(known))
    if not new:
        raise CaseError("Tidak ada kasus baru yang cocok.")
    AffectedCase.objects.bulk_create(
        [AffectedCase(breach=breach, case_id=pk, added_at=at) for pk in new], batch_size=1000
    )
    data = {"count": len(new), "source": source}
    _finish(breach, EventCode.CASES_ADDED, actor=actor, at=at, data=data)
    return len(new)


@transaction.atomic
def mark_sent(
    breach: Breach,
    *,
    actor: User,
    affected: Collection[int],
    via: str,
    at: datetime | None = None,
) -> int:
    """Record that the letters of these rows are out; says how many were not yet."""
    at = at or timezone.now()
    _open(breach, actor)
    rows = breach.affected.filter(
        pk__in=affected, sent_at=None, case__in=Case.objects.visible_to(actor).values("pk")
    )
    count = rows.update(sent_at=at, sent_via=via, sent_by=actor)
    if not count:
        raise CaseError("Pilih kasus yang suratnya belum tercatat terkirim.")
    data = {"count": count, "via": str(via)}
    _finish(breach, EventCode.SUBJECTS_NOTIFIED, actor=actor, at=at, data=data)
    return count


@transaction.atomic
def notify_authority(breach: Breach, *, actor: User, note: str, at: datetime | None = None) -> None:
    """Record that the notice to the authority is out, and by what proof."""
    at = at or timezone.now()
    _open(breach, actor)
    if breach.authority_notified_at:
        raise CaseError("Pemberitahuan kepada lembaga sudah tercatat.")
    _require_text(note)
    _finish(
        breach,
        EventCode.AUTHORITY_NOTIFIED,
        actor=actor,
        at=at,
        data={"in_time": at <= breach.due_at},
        authority_notified_at=at,
        authority_note=note.strip(),
    )


@transaction.atomic
def notify_public(breach: Breach, *, actor: User, note: str, at: datetime | None = None) -> None:
    """Record that the public was told, and where (Ps 46(3))."""
    at = at or timezone.now()
    _open(breach, actor)
    if not breach.needs_public_notice or breach.public_notified_at:
        raise CaseError("Pengumuman tidak diperlukan atau sudah tercatat.")
    _require_text(note)
    _finish(
        breach,
        EventCode.PUBLIC_NOTIFIED,
        actor=actor,
        at=at,
        public_notified_at=at,
        public_note=note.strip(),
    )


@transaction.atomic
def close_breach(breach: Breach, *, actor: User, lesson: str, at: datetime | None = None) -> None:
    """End the record; raises NotReady while somebody has still to be told."""
    at = at or timezone.now()
    _open(breach, actor)
    unsent = breach.affected.filter(sent_at=None).count()
    if not breach.authority_notified_at:
        raise NotReady("Lembaga belum diberi tahu.")
    if unsent:
        raise NotReady(f"{unsent} kasus terdampak belum menerima surat.")
    if breach.needs_public_notice and not breach.public_notified_at:
        raise NotReady("Masyarakat belum diberi tahu.")
    _require_text(lesson)
    _finish(
        breach,
        EventCode.BREACH_CLOSED,
        actor=actor,
        at=at,
        data={"affected": breach.affected.count()},
        closed_at=at,
        lesson=lesson.strip(),
    )


def _open(breach: Breach, actor: User, version: int | None = None) -> None:
    lock(breach)
    if not actor.may(DUTY):
        raise NotAllowed
    if breach.closed_at:
        raise NotReady("Insiden ini sudah ditutup.")
    if version is not None and version != breach.version:
        raise CaseError("Catatan ini diubah orang lain setelah halaman Anda dibuka. Periksa dulu.")


def _finish(
    breach: Breach,
    code: EventCode,
    *,
    actor: User,
    at: datetime | None,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Write the change and exactly one line of the log. The caller holds the lock."""
    changes["version"] = breach.version + 1
    for name, value in changes.items():
        setattr(breach, name, value)
    breach.save(update_fields=list(changes))
    log(breach, code, actor=actor, at=at, data=data)


def _require_text(text: str) -> None:
    if len(text.strip()) < 5:
        raise CaseError("Tuliskan keterangannya lebih lengkap.")
