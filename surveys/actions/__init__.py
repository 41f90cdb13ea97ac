"""What is done with the surveys: inviting, answering, and what staff keep in order."""

from .answering import AlreadyAnswered, NotComplete, Sheet, respond
from .keeping import give_topic, make_version, open_counter, retire_counter

__all__ = [
    "AlreadyAnswered",
    "NotComplete",
    "Sheet",
    "give_topic",
    "make_version",
    "open_counter",
    "respond",
    "retire_counter",
]
