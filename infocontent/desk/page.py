"""The page of an item: what is public, what is under work, and what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404

from office.models import User

from .. import actions
from ..models import Item, ItemQuerySet, Version
from ..workflow import OPEN, VersionState
from . import history, listing
from .forms import SeenForm, who_may
from .moves import MOVES, Move, Standing, may_write, possible

FILES = ("topic__parent", "picture", "video", "captions", "document")
# As many as anybody reads; the rest is in the figures.
REASONS = 5


def with_story(items: ItemQuerySet) -> ItemQuerySet:
    return listing.with_counts(items.select_related(*FILES, "owner"))


def standing_of(item: Item, user: User) -> Standing:
    version = (
        item.versions.filter(state__in=OPEN)
        .select_related(*FILES, "author", "approver", "item")
        .first()
    )
    hands = actions.hands_in(version) if version else set()
    return Standing(item, version, user, frozenset(hands))


@dataclass
class Offer:
    """A move with its form, as it stands in the right column."""

    move: Move
    form: SeenForm
    is_open: bool = False


class ItemPage:
    """What one person sees of one item; `bound` is a form that came back, `failed` its move."""

    def __init__(
        self,
        item: Item,
        user: User,
        *,
        failed: Move | None = None,
        bound: SeenForm | None = None,
    ) -> None:
        self.item, self.user = item, user
        self.failed, self.bound = failed, bound
        self.standing = standing_of(item, user)

    def context(self) -> dict[str, Any]:
        item, version = self.item, self.standing.version
        offers = self._offers()
        return {
            "item": item,
            "version": version,
            "preview_address": settings.SITE_URL + version.get_absolute_url() if version else "",
            "missing": version.missing if version and version.state == VersionState.DRAFT else [],
            "versions": item.versions.select_related("author", "approver"),
            "timeline": history.lines(item.events.select_related("actor").order_by("-pk")),
            "placements": item.placements.select_related("maker"),
            "share": listing.share(item),
            "review_tone": listing.review_tone(item),
            "reasons": item.votes.exclude(reason="")[:REASONS],
            "may_write": may_write(self.standing),
            # It may name a case; whoever is reported in that one must not learn of it here.
            "may_see_origin": self.user.may("change_item") or self.user.may("approve_item"),
            "may_place": self.user.may("add_placement"),
            "approvers": self._approvers(),
            "has_a_hand_in": self.standing.has_a_hand_in,
            "main_offers": [offer for offer in offers if offer.move.is_main],
            "other_offers": [offer for offer in offers if not offer.move.is_main],
            "bound": self.bound,
            "failed": self.failed,
            "is_failed_offered": any(offer.form is self.bound for offer in offers),
        }

    def _approvers(self) -> list[User]:
        """Who could be the second person, while one is needed."""
        if not self.standing.has(VersionState.IN_REVIEW):
            return []
        return [user for user in who_may("approve_item") if user.pk not in self.standing.hands]

    def _offers(self) -> list[Offer]:
        offers = []
        for move in possible(self.standing):
            is_failed = move is self.failed and self.bound is not None
            form = self.bound if is_failed and self.bound else self._blank(move)
            offers.append(Offer(move, form, is_open=is_failed))
        return offers

    def _blank(self, move: Move) -> SeenForm:
        initial = {"slug": self.item.slug} if move is MOVES["alamat"] else {}
        return form_for(move, self.item, initial=initial)


def form_for(move: Move, item: Item, *args: Any, **kwargs: Any) -> SeenForm:
    """A move's form; the ids carry the verb, because many forms share the page."""
    return move.form(*args, item=item, auto_id=f"{move.verb}_%s", **kwargs)


def move_or_404(verb: str) -> Move:
    if verb not in MOVES:
        raise Http404
    return MOVES[verb]


def version_or_404(item: Item, number: int) -> Version:
    version = (
        item.versions.filter(number=number)
        .select_related(*FILES, "author", "approver", "item")
        .first()
        if number < 2**31
        else None
    )
    if version is None:
        raise Http404
    return version
