"""What the log leaves out."""

import logging


class WithoutTraceback(logging.Filter):
    """Keeps the line and drops the stack trace, which would repeat what a stranger sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True
