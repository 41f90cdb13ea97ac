"""What may be asked, what may go wrong, and what the log of it is called (UU 27/2022)."""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.workflow import CaseError


class RequestKind(models.TextChoices):
    """UU 27/2022 Ps 5-13: the rights that a person may call upon at this desk."""

    ACCESS = "akses", _("Akses dan salinan data")
    CORRECTION = "perbaikan", _("Perbaikan data yang salah")
    ERASURE = "penghapusan", _("Penghapusan atau pemusnahan data")
    RESTRICTION = "pembatasan", _("Penundaan, pembatasan, atau keberatan atas pemrosesan")
    WITHDRAWAL = "tarik_persetujuan", _("Penarikan persetujuan")


class RequestStatus(models.TextChoices):
    ASKED = "diajukan", _("Diajukan")
    TAKEN = "ditangani", _("Sedang ditangani")
    FULFILLED = "dipenuhi", _("Dipenuhi")
    REFUSED = "ditolak", _("Ditolak")


UNSETTLED = (RequestStatus.ASKED, RequestStatus.TAKEN)


class EventCode(models.TextChoices):
    """Lines of the office's own log about breaches and batches."""

    BREACH_OPENED = "insiden_dicatat", "Insiden dicatat"
    BREACH_CHANGED = "insiden_diubah", "Catatan insiden diubah"
    CASES_ADDED = "kasus_ditambahkan", "Kasus terdampak ditambahkan"
    SUBJECTS_NOTIFIED = "subjek_diberi_tahu", "Surat kepada subjek data terkirim"
    AUTHORITY_NOTIFIED = "lembaga_diberi_tahu", "Lembaga diberi tahu"
    PUBLIC_NOTIFIED = "publik_diberi_tahu", "Masyarakat diberi tahu"
    BREACH_CLOSED = "insiden_ditutup", "Insiden ditutup"
    BATCH_MADE = "berkas_disusun", "Berkas pemusnahan disusun"
    BATCH_SIGNED = "berkas_disetujui", "Berkas pemusnahan ditandatangani"
    BATCH_CANCELLED = "berkas_dibatalkan", "Berkas pemusnahan dibatalkan"
    BATCH_ORDERED = "pemusnahan_diperintahkan", "Pemusnahan dijalankan"
    BATCH_RUN = "pemusnahan_selesai", "Pemusnahan selesai"


class AlreadyAsked(CaseError):
    """The same right is asked for twice while the first request is unsettled."""

    def __init__(self) -> None:
        super().__init__(_t("Permintaan yang sama masih kami tangani. Lihat jamnya di bawah."))


class AlreadySettled(CaseError):
    def __init__(self) -> None:
        super().__init__("Permintaan ini sudah diselesaikan.")


class MustBeKept(CaseError):
    """A record that the law wants kept: the case is open, or its term is not over."""

    def __init__(self, until: date | None = None, *, is_open: bool = False) -> None:
        self.until, self.is_open = until, is_open
        if is_open:
            reason = "Kasus ini masih terbuka; datanya diperlukan sampai kasus ditutup."
        elif until:
            day = date_format(until, "j F Y")
            reason = f"Arsip ini wajib disimpan sampai {day} menurut aturan retensi."
        else:
            reason = "Belum ada aturan retensi untuk data ini, jadi tidak boleh dimusnahkan."
        super().__init__(reason)


class NotReady(CaseError):
    """A step that has to wait for another one; the message says for which."""
