"""The keyed hash chain over a case's events: what makes a silent change of history visible."""

import json
from datetime import UTC, datetime
from typing import Any

from office.crypto import keyed_digest

# One encoder for all lines: json.dumps would build it anew for each.
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def event_hash(
    reference: str, seq: int, code: str, actor_id: int | None, at: datetime, data: Any, before: str
) -> str:
    """Digest of one line over everything it says and the digest of the line before ("" for the
    first).
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = _encode([reference, seq, str(code), actor_id, moment, data, before])
    return keyed_digest("event-chain", line)


def seal(reference: str, seq: int, last_hash: str) -> str:
    """Kept on the case: says that event `seq` is the last, so that lines cut off at the end are
    missed.
    """
    return keyed_digest("event-seal", f"{reference}|{seq}|{last_hash}")
