"""Opening a case at the desk: what is out of sight does not exist, and the attempt is kept."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest

from office.desk.pages import LAST_PK
from office.staff import staff

from ..models import AccessLog, Case, CaseQuerySet


def case_or_404(request: HttpRequest, pk: int, cases: CaseQuerySet) -> Case:
    """The case, if this person may know of it; else 404 as if it never was, and a log line."""
    if pk > LAST_PK:
        raise Http404
    found = cases.visible_to(staff(request)).filter(pk=pk).first()
    if found is None:
        log_refusal(request, [pk])
        raise Http404
    return found


def log_refusal(request: HttpRequest, pks: Iterable[int]) -> None:
    """Keep that somebody reached for hidden cases; a number that is no case leaves no line."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    AccessLog.objects.bulk_create(
        AccessLog(what=AccessLog.What.REFUSED, user=staff(request), case_id=pk, data={"page": page})
        for pk in Case.objects.filter(pk__in=pks).values_list("pk", flat=True)
    )
