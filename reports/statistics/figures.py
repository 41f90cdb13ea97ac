"""The figures of one month that the public is shown, and what of them is withheld.

Counted is what came in during the month and what was answered during it, so that a month is
complete once it is over. Cases are divided by kind and by group of topics, never by both at once:
two divisions that cross would let a withheld number be computed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cases.models import Case
from cases.workflow import Kind
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.calendar import Calendar, CalendarYearUnknown
from surveys.results import monthly_indexes

from ..counts import spread
from ..period import Period
from ..recap.months import figures_of_months
from ..suppression import LEAST, is_small, withheld
from .editions import PUNCTUALITY, withheld_before

NO_TOPIC = "lain"
# The instruments in the order in which the office's own chart has shown them: IKM, then IPK.
INSTRUMENTS = ("skm", "spak", "spkp")
BAND = 5
SHOWN, WITHHELD, NONE = "shown", "withheld", "none"


def measure(month: date) -> dict[str, Any]:
    """Every number, none withheld: not for the public."""
    [counted] = figures_of_months(month, month)
    return {
        "contacts": _list({code: counted.contacts.get(code, 0) for code in ContactChannel}),
        "kinds": _list({kind: counted.by_kind.get(kind, 0) for kind in Kind}),
        "topics": _topics(counted.topics_of_cases),
        "answers": _answers(month),
        "surveys": [
            {"key": code, "n": index.n, "index": _text(index.index), "grade": index.grade}
            for code in INSTRUMENTS
            for index in monthly_indexes(code, month, month)
        ],
    }


def happened(measured: dict[str, Any]) -> bool:
    """Whether anything at all is known of the month."""
    lists = (measured["contacts"], measured["kinds"], measured["surveys"])
    return any(row["n"] for rows in lists for row in rows) or any(
        measured["answers"][key] for key in PUNCTUALITY
    )


def numbers_of(measured: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The parts of every division by their keys, none withheld: not for the public."""
    lists = {name: measured[name] for name in ("contacts", "kinds", "topics")}
    return {
        **{name: {row["key"]: row["n"] for row in rows} for name, rows in lists.items()},
        "answers": {key: measured["answers"][key] for key in PUNCTUALITY},
    }


def withhold(
    measured: dict[str, Any], *, earlier: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The public edition of measured figures, after those of the earlier editions."""
    kept = withheld_before(earlier)
    answers = measured["answers"]
    punctual = _divided(
        [{"key": key, "n": answers[key]} for key in PUNCTUALITY], kept.get("answers")
    )
    answered, days = sum(answers[key] for key in PUNCTUALITY), answers["days"]
    return {
        "contacts": _divided(measured["contacts"], kept.get("contacts")),
        "cases": {
            "n": _told(sum(row["n"] for row in measured["kinds"])),
            "kinds": _divided(measured["kinds"], kept.get("kinds"))["parts"],
            "topics": _divided(measured["topics"], kept.get("topics"))["parts"],
        },
        "answers": {
            "n": punctual["n"],
            **{row["key"]: row["n"] for row in punctual["parts"]},
            "at_least": _at_least(answers) if punctual["parts"][0]["n"] is None else None,
            # How many durations are known would be one more number of the same cases.
            "days": {"middle": days["middle"], "long": days["long"]}
            if days["n"] == answered and answered >= LEAST
            else None,
        },
        "surveys": [_survey(row) for row in measured["surveys"]],
    }


def changed_by_few(old: Any, new: Any) -> bool:
    """Whether two editions differ somewhere by one to four: the difference would then tell of
    single people.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return any(changed_by_few(old[key], new[key]) for key in old.keys() & new.keys())
    if isinstance(old, list) and isinstance(new, list):
        before = {row["key"]: row for row in old}
        return any(changed_by_few(before.get(row["key"]), row) for row in new)
    if isinstance(old, int) and isinstance(new, int):
        return is_small(abs(old - new))
    return False


def _survey(row: Mapping[str, Any]) -> dict[str, Any]:
    """The index, and never how many people it is of: the published reports of a quarter or a year
    tell their number, and less those of the other months it would be the one withheld.
    """
    if row["n"] >= LEAST:
        told = {name: row[name] for name in ("key", "index", "grade")}
        return {**told, "state": NONE if row["index"] is None else SHOWN}
    state = WITHHELD if row["n"] else NONE
    return {"key": row["key"], "index": None, "grade": "", "state": state}


def _list(numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"key": str(key), "n": number} for key, number in numbers.items()]


def _divided(parts: list[dict[str, Any]], kept: Collection[str] | None = None) -> dict[str, Any]:
    """The parts of a number and the number itself; all gone where it is small. `kept` are the keys
    that an earlier edition withheld, None where there is none that told the number.
    """
    numbers = [part["n"] for part in parts]
    total = sum(numbers)
    if is_small(total):
        gone = [True] * len(parts)
    elif kept is None:
        gone = withheld(numbers)
    else:
        gone = [part["key"] in kept or is_small(part["n"]) for part in parts]
    return {
        "n": _told(total),
        "parts": [
            {**part, "n": None if is_gone else part["n"]}
            for part, is_gone in zip(parts, gone, strict=True)
        ],
    }


def _told(number: int) -> int | None:
    return None if is_small(number) else number


def _at_least(answers: Mapping[str, Any]) -> int | None:
    """The on-time share in steps of five percent, for a month with too few late answers to tell
    how many: as if they were as many as are never told, so that it depends on nothing withheld.

    Of few answers it is not told either: that it is missing would then say how many were in time.
    """
    answered = answers["on_time"] + answers["late"]
    if answers["unknown"] or not is_small(answers["late"]) or answered < 2 * LEAST:
        return None
    return (answered - LEAST + 1) * 100 // answered // BAND * BAND


def _topics(by_topic: Mapping[int | None, int]) -> list[dict[str, Any]]:
    """By the groups of the tree, in its order, whether they are still in use or not."""
    groups = {
        group.pk: group for group in Topic.objects.filter(parent=None).order_by("order", "pk")
    }
    group_of = dict(Topic.objects.values_list("pk", "parent"))
    found: dict[int | None, int] = dict.fromkeys([*groups, None], 0)
    for topic, number in by_topic.items():
        found[topic if topic is None else group_of[topic] or topic] += number
    return [
        {
            "key": groups[pk].code if pk else NO_TOPIC,
            "name": {
                "id": groups[pk].name if pk else "Belum bertopik",
                "en": (groups[pk].name_en or groups[pk].name) if pk else "No topic yet",
            },
            "n": number,
        }
        for pk, number in found.items()
    ]


def _answers(month: date) -> dict[str, Any]:
    """The first thing a citizen asks: how many were answered, in time, and after how long."""
    period = Period(month.year, month.month)
    rows = Case.objects.filter(
        answered_at__gte=period.begins_at, answered_at__lt=period.ends_at
    ).values_list("received_at", "answered_at", "due_on")
    calendar = Calendar()
    numbers = {"on_time": 0, "late": 0, "unknown": 0}
    durations = []
    for received_at, answered_at, due_on in rows.iterator():
        received, answered = timezone.localdate(received_at), timezone.localdate(answered_at)
        numbers["unknown" if due_on is None else "late" if answered > due_on else "on_time"] += 1
        try:
            durations.append(calendar.working_days_between(received, answered))
        except CalendarYearUnknown:
            continue
    days = spread(durations)
    return {**numbers, "days": days.as_json() if days else {"n": 0}}


def _text(number: Any) -> str | None:
    return None if number is None else str(number)
