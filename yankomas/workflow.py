"""The way of a visit through the room: its statuses, and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office import refusals


class Status(models.TextChoices):
    WAITING = "menunggu", _("Menunggu")
    CALLED = "dipanggil", _("Dipanggil")
    SERVING = "dilayani", _("Dilayani")
    ON_HOLD = "ditahan", _("Ditahan")
    DONE = "selesai", _("Selesai")
    NO_SHOW = "tidak_hadir", _("Tidak hadir")
    UNSERVED = "tidak_terlayani", _("Tidak terlayani sampai tutup")


S = Status
FINAL = frozenset({S.DONE, S.NO_SHOW, S.UNSERVED})
OPEN = frozenset(S) - FINAL
# At a counter now: it can call nobody else.
AT_COUNTER = frozenset({S.CALLED, S.SERVING})

FLOW: dict[str, set[Status]] = {
    S.WAITING: {S.CALLED, S.UNSERVED},
    # Back in line once when nobody comes, then closed.
    S.CALLED: {S.CALLED, S.SERVING, S.WAITING, S.NO_SHOW, S.UNSERVED},
    S.SERVING: {S.ON_HOLD, S.WAITING, S.DONE},
    S.ON_HOLD: {S.SERVING, S.DONE, S.UNSERVED},
    S.DONE: set(),
    S.NO_SHOW: set(),
    S.UNSERVED: set(),
}


class Lane(models.TextChoices):
    ORDINARY = "biasa", _("Biasa")
    PRIORITY = "prioritas", _("Prioritas")


class PriorityReason(models.TextChoices):
    """Who goes first."""

    NONE = "", _("Tidak ada")
    ELDERLY = "lansia", _("Lansia")
    DISABLED = "difabel", _("Difabel")
    CHILD = "hamil_anak", _("Ibu hamil atau membawa anak kecil")


class Outcome(models.TextChoices):
    UNRECORDED = "", _("Belum dicatat")
    ANSWERED = "dijawab", _("Dijawab di tempat")
    CASE_OPENED = "kasus_dibuka", _("Kasus dibuka")
    REFERRED = "dirujuk", _("Dirujuk ke tempat lain")
    NO_SHOW = "tidak_hadir", _("Tidak hadir")
    UNSERVED = "tidak_terlayani", _("Tidak terlayani")


# What an officer can choose when finishing; the others follow from what was done.
CHOSEN_OUTCOMES = (Outcome.ANSWERED, Outcome.REFERRED)


class Origin(models.TextChoices):
    """How the visit came into the log."""

    KIOSK = "kios", _("Kios")
    STAFF = "petugas", _("Diambilkan petugas")
    LOGGED = "susulan", _("Dicatat susulan")


class QueueError(refusals.Refusal):
    """A verb about a visit or a counter that cannot be done."""


class Closed(QueueError):
    """No numbers are given out now."""


class NobodyWaits(QueueError):
    """There is nobody to call."""

    def __init__(self) -> None:
        super().__init__(_("Tidak ada yang menunggu."))


class NotAllowed(QueueError, refusals.NotAllowed):
    """The person's roles do not carry this duty, or the visit is somebody else's."""


class MovedOn(QueueError):
    """The button belongs to a state that is over; the message says what happened since."""
