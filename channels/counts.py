"""Reading a number as people type it, and writing it as the office does."""

import re

_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[. ,\u00a0][0-9]{3}){1,2}")


def read_count(typed: str) -> int | None:
    """1234, 1.234 or 1 234 as a number; None when it is no whole number of things."""
    return int(re.sub(r"[^0-9]", "", typed)) if _NUMBER.fullmatch(typed) else None


def dotted(count: int) -> str:
    return f"{count:,}".replace(",", ".")
