"""Opening a case at the desk: what is out of sight does not exist, and the attempt is kept."""

from django.http import Http404, HttpRequest

from ..models import AccessLog, Case, CaseQuerySet


def case_or_404(request: HttpRequest, pk: int, cases: CaseQuerySet | None = None) -> Case:
    """The case, if this person may know of it; else 404 as if it never was, and a line in the log."""
    found = (
        (Case.objects.all() if cases is None else cases)
        .visible_to(request.user)
        .filter(pk=pk)
        .first()
    )
    if found is None:
        log_refusal(request, [pk])
        raise Http404
    return found


def log_refusal(request: HttpRequest, pks: list[int]) -> None:
    """Keep that somebody reached for cases out of sight; numbers that are no case leave no line."""
    AccessLog.objects.bulk_create(
        AccessLog(
            what=AccessLog.What.REFUSED,
            user=request.user,
            case_id=pk,
            data={"path": _shape(request)},
        )
        for pk in Case.objects.filter(pk__in=pks).values_list("pk", flat=True)
    )


def _shape(request: HttpRequest) -> str:
    return request.resolver_match.url_name if request.resolver_match else ""
