"""What every public template may say: the announcements of the moment."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Announcement


def banner(request: HttpRequest) -> dict:
    """`banner`, asked for only by a page that shows it, and then known for ten seconds."""
    return {"banner": SimpleLazyObject(Announcement.objects.on_show)}
