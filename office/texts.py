"""What people type, as it is stored."""

import unicodedata


def tidy(source: str) -> str:
    """Plain line ends, no control or direction signs."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in source if sign in "\n\t" or unicodedata.category(sign)[0] != "C")
    return "".join(kept).strip()
