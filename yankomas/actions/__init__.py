"""What can be done with a visit or a counter: one verb each, one transaction, one event."""

from .calling import call_again, call_next, finish, hold, miss, resume, start, transfer
from .counters import close_counter, close_left_open, open_counter
from .recording import log_visit, open_case, record
from .taking import take_number

__all__ = [
    "call_again",
    "call_next",
    "close_counter",
    "close_left_open",
    "finish",
    "hold",
    "log_visit",
    "miss",
    "open_case",
    "open_counter",
    "record",
    "resume",
    "start",
    "take_number",
    "transfer",
]
