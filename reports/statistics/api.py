"""The public figures for programs: GET /api/v1/statistics, as JSON or one number a line (CSV)."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.utils.cache import patch_cache_control
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.workflow import Kind
from channels.vocabulary import ContactChannel
from office import throttle

from .figures import INSTRUMENTS, LEAST, NONE, SHOWN, WITHHELD
from .models import PublicMonth

MAX_AGE = 60 * 60
COLUMNS = ("month", "edition", "measure", "key", "value", "state")

_NUMBER = {
    "allow_null": True,
    "min_value": 0,
    "help_text": "null: withheld; it, its neighbour or an earlier edition had one to four",
}


class Channel(serializers.Serializer):
    key = serializers.ChoiceField(choices=ContactChannel.values)
    n = serializers.IntegerField(**_NUMBER)


class Contacts(serializers.Serializer):
    """Everything that reached the office, by channel; nothing is counted twice."""

    n = serializers.IntegerField(**_NUMBER)
    parts = Channel(many=True)


class KindCount(serializers.Serializer):
    key = serializers.ChoiceField(choices=Kind.values)
    n = serializers.IntegerField(**_NUMBER)


class Name(serializers.Serializer):
    id = serializers.CharField()
    en = serializers.CharField()


class TopicCount(serializers.Serializer):
    key = serializers.CharField()
    name = Name()
    n = serializers.IntegerField(**_NUMBER)


class Cases(serializers.Serializer):
    """Cases received in the month, by kind and by group of topics."""

    n = serializers.IntegerField(**_NUMBER)
    kinds = KindCount(many=True)
    topics = TopicCount(many=True)


class Days(serializers.Serializer):
    """Working days from receipt to answer."""

    middle = serializers.FloatField(help_text="half of the answers took at most this long")
    long = serializers.IntegerField(help_text="nine of ten took at most this long")


class Answers(serializers.Serializer):
    """Answers that left in the month."""

    n = serializers.IntegerField(**_NUMBER)
    on_time = serializers.IntegerField(**_NUMBER)
    late = serializers.IntegerField(**_NUMBER)
    unknown = serializers.IntegerField(**_NUMBER)
    at_least = serializers.IntegerField(
        allow_null=True,
        help_text="percent answered in time, rounded down to five, where the numbers are withheld",
    )
    days = Days(allow_null=True)


class Survey(serializers.Serializer):
    """skm: index of satisfaction on 25 to 100; spak and spkp: indexes on 0.67 to 4."""

    key = serializers.ChoiceField(choices=INSTRUMENTS)
    state = serializers.ChoiceField(
        choices=[SHOWN, WITHHELD, NONE], help_text="withheld: one to four people; none: nobody"
    )
    index = serializers.CharField(allow_null=True, help_text="a decimal number as text")
    grade = serializers.CharField(required=False, allow_blank=True)


class Figures(serializers.Serializer):
    contacts = Contacts()
    cases = Cases()
    answers = Answers()
    surveys = Survey(many=True)


class Month(serializers.ModelSerializer):
    """One month as it was published. It never changes; a correction is a further edition."""

    month = serializers.DateField(format="%Y-%m", help_text="YYYY-MM")
    figures = Figures()

    class Meta:
        model = PublicMonth
        fields = ("month", "edition", "published_at", "reason", "figures")


class Published(serializers.Serializer):
    withheld_below = serializers.IntegerField(help_text="numbers from 1 to below this are null")
    months = Month(many=True)


class Problem(serializers.Serializer):
    detail = serializers.CharField()


class LineRenderer(BaseRenderer):
    """One number a line: a program needs to know no tree."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        text = StringIO()
        out = csv.writer(text)
        if "months" not in data:
            out.writerows([["detail"], [data.get("detail", "")]])
        else:
            out.writerow(COLUMNS)
            for month in data["months"]:
                out.writerows(
                    [month["month"], month["edition"], *line] for line in lines(month["figures"])
                )
        return text.getvalue().encode()


class Statistics(APIView):
    """Figures of the desk by month: contacts, cases, answers in time, satisfaction."""

    renderer_classes = (JSONRenderer, LineRenderer)

    @extend_schema(
        operation_id="statistics",
        parameters=[
            OpenApiParameter("from", str, description="first month, YYYY-MM"),
            OpenApiParameter("to", str, description="last month, YYYY-MM"),
            OpenApiParameter("format", str, enum=["json", "csv"]),
        ],
        responses={
            (200, "application/json"): Published,
            (200, "text/csv"): OpenApiResponse(str, description=", ".join(COLUMNS)),
            400: Problem,
            404: OpenApiResponse(Problem, description="an unknown format"),
            406: Problem,
            429: OpenApiResponse(description="more than 600 times an hour"),
        },
    )
    def get(self, request: Request) -> Response:
        throttle.hit("api", throttle.client_address(request), limit=600, minutes=60)
        rows = PublicMonth.objects.newest_editions().order_by("month")
        first, last = _month(request, "from"), _month(request, "to")
        if first and last and first > last:
            raise ValidationError({"detail": "from is later than to."})
        if first:
            rows = rows.filter(month__gte=first)
        if last:
            rows = rows.filter(month__lte=last)
        response = Response(Published({"withheld_below": LEAST, "months": rows}).data)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        if request.accepted_renderer.format == LineRenderer.format:
            response["Content-Disposition"] = 'attachment; filename="statistik.csv"'
        return response


def lines(figures: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, str]]:
    """Measure, key, value and whether it is shown; the value of a withheld number is empty."""
    contacts, cases, answers = figures["contacts"], figures["cases"], figures["answers"]
    yield _line("contacts", "", contacts["n"])
    for part in contacts["parts"]:
        yield _line("contacts.channel", part["key"], part["n"])
    yield _line("cases", "", cases["n"])
    for part in cases["kinds"]:
        yield _line("cases.kind", part["key"], part["n"])
    for part in cases["topics"]:
        yield _line("cases.topic", part["key"], part["n"])
    yield _line("answers", "", answers["n"])
    for key in ("on_time", "late", "unknown"):
        yield _line(f"answers.{key}", "", answers[key])
    if answers["at_least"] is not None:
        yield _line("answers.on_time_percent_at_least", "", answers["at_least"])
    for key in ("middle", "long"):
        days = answers["days"]
        yield _line(f"answers.days_{key}", "", days[key] if days else None)
    for survey in figures["surveys"]:
        yield "survey.index", survey["key"], survey["index"] or "", survey["state"]


def _line(measure: str, key: str, value: float | None) -> tuple[str, str, Any, str]:
    return measure, key, "" if value is None else value, WITHHELD if value is None else SHOWN


def _month(request: Request, name: str) -> date | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        if len(text) != 7:
            raise ValueError
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValidationError({"detail": f"{name} has to be a month such as 2026-10."}) from None
