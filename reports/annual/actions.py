"""Every change of a report: begun, written, published. One event each, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.documents.steps import corrected, freeze, keep, lock, log, require_draft
from office.models import User
from office.refusals import Refusal, require

from ..figures import figures_of
from ..models import Report, ReportEvent
from ..period import FIRST_YEAR, LAST_YEAR, Period
from ..suppression import published
from .chapters import WRITTEN, label_of, missing
from .paper import on_paper

FOLDER = "laporan"


class ReportIncomplete(Refusal):
    """Chapters without their text; `items` are columns of Report."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        names = ", ".join(map(label_of, items))
        super().__init__(f"Masih kosong: {names}.")


@transaction.atomic
def begin_report(
    period: Period, *, actor: User, correction: str = "", at: datetime | None = None
) -> Report:
    """Open the draft about a period, or of the next edition where one is published already, which
    then says what it corrects.
    """
    require(actor, "write_report")
    at = at or timezone.now()
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise Refusal("Tahunnya tidak mungkin. Periksa lagi.")
    if at < period.begins_at:
        raise Refusal(f"{period} belum dimulai.")
    editions = Report.objects.filter(year=period.year, month=period.month)
    correction = correction.strip()
    last = corrected(editions, period, correction)
    report = Report(
        year=period.year,
        month=period.month,
        edition=last.edition + 1 if last else 1,
        correction=correction,
        author=actor,
        updated_at=at,
    )
    for name in WRITTEN if last else ():
        setattr(report, name, getattr(last, name))
    report.save(force_insert=True)
    log(report, ReportEvent.Code.BEGUN, actor, at, edition=report.edition)
    return report


@transaction.atomic
def save_report(
    report: Report,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **written: Any,
) -> None:
    """Keep what the PPID has typed, complete or not; `written` are names in chapters.WRITTEN."""
    lock(report, version)
    require(actor, "write_report")
    require_draft(report)
    at = at or timezone.now()
    keep(report, actor, at, **{name: written[name] for name in WRITTEN if name in written})
    log(report, ReportEvent.Code.SAVED, actor, at)


@transaction.atomic
def publish_report(
    report: Report, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Count for the last time, print, and never change it again. Raises ReportIncomplete."""
    lock(report, version)
    require(actor, "publish_report")
    require_draft(report)
    at = at or timezone.now()
    if not report.period.is_over(at):
        raise Refusal(f"{report.period} belum berakhir, jadi angkanya masih akan berubah.")
    if blank := missing(report):
        raise ReportIncomplete(blank)
    figures = figures_of(report.period, at).as_json()
    public = published(figures)
    content = on_paper(report, public, signer=actor, at=at)
    freeze(
        report,
        content,
        folder=FOLDER,
        state=Report.State.PUBLISHED,
        figures=figures,
        public_figures=public,
        published_by=actor,
        published_at=at,
    )
    log(report, ReportEvent.Code.PUBLISHED, actor, at, sha256=report.sha256)
