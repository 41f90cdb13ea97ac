"""The library beside a draft answer: texts to point at, the case's own topic first."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import cached_property

from infocontent import search
from infocontent.models import Document, Item

from ..models import Case

MOST = 8


class Picker:
    """What was looked for and picked while a draft is written. It keeps nothing: the draft goes
    from page to page in the form until it is saved.
    """

    def __init__(self, case: Case, typed: Mapping[str, str] | None = None) -> None:
        self.case, self.typed = case, typed
        self.words = (typed or {}).get("cari", "").strip()[:100]

    @property
    def is_open(self) -> bool:
        return self.typed is not None

    @cached_property
    def items(self) -> list[Item]:
        published = Item.objects.published().select_related("topic")
        if not self.words:
            return list(published.filter(topic=self.case.topic).order_by("title")[:MOST])
        documents = Document.objects.filter(item__isnull=False)
        hits = search.find(self.words, documents=documents, limit=MOST, is_typing=True).hits
        ranked = [hit.document.item_id for hit in hits]
        found = published.in_bulk([pk for pk in ranked if pk])
        return [found[pk] for pk in ranked if pk in found]

    @cached_property
    def picked(self) -> Item | None:
        slug = (self.typed or {}).get("sisip", "")[:60].replace("\x00", "")
        return Item.objects.published().filter(slug=slug).first() if slug else None

    @property
    def draft(self) -> dict[str, str]:
        """What the form of the draft holds now."""
        typed = self.typed or {}
        body = typed.get("body", "")
        if self.picked:
            body = f"{body.rstrip()}\n\n{self._line(self.picked)}".lstrip()
        return {
            "body": body,
            "outcome": typed.get("outcome", ""),
            "version": typed.get("version", ""),
        }

    def _line(self, item: Item) -> str:
        is_english = self.case.language == "en" and item.title_en
        title = item.title_en if is_english else item.title
        return f"{title} – {settings.SITE_URL}{item.get_absolute_url()}"
