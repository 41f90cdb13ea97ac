"""The staff's tool: instruments, QR codes, comments, results and reports."""

from . import comments, counters, instruments, reference, reports

__all__ = ["comments", "counters", "instruments", "reference", "reports"]
