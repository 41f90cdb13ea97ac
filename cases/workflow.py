"""The life of a case: its kinds, its statuses, and which may follow which. One screen, one
truth.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office import refusals


class Kind(models.TextChoices):
    """What a case is; also the name of its detail's reverse one-to-one (a question has none)."""

    COMPLAINT = "pengaduan", _("Pengaduan")
    INFORMATION_REQUEST = "permohonan", _("Permohonan informasi publik")
    OBJECTION = "keberatan", _("Keberatan")
    QUESTION = "pertanyaan", _("Tanya layanan")


class Status(models.TextChoices):
    RECEIVED = "diterima", _("Diterima")
    INCOMPLETE = "perlu_dilengkapi", _("Perlu dilengkapi")
    VERIFIED = "terverifikasi", _("Terverifikasi")
    ASSIGNED = "didisposisi", _("Diteruskan ke seksi")
    IN_PROGRESS = "diproses", _("Diproses")
    IN_APPROVAL = "menunggu_persetujuan", _("Menunggu persetujuan")
    ANSWERED = "ditanggapi", _("Ditanggapi")
    DONE = "selesai", _("Selesai")
    FORWARDED = "diteruskan", _("Diteruskan ke instansi lain")
    WITHDRAWN = "dicabut", _("Dicabut")
    DUPLICATE = "duplikat", _("Duplikat")
    ARCHIVED = "diarsipkan", _("Diarsipkan")


S = Status
FINAL = frozenset({S.DONE, S.FORWARDED, S.WITHDRAWN, S.DUPLICATE, S.ARCHIVED})
OPEN = frozenset(S) - FINAL
_EXITS = {S.FORWARDED, S.WITHDRAWN, S.DUPLICATE, S.ARCHIVED}

FLOW: dict[str, set[Status]] = {
    S.RECEIVED: {S.INCOMPLETE, S.VERIFIED, *_EXITS},
    S.INCOMPLETE: {S.RECEIVED, *_EXITS},
    S.VERIFIED: {S.ASSIGNED, *_EXITS},
    S.ASSIGNED: {S.ASSIGNED, S.IN_PROGRESS, *_EXITS},
    S.IN_PROGRESS: {S.ASSIGNED, S.IN_APPROVAL, *_EXITS},
    S.IN_APPROVAL: {S.IN_PROGRESS, S.ANSWERED, S.WITHDRAWN},
    S.ANSWERED: {S.IN_PROGRESS, S.DONE, S.WITHDRAWN},
    # A closed case comes back to work once, with a reason; a case handed away or a duplicate does
    # not.
    S.DONE: {S.IN_PROGRESS},
    S.ARCHIVED: {S.IN_PROGRESS},
    S.WITHDRAWN: set(),
    S.FORWARDED: set(),
    S.DUPLICATE: set(),
}


# Where a request stands that an order of the Atasan PPID brings back to work (UU 14/2008 Ps 36):
# past its answer, also when it was handed away or put aside. Elsewhere work goes on anyway.
ORDERED_BACK = frozenset({S.ANSWERED, S.DONE, S.ARCHIVED, S.FORWARDED})


class Privacy(models.TextChoices):
    OPEN = "terbuka", _("Terbuka")
    CONFIDENTIAL = "rahasia", _("Rahasia")
    ANONYMOUS = "anonim", _("Anonim")


class Channel(models.TextChoices):
    WEB = "web", _("Situs web")
    COUNTER = "yankomas", _("Yankomas (tatap muka)")
    LETTER = "surat", _("Surat")
    PHONE = "telepon", _("Telepon")
    PAPER = "formulir", _("Formulir kertas")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL = "media_sosial", _("Media sosial")
    APP_REVIEW = "ulasan_aplikasi", _("Ulasan aplikasi")
    EMAIL = "email", _("E-mail")
    GOOGLE = "ulasan_google", _("Ulasan Google")


class ServiceClass(models.TextChoices):
    """PermenPANRB 62/2018: how long an answer to a complaint may take depends on this class."""

    NONE = "", _("Umum")
    ORDINARY = "tidak_berkadar_pengawasan", _("Pengaduan tidak berkadar pengawasan")
    SUPERVISORY = "berkadar_pengawasan", _("Pengaduan berkadar pengawasan")
    ASPIRATION = "aspirasi", _("Aspirasi")


class Outcome(models.TextChoices):
    """What came out of it, told apart from the status: "closed" does not mean "solved"."""

    NONE = "", _("Belum ada")
    PROVEN_FIXED = "terbukti_diperbaiki", _("Benar terjadi, sudah diperbaiki")
    PROVEN_FOLLOW_UP = "terbukti_ditindaklanjuti", _("Benar terjadi, perbaikan dijadwalkan")
    NOT_PROVEN = "tidak_terbukti", _("Tidak terbukti")
    EXPLAINED = "dijelaskan", _("Dijawab dan dijelaskan")
    GRANTED = "diberikan_seluruhnya", _("Informasi diberikan seluruhnya")
    GRANTED_PARTLY = "diberikan_sebagian", _("Informasi diberikan sebagian")
    REFUSED = "ditolak_dikecualikan", _("Ditolak: informasi dikecualikan")
    NOT_HELD = "tidak_dikuasai_dirujuk", _("Informasi tidak dikuasai kantor ini")
    NOT_YET_HELD = "belum_dikuasai", _("Informasi belum dikuasai atau belum didokumentasikan")
    PUBLISHED = "sudah_dipublikasikan", _("Informasi sudah dipublikasikan")
    INCOMPLETE_LAPSED = "tidak_lengkap_gugur", _("Gugur karena tidak dilengkapi")
    FORWARDED = "diteruskan", _("Diteruskan ke instansi yang berwenang")
    WITHDRAWN = "dicabut_pemohon", _("Dicabut oleh pelapor/pemohon")
    DUPLICATE = "duplikat", _("Sama dengan kasus lain")
    ARCHIVED = "diarsipkan", _("Diarsipkan tanpa tindak lanjut")


O = Outcome  # noqa: E741 - a table of outcomes reads best with one letter
ANSWER_OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    Kind.COMPLAINT: (O.PROVEN_FIXED, O.PROVEN_FOLLOW_UP, O.NOT_PROVEN, O.EXPLAINED),
    Kind.INFORMATION_REQUEST: (
        O.GRANTED,
        O.GRANTED_PARTLY,
        O.REFUSED,
        O.NOT_HELD,
        O.NOT_YET_HELD,
        O.PUBLISHED,
    ),
    Kind.OBJECTION: (O.GRANTED, O.GRANTED_PARTLY, O.REFUSED),
    Kind.QUESTION: (O.EXPLAINED, O.PUBLISHED),
}

# An objection is upheld or not; the words above speak of information that is given.
OF_AN_OBJECTION = {
    O.GRANTED: _("Keberatan diterima seluruhnya"),
    O.GRANTED_PARTLY: _("Keberatan diterima sebagian"),
    O.REFUSED: _("Keberatan ditolak; keputusan PPID dikuatkan"),
}


def outcome_label(kind: str, outcome: str) -> str:
    """What came out of a case of this kind, in words; empty while nothing has."""
    if not outcome:
        return ""
    label = Outcome(outcome).label
    return str(OF_AN_OBJECTION.get(O(outcome), label) if kind == Kind.OBJECTION else label)


# Answered by a signed and numbered letter through verbs of the kind's own (UU 14/2008 Ps 22, 36),
# not by an approved text.
ANSWERED_BY_LETTER = frozenset({Kind.INFORMATION_REQUEST, Kind.OBJECTION})


class CaseError(refusals.Refusal):
    """A verb about a case that cannot be done."""


class TransitionError(CaseError):
    """The flow has no such move from the case's present status."""

    def __init__(self, status: str, target: str) -> None:
        self.status, self.target = status, target
        super().__init__(
            _("Langkah ini tidak bisa dilakukan karena kasus sekarang berstatus “%(status)s”.")
            % {"status": Status(status).label}
        )


class NotAllowed(CaseError, refusals.NotAllowed):
    """The person's roles do not carry this duty for this case."""


class StaleCase(CaseError):
    """Somebody else changed the case after the page was opened."""

    def __init__(self, changed_by: str, at: str) -> None:
        self.changed_by, self.at = changed_by, at
        super().__init__(
            _(
                "Kasus ini diubah oleh %(who)s pukul %(at)s setelah halaman Anda dibuka. "
                "Periksa dulu perubahannya."
            )
            % {"who": changed_by, "at": at}
        )
