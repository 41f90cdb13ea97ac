"""Items made by the real verbs."""

from typing import Any

from infocontent import actions
from infocontent.models import Item, Topic
from office.roles import Role
from tests.factories import make_user


def make_item(
    slug: str = "syarat-paspor", topic: str = "paspor-baru", is_published: bool = True, **more: Any
) -> Item:
    fields = {"title": f"Judul {slug}", "body": "Isi pertama.\n\nIsi kedua.", **more}
    item = Item.objects.create(slug=slug, topic=Topic.objects.get(code=topic), **fields)
    if is_published:
        actions.publish(item, actor=make_user(Role.HUMAS))
    return item
