"""What the page of an item shows besides its stored words."""

from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator

from .forms import NO, YES, VoteForm
from .markdown import CleanHtml, render
from .models import Content, Item, Kind

ALREADY = "sudah"
MOST_RELATED = 5


@dataclass
class ItemPage:
    """An item as one version of its words has it: the live one, or the one under work."""

    item: Item
    content: Content
    voted: str = ""
    form: VoteForm = field(default_factory=VoteForm)

    @cached_property
    def text(self) -> CleanHtml:
        return render(self.content.in_language("body"))

    @property
    def description(self) -> str:
        """The first words, for search engines and shared links."""
        words = " ".join(unescape(strip_tags(self.text)).split())
        return Truncator(words).chars(155)

    @property
    def is_question(self) -> bool:
        """Whether the page is a question with its answer (schema.org FAQPage)."""
        return self.item.kind == Kind.FAQ

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.item.get_absolute_url()

    @property
    def short_address(self) -> str:
        return settings.SITE_URL + self.item.short_url

    @property
    def thanks(self) -> str:
        """What the reader answered just now, or that it was answered before."""
        return self.voted if self.voted in (YES, NO, ALREADY) else ""

    @cached_property
    def related(self) -> list[Item]:
        """Others of the same topic, or else of the same group; the newest first."""
        topic = self.content.topic
        others = Item.objects.published().exclude(pk=self.item.pk).order_by("-pk")
        cards = others.only("slug", "kind", "title", "title_en")
        near = list(cards.filter(topic=topic)[:MOST_RELATED])
        if len(near) < MOST_RELATED:
            around = cards.filter(topic__parent=topic.parent).exclude(topic=topic)
            near += around[: MOST_RELATED - len(near)]
        return near
