"""Who was served: the population of the surveys."""

from datetime import date, datetime, time

from django.db.models import Count
from django.utils import timezone

from cases.models import Case
from yankomas.models import Visit
from yankomas.workflow import Status


def people_served(first: date, first_after: date) -> dict[str, int]:
    """Cases closed and visits finished from one day up to another, by the kind of the case or the
    code of the service. A visit that opened a case counts as the visit that it was.
    """
    closed = Case.objects.filter(closed_at__gte=_begin(first), closed_at__lt=_begin(first_after))
    visits = Visit.objects.filter(day__gte=first, day__lt=first_after, status=Status.DONE)
    served = dict(closed.order_by().values_list("kind").annotate(n=Count("pk")))
    for code, n in visits.order_by().values_list("service__code").annotate(n=Count("pk")):
        served[code] = served.get(code, 0) + n
    return served


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
