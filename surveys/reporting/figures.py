"""Everything that a page, a file or a report tells of a period, as plain data that can be frozen:
exact for the office, and what the public may read of it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from office.suppression import LEAST, is_small, withheld

from ..models import Instrument
from ..period import Period, months_after
from ..results import (
    PROFILE,
    MonthIndex,
    Result,
    Scope,
    by_service,
    comment_topics,
    in_order,
    monthly_indexes,
    profile_of,
    result_of,
    versions_of,
)
from ..scoring import Score, Threshold, lowest, margin_reached, rounded, sample_needed
from .words import ANSWERS

TREND_MONTHS = 13
# IKM and IPK stand side by side, as in the study; a report of another instrument adds its own.
TREND = ("skm", "spak")


def figures_of(
    instrument: str,
    period: Period,
    *,
    service: str = "",
    with_flagged: bool = False,
    population: int | None = None,
) -> dict[str, Any] | None:
    """None where the office has no such instrument. `population` is one that was entered."""
    scope = Scope.of(instrument, period, service)
    versions = versions_of(instrument)
    if not versions:
        return None
    result = result_of(scope, versions, with_flagged=with_flagged)
    return {
        **_about(result),
        "period": period.code,
        "service": service,
        "elements": _elements(result),
        "lowest": _lowest(result),
        "services": [
            {"key": part.key, "n": part.n, "value": _text(part.index), "grade": part.grade}
            for part in by_service(scope, versions, with_flagged=with_flagged)
        ],
        "profile": _profile(scope, with_flagged=with_flagged),
        "sample": _sample(period, service, result.n, population),
        "comments": [
            {"name": name, "n": n} for name, n in comment_topics(scope, with_flagged=with_flagged)
        ],
        "trend": trend_of(versions, period.last_month, with_flagged=with_flagged),
    }


def _about(result: Result) -> dict[str, Any]:
    one, score = result.instrument, result.score
    return {
        "instrument": one.code,
        "version": one.version,
        "law": one.law,
        "title": one.title,
        "title_en": one.title_en,
        "scale": one.scale,
        "index_max": f"{one.index_max.normalize():f}",
        "weight": score.weight_words,
        "n": result.n,
        "flagged": result.flagged,
        "with_flagged": result.with_flagged,
        "other": {"n": result.other_n, **_value(result.other)},
        "otherwise": {
            "weight": result.reckoned_otherwise.weight_words,
            **_value(result.reckoned_otherwise),
        },
        "index": _text(score.index, 3),
        **_value(score),
        "grade_words": score.band.words if score.band else "",
        "grade_words_en": _grade_in_english(one, score),
        "unanswered": score.unanswered,
        "bands": [
            {
                "grade": band.grade,
                "words": band.label,
                "words_en": band.label_en,
                "lower": f"{band.lower}",
                "upper": f"{band.upper}",
            }
            for band in one.bands.all()
        ],
        "thresholds": [
            {
                "name": line.name,
                "minimum": f"{line.minimum}",
                "law": line.law,
                "is_met": Threshold(line.name, line.minimum).is_met(score.value),
            }
            for line in one.thresholds.all()
        ],
    }


def _value(score: Score) -> dict[str, Any]:
    return {"value": _text(score.value), "grade": score.grade}


def _grade_in_english(instrument: Instrument, score: Score) -> str:
    found = (band.label_en for band in instrument.bands.all() if band.grade == score.grade)
    return next(found, "")


def _elements(result: Result) -> list[dict[str, Any]]:
    asked = {one.code: one for one in in_order(result.instrument)}
    return [
        {
            "code": element.code,
            "name": asked[element.code].name,
            "name_en": asked[element.code].name_en,
            "n": element.n,
            "mean": _text(element.mean, 3),
            "weighted": _text(element.weighted, 3),
            "value": _text(element.value),
            "grade": element.band.grade if element.band else "",
        }
        for element in result.score.elements
    ]


def _lowest(result: Result) -> dict[str, list[str]]:
    found = lowest(result.score.elements)
    return {
        "codes": [element.code for element in found.elements],
        "tied": [element.code for element in found.tied],
    }


def _profile(scope: Scope, *, with_flagged: bool) -> list[dict[str, Any]]:
    """Every answer that can be given, also those that nobody gave; what was left out comes last,
    where anybody left it out.
    """
    counted = profile_of(scope, with_flagged=with_flagged)
    return [
        {
            "key": question,
            "parts": [
                {"key": answer, "n": counted[question][answer]}
                for answer in [*ANSWERS[question], *([""] if counted[question][""] else [])]
            ],
        }
        for question in PROFILE
    ]


def _sample(period: Period, service: str, n: int, entered: int | None) -> dict[str, Any]:
    served = people_served(period)
    if service:
        served = {key: count for key, count in served.items() if key == service}
    population = sum(served.values()) if entered is None else entered
    margin = margin_reached(population, n)
    return {
        "population": population,
        "is_entered": entered is not None,
        "sources": [{"key": key, "n": count} for key, count in sorted(served.items())],
        "needed": sample_needed(population),
        "margin": _text(margin, 1),
        "is_reached": bool(population) and n >= sample_needed(population),
    }


def people_served(period: Period) -> Mapping[str, int]:
    """How many were served in the period, by service. Who counts them is a setting: they are told
    by apps that do not know this one.
    """
    counting = import_string(settings.SURVEY_POPULATION)
    served: Mapping[str, int] = counting(period.first, period.first_after)
    return served


def trend_of(
    versions: list[Instrument], last: date, *, with_flagged: bool = False
) -> list[dict[str, Any]]:
    """Thirteen months up to the last, each with the indexes that stand side by side."""
    own = versions[0].code
    first = months_after(last, 1 - TREND_MONTHS)
    found = {
        code: monthly_indexes(
            code,
            first,
            last,
            with_flagged=with_flagged,
            versions=versions if code == own else None,
        )
        for code in dict.fromkeys((*TREND, own))
    }
    return [
        {
            "month": f"{row[0].month:%Y-%m}",
            "indexes": {code: _month(one) for code, one in zip(found, row, strict=True)},
        }
        for row in zip(*found.values(), strict=True)
    ]


def _month(one: MonthIndex) -> dict[str, Any]:
    return {"n": one.n, "value": _text(one.index), "grade": one.grade}


def questionnaire_of(instrument: str, version: int) -> Instrument | None:
    return next((one for one in versions_of(instrument) if one.version == version), None)


def public_part(figures: dict[str, Any], *, has_profile: bool) -> dict[str, Any]:
    """What everybody may read: no number from one to four, and none that could be computed from the
    others. How many answered in each month is not told, lest they be subtracted from each other.
    """
    public = {
        name: figures[name]
        for name in (
            "instrument", "version", "law", "title", "title_en", "scale", "index_max", "weight",
            "n", "index", "value", "grade", "grade_words", "grade_words_en", "bands",
            "thresholds", "period", "lowest",
        )
    }  # fmt: skip
    sample = figures["sample"]
    public["sample"] = {
        name: sample[name]
        for name in ("population", "is_entered", "needed", "margin", "is_reached")
    }
    public["elements"] = _public_elements(figures["elements"])
    gone = {one["code"] for one in public["elements"] if one["is_hidden"]}
    if gone & {*figures["lowest"]["codes"], *figures["lowest"]["tied"]}:
        public["lowest"] = {"codes": [], "tied": []}
    public["services"] = _divided(figures["services"]) if has_profile else []
    public["profile"] = [
        {"key": one["key"], "parts": _divided(one["parts"])}
        for one in (figures["profile"] if has_profile else [])
    ]
    public["has_profile"] = has_profile
    public["comments"] = []
    public["trend"] = [
        {
            "month": row["month"],
            "indexes": {code: _public_month(one) for code, one in row["indexes"].items()},
        }
        for row in figures["trend"]
    ]
    return public


def _public_elements(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An element that fewer than five answered is withheld, and with it the next smallest: alone it
    could be computed from the index.
    """
    hidden = {one["code"] for one in elements if one["n"] < LEAST}
    if len(hidden) == 1:
        rest = [one for one in elements if one["code"] not in hidden]
        hidden |= {min(rest, key=lambda one: one["n"])["code"]} if rest else set()
    told = ("code", "name", "name_en", "mean", "weighted", "value", "grade")
    return [
        {
            **{name: one[name] for name in told},
            "is_hidden": one["code"] in hidden,
            **(
                {"mean": None, "weighted": None, "value": None, "grade": ""}
                if one["code"] in hidden
                else {}
            ),
        }
        for one in elements
    ]


def _divided(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    hidden = withheld([part["n"] for part in parts])
    return [
        {name: part[name] if name == "key" else None for name in part} if is_hidden else part
        for part, is_hidden in zip(parts, hidden, strict=True)
    ]


def _public_month(one: dict[str, Any]) -> dict[str, Any]:
    is_told = one["n"] and not is_small(one["n"])
    return {
        "n": None,
        "value": one["value"] if is_told else None,
        "grade": one["grade"] if is_told else "",
        "is_hidden": is_small(one["n"]),
    }


def _text(number: Fraction | Decimal | None, places: int = 2) -> str | None:
    return None if number is None else f"{rounded(number, places)}"
