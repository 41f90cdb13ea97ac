"""One line of the start page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """A line with its count in words; an empty one is shown as done."""

    label: str
    hint: str
    count: str
    link: str
    tone: str = ""

    @property
    def is_empty(self) -> bool:
        return self.count == "0"
