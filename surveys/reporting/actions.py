"""Every change of a survey report: begun, written, published. One event each, one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import AccessLog
from office.calendar import today
from office.documents.steps import corrected, freeze, keep, lock, log, require_draft
from office.models import User
from office.refusals import Refusal, require
from office.suppression import LEAST, is_small

from ..models import Instrument, SurveyReport, SurveyReportEvent
from ..period import Period
from .chapters import TEXTS, WRITTEN, label_of, missing
from .figures import figures_of, public_part
from .paper import on_paper

FOLDER = "survei"


class ReportIncomplete(Refusal):
    """Parts without their text; `items` are columns of SurveyReport."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        super().__init__(f"Masih kosong: {', '.join(map(label_of, items))}.")


class TooFewAnswers(Refusal):
    """Fewer people answered than may be told without giving one of them away."""

    def __init__(self, n: int) -> None:
        super().__init__(
            f"Baru {n} orang mengisi. Hasil dari kurang dari {LEAST} orang tidak diterbitkan."
        )


class LeavesFew(Refusal):
    """Two published periods would tell, by subtraction, of fewer than five people."""

    def __init__(self, whole: Period) -> None:
        super().__init__(
            f"Bersama hasil lain yang sudah terbit, hasil {whole} akan memperlihatkan jawaban "
            f"kurang dari {LEAST} orang. Terbitkan masa yang lain."
        )


@transaction.atomic
def begin_report(
    instrument: str,
    period: Period,
    *,
    actor: User,
    correction: str = "",
    at: datetime | None = None,
) -> SurveyReport:
    """Open the draft about a period, or of the next edition where one is published already, which
    then says what it corrects. It begins with the texts of the last report.
    """
    require(actor, "write_survey_report")
    at = at or timezone.now()
    current = Instrument.objects.current(instrument, today(at))
    if current is None:
        raise Refusal("Instrumen itu tidak ada.")
    if today(at) < period.first:
        raise Refusal(f"{period} belum dimulai.")
    editions = SurveyReport.objects.of(instrument, period)
    correction = correction.strip()
    last = corrected(editions, period, correction)
    report = SurveyReport(
        instrument=instrument,
        first_month=period.first,
        last_month=period.last_month,
        months=period.months,
        edition=last.edition + 1 if last else 1,
        correction=correction,
        legal_basis=current.law,
        author=actor,
        updated_at=at,
    )
    for name, text in _earlier_texts(report, last).items():
        setattr(report, name, text)
    report.save(force_insert=True)
    log(report, SurveyReportEvent.Code.BEGUN, actor, at, edition=report.edition)
    return report


@transaction.atomic
def save_report(
    report: SurveyReport,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **written: Any,
) -> None:
    """Keep what has been typed, complete or not; `written` are names in chapters.WRITTEN."""
    lock(report, version)
    require(actor, "write_survey_report")
    require_draft(report)
    at = at or timezone.now()
    keep(report, actor, at, **{name: written[name] for name in WRITTEN if name in written})
    log(report, SurveyReportEvent.Code.SAVED, actor, at)


@transaction.atomic
def publish_report(
    report: SurveyReport, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Count for the last time, print, put it before everybody, and never change it again.

    Raises ReportIncomplete, TooFewAnswers and LeavesFew.
    """
    lock(report, version)
    require(actor, "publish_survey_report")
    require_draft(report)
    at = at or timezone.now()
    if not report.period.is_over(today(at)):
        raise Refusal(f"{report.period} belum berakhir, jadi angkanya masih berubah.")
    if blank := missing(report):
        raise ReportIncomplete(blank)
    # What one period gives away depends on the others that are out: they come out one by one.
    list(Instrument.objects.select_for_update().filter(code=report.instrument).order_by("pk"))
    figures = figures_of(report.instrument, report.period, population=report.population)
    if figures is None or figures["n"] < LEAST:
        raise TooFewAnswers(figures["n"] if figures else 0)
    _require_apart(report, figures["n"])
    has_profile = may_tell_profile(report)
    public = public_part(figures, has_profile=has_profile)
    content = on_paper(report, public, signer=actor, at=at)
    freeze(
        report,
        content,
        folder=FOLDER,
        state=SurveyReport.State.PUBLISHED,
        figures=figures,
        public_figures=public,
        has_profile=has_profile,
        published_by=actor,
        published_at=at,
    )
    log(report, SurveyReportEvent.Code.PUBLISHED, actor, at, sha256=report.sha256)


def may_tell_profile(report: SurveyReport) -> bool:
    """Whether no other published period with any of its months tells who answered."""
    same = SurveyReport.objects.published().filter(instrument=report.instrument, has_profile=True)
    others = same.overlapping(report.period).exclude(
        first_month=report.first_month, months=report.months
    )
    return not others.exists()


def log_export(actor: User, at: datetime | None = None, **data: Any) -> None:
    """Somebody takes the answers out of the office. Raises NotAllowed."""
    require(actor, "view_report")
    require(actor, "export_case")
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT,
        user=actor,
        at=at or timezone.now(),
        data={"list": "survei", **data},
    )


def _earlier_texts(report: SurveyReport, last: SurveyReport | None) -> dict[str, Any]:
    """A corrected edition keeps everything; a new period what does not change with it."""
    if last:
        return {name: getattr(last, name) for name in WRITTEN}
    before = SurveyReport.objects.filter(instrument=report.instrument).order_by("-pk").first()
    kept = [name for name in TEXTS if name != "analysis"]
    return {name: getattr(before, name) for name in kept} if before else {}


def _require_apart(report: SurveyReport, n: int) -> None:
    """Of every published period that holds others, what they leave of it is nobody or enough."""
    same = SurveyReport.objects.public().filter(instrument=report.instrument)
    counted = {other.period: other.public_figures["n"] for other in same} | {report.period: n}
    for whole, count in counted.items():
        if not whole.overlaps(report.period):
            continue
        inside = [one for one in counted if one != whole and one.is_within(whole)]
        outermost = [
            one for one in inside if not any(one != o and one.is_within(o) for o in inside)
        ]
        if outermost and is_small(count - sum(counted[one] for one in outermost)):
            raise LeavesFew(whole)
