"""The timeline in words, made from the codes and data of the events when the page is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from infocontent.models import Topic
from office.models import Section, User

from ..models import Applicant, CaseEvent, Redaction
from ..models.event import EventCode as E
from ..workflow import Channel, Kind, ServiceClass, Status, outcome_label

_TOPICS = ("topic_from", "topic_to", "suggested")
BY_CITIZEN = {
    E.RECEIVED,
    E.COMPLETED,
    E.CITIZEN_ADDED,
    E.ANSWERED_BACK,
    E.WITHDRAWN,
    E.CODE_RENEWED,
    E.DATA_REQUESTED,
    E.DATA_EXPORTED,
}


@dataclass(frozen=True)
class Line:
    seq: int
    at: datetime
    who: str
    what: str
    move: str


class Names:
    """The people and sections that a history mentions, read in three queries."""

    def __init__(self, events: Iterable[CaseEvent], kind: str) -> None:
        self._kind = kind
        pks = {pk for event in events for pk in _people(event.data)}
        self._people = (
            {user.pk: str(user) for user in User.objects.filter(pk__in=pks)} if pks else {}
        )
        self._sections = dict(Section.objects.values_list("code", "name"))
        codes = {event.data.get(name) for event in events for name in _TOPICS} - {None}
        topics = Topic.objects.filter(code__in=codes).values_list("code", "name")
        self._topics = dict(topics) if codes else {}

    def person(self, pk: Any) -> str:
        return self._people.get(pk, "petugas")

    def section(self, code: Any) -> str:
        return self._sections.get(code, str(code))

    def topic(self, code: Any) -> str:
        return self._topics.get(code, str(code))

    def outcome(self, data: dict[str, Any]) -> str:
        label = outcome_label(self._kind, data.get("outcome", ""))
        return f" ({label})" if label else ""


def lines(events: list[CaseEvent], kind: str) -> list[Line]:
    """The history of a case of this kind, in the order given."""
    names = Names(events, kind)
    return [
        Line(
            event.seq,
            event.at,
            _who(event),
            _WORDS[E(event.code)](event.data, names),
            _move(event.data),
        )
        for event in events
    ]


def _who(event: CaseEvent) -> str:
    if event.actor:
        return str(event.actor)
    return "Warga" if event.code in BY_CITIZEN or event.data.get("by") == "warga" else "Sistem"


def _move(data: dict[str, Any]) -> str:
    if "from" not in data:
        return ""
    return f"{Status(data['from']).label} → {Status(data['to']).label}"


def _people(data: dict[str, Any]) -> list[int]:
    found = [
        data.get("assignee"),
        data.get("assignee_from"),
        data.get("author"),
        *data.get("reported", []),
    ]
    return [pk for pk in found if isinstance(pk, int)]


def _day(value: str | None) -> str:
    return date_format(date.fromisoformat(value), "j F Y") if value else "belum dapat dihitung"


def _files(data: dict[str, Any]) -> str:
    return f" dengan {data['files']} berkas" if data.get("files") else ""


def _received(data: dict[str, Any], names: Names) -> str:
    words = f"{Kind(data['kind']).label} diterima melalui {Channel(data['channel']).label}"
    words += _entered(data)
    if data.get("assisted"):
        words += " untuk penyandang disabilitas"
    return f"{words} dari formulir {data['form']}" if data.get("form") else words


def _entered(data: dict[str, Any]) -> str:
    if not data.get("entered_at"):
        return ""
    moment = timezone.localtime(datetime.fromisoformat(data["entered_at"]))
    return f"; dicatat {date_format(moment, 'j F Y H.i')}"


def _objected(data: dict[str, Any], names: Names) -> str:
    return f"Keberatan {data.get('objection', '')} diajukan atas permohonan ini{_entered(data)}"


def _verified(data: dict[str, Any], names: Names) -> str:
    words = f"Diverifikasi untuk {names.section(data['section'])}"
    if data.get("class"):
        words += f", {ServiceClass(data['class']).label.lower()}"
    if data.get("reported"):
        words += f"; {_reported(data, names).lower()}"
    return words


def _reported(data: dict[str, Any], names: Names) -> str:
    return f"Petugas terlapor dicatat: {', '.join(names.person(pk) for pk in data['reported'])}"


def _topic_set(data: dict[str, Any], names: Names) -> str:
    words = f"Topik ditetapkan: {names.topic(data['topic_to'])}"
    if data.get("topic_from"):
        words += f" (sebelumnya {names.topic(data['topic_from'])})"
    if not data.get("suggested"):
        return words
    if data["suggested"] == data["topic_to"]:
        return f"{words}; saran diterima"
    return f"{words}; saran {names.topic(data['suggested'])} tidak dipakai"


def _assigned(data: dict[str, Any], names: Names) -> str:
    words = f"Didisposisi ke {names.section(data['section'])}"
    return f"{words}, {names.person(data['assignee'])}" if data.get("assignee") else words


def _noted(data: dict[str, Any], names: Names) -> str:
    if data.get("files"):
        return (
            f"{data['files']} berkas ditambahkan{' untuk petugas' if data.get('internal') else ''}"
        )
    return "Catatan internal ditulis"


def _corrected(data: dict[str, Any], names: Names) -> str:
    words = {field.name: str(field.verbose_name) for field in Applicant._meta.fields}
    labels = [words[name] for name in data["fields"]]
    return f"Identitas diperbaiki atas permintaan: {', '.join(labels)}"


def _redacted(data: dict[str, Any], names: Names) -> str:
    parts = ", ".join(str(Redaction.Part(part).label).lower() for part in data["parts"])
    why = f"menurut berkas pemusnahan {data['batch']}" if "batch" in data else "atas permintaan"
    return f"Dimusnahkan {why}: {parts}"


_WORDS: dict[E, Callable[[dict[str, Any], Names], str]] = {
    E.RECEIVED: _received,
    E.COMPLETION_REQUESTED: lambda d, n: (
        f"Warga diminta melengkapi, paling lambat {_day(d.get('until'))}"
    ),
    E.COMPLETED: lambda d, n: f"Warga melengkapi{_files(d)}",
    E.VERIFIED: _verified,
    E.OFFICER_NAMED: _reported,
    E.ASSIGNED: _assigned,
    E.STARTED: lambda d, n: "Mulai dikerjakan",
    E.NOTED: _noted,
    E.ANSWER_DRAFTED: lambda d, n: f"Konsep jawaban disimpan ({d.get('length', 0)} huruf)",
    E.ANSWER_SUBMITTED: lambda d, n: f"Konsep diajukan untuk persetujuan{n.outcome(d)}",
    E.ANSWER_RETURNED: lambda d, n: "Konsep dikembalikan dengan catatan",
    E.ANSWER_CHECKED: lambda d, n: "Keputusan diperiksa; menunggu tanda tangan PPID",
    E.ANSWERED: lambda d, n: (
        f"Jawaban disetujui dan dikirim{n.outcome(d)}; "
        f"dapat ditanggapi sampai {_day(d.get('reply_until'))}"
    ),
    E.EXTENDED: lambda d, n: (
        f"Waktu diperpanjang dari {_day(d.get('due_from'))} menjadi {_day(d.get('due_to'))}"
    ),
    E.FORWARDED: lambda d, n: "Diteruskan ke instansi lain",
    E.OBJECTED: _objected,
    E.ORDERED: lambda d, n: (
        f"Keberatan {d.get('objection', '')} diterima; perintah Atasan PPID dilaksanakan paling "
        f"lambat {_day(d.get('until'))}"
    ),
    E.DISPUTE_RECORDED: lambda d, n: (
        "Hasil sengketa informasi dicatat" if d.get("result") else "Sengketa informasi dicatat"
    ),
    E.RECLASSIFIED: lambda d, n: (
        f"Jenis diubah dari {Kind(d['kind_from']).label} menjadi {Kind(d['kind_to']).label}; "
        f"tenggat {_day(d.get('due_from'))} menjadi {_day(d.get('due_to'))}"
    ),
    E.TOPIC_SET: _topic_set,
    E.MARKED_DUPLICATE: lambda d, n: f"Ditandai duplikat dari {d.get('original', '')}",
    E.ARCHIVED: lambda d, n: f"Diarsipkan{n.outcome(d)}",
    E.CITIZEN_ADDED: lambda d, n: f"Warga menambahkan keterangan{_files(d)}",
    E.ANSWERED_BACK: lambda d, n: f"Warga menanggapi jawaban{_files(d)}; kasus kembali dikerjakan",
    E.CLOSED: lambda d, n: f"Ditutup{n.outcome(d)}",
    E.REOPENED: lambda d, n: "Dibuka kembali dengan alasan",
    E.WITHDRAWN: lambda d, n: "Dicabut oleh pelapor atau pemohon",
    E.CITIZEN_READ: lambda d, n: "Pesan warga ditandai sudah dibaca",
    E.IDENTITY_REVEALED: lambda d, n: "Identitas pelapor dibuka",
    E.CODE_RENEWED: lambda d, n: "Kode akses diganti",
    E.DUE_SET: lambda d, n: f"Tenggat kini dapat dihitung: {_day(d.get('due'))}",
    E.DUE_SOON: lambda d, n: f"Pengingat: jatuh tempo {_day(d.get('due'))}",
    E.DATA_REQUESTED: lambda d, n: "Warga meminta hak atas data pribadi",
    E.DATA_REQUEST_TAKEN: lambda d, n: "Permintaan hak data ditangani",
    E.DATA_REQUEST_GRANTED: lambda d, n: "Permintaan hak data dipenuhi",
    E.DATA_REQUEST_REFUSED: lambda d, n: "Permintaan hak data ditolak dengan alasan",
    E.DATA_EXPORTED: lambda d, n: "Warga mengunduh salinan datanya",
    E.IDENTITY_CORRECTED: _corrected,
    E.REDACTED: _redacted,
    E.OVERDUE: lambda d, n: f"Pengingat: tenggat {_day(d.get('due'))} sudah lewat",
    E.DUE_MOVED: lambda d, n: (
        f"Tenggat bergeser dari {_day(d.get('due_from'))} menjadi {_day(d.get('due_to'))} karena "
        "kalender hari kerja berubah"
    ),
}
