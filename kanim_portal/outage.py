"""A database that cannot be reached: one request in a while tries it, the others are told at once.

Without this every worker thread would sit out the connection timeout, and even the apology
would be late.
"""

import time

from django.db import connection

PROBE_EVERY_SECONDS = 5

# The moment from which one request may try again; None while the database answers.
_next_probe: float | None = None


def note_failure() -> None:
    """A request ended in a database error; this counts only if there was no connection at all."""
    global _next_probe
    if connection.connection is None:
        _next_probe = time.monotonic() + PROBE_EVERY_SECONDS


def note_success() -> None:
    global _next_probe
    if connection.connection is not None:
        _next_probe = None


def is_on() -> bool:
    """Whether this request should not even try; the one that may try gets False."""
    global _next_probe
    if _next_probe is None:
        return False
    now = time.monotonic()
    if now < _next_probe:
        return True
    _next_probe = now + PROBE_EVERY_SECONDS
    return False
