"""Frozen figures as the rows of tables and the bars of a chart, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import SurveyReport
from ..period import Period
from ..scoring import LOWEST
from .charts import Chart, draw
from .words import (
    QUESTIONS,
    SHORT,
    TOP,
    answer_label,
    in_language,
    index_label,
    service_label,
    service_names,
)


@dataclass(frozen=True)
class Line:
    """One part of a whole; `n` is None where it is withheld."""

    label: str
    n: int | None
    share: str
    value: str = ""
    grade: str = ""


def shown(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that pages and papers about the figures print."""
    names = service_names()
    period = Period.parse(figures["period"])
    elements = [{**one, "label": in_language(one, "name")} for one in figures["elements"]]
    for one in elements:
        for name in ("mean", "weighted", "value"):
            one[name] = number(one[name])
    by_code = {one["code"]: one for one in elements}
    profile = [
        (
            str(QUESTIONS[question["key"]]),
            _lines(question["parts"], lambda key, q=question["key"]: answer_label(q, key)),
        )
        for question in figures["profile"]
    ]
    services = _lines(figures["services"], lambda key: service_label(names, key))
    return {
        "figures": figures,
        "period": period,
        "title_of_instrument": in_language(figures, "title"),
        "index_name": index_label(figures["instrument"]),
        "value": number(figures["value"]),
        "index": number(figures["index"]),
        # Only the office's own figures say what they would be otherwise.
        "other_value": number(figures.get("other", {}).get("value")),
        "otherwise_value": number(figures.get("otherwise", {}).get("value")),
        "grade_words": in_language(figures, "grade_words"),
        "elements": elements,
        "has_hidden_elements": any(one.get("is_hidden") for one in elements),
        "lowest": [by_code[code] for code in figures["lowest"]["codes"]],
        "tied": [by_code[code] for code in figures["lowest"]["tied"]],
        "most_lowest": LOWEST,
        "profile": profile,
        "services": services,
        "has_hidden": any(
            line.n is None for line in [*services, *(one for _q, rows in profile for one in rows)]
        ),
        "sources": [
            (service_label(names, one["key"]), one["n"])
            for one in figures["sample"].get("sources", [])
        ],
        "margin": number(figures["sample"]["margin"]),
        "comments": [(one["name"] or "Belum bertopik", one["n"]) for one in figures["comments"]],
        "bands": [
            {
                **band,
                "label": in_language(band, "words"),
                "lower": number(band["lower"]),
                "upper": number(band["upper"]),
            }
            for band in figures["bands"]
        ],
        "thresholds": [
            {**line, "minimum": number(line["minimum"])} for line in figures["thresholds"]
        ],
        **trend_shown(figures["trend"]),
    }


def trend_shown(trend: list[dict[str, Any]]) -> dict[str, Any]:
    """The months from the first that has a number on: before it there was no survey."""
    begun = next(
        (n for n, row in enumerate(trend) if any(map(_is_known, row["indexes"].values()))),
        len(trend),
    )
    rows = trend[begun:]
    codes = [
        code
        for code in (trend[0]["indexes"] if trend else ())
        if any(_is_known(row["indexes"][code]) for row in rows)
    ]
    table = [
        {
            "month": _month_words(row["month"], "F Y"),
            "cells": [_cell(row["indexes"][code]) for code in codes],
        }
        for row in rows
    ]
    return {
        "trend_heads": [index_label(code) for code in codes],
        "trend_tops": [(index_label(code), TOP.get(code, 4)) for code in codes],
        "trend": table,
        "trend_chart": _chart(rows, codes),
    }


def _is_known(one: Mapping[str, Any]) -> bool:
    return one["value"] is not None or bool(one.get("is_hidden"))


def _cell(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "value": number(one["value"]),
        "grade": one["grade"],
        "n": one["n"],
        "is_hidden": one.get("is_hidden", False),
    }


def _chart(rows: list[dict[str, Any]], codes: list[str]) -> Chart:
    return draw(
        [
            (
                _month_words(row["month"], "M Y"),
                [
                    (
                        row["indexes"][code]["value"],
                        TOP.get(code, 4),
                        f"{SHORT.get(code, code)} {number(row['indexes'][code]['value'])}",
                    )
                    for code in codes
                ],
            )
            for row in rows
        ]
    )


def _month_words(month: str, form: str) -> str:
    year, number_of_month = map(int, month.split("-"))
    return date_format(date(year, number_of_month, 1), form)


def _lines(parts: Iterable[Mapping[str, Any]], label: Any) -> list[Line]:
    parts = list(parts)
    total = sum(part["n"] or 0 for part in parts)
    is_whole = all(part["n"] is not None for part in parts)
    return [
        Line(
            label=label(part["key"] or ""),
            n=part["n"],
            share=_share(part["n"], total) if is_whole else "",
            value=number(part.get("value")),
            grade=part.get("grade") or "",
        )
        for part in parts
    ]


def _share(n: int, total: int) -> str:
    """In whole per cent, halves up."""
    return f"{(200 * n + total) // (2 * total)}%" if total else "–"


def number(text: str | None) -> str:
    """With the comma or point of the reader's language; a dash where there is none."""
    if text is None:
        return "–"
    return text if get_language() == "en" else text.replace(".", ",")


def follow_ups_of(report: SurveyReport, elements: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The typed rows with their element and term in words."""
    labels = {one["code"]: f"{one['code']} {one['label']}" for one in elements}
    terms = dict(SurveyReport.Term.choices)
    return [
        {
            **row,
            "element": labels.get(row["element"], row["element"]) or _("Umum"),
            "term": str(terms.get(row["term"], row["term"])),
        }
        for row in report.follow_ups
    ]


def result_line(report: SurveyReport) -> dict[str, Any]:
    """What a list says of a published result."""
    figures = report.public_figures
    return {
        "report": report,
        "title": in_language(figures, "title"),
        "index_name": index_label(report.instrument),
        "value": number(figures["value"]),
        "most": figures["index_max"],
        "grade": figures["grade"],
        "grade_words": in_language(figures, "grade_words"),
        "n": figures["n"],
    }
