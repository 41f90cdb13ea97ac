"""The history of a case in words for the citizen: public steps, no staff, nothing internal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Case, CaseEvent, EventCode
from .workflow import Kind, Status

E = EventCode


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    at: datetime
    title: str
    detail: str = ""


def steps(events: Iterable[CaseEvent]) -> list[Step]:
    """The public steps, oldest first. An event without words here stays inside the office."""
    found = []
    for event in events:
        words = _WORDS.get(event.code)
        if words and (said := words(event.data)):
            title, detail = said
            found.append(Step(at=event.at, title=title, detail=detail))
    return found


def public_codes() -> list[str]:
    return list(_WORDS)


def completion_until(events: Iterable[CaseEvent]) -> date | None:
    """Until when the citizen may complete the case, as the last request said."""
    asked = [event for event in events if event.code == E.COMPLETION_REQUESTED]
    until = asked[-1].data.get("until") if asked else None
    return date.fromisoformat(until) if until else None


def _day(iso: str | None) -> str:
    return date_format(date.fromisoformat(iso), "l, j F Y") if iso else ""


def _received(data: dict[str, Any]) -> tuple[str, str]:
    return _("Kiriman Anda kami terima"), ""


def _completion_requested(data: dict[str, Any]) -> tuple[str, str]:
    detail = _("Paling lambat %(day)s.") % {"day": _day(data["until"])} if data.get("until") else ""
    return _("Kami meminta Anda melengkapi kiriman"), detail


def _completed(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda melengkapi kiriman"), _files(data)


def _verified(data: dict[str, Any]) -> tuple[str, str]:
    return _("Kami periksa: isinya lengkap"), ""


def _assigned(data: dict[str, Any]) -> tuple[str, str] | None:
    if data.get("from") == Status.VERIFIED:
        return _("Diteruskan ke seksi yang menangani"), ""
    if data.get("section_from") != data.get("section"):
        return _("Dialihkan ke seksi lain yang lebih tepat"), ""
    # Who inside the section has it is the office's own matter.
    return None


def _started(data: dict[str, Any]) -> tuple[str, str]:
    return _("Petugas mulai mengerjakan"), ""


def _answered(data: dict[str, Any]) -> tuple[str, str]:
    if "dispute_until" in data:
        return _("Atasan PPID menanggapi keberatan Anda"), _dispute(data["dispute_until"])
    until = data.get("reply_until")
    detail = _("Anda dapat menanggapi sampai %(day)s.") % {"day": _day(until)} if until else ""
    return _("Kami mengirim jawaban"), detail


def _extended(data: dict[str, Any]) -> tuple[str, str]:
    detail = (
        _("Tenggat baru: %(day)s.") % {"day": _day(data["due_to"])} if data.get("due_to") else ""
    )
    return _("Waktu menjawab diperpanjang satu kali; alasannya ada di bagian pesan"), detail


def _dispute(until: str | None) -> str:
    return (
        _("Bila tidak puas, sengketa ke Komisi Informasi dapat diajukan sampai %(day)s.")
        % {"day": _day(until)}
        if until
        else ""
    )


def _objected(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda mengajukan keberatan %(number)s") % {"number": data["objection"]}, ""


def _ordered(data: dict[str, Any]) -> tuple[str, str]:
    detail = _("Paling lambat %(day)s.") % {"day": _day(data["until"])}
    return (
        _("Keberatan %(number)s diterima: Atasan PPID memerintahkan keputusan baru")
        % {"number": data["objection"]},
        detail,
    )


def _dispute_recorded(data: dict[str, Any]) -> tuple[str, str]:
    if data.get("result"):
        return _("Hasil sengketa di Komisi Informasi kami catat"), ""
    return _("Sengketa Anda di Komisi Informasi kami catat"), ""


def _forwarded(data: dict[str, Any]) -> tuple[str, str]:
    return _("Diteruskan ke instansi lain yang berwenang"), ""


def _reclassified(data: dict[str, Any]) -> tuple[str, str]:
    kinds = {"old": Kind(data["kind_from"]).label, "new": Kind(data["kind_to"]).label}
    detail = (
        _("Tenggat dihitung ulang: %(day)s.") % {"day": _day(data["due_to"])}
        if data.get("due_to")
        else ""
    )
    return _("Jenis diubah dari “%(old)s” menjadi “%(new)s”; nomornya tetap") % kinds, detail


def _marked_duplicate(data: dict[str, Any]) -> tuple[str, str]:
    return _("Dinyatakan sama dengan kasus %(number)s") % {"number": data["original"]}, ""


def _archived(data: dict[str, Any]) -> tuple[str, str]:
    return _("Ditutup tanpa jawaban"), ""


def _citizen_added(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda menambahkan keterangan"), _files(data)


def _answered_back(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda menyatakan belum selesai; kasus dikerjakan lagi"), _files(data)


def _closed(data: dict[str, Any]) -> tuple[str, str]:
    return {
        "warga": (_("Anda menyatakan selesai; kasus ditutup"), ""),
        "sistem": (_("Kasus ditutup"), _("Tidak ada tanggapan dari Anda sampai batas waktunya.")),
    }.get(data.get("by", ""), (_("Kasus ditutup"), ""))


def _reopened(data: dict[str, Any]) -> tuple[str, str]:
    return _("Kasus dibuka kembali dan dikerjakan lagi"), ""


def _withdrawn(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda mencabut kiriman ini"), ""


def _code_renewed(data: dict[str, Any]) -> tuple[str, str]:
    return _("Kode akses diganti"), _("Kode yang lama tidak berlaku lagi.")


def _due_moved(data: dict[str, Any]) -> tuple[str, str]:
    days = {"old": _day(data["due_from"]), "new": _day(data["due_to"])}
    if data["due_from"] == data["due_to"]:
        return _("Hari libur berubah; tanggal jawaban Anda tetap"), ""
    return (
        _("Tanggal jawaban bergeser karena hari libur berubah"),
        _("Semula %(old)s, sekarang %(new)s.") % days,
    )


def _data_requested(data: dict[str, Any]) -> tuple[str, str]:
    return _("Anda meminta hak atas data pribadi"), ""


def _data_request_granted(data: dict[str, Any]) -> tuple[str, str]:
    return _("Permintaan Anda atas data pribadi kami penuhi"), ""


def _data_request_refused(data: dict[str, Any]) -> tuple[str, str]:
    return _("Permintaan Anda atas data pribadi kami tolak; alasannya ada di Hak atas data"), ""


def _data_exported(data: dict[str, Any]) -> tuple[str, str]:
    return _("Salinan data pribadi diunduh dengan kode akses ini"), ""


def _identity_corrected(data: dict[str, Any]) -> tuple[str, str]:
    return _("Identitas Anda kami perbaiki"), ""


def _redacted(data: dict[str, Any]) -> tuple[str, str]:
    if "batch" in data:
        return _("Data pribadi dimusnahkan karena masa simpannya habis"), ""
    return _("Data pribadi dimusnahkan atas permintaan Anda"), ""


def _files(data: dict[str, Any]) -> str:
    count = data.get("files", 0)
    return _("Dengan %(count)s berkas.") % {"count": count} if count else ""


_WORDS: dict[str, Callable[[dict[str, Any]], tuple[str, str] | None]] = {
    E.RECEIVED: _received,
    E.COMPLETION_REQUESTED: _completion_requested,
    E.COMPLETED: _completed,
    E.VERIFIED: _verified,
    E.ASSIGNED: _assigned,
    E.STARTED: _started,
    E.ANSWERED: _answered,
    E.EXTENDED: _extended,
    E.FORWARDED: _forwarded,
    E.OBJECTED: _objected,
    E.ORDERED: _ordered,
    E.DISPUTE_RECORDED: _dispute_recorded,
    E.RECLASSIFIED: _reclassified,
    E.MARKED_DUPLICATE: _marked_duplicate,
    E.ARCHIVED: _archived,
    E.CITIZEN_ADDED: _citizen_added,
    E.ANSWERED_BACK: _answered_back,
    E.CLOSED: _closed,
    E.REOPENED: _reopened,
    E.WITHDRAWN: _withdrawn,
    E.CODE_RENEWED: _code_renewed,
    E.DUE_MOVED: _due_moved,
    E.DATA_REQUESTED: _data_requested,
    E.DATA_REQUEST_GRANTED: _data_request_granted,
    E.DATA_REQUEST_REFUSED: _data_request_refused,
    E.DATA_EXPORTED: _data_exported,
    E.IDENTITY_CORRECTED: _identity_corrected,
    E.REDACTED: _redacted,
}

_NOW_AND_NEXT: dict[str, tuple[Any, Any]] = {
    Status.RECEIVED: (
        gettext_lazy("Kiriman Anda sudah kami terima."),
        gettext_lazy(
            "Berikutnya: petugas memeriksa apakah isinya lengkap dan menjadi wewenang kantor ini."
        ),
    ),
    Status.INCOMPLETE: (
        gettext_lazy("Kami menunggu kelengkapan dari Anda."),
        gettext_lazy("Berikutnya: jawab permintaan kami di bawah. Setelah itu kami periksa lagi."),
    ),
    Status.VERIFIED: (
        gettext_lazy("Sudah kami periksa, dan isinya lengkap."),
        gettext_lazy("Berikutnya: kasus diteruskan ke seksi yang menangani."),
    ),
    Status.ASSIGNED: (
        gettext_lazy("Kasus sudah ada di seksi yang menangani."),
        gettext_lazy("Berikutnya: petugas seksi mulai mengerjakannya."),
    ),
    Status.IN_PROGRESS: (
        gettext_lazy("Petugas sedang mengerjakan kasus ini."),
        gettext_lazy("Berikutnya: jawaban disusun, diperiksa atasan, lalu muncul di halaman ini."),
    ),
    Status.IN_APPROVAL: (
        gettext_lazy("Jawaban sudah disusun dan sedang diperiksa atasan."),
        gettext_lazy("Berikutnya: setelah disetujui, jawaban muncul di halaman ini."),
    ),
    Status.ANSWERED: (
        gettext_lazy("Kami sudah menjawab."),
        gettext_lazy(
            "Berikutnya: baca jawabannya, lalu beri tahu kami apakah masalah Anda selesai."
        ),
    ),
    Status.DONE: (gettext_lazy("Kasus ini selesai."), ""),
    Status.FORWARDED: (
        gettext_lazy("Kantor ini tidak berwenang, jadi kasus kami teruskan."),
        gettext_lazy("Berikutnya: hubungi instansi itu dan sebutkan nomor Anda."),
    ),
    Status.WITHDRAWN: (
        gettext_lazy("Anda mencabut kiriman ini. Kami tidak mengerjakannya lagi."),
        "",
    ),
    Status.DUPLICATE: (
        gettext_lazy("Masalah yang sama sudah ada di kasus lain, jadi kasus ini kami tutup."),
        gettext_lazy("Berikutnya: ikuti kasus itu dengan nomor dan kode aksesnya sendiri."),
    ),
    Status.ARCHIVED: (gettext_lazy("Kasus ini ditutup tanpa jawaban."), ""),
}

_OF_AN_OBJECTION: dict[str, tuple[Any, Any]] = {
    Status.IN_PROGRESS: (
        gettext_lazy("Petugas sedang menyiapkan tanggapan atas keberatan ini."),
        gettext_lazy("Berikutnya: Atasan PPID memutus, lalu tanggapannya muncul di halaman ini."),
    ),
    Status.IN_APPROVAL: (
        gettext_lazy("Keberatan ini sedang diputus Atasan PPID."),
        gettext_lazy("Berikutnya: tanggapannya muncul di halaman ini."),
    ),
    Status.ANSWERED: (
        gettext_lazy("Atasan PPID sudah menanggapi keberatan Anda."),
        gettext_lazy(
            "Berikutnya: baca tanggapannya. Anda dapat menerimanya, atau mengajukan sengketa ke "
            "Komisi Informasi."
        ),
    ),
}


def now_and_next(case: Case) -> tuple[Any, Any]:
    """Where the case stands and what happens next, one sentence each."""
    now, then = _NOW_AND_NEXT[case.status]
    if case.kind == Kind.OBJECTION:
        return _OF_AN_OBJECTION.get(case.status, (now, then))
    if case.status == Status.ANSWERED and not case.can_be_answered_back():
        return now, gettext_lazy("Waktu menanggapi sudah lewat. Kasus ini segera ditutup.")
    return now, then
