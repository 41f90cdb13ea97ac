"""Ten days at the walk-in desk: numbers, calls and what was said, made by the real verbs."""

import json
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from infocontent.models import Topic
from office.models import User
from yankomas import actions
from yankomas.models import Service, Shift, Visit
from yankomas.workflow import NobodyWaits, Outcome, PriorityReason

from .hours import Hours

DAYS = 10
# The study of the Bandung office: 14 to 27 visits a day.
A_DAY = (14, 27)
OFFICERS = ("yankomas", "yankomas2")
REASONS = [*[""] * 8, PriorityReason.ELDERLY, PriorityReason.CHILD]
STORIES = Path(__file__).with_name("visits.json")


class WalkInDays:
    """Two counters serve whoever comes, one moment after the other."""

    def __init__(self, now: datetime, seed: int = 20) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a demo that is the same every time, no secret
        self.hours = Hours(now, self.rng)
        self.services = {service.code: service for service in Service.objects.all()}
        self.topics = {topic.code: topic for topic in Topic.objects.all()}
        self.officers = list(User.objects.filter(username__in=OFFICERS).order_by("username"))
        self.stories: dict[str, list[list[str]]] = {}
        for service, *story in json.loads(STORIES.read_text(encoding="utf-8")):
            self.stories.setdefault(service, []).append(story)

    @transaction.atomic
    def live_through(self, tick: Callable[[], Any] = lambda: None) -> None:
        for ago in range(DAYS, 0, -1):
            self._day(self.hours.working_days_ago(ago), tick)

    def _day(self, day: date, tick: Callable[[], Any]) -> None:
        opens = timezone.make_aware(datetime.combine(day, time(8, 0)))
        arrivals = sorted(
            opens + timedelta(seconds=self.rng.randrange(300, 6 * 3600))
            for _ in range(self.rng.randint(*A_DAY))
        )
        shifts = [actions.open_counter(None, actor=user, at=opens) for user in self.officers]
        free = dict.fromkeys(shifts, opens)
        while arrivals or Visit.objects.on(day).waiting().exists():
            shift = min(shifts, key=lambda shift: free[shift])
            if arrivals and (
                arrivals[0] <= free[shift] or not Visit.objects.on(day).waiting().exists()
            ):
                self._arrive(arrivals.pop(0))
                tick()
                continue
            try:
                free[shift] = self._serve(shift, free[shift])
            except NobodyWaits:
                # Nobody for this counter: it looks again when something may have changed.
                later = [moment for moment in (*arrivals[:1], *free.values()) if moment > opens]
                free[shift] = max(*later, free[shift]) + timedelta(minutes=1)
        for shift in shifts:
            actions.close_counter(shift, actor=shift.officer, at=max(free.values()))

    def _arrive(self, at: datetime) -> None:
        service = self.rng.choices(list(self.services), [6, 2, 3, 2])[0]
        actions.take_number(self.services[service], reason=self.rng.choice(REASONS), at=at)

    def _serve(self, shift: Shift, free: datetime) -> datetime:
        """Call and serve one visitor; when the counter is free again."""
        officer = shift.officer
        waiting = Visit.objects.waiting().filter(service__in=shift.counter.services.all())
        latest = waiting.order_by("-queued_at").first()
        at = max(free, latest.queued_at if latest else free)
        visit = actions.call_next(shift, actor=officer, at=at)
        if self.rng.random() < 0.06:
            at += timedelta(seconds=90)
            actions.miss(visit, shift, actor=officer, at=at)
            return at
        at += timedelta(seconds=self.rng.randrange(15, 60))
        actions.start(visit, shift, actor=officer, at=at)
        at += timedelta(seconds=self.rng.randrange(4 * 60, 18 * 60))
        topic, asked, answered = self.rng.choice(self.stories[visit.service.code])
        is_referred = answered.startswith("Dirujuk")
        actions.record(visit, asked=asked, answered=answered, actor=officer, at=at)
        actions.finish(
            visit,
            shift,
            topic=self.topics[topic],
            outcome=Outcome.REFERRED if is_referred else Outcome.ANSWERED,
            referred_to="Subbagian Tata Usaha" if is_referred else "",
            actor=officer,
            at=at,
        )
        return at + timedelta(minutes=1)
