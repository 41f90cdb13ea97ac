"""The staff's tool: instruments, QR codes, comments."""

from . import comments, counters, instruments, reference

__all__ = ["comments", "counters", "instruments", "reference"]
