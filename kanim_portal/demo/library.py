"""A season of the library: what people searched and thought of it, where it was shown, and what the
team is writing; made by the real verbs.
"""

import json
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from infocontent import actions, search
from infocontent.models import Announcement, Item, Kind, Placement, Topic, Version
from infocontent.workflow import ItemState
from office.models import User

from .hours import Hours

# Working days: about a season.
DAYS = 60
STORY = Path(__file__).with_name("library.json")


class LibrarySeason:
    def __init__(self, now: datetime, seed: int = 20) -> None:
        self.now = now
        self.rng = random.Random(seed)  # noqa: S311 - a demo that is the same every time, no secret
        self.hours = Hours(now, self.rng)
        self.story: dict[str, Any] = json.loads(STORY.read_text(encoding="utf-8"))
        self.items = {item.slug: item for item in Item.objects.filter(state=ItemState.LIVE)}
        self.topics = {topic.code: topic for topic in Topic.objects.all()}
        names = ("humas", "ppid", "kepala.kantor")
        self.humas, self.ppid, self.head = (User.objects.get(username=name) for name in names)

    @transaction.atomic
    def live_through(self) -> None:
        self._put_out()
        self._votes()
        self._searches()
        self._counts()
        self._placements()
        self._drafts()
        self._announcements()

    def _put_out(self) -> None:
        """The texts have been out since the season began, or no vote would be about them."""
        began = self.hours.written_on(self.hours.working_days_ago(DAYS))
        out = Item.objects.filter(pk__in=[item.pk for item in self.items.values()])
        out.update(published_at=began, first_published_at=began, created_at=began, changed_at=began)
        Version.objects.filter(item__in=out).update(saved_at=began, live_at=began)
        search.rebuild()

    def _known(self, part: str) -> Iterable[tuple[Item, Any]]:
        """The rows of the story whose texts the office (still) publishes."""
        for slug, told in self.story[part].items():
            if item := self.items.get(slug):
                yield item, told

    def _some_day(self) -> datetime:
        return self.hours.written_on(self.hours.working_days_ago(self.rng.randrange(DAYS)))

    def _votes(self) -> None:
        for item, (helped, not_helped) in self._known("helpful"):
            reasons = self.story["reasons"].get(item.slug, [])
            for number in range(helped + not_helped):
                is_helpful = number < helped
                says_why = not is_helpful and reasons and self.rng.random() < 0.4
                actions.vote(
                    item,
                    visitor=f"demo-{number}",
                    is_helpful=is_helpful,
                    reason=self.rng.choice(reasons) if says_why else "",
                    at=self._some_day(),
                )

    def _searches(self) -> None:
        for phrase, often in self.story["searches"]:
            results = search.find(phrase, at=self.now)
            for _ in range(often * 3):
                actions.count_search(results, at=self._some_day())

    def _counts(self) -> None:
        verbs: dict[str, Callable[[Item, datetime], None]] = {
            "scans": lambda item, at: actions.count_scan(item, at=at),
            "deflections": lambda item, at: actions.count_deflection(item, at=at),
            "uses": lambda item, at: actions.count_uses([item], at=at),
        }
        for part, count in verbs.items():
            for item, often in self._known(part):
                for _ in range(often):
                    count(item, self._some_day())

    def _placements(self) -> None:
        today = timezone.localdate(self.now)
        Placement.objects.bulk_create(
            Placement(
                item=self.items[slug],
                channel=channel,
                day=today + timedelta(days=days),
                is_posted=days < 0,
                maker=self.humas,
                reach=reach,
                note=note,
            )
            for slug, channel, days, reach, note in self.story["placements"]
            if slug in self.items
        )

    def _drafts(self) -> None:
        for state, topic, title, origin, origin_note, body in self.story["drafts"]:
            written = self.hours.written_on(self.hours.working_days_ago(4))
            content = {"topic": self.topics[topic], "title": title, "body": body}
            item = actions.create(
                actor=self.humas,
                kind=Kind.FAQ,
                content=content,
                origin=origin,
                origin_note=origin_note,
                at=written,
            )
            if state == "konsep":
                continue
            actions.submit(item, actor=self.humas, at=written + timedelta(minutes=20))
            if state == "dikembalikan":
                actions.return_draft(
                    item,
                    actor=self.ppid,
                    remark="Sebutkan formulir dan alamat pengajuannya, serta dasar hukumnya.",
                    at=written + timedelta(minutes=50),
                )

    def _announcements(self) -> None:
        began = self.hours.written_on(self.hours.working_days_ago(9))
        outage = actions.draft_announcement(
            actor=self.head,
            level=Announcement.Level.EMERGENCY,
            title="Sistem paspor terganggu di seluruh Indonesia",
            title_en="The passport system is down throughout Indonesia",
            body="Foto dan wawancara berhenti sementara. Jadwal Anda hari ini tetap berlaku besok.",
            body_en="Photos and interviews are suspended. Your appointment today stays valid "
            "tomorrow.",
            starts_at=began,
            ends_at=began + timedelta(hours=5),
            at=began,
        )
        actions.publish_announcement(outage, actor=self.head, at=began)
        written = self.now - timedelta(hours=3)
        moved = actions.draft_announcement(
            actor=self.humas,
            level=Announcement.Level.INFO,
            title="Contoh pengumuman: loket pengambilan pindah ke lantai satu",
            title_en="Sample notice: passport collection has moved to the first floor",
            body="Selama ruang tunggu diperbaiki, paspor diambil di lantai satu dekat pintu masuk.",
            body_en="While the waiting room is being repaired, passports are collected on the "
            "first floor, near the entrance.",
            ends_at=self.now + timedelta(days=14),
            at=written,
        )
        actions.publish_announcement(moved, actor=self.ppid, at=written)
