"""What the log leaves out."""

import logging
from collections.abc import Iterator
from copy import copy
from traceback import walk_tb
from typing import Any


class WithoutTraceback(logging.Filter):
    """Keeps the line and drops the stack trace, which would repeat what a stranger sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True


class WithoutContents(logging.Formatter):
    """Keeps the kind of every failure and the places it went through, and drops what it says.

    The message of a database error repeats the row, and so the citizen's own words.
    """

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept the full text on the record.
        record = copy(record)
        record.exc_text = None
        if record.levelno < logging.ERROR:
            # A malformed request is the sender's fault and no failure of ours: a line is enough.
            record.exc_info = None
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        lines = ["Traceback (most recent call last):"]
        for error in reversed(list(_with_causes(ei[1]))):
            for frame, number in walk_tb(error.__traceback__):
                code = frame.f_code
                lines.append(f'  File "{code.co_filename}", line {number}, in {code.co_qualname}')
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        return "\n".join(lines)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
