"""How a text gets to the public: two people, one table, on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office import refusals


class ItemState(models.TextChoices):
    """Of the item as a whole: whether it ever went out, and whether it still is."""

    NEW = "konsep", "Belum pernah terbit"
    LIVE = "terbit", "Terbit"
    ARCHIVED = "arsip", "Diarsipkan"


class VersionState(models.TextChoices):
    """Of one version of its text."""

    DRAFT = "konsep", "Konsep"
    IN_REVIEW = "ditinjau", "Ditinjau"
    APPROVED = "disetujui", "Disetujui, menunggu waktunya"
    LIVE = "terbit", "Sedang terbit"
    PAST = "lewat", "Versi lama"
    DISCARDED = "dibuang", "Dibuang"


FLOW: dict[VersionState, set[VersionState]] = {
    VersionState.DRAFT: {VersionState.IN_REVIEW, VersionState.DISCARDED},
    VersionState.IN_REVIEW: {VersionState.DRAFT, VersionState.APPROVED, VersionState.LIVE},
    VersionState.APPROVED: {VersionState.DRAFT, VersionState.LIVE},
    VersionState.LIVE: {VersionState.PAST},
    VersionState.PAST: set(),
    VersionState.DISCARDED: set(),
}
OPEN = {VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED}


class EventCode(models.TextChoices):
    """What happened to an item or an announcement."""

    CREATED = "dibuat", "Dibuat"
    SAVED = "disimpan", "Konsep disimpan"
    SUBMITTED = "diajukan", "Diajukan untuk ditinjau"
    RETURNED = "dikembalikan", "Dikembalikan kepada penulis"
    APPROVED = "disetujui", "Disetujui"
    CALLED_BACK = "ditarik_dari_jadwal", "Ditarik dari jadwal"
    PUBLISHED = "diterbitkan", "Diterbitkan"
    DISCARDED = "dibuang", "Konsep dibuang"
    RESTORED = "dipulihkan", "Versi lama dipulihkan sebagai konsep"
    CHECKED = "diperiksa", "Diperiksa: isinya masih benar"
    RENAMED = "alamat_diganti", "Alamat diganti"
    HANDED_OVER = "pemilik_diganti", "Pemilik diganti"
    ARCHIVED = "diarsipkan", "Diarsipkan"
    EXPIRED = "kedaluwarsa", "Masa tayang habis"
    REMINDED = "diingatkan", "Pemilik diingatkan untuk memeriksa"
    WITHDRAWN = "ditarik", "Pengumuman ditarik"


class Audience(models.TextChoices):
    ALL = "semua", _("Semua orang")
    CITIZENS = "wni", _("Warga negara Indonesia")
    FOREIGNERS = "wna", _("Orang asing")


class ContentError(refusals.Refusal):
    """A verb about a text cannot be done; the sentence tells the person why and what to do."""


class NotAllowed(ContentError, refusals.NotAllowed):
    """This person may not do it."""


class StaleItem(ContentError):
    """Somebody else saved in the meantime; nothing was overwritten."""


class Incomplete(ContentError):
    """What still misses before it may go out, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing))
