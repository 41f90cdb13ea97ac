"""What the verbs of documents are made of. Called inside their transaction."""

from datetime import datetime
from typing import Any

from ..models import User
from ..pdf import pages_of
from ..refusals import Refusal, StaleDraft
from ..uploads import store
from .models import Document, Edition, EditionQuerySet


def lock(document: Any, version: int | None) -> None:
    """Raises StaleDraft where the page was opened at an older version."""
    rows = type(document).objects.select_for_update(of=("self",))
    document.refresh_from_db(from_queryset=rows)
    if version is not None and version != document.version:
        last = document.events.select_related("actor").latest("pk")
        raise StaleDraft(last.actor, last.at)


def log(document: Any, code: str, actor: User, at: datetime, **data: Any) -> None:
    document.events.create(code=code, actor=actor, at=at, data=data)


def keep(document: Document, actor: User, at: datetime, **written: Any) -> None:
    """Save what was typed, complete or not."""
    _write(document, **written, author=actor, updated_at=at)


def freeze(document: Document, content: bytes, *, folder: str, **changes: Any) -> None:
    """Store what was printed and its digest, with the figures and the signature in `changes`."""
    stored = store(content, name=document.file_name, content_type="application/pdf", folder=folder)
    _write(
        document,
        **changes,
        file=stored.file,
        size=stored.size,
        pages=pages_of(content),
        sha256=stored.sha256,
    )


def _write(document: Document, **changes: Any) -> None:
    changes["version"] = document.version + 1
    for name, value in changes.items():
        setattr(document, name, value)
    document.save(update_fields=list(changes))


def require_draft(report: Edition) -> None:
    if report.is_published:
        raise Refusal(
            "Laporan yang sudah terbit tidak diubah lagi. Buat edisi pembetulan bila ada yang "
            "keliru."
        )


def corrected(editions: EditionQuerySet[Any], period: Any, correction: str) -> Any:
    """The published edition that a new draft about the period corrects, None where there is none.
    A correction says what it corrects, and there is one draft at a time.
    """
    if editions.drafts().exists():
        raise Refusal(f"Konsep laporan {period} sudah ada. Buka dari daftar laporan.")
    last = editions.published().order_by("-edition").first()
    if last and not correction:
        raise Refusal("Laporan ini sudah terbit. Tuliskan apa yang dibetulkan edisi baru.")
    if correction and not last:
        raise Refusal("Belum ada laporan terbit yang dapat dibetulkan.")
    return last
