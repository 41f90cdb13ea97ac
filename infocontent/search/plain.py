"""One spelling for what people type in many: lower case, no marks, "tidak" for all its forms."""

import re
import unicodedata

_NOT_A_SIGN = re.compile(r"[^a-z0-9]+")
_REPEATED = re.compile(r"([a-z])\1+")
# How people write "tidak" on a phone; one spelling, so that one rule covers them all.
_NOT = frozenset(
    {
        "ga",
        "gak",
        "gk",
        "g",
        "ngga",
        "nggak",
        "ngak",
        "ngk",
        "ndak",
        "enggak",
        "engga",
        "egk",
        "kaga",
        "kagak",
        "tdk",
        "tak",
        "gag",
        "tida",
        "nda",
        "tidk",
        "gx",
    }
)
_CANNOT = frozenset({"gabisa", "gbisa", "gabs", "gabsa", "gakbisa", "gbs", "gkbisa"})


def plain(text: str) -> str:
    """Lower-case ASCII words, one space between; repeated letters are one ("errorrr": "eror")."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _REPEATED.sub(r"\1", _NOT_A_SIGN.sub(" ", ascii_text)).split()
    return " ".join("tidak" if w in _NOT else "tidak bisa" if w in _CANNOT else w for w in words)
