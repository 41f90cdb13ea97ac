"""Every change of a report: begun, written, published. One event each, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.refusals import Refusal, StaleDraft, require
from office.uploads import store

from ..figures import figures_of
from ..models import Report, ReportEvent
from ..period import FIRST_YEAR, LAST_YEAR, Period
from ..suppression import published
from .chapters import WRITTEN, label_of, missing
from .paper import on_paper, pages_of

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
    if editions.drafts().exists():
        raise Refusal(f"Konsep laporan {period} sudah ada. Buka dari daftar laporan.")
    last = editions.published().order_by("-edition").first()
    correction = correction.strip()
    if last and not correction:
        raise Refusal("Laporan ini sudah terbit. Tuliskan apa yang dibetulkan edisi baru.")
    if correction and not last:
        raise Refusal("Belum ada laporan terbit yang dapat dibetulkan.")
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
    _log(report, ReportEvent.Code.BEGUN, actor, at, {"edition": report.edition})
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
    _lock(report, version)
    require(actor, "write_report")
    _require_draft(report)
    at = at or timezone.now()
    changed = [name for name in WRITTEN if name in written]
    for name in changed:
        setattr(report, name, written[name])
    report.author, report.updated_at, report.version = actor, at, report.version + 1
    report.save(update_fields=[*changed, "author", "updated_at", "version"])
    _log(report, ReportEvent.Code.SAVED, actor, at)


@transaction.atomic
def publish_report(
    report: Report, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Count for the last time, print, and never change it again. Raises ReportIncomplete."""
    _lock(report, version)
    require(actor, "publish_report")
    _require_draft(report)
    at = at or timezone.now()
    if not report.period.is_over(at):
        raise Refusal(f"{report.period} belum berakhir, jadi angkanya masih akan berubah.")
    if blank := missing(report):
        raise ReportIncomplete(blank)
    figures = figures_of(report.period, at).as_json()
    public = published(figures)
    content = on_paper(report, public, signer=actor, at=at)
    stored = store(content, name=report.file_name, content_type="application/pdf", folder=FOLDER)
    changes = {
        "state": Report.State.PUBLISHED,
        "figures": figures,
        "public_figures": public,
        "file": stored.file,
        "size": stored.size,
        "pages": pages_of(content),
        "sha256": stored.sha256,
        "published_by": actor,
        "published_at": at,
        "version": report.version + 1,
    }
    for name, value in changes.items():
        setattr(report, name, value)
    report.save(update_fields=list(changes))
    _log(report, ReportEvent.Code.PUBLISHED, actor, at, {"sha256": stored.sha256})


def _lock(report: Report, version: int | None) -> None:
    report.refresh_from_db(from_queryset=Report.objects.select_for_update(of=("self",)))
    if version is not None and version != report.version:
        last = report.events.select_related("actor").latest("pk")
        raise StaleDraft(last.actor, last.at)


def _require_draft(report: Report) -> None:
    if report.is_published:
        raise Refusal(
            "Laporan yang sudah terbit tidak diubah lagi. Buat edisi pembetulan bila ada yang "
            "keliru."
        )


def _log(
    report: Report,
    code: ReportEvent.Code,
    actor: User,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    ReportEvent.objects.create(report=report, code=code, actor=actor, at=at, data=data or {})
