"""Every verb of an item as a table: who may do it, where in its life, and which event it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infocontent import actions
from infocontent.models import Document, Item
from infocontent.workflow import EventCode
from office.roles import Role
from tests.factories import NOW, make_user

from .items import content, make_draft, put_out

TEAM = {Role.HUMAS}
APPROVERS = {Role.HUMAS, Role.PPID, Role.OFFICE_HEAD}
TOMORROW = NOW + timedelta(days=1)


def _reviewed() -> Item:
    item = make_draft()
    actions.submit(item, actor=make_user(Role.HUMAS))
    return item


def _scheduled() -> Item:
    return put_out(make_draft(plan={"publish_at": TOMORROW}))


def _discarded() -> Item:
    item = make_draft()
    actions.discard(item, actor=make_user(Role.HUMAS))
    return item


def _live() -> Item:
    return put_out(make_draft())


def _live_with_draft() -> Item:
    item = _live()
    actions.save(item, actor=make_user(Role.HUMAS), content=content(body="Isi baru."))
    return item


def _live_with_review() -> Item:
    item = _live_with_draft()
    actions.submit(item, actor=make_user(Role.HUMAS))
    return item


def _archived() -> Item:
    item = _live()
    actions.archive(item, actor=make_user(Role.PPID), reason="Aturannya berganti.")
    return item


# Where an item can be in its life.
STAGES: dict[str, Callable[[], Item]] = {
    "draft": make_draft,
    "reviewed": _reviewed,
    "scheduled": _scheduled,
    "discarded": _discarded,
    "live": _live,
    "live, with a draft": _live_with_draft,
    "live, with a version under review": _live_with_review,
    "archived": _archived,
}
LIVE = {"live", "live, with a draft", "live, with a version under review"}
DRAFTS = {"draft", "live, with a draft"}
REVIEWS = {"reviewed", "live, with a version under review"}


@dataclass(frozen=True)
class Verb:
    do: Callable[..., Any]
    event: EventCode
    roles: set[Role]
    stages: set[str]


VERBS: dict[str, Verb] = {
    "save": Verb(
        lambda item, actor, **more: actions.save(
            item, actor=actor, content=content(body="Lain."), **more
        ),
        EventCode.SAVED,
        TEAM,
        {"draft", "discarded", "live", "live, with a draft", "archived"},
    ),
    "submit": Verb(
        lambda item, actor, **more: actions.submit(item, actor=actor, **more),
        EventCode.SUBMITTED,
        TEAM,
        DRAFTS,
    ),
    "return_draft": Verb(
        lambda item, actor, **more: actions.return_draft(
            item, actor=actor, remark="Sebut dasarnya.", **more
        ),
        EventCode.RETURNED,
        APPROVERS,
        REVIEWS,
    ),
    "discard": Verb(
        lambda item, actor, **more: actions.discard(item, actor=actor, **more),
        EventCode.DISCARDED,
        TEAM,
        DRAFTS,
    ),
    "restore": Verb(
        lambda item, actor, **more: actions.restore(item, actor=actor, number=1, **more),
        EventCode.RESTORED,
        TEAM,
        {"discarded", "live", "archived"},
    ),
    "approve": Verb(
        lambda item, actor, **more: actions.approve(item, actor=actor, **more),
        EventCode.PUBLISHED,
        APPROVERS,
        REVIEWS,
    ),
    "call_back": Verb(
        lambda item, actor, **more: actions.call_back(item, actor=actor, **more),
        EventCode.CALLED_BACK,
        APPROVERS,
        {"scheduled"},
    ),
    "archive": Verb(
        lambda item, actor, **more: actions.archive(
            item, actor=actor, reason="Tidak berlaku lagi.", **more
        ),
        EventCode.ARCHIVED,
        APPROVERS,
        LIVE,
    ),
    "confirm_current": Verb(
        lambda item, actor, **more: actions.confirm_current(item, actor=actor, **more),
        EventCode.CHECKED,
        APPROVERS,
        LIVE,
    ),
    "rename": Verb(
        lambda item, actor, **more: actions.rename(item, actor=actor, slug="alamat-lain", **more),
        EventCode.RENAMED,
        TEAM,
        set(STAGES),
    ),
    "hand_over": Verb(
        lambda item, actor, **more: actions.hand_over(
            item, actor=actor, to=make_user(Role.HUMAS), **more
        ),
        EventCode.HANDED_OVER,
        TEAM,
        set(STAGES),
    ),
}


def snapshot(item: Item) -> dict[str, Any]:
    """All that a refused verb must leave as it was."""
    row = Item.objects.get(pk=item.pk)
    return {
        "item": (row.state, row.slug, row.owner_id, row.lock, row.body, row.review_by),
        "versions": list(row.versions.values_list("number", "state", "body", "remark")),
        "events": list(row.events.values_list("pk", "code")),
        "found": Document.objects.filter(item=row).count(),
    }
