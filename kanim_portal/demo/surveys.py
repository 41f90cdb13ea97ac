"""Answers to the surveys since October 2025, taken in by the real verb."""

import json
import random
import secrets
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.models import User
from surveys import actions
from surveys.actions import Sheet
from surveys.bursts import Circumstances
from surveys.models import (
    AgeBand,
    Counter,
    Education,
    Element,
    HourBand,
    Instrument,
    Occupation,
    Response,
    Sex,
    Source,
    SurveyedService,
)

FIRST = date(2025, 10, 1)
A_MONTH = (26, 40)
COMMENTS = Path(__file__).with_name("survey_comments.json")
SERVICES = {"paspor": 8, "izin-tinggal": 3, "pengaduan": 3, "informasi": 2, "pertanyaan": 2}
# What the office is good at and what not: the queue, the rooms and complaints pull the index down.
LIKED = {"U3": -0.35, "U4": -0.2, "U9": -0.3, "U8": -0.25, "U7": 0.2, "K4": -0.4, "K6": -0.4}


class SurveySeason:
    """Visitors and citizens answer, somewhat more kindly from month to month."""

    def __init__(self, now: datetime, seed: int = 14) -> None:
        self.now = now
        self.rng = random.Random(seed)  # noqa: S311 - a demo that is the same every time, no secret
        self.instruments = list(Instrument.objects.in_force(now.date()).order_by("order"))
        self.elements: dict[int, list[Element]] = {
            one.pk: list(one.elements.all()) for one in self.instruments
        }
        self.comments: list[str] = json.loads(COMMENTS.read_text(encoding="utf-8"))

    @transaction.atomic
    def live_through(self, tick: Callable[[], Any] = lambda: None) -> None:
        counters = self._counters()
        for number, month in enumerate(self._months()):
            for _ in range(self.rng.randint(*A_MONTH)):
                self._person(month, 2.95 + min(number, 14) * 0.022, counters)
                tick()
        self._burst(counters[0])

    def _counters(self) -> list[Counter]:
        officer = User.objects.get(username="yankomas")
        services = {service.code: service for service in SurveyedService.objects.all()}
        opened = timezone.make_aware(datetime.combine(FIRST, time(8, 0)))
        places = [("Loket 1", "paspor"), ("Loket 2", "izin-tinggal"), ("Ruang tunggu", None)]
        return [
            actions.open_counter(
                actor=officer, name=name, service=services.get(code or ""), at=opened
            )
            for name, code in places
        ]

    def _months(self) -> list[date]:
        months, month = [], FIRST
        while month <= timezone.localdate(self.now):
            months.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return months

    def _person(self, month: date, mood: float, counters: list[Counter]) -> None:
        """One visitor, who may stop after the first questionnaire."""
        days = 27 if month < self.now.date().replace(day=1) else max(self.now.day - 1, 1)
        at = timezone.make_aware(
            datetime.combine(
                month + timedelta(days=self.rng.randrange(days)),
                time(self.rng.choice([9, 10, 11, 13, 14]), self.rng.randrange(60)),
            )
        )
        source = self.rng.choices([Source.LINK, Source.QR, Source.KIOSK], [4, 3, 3])[0]
        service = self.rng.choices(list(SERVICES), list(SERVICES.values()))[0]
        counter = self.rng.choice(counters)
        place = {Source.QR: counter.code, Source.KIOSK: "kios"}.get(source, "")
        seen = Circumstances(
            device=secrets.token_hex(32) if source == Source.QR else "",
            place=place,
            seconds=self.rng.uniform(25, 90),
            is_installed=True,
        )
        taste = self.rng.gauss(mood, 0.45)
        for instrument in self.instruments:
            if instrument.is_optional and (source == Source.KIOSK or self.rng.random() > 0.6):
                continue
            self._answer(instrument, taste, source, service, seen, at)

    def _answer(
        self,
        instrument: Instrument,
        taste: float,
        source: Source,
        service: str,
        seen: Circumstances,
        at: datetime,
    ) -> Response:
        top = instrument.scale
        values = {}
        for element in self.elements[instrument.pk]:
            liking = (taste + LIKED.get(element.code, 0)) / 4 * top
            value = round(self.rng.gauss(liking + (top - 4) * 0.1, 0.45))
            values[element.code] = min(max(value, 1), top)
        says_more = not instrument.is_optional and source != Source.KIOSK
        return actions.respond(
            Sheet(
                instrument=instrument,
                values=values,
                source=source,
                digest=secrets.token_hex(32),
                service=service,
                about=self._about() if says_more and self.rng.random() < 0.7 else {},
                comment=self._comment() if says_more and self.rng.random() < 0.3 else "",
                circumstances=seen,
            ),
            at=at,
        )

    def _about(self) -> dict[str, str]:
        return {
            "sex": self.rng.choice(Sex.values),
            "age": self.rng.choices(AgeBand.values, [1, 4, 4, 3, 2, 1])[0],
            "education": self.rng.choices(Education.values, [1, 2, 6, 7, 2, 1])[0],
            "occupation": self.rng.choices(Occupation.values, [2, 1, 1, 6, 4, 4])[0],
            "hours": self.rng.choice(HourBand.values),
        }

    def _comment(self) -> str:
        return self.rng.choice(self.comments)

    def _burst(self, counter: Counter) -> None:
        """One phone that praises eight times in five minutes."""
        at = self.now - timedelta(days=2)
        for number in range(8):
            self._answer(
                self.instruments[0],
                4.4,
                Source.QR,
                "paspor",
                Circumstances(device="f" * 64, place=counter.code, seconds=14),
                at + timedelta(seconds=40 * number),
            )
