"""The secret that, with the reference, opens a case to the citizen who filed it."""

import re
import secrets

from office.crypto import keyed_digest

# Crockford's base32: no I, L, O or U, so that a code read aloud or from paper comes through.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 80 bits
_SEPARATORS = re.compile(r"[\s\-–—._]+")
_LOOKALIKES = str.maketrans("OIL", "011")


def make_access_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As it is shown and printed: four groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def normalized(typed: str) -> str:
    """What a person typed, in any case and spacing, with O, I and L read as the digits they look
    like.
    """
    return _SEPARATORS.sub("", typed[:80]).upper().translate(_LOOKALIKES)


def digest(code: str) -> str:
    """The only form in which a code is stored."""
    return keyed_digest("access-code", normalized(code))
