"""Every change of a survey report: begun, written, published. One event each, one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.models import AccessLog
from office.calendar import today
from office.models import User
from office.refusals import Refusal, StaleDraft, require
from office.suppression import LEAST, is_small
from office.uploads import store

from ..models import Instrument, SurveyReport, SurveyReportEvent
from ..period import Period
from .chapters import TEXTS, WRITTEN, label_of, missing
from .figures import figures_of, public_part
from .paper import on_paper, pages_of

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
    if editions.drafts().exists():
        raise Refusal(f"Konsep laporan {period} sudah ada. Buka dari daftar laporan.")
    last = editions.published().order_by("-edition").first()
    correction = correction.strip()
    if last and not correction:
        raise Refusal("Laporan ini sudah terbit. Tuliskan apa yang dibetulkan edisi baru.")
    if correction and not last:
        raise Refusal("Belum ada laporan terbit yang dapat dibetulkan.")
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
    _log(report, SurveyReportEvent.Code.BEGUN, actor, at, {"edition": report.edition})
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
    _lock(report, version)
    require(actor, "write_survey_report")
    _require_draft(report)
    at = at or timezone.now()
    changed = [name for name in WRITTEN if name in written]
    for name in changed:
        setattr(report, name, written[name])
    report.author, report.updated_at, report.version = actor, at, report.version + 1
    report.save(update_fields=[*changed, "author", "updated_at", "version"])
    _log(report, SurveyReportEvent.Code.SAVED, actor, at)


@transaction.atomic
def publish_report(
    report: SurveyReport, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Count for the last time, print, put it before everybody, and never change it again.

    Raises ReportIncomplete, TooFewAnswers and LeavesFew.
    """
    _lock(report, version)
    require(actor, "publish_survey_report")
    _require_draft(report)
    at = at or timezone.now()
    if not report.period.is_over(today(at)):
        raise Refusal(f"{report.period} belum berakhir, jadi angkanya masih berubah.")
    if blank := missing(report):
        raise ReportIncomplete(blank)
    figures = figures_of(report.instrument, report.period, population=report.population)
    if figures is None or figures["n"] < LEAST:
        raise TooFewAnswers(figures["n"] if figures else 0)
    _require_apart(report, figures["n"])
    has_profile = may_tell_profile(report)
    public = public_part(figures, has_profile=has_profile)
    content = on_paper(report, public, signer=actor, at=at)
    stored = store(content, name=report.file_name, content_type="application/pdf", folder=FOLDER)
    changes = {
        "state": SurveyReport.State.PUBLISHED,
        "figures": figures,
        "public_figures": public,
        "has_profile": has_profile,
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
    _log(report, SurveyReportEvent.Code.PUBLISHED, actor, at, {"sha256": stored.sha256})


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


def _lock(report: SurveyReport, version: int | None) -> None:
    report.refresh_from_db(from_queryset=SurveyReport.objects.select_for_update(of=("self",)))
    if version is not None and version != report.version:
        last = report.events.select_related("actor").latest("pk")
        raise StaleDraft(last.actor, last.at)


def _require_draft(report: SurveyReport) -> None:
    if report.is_published:
        raise Refusal(
            "Laporan yang sudah terbit tidak diubah lagi. Buat edisi pembetulan bila ada yang "
            "keliru."
        )


def _log(
    report: SurveyReport,
    code: SurveyReportEvent.Code,
    actor: User,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    SurveyReportEvent.objects.create(report=report, code=code, actor=actor, at=at, data=data or {})
