"""Who may follow which case: number and code open one case in one session for half an hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from office import throttle
from office.calendar import today

from . import access_code, drafts
from .models import Attachment, Case, IntakeDraft, Message
from .workflow import FLOW, Status

LIFETIME = timedelta(minutes=30)
# The session knows the case's row number and a time, never the reference or the code.
SESSION_KEY = "lacak"
FAILED = "lacak-gagal"

# Failures allowed to one address in a quarter of an hour, and to everybody together in an hour.
PER_ADDRESS, OF_ALL = 20, 3000
_NO_DIGEST = "0" * 64


@dataclass(frozen=True)
class Access:
    """An opened case, as the session remembers it."""

    case_id: int
    until: datetime

    def is_open(self, at: datetime | None = None) -> bool:
        return (at or timezone.now()) < self.until


def find(request: HttpRequest, reference: str, code: str) -> Case | None:
    """The case that reference and code open; None when they do not, whatever the cause.

    Unknown, malformed and wrong take the same queries. Only failures count towards the limits,
    which are looked at before the case is. Raises TooOften.
    """
    address = throttle.client_address(request)
    throttle.check(FAILED, address, limit=PER_ADDRESS, minutes=15)
    if throttle.hits(FAILED, address, minutes=15):
        # The stop for all is for those who have guessed wrong: others' guesses lock nobody out.
        throttle.check(FAILED, throttle.EVERYBODY, limit=OF_ALL, minutes=60)
    typed = access_code.digest(code)
    case = Case.objects.filter(reference=reference).only("pk", "kind", "access_digest").first()
    stored = (case.access_digest if case else None) or _NO_DIGEST
    if compare_digest(stored, typed) and case is not None:
        return case
    throttle.hit(FAILED, address, limit=PER_ADDRESS, minutes=15)
    throttle.hit(FAILED, throttle.EVERYBODY, limit=OF_ALL, minutes=60)
    return None


def unlock(request: HttpRequest, case: Case, at: datetime | None = None) -> None:
    """Open the case in this session, under a new session id."""
    at = at or timezone.now()
    request.session.cycle_key()
    request.session[SESSION_KEY] = {"case": case.pk, "until": int((at + LIFETIME).timestamp())}
    # Now and not at the first message, so that two messages sent at once meet in one row.
    reply_draft(request, case)


def remembered(request: HttpRequest) -> Access | None:
    """The case this session opened last, also when the half hour is over."""
    stored = request.session.get(SESSION_KEY)
    if not stored:
        return None
    return Access(case_id=stored["case"], until=datetime.fromtimestamp(stored["until"], UTC))


def opened(request: HttpRequest, at: datetime | None = None) -> Access | None:
    """The case that is open in this session now."""
    access = remembered(request)
    return access if access and access.is_open(at) else None


def forget_visitor(request: HttpRequest) -> None:
    """Forget case, receipts and drafts alike; the new session id also spoils the page cache.

    On a shared device "done" means everything: half a memory would hand the other half on.
    """
    if request.user.is_authenticated:
        request.session.pop(SESSION_KEY, None)
        request.session.pop(drafts.SESSION_KEY, None)
        request.session.cycle_key()
    else:
        request.session.flush()


def slot(case_id: int) -> str:
    return f"balasan-{case_id}"


def reply_draft(request: HttpRequest, case: Case) -> IntakeDraft:
    """What the citizen is writing about this case."""
    name = slot(case.pk)
    return drafts.current(request, name, case.kind) or drafts.start(request, name, case.kind)


def case_for_citizen(case_id: int) -> Case:
    """The case with what its page shows; of a case it is a duplicate of nothing but the number."""
    return (
        Case.objects.select_related("topic")
        .annotate(duplicate_reference=F("duplicate_of__reference"))
        .defer("access_digest", "events_seal")
        .get(pk=case_id)
    )


def visible_attachments(case_id: int) -> QuerySet[Attachment]:
    """The citizen's own files and those that left the office with a message; no others."""
    sent = Q(message__isnull=False) & ~Q(message__kind__in=Message.INTERNAL)
    return Attachment.objects.filter(Q(uploader=None) | sent, case=case_id, is_internal=False)


def reply_verb(case: Case, at: datetime | None = None) -> str | None:
    """Under which verb the citizen may write now, if at all."""
    if case.status == Status.INCOMPLETE:
        return "lengkapi"
    if case.can_be_answered_back(today(at)):
        return "tanggapi"
    return "tambah" if case.is_open and case.status != Status.ANSWERED else None


def can_confirm(case: Case) -> bool:
    return case.status == Status.ANSWERED


def can_withdraw(case: Case) -> bool:
    return Status.WITHDRAWN in FLOW[Status(case.status)]
