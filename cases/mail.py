"""Sending one notice of the outbox."""


def deliver(notice_id: int) -> str:
    raise RuntimeError(notice_id)
