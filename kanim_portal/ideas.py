"""What to write next: where people looked and found nothing, ask again and again, or say that a
text did not help.

Counts by topic hold nothing of any case, so the team sees them without seeing cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import Case
from cases.workflow import Kind
from infocontent import feedback
from infocontent.models import Item, Origin, Topic, Version
from infocontent.workflow import OPEN, ItemState
from office.calendar import today
from office.models import User

LOOK_BACK = timedelta(days=90)
MONTH = timedelta(days=30)
MONTHS_BEFORE = 3
MOST = 25
# Fewer than this is chance, and too few to hide who asked.
MANY = 5
RISE = 1.5


@dataclass
class Idea:
    """One row: how many, about what, and the draft that it would make or has made."""

    origin: Origin
    key: str
    label: str
    count: int
    detail: str = ""
    reasons: list[str] = field(default_factory=list)
    item: Item | None = None
    draft_pk: int | None = None

    @property
    def note(self) -> str:
        """What a draft keeps beside its origin; by both the row knows its draft again."""
        return note_for(self.key)


def note_for(key: str) -> str:
    return key[:200]


def may_look(user: User) -> bool:
    return any(user.may(duty) for duty in ("add_item", "approve_item", "view_all_cases"))


class Ideas:
    """The parts of the page, as one person may see them at one moment."""

    def __init__(self, user: User, *, at: datetime | None = None) -> None:
        self.user, self.at = user, at or timezone.now()
        self.since = today(self.at) - LOOK_BACK

    def context(self) -> dict[str, Any]:
        parts = {
            "missed": self.missed(),
            "bare": self.bare(),
            "rising": self.rising(),
            "unhelpful": self.unhelpful(),
        }
        _name_drafts(idea for ideas in parts.values() for idea in ideas if not idea.item)
        return {**parts, "outdated": self.outdated()}

    def missed(self) -> list[Idea]:
        """Searches without a result that have found nothing since, by the stems of their words."""
        rows = feedback.missed(self.since)
        return [Idea(Origin.SEARCH, row.key, row.words, row.count) for row in rows]

    @cached_property
    def _topics(self) -> list[tuple[Topic, dict[str, int]]]:
        """Every topic that was asked or complained about, with its counts; one walk over the
        cases of four months.
        """
        recent, quarter = self.at - MONTH, self.at - LOOK_BACK
        complaint = Q(kind=Kind.COMPLAINT)
        rows = (
            Case.objects.without_conflict_for(self.user)
            .filter(
                received_at__gte=self.at - MONTH * (1 + MONTHS_BEFORE),
                received_at__lte=self.at,
                kind__in=[Kind.COMPLAINT, Kind.QUESTION],
                topic__isnull=False,
            )
            .order_by()
            .values("topic")
            .annotate(
                asked=Count("pk", filter=Q(received_at__gte=quarter)),
                recent=Count("pk", filter=complaint & Q(received_at__gte=recent)),
                before=Count("pk", filter=complaint & Q(received_at__lt=recent)),
            )
        )
        published = Item.objects.published(self.at).filter(topic=OuterRef("pk"))
        topics = {
            topic.pk: topic
            for topic in Topic.objects.active()
            .exclude(parent=None)
            .select_related("parent")
            .annotate(has_item=Exists(published))
        }
        return [(topics[row["topic"]], row) for row in rows if row["topic"] in topics]

    def bare(self) -> list[Idea]:
        """Topics that people ask about and that no published item is about."""
        ideas = [
            Idea(Origin.TOPIC, topic.code, topic.name, row["asked"], str(topic.parent))
            for topic, row in self._topics
            if row["asked"] >= MANY and not getattr(topic, "has_item", False)
        ]
        return sorted(ideas, key=lambda idea: (-idea.count, idea.label))[:MOST]

    def rising(self) -> list[Idea]:
        """Topics with clearly more complaints in the last month than in the months before."""
        ideas = []
        for topic, row in self._topics:
            usual = row["before"] / MONTHS_BEFORE
            if row["recent"] >= MANY and row["recent"] >= RISE * usual:
                said = f"sebelumnya rata-rata {usual:.1f} sebulan".replace(".", ",")
                ideas.append(Idea(Origin.RISING, topic.code, topic.name, row["recent"], said))
        return sorted(ideas, key=lambda idea: (-idea.count, idea.label))[:MOST]

    def unhelpful(self) -> list[Idea]:
        """Items that readers say did not help, since their present text is out."""
        rows = feedback.unhelpful(self.since, items=_with_draft(Item.objects.all()))
        return [
            Idea(
                Origin.VOTES,
                row.item.slug,
                row.item.title,
                row.bad,
                f"dari {row.total} suara ({row.share}%)",
                row.reasons,
                row.item,
            )
            for row in rows
        ]

    def outdated(self) -> list[Item]:
        """Live items that somebody has to look at again, or that nobody has confirmed yet."""
        live = Item.objects.to_review(today(self.at)) | Item.objects.to_check()
        return list(
            _with_draft(live).select_related("topic", "owner").order_by("review_by", "title")[:MOST]
        )


def _with_draft(items: QuerySet[Item]) -> QuerySet[Item]:
    open_versions = Version.objects.filter(item=OuterRef("pk"), state__in=OPEN)
    return items.annotate(has_draft=Exists(open_versions))


def open_drafts(notes: Iterable[str]) -> QuerySet[Item]:
    """Drafts under work that came from such rows and have never been out."""
    return Item.objects.filter(
        state=ItemState.NEW, origin_note__in=list(notes), versions__state__in=OPEN
    )


def _name_drafts(ideas: Iterable[Idea]) -> None:
    ideas = list(ideas)
    if not ideas:
        return
    rows = open_drafts(idea.note for idea in ideas).values_list("origin", "origin_note", "pk")
    drafts = {(origin, note): pk for origin, note, pk in rows}
    for idea in ideas:
        idea.draft_pk = drafts.get((idea.origin, idea.note))
