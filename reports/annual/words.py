"""What the figures are called, in the reader's language."""

from collections.abc import Mapping

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.models import Applicant
from cases.workflow import Channel, Outcome
from infocontent.models import Exclusion
from inforequests.models import Ground

from ..figures import (
    DECIDED,
    GIVEN,
    HANDED_ON,
    LATE,
    ON_TIME,
    OPEN,
    OTHER_STATUTE,
    UNDECIDED,
    UNKNOWN,
    UNRECORDED,
    UPHELD,
)

Words = Mapping[str, str | Promise]

ROOTS: Words = {
    "permohonan": _("Permohonan yang diterima"),
    "sisa": _("Sisa dari waktu sebelumnya"),
    "diputus_lagi": _("Permohonan yang diputus lagi"),
    "keberatan": _("Keberatan yang diterima"),
    "sengketa": _("Sengketa diajukan ke Komisi Informasi"),
}
ANSWERS: Words = {
    GIVEN: _("Diberikan seluruhnya"),
    Outcome.GRANTED_PARTLY: _("Diberikan sebagian"),
    Outcome.REFUSED: _("Ditolak"),
    Outcome.NOT_HELD: _("Tidak dikuasai kantor ini"),
    Outcome.NOT_YET_HELD: _("Belum dikuasai atau belum didokumentasikan"),
    Outcome.PUBLISHED: _("Sudah dipublikasikan"),
    "semua": _("Semua"),
}
FATES: Words = {
    DECIDED: _("Diputus"),
    UNDECIDED: _("Tidak atau belum diputus"),
    Outcome.WITHDRAWN: _("Dicabut pemohon"),
    Outcome.INCOMPLETE_LAPSED: _("Gugur karena tidak dilengkapi"),
    HANDED_ON: _("Diteruskan, digabung, atau diarsipkan"),
    OPEN: _("Masih dikerjakan pada akhir waktu laporan"),
}
ON_TIMES: Words = {
    ON_TIME: _("Tepat waktu"),
    LATE: _("Melewati tenggat"),
    UNKNOWN: _("Tenggatnya belum dapat dihitung"),
}
STILL_OPEN: Words = {**ON_TIMES, ON_TIME: _("Tenggatnya belum lewat")}
APPLICANTS: Words = {**dict(Applicant.Kind.choices), "": _("Jenis pemohon tidak dicatat")}
CHANNELS: Words = dict(Channel.choices)
EXTENSIONS: Words = {"ya": _("Diperpanjang"), "tidak": _("Tidak diperpanjang")}
REASONS: Words = {
    **dict(Exclusion.Ground.choices),
    OTHER_STATUTE: _("Undang-undang lain"),
    UNRECORDED: _("Tidak tercatat"),
}
RULINGS: Words = {
    UPHELD: _("Dikabulkan"),
    Outcome.REFUSED: _("Ditolak (keputusan PPID dikuatkan)"),
    Outcome.GRANTED: _("Dikabulkan seluruhnya"),
    Outcome.GRANTED_PARTLY: _("Dikabulkan sebagian"),
    "semua": _("Semua"),
}
OBJECTION_FATES: Words = {
    **FATES,
    DECIDED: _("Ditanggapi Atasan PPID"),
    UNDECIDED: _("Tidak atau belum ditanggapi"),
}
CARRIED_OUT: Words = {
    ON_TIME: _("Dilaksanakan dalam waktu yang ditentukan"),
    LATE: _("Dilaksanakan sesudah waktunya"),
    UNRECORDED: _("Belum, atau tidak tercatat"),
}
ROUTES: Words = {
    "mediasi": _("Mediasi"),
    "ajudikasi": _("Ajudikasi nonlitigasi"),
    "": _("Jalurnya belum ditentukan"),
}
RESULTS: Words = {
    "kesepakatan": _("Kesepakatan mediasi"),
    "dikabulkan": _("Permohonan dikabulkan"),
    "dikabulkan_sebagian": _("Permohonan dikabulkan sebagian"),
    "ditolak": _("Permohonan ditolak"),
    "gugur": _("Gugur atau dicabut"),
    "": _("Belum ada hasil"),
}
COURT: Words = {
    "ya": _("Digugat ke pengadilan"),
    "tidak": _("Tidak digugat ke pengadilan"),
}
GROUNDS: Words = dict(Ground.choices)
MONTH_NAMES: Words = {str(number): name for number, name in MONTHS.items()}

CHAPTERS: dict[int, str | Promise] = {
    1: _("Gambaran umum kebijakan pelayanan informasi"),
    2: _("Gambaran umum pelaksanaan pelayanan informasi"),
    3: _("Rincian pelayanan informasi"),
    4: _("Rincian penyelesaian keberatan dan sengketa"),
    5: _("Kendala internal dan eksternal"),
    6: _("Rekomendasi dan rencana tindak lanjut"),
}
TEXT_HEADINGS: Words = {
    "policy": _("Kebijakan"),
    "facilities": _("Sarana dan prasarana"),
    "people": _("Sumber daya manusia"),
    "budget_note": _("Anggaran dan realisasi"),
    "service_note": _("Penjelasan pelayanan"),
    "dispute_note": _("Penjelasan keberatan dan sengketa"),
    "internal_obstacles": _("Kendala internal"),
    "external_obstacles": _("Kendala eksternal"),
    "recommendations": _("Rekomendasi dan tindak lanjut"),
}


def lettered(words: Words, key: str) -> str:
    """A ground of the law with its letter in front."""
    return f"{key}. {words[key]}" if len(key) == 1 else str(words[key])


def own_name(name: dict[str, str] | None) -> str:
    """What the office calls one of its topics."""
    if not name:
        return str(_("Tanpa topik"))
    return name["en"] if get_language() == "en" else name["id"]
