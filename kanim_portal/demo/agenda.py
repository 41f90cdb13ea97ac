"""What is to happen in the demo, in the order of its moments."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any

Step = Callable[[datetime], Any]


class Agenda:
    """A step may enter further ones; what happens at one moment keeps the order of its entry."""

    def __init__(self) -> None:
        self._steps: list[tuple[datetime, int, Step]] = []
        self._place = count()

    def enter(self, at: datetime, step: Step) -> None:
        heappush(self._steps, (at, next(self._place), step))

    def work_off(self) -> None:
        while self._steps:
            at, _place, step = heappop(self._steps)
            step(at)
