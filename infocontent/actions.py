"""How an item goes out to the public and comes back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from office.models import User

from .models import Item


@transaction.atomic
def publish(item: Item, *, actor: User, at: datetime | None = None) -> None:
    """Show it to everybody; what is public already keeps its moment."""
    _begin(item, actor)
    if item.is_published:
        return
    item.is_published, item.published_at = True, at or timezone.now()
    item.save(update_fields=["is_published", "published_at"])


@transaction.atomic
def unpublish(item: Item, *, actor: User) -> None:
    """Take it back. Its address answers that there is nothing; when it went out stays known."""
    _begin(item, actor)
    item.is_published = False
    item.save(update_fields=["is_published"])


def _begin(item: Item, actor: User) -> None:
    if not actor.may("change_item"):
        raise PermissionDenied
    item.refresh_from_db(from_queryset=Item.objects.select_for_update(of=("self",)))
