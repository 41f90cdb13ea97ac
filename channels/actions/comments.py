"""Reviews and comments: taken from a file once, answered, made a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.deadlines import DeadlineRuleMissing
from cases.desk.promoting import without_numbers
from cases.models import Case
from cases.workflow import CaseError, Kind, Privacy
from infocontent.models import Topic
from office.models import User

from ..models import ChannelEvent, Comment, ImportedRow
from ..refusals import HasCase
from ..rows import Row
from ..topics import TopicGuesser
from ..vocabulary import WITH_COMMENTS, ContactChannel, EventCode
from ._base import finish, lock, month_of, require
from .importing import digest, lodge_of, subject_of

CHUNK = 500
LONGEST_REPLY = 4_000


@dataclass
class Taken:
    """What became of the rows of a file."""

    new: int = 0
    known: int = 0
    # Known ones that nobody had answered, with a reply in the file.
    answered: int = 0
    # New ones that an earlier import had made cases of.
    linked: int = 0

    @property
    def is_change(self) -> bool:
        return bool(self.new or self.answered)


@transaction.atomic
def import_comments(
    rows: Iterable[Row], *, channel: str, actor: User | None = None, at: datetime | None = None
) -> Taken:
    """Take each comment of a file once, with a guessed topic; those in already stay as they are.

    What looks like somebody's number or e-mail address is masked before it is kept. One event for
    the whole file, none when it holds nothing new. `actor` None is the command on the server.
    """
    if actor is not None:
        require(actor)
    if channel not in WITH_COMMENTS:
        raise CaseError("Kanal ini tidak memuat ulasan atau komentar.")
    at, taken, guesser = at or timezone.now(), Taken(), TopicGuesser.load()
    # The same words in the same second are one comment, however often a file repeats them.
    by_digest = {digest(channel, row.at, row.text): row for row in rows}
    keys = list(by_digest)
    for start in range(0, len(keys), CHUNK):
        chunk = {key: by_digest[key] for key in keys[start : start + CHUNK]}
        known = {
            comment.digest: comment
            for comment in Comment.objects.select_for_update().filter(digest__in=chunk)
        }
        fresh = {key: row for key, row in chunk.items() if key not in known}
        made = _cases_of(fresh)
        Comment.objects.bulk_create(
            [_comment(key, row, channel, guesser, made.get(key), at) for key, row in fresh.items()]
        )
        taken.new += len(fresh)
        taken.known += len(known)
        taken.linked += len(made)
        taken.answered += _take_replies(known, chunk)
    if taken.is_change:
        ChannelEvent.objects.create(
            code=EventCode.COMMENTS_IMPORTED,
            actor=actor,
            at=at,
            data={
                "channel": str(channel),
                "new": taken.new,
                "answered": taken.answered,
                "linked": taken.linked,
            },
        )
    return taken


def foresee(rows: Iterable[Row], *, channel: str) -> Taken:
    """What `import_comments` would do, without doing it."""
    taken, by_digest = Taken(), {digest(channel, row.at, row.text): row for row in rows}
    keys = list(by_digest)
    for start in range(0, len(keys), CHUNK):
        chunk = {key: by_digest[key] for key in keys[start : start + CHUNK]}
        known = {one.digest: one for one in Comment.objects.filter(digest__in=chunk)}
        fresh = {key: row for key, row in chunk.items() if key not in known}
        taken.new += len(fresh)
        taken.known += len(known)
        taken.linked += len(_cases_of(fresh))
        taken.answered += len(_replied_since(known, chunk))
    return taken


@transaction.atomic
def answer(
    comment: Comment,
    *,
    actor: User,
    reply: str,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Keep what the office replied where the comment stands, or what it should have said."""
    require(actor)
    at = at or timezone.now()
    lock(comment, version)
    reply = reply.strip()
    if not reply or len(reply) > LONGEST_REPLY:
        raise CaseError(f"Tulis balasannya, paling panjang {LONGEST_REPLY} karakter.")
    if reply == comment.reply and comment.answered_at:
        return
    finish(
        comment,
        EventCode.ANSWERED,
        actor=actor,
        done_at=at,
        data={"again": comment.is_answered},
        reply=reply,
        answered_at=at,
        answered_by=actor,
    )


@transaction.atomic
def set_topic(
    comment: Comment,
    *,
    actor: User,
    topic: Topic | None,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Correct the guess."""
    require(actor)
    lock(comment, version)
    if topic == comment.topic:
        return
    finish(
        comment,
        EventCode.TOPIC_CHANGED,
        actor=actor,
        done_at=at or timezone.now(),
        data={"topic": [one.code if one else "" for one in (comment.topic, topic)]},
        topic=topic,
    )


@transaction.atomic
def take_as_case(
    comment: Comment, *, actor: User, version: int | None = None, at: datetime | None = None
) -> Case:
    """Receive the comment as an anonymous complaint of its own time.

    The recap goes on counting the comment, not the case.
    """
    require(actor)
    lock(comment, version)
    if comment.case:
        raise HasCase(comment.case.reference)
    try:
        case = lodge_of(Kind.COMPLAINT)(
            subject=subject_of(comment.text),
            narrative=comment.text,
            topic=comment.topic,
            privacy=Privacy.ANONYMOUS,
            channel=ContactChannel(comment.channel).of_a_case,
            actor=actor,
            at=comment.at,
        )
    except DeadlineRuleMissing:
        raise CaseError(
            "Tidak ada aturan tenggat untuk waktu setua ini, jadi tidak dapat menjadi kasus."
        ) from None
    finish(
        comment,
        EventCode.CASE_OPENED,
        actor=actor,
        done_at=at or timezone.now(),
        data={"case": case.reference},
        case=case,
    )
    return case


def _comment(
    key: str, row: Row, channel: str, guesser: TopicGuesser, case: int | None, at: datetime
) -> Comment:
    return Comment(
        digest=key,
        channel=channel,
        at=row.at,
        month=month_of(row.at),
        text=without_numbers(row.text),
        score=None if row.score is None else int(row.score),
        topic=guesser.guess(row.text),
        reply=row.reply.strip()[:LONGEST_REPLY],
        case_id=case,
        imported_at=at,
    )


def _cases_of(rows: dict[str, Row]) -> dict[str, int]:
    """The cases that import_cases has made of the same words, whatever it called their source."""
    sources = list(ImportedRow.objects.order_by().values_list("source", flat=True).distinct())
    keys = {
        (source, digest(source, row.at, row.text)): key
        for source in sources
        for key, row in rows.items()
    }
    found = ImportedRow.objects.filter(
        digest__in=[own for _source, own in keys], case__comment=None
    ).values_list("source", "digest", "case")
    return {keys[source, own]: case for source, own, case in found if (source, own) in keys}


def _replied_since(known: dict[str, Comment], rows: dict[str, Row]) -> list[Comment]:
    return [
        comment
        for key, comment in known.items()
        if not comment.is_answered and rows[key].reply.strip()
    ]


def _take_replies(known: dict[str, Comment], rows: dict[str, Row]) -> int:
    replied = _replied_since(known, rows)
    for comment in replied:
        comment.reply = rows[comment.digest].reply.strip()[:LONGEST_REPLY]
        # A form that is open on it shows it as unanswered.
        comment.version += 1
    Comment.objects.bulk_update(replied, ["reply", "version"])
    return len(replied)
