"""Taking a number."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.calendar import today
from office.hours import opening
from office.models import User

from ..models import DayNumber, EventCode, Service, Visit, VisitEvent
from ..workflow import Closed, Lane, Origin, PriorityReason, QueueError
from ._base import require


@transaction.atomic
def take_number(
    service: Service,
    *,
    reason: str = PriorityReason.NONE,
    language: str = "id",
    actor: User | None = None,
    at: datetime | None = None,
) -> Visit:
    """Give out the next number of a service; a `reason` puts it into the priority lane.

    With an `actor` a member of staff takes it for somebody, also outside the hours. Raises Closed
    outside them otherwise, QueueError for a service that is no longer offered.
    """
    if actor is not None:
        require(actor)
    at = at or timezone.now()
    if not service.is_active:
        raise QueueError(_("Layanan ini tidak tersedia. Pilih layanan lain."))
    if actor is None and not opening(at).is_open:
        raise Closed(_("Loket sedang tutup. Nomor tidak dapat diambil sekarang."))
    day = today(at)
    visit = Visit(
        token=secrets.token_urlsafe(16),
        day=day,
        series=service,
        service=service,
        # Holds the row of the day until the commit: no number twice, none left out.
        number=DayNumber.take(service, day),
        lane=Lane.PRIORITY if reason else Lane.ORDINARY,
        priority_reason=reason,
        origin=Origin.STAFF if actor else Origin.KIOSK,
        language=language,
        arrived_at=at,
        queued_at=at,
        events_count=1,
    )
    visit.save(force_insert=True)
    VisitEvent(
        visit=visit,
        seq=1,
        code=EventCode.TAKEN,
        at=at,
        actor=actor,
        data={"service": service.code, "lane": str(visit.lane), "origin": str(visit.origin)},
    ).save(force_insert=True)
    return visit
