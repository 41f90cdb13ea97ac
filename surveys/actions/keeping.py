"""What staff do: a new version of an instrument, QR codes for the counters, topics of comments."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from cases.access_code import ALPHABET
from cases.workflow import CaseError, NotAllowed
from infocontent.models import Topic
from office.calendar import today
from office.models import User

from ..models import (
    Band,
    Counter,
    Element,
    EventCode,
    Instrument,
    Response,
    SurveyedService,
    SurveyEvent,
    Threshold,
)

# 60 bits: nobody answers for a counter without having stood before it.
CODE_LENGTH = 12


def _require(actor: User, duty: str) -> None:
    if not actor.may(duty):
        raise NotAllowed


def _log(code: EventCode, actor: User, at: datetime, **of: Any) -> None:
    SurveyEvent(code=code, actor=actor, at=at, **of).save(force_insert=True)


@transaction.atomic
def make_version(
    instrument: Instrument, *, actor: User, valid_from: date, at: datetime | None = None
) -> Instrument:
    """A copy of the newest version that may be changed until somebody has answered it.

    It begins on a later day, so that there is time to change it.
    """
    at = at or timezone.now()
    _require(actor, "add_instrument")
    versions = Instrument.objects.filter(code=instrument.code)
    newest = versions.select_for_update().order_by("-version")[0]
    if valid_from <= today(at):
        raise CaseError("Versi baru berlaku paling cepat besok.")
    if valid_from <= versions.aggregate(last=Max("valid_from"))["last"]:
        raise CaseError("Versi baru berlaku sesudah versi yang terakhir.")
    made = _copied(newest, version=newest.version + 1, valid_from=valid_from)
    made.save(force_insert=True)
    for part in (Element, Band, Threshold):
        for row in part._default_manager.filter(instrument=newest):
            _copied(row, instrument=made).save(force_insert=True)
    _log(EventCode.VERSION_MADE, actor, at, instrument=made, data={"of": newest.version})
    return made


def _copied(row: Model, **changes: Any) -> Any:
    kept = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.name: getattr(row, field.name) for field in kept if field.name not in changes}
    return type(row)(**values, **changes)


@transaction.atomic
def open_counter(
    *,
    actor: User,
    name: str,
    service: SurveyedService | None = None,
    at: datetime | None = None,
) -> Counter:
    """A new QR code for a place."""
    at = at or timezone.now()
    _require(actor, "keep_survey_counters")
    if not name.strip():
        raise CaseError("Tuliskan tempatnya, misalnya Loket 2.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)).lower()
    counter = Counter.objects.create(
        code=code, name=name.strip(), service=service, opened_on=today(at)
    )
    _log(EventCode.COUNTER_OPENED, actor, at, counter=counter)
    return counter


@transaction.atomic
def retire_counter(counter: Counter, *, actor: User, at: datetime | None = None) -> None:
    """End a QR code, say because it is being passed around; answers given with it stay."""
    at = at or timezone.now()
    counter.refresh_from_db(from_queryset=Counter.objects.select_for_update(of=("self",)))
    _require(actor, "keep_survey_counters")
    if not counter.is_open:
        raise CaseError("Kode QR ini sudah ditarik.")
    counter.retired_on = today(at)
    counter.save(update_fields=["retired_on"])
    _log(EventCode.COUNTER_RETIRED, actor, at, counter=counter)


@transaction.atomic
def give_topic(
    response: Response, *, actor: User, topic: Topic | None, at: datetime | None = None
) -> None:
    """Say what a comment is about; None takes it back."""
    at = at or timezone.now()
    response.refresh_from_db(from_queryset=Response.objects.select_for_update(of=("self",)))
    _require(actor, "sort_comments")
    if not response.comment:
        raise CaseError("Jawaban ini tidak memuat saran.")
    if response.comment_topic_id == (topic.pk if topic else None):
        return
    response.comment_topic = topic
    response.save(update_fields=["comment_topic"])
    data = {"topic": topic.code if topic else ""}
    _log(EventCode.TOPIC_GIVEN, actor, at, response=response, data=data)
