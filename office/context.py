"""What every template may say about the office."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Office


def office(request: HttpRequest) -> dict:
    """`office`, read from the database only by a page that mentions it, and then kept for a
    minute.
    """
    return {"office": SimpleLazyObject(Office.objects.current)}
