"""Official letters: a template filled in with what a case holds, as Markdown and on paper.

A letter says who it is for only on paper: its stored text carries no name and no address.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from infocontent import markdown
from office import pdf
from office.models import Office, User
from office.texts import tidy

from .models import Case, LetterTemplate
from .workflow import CaseError

_VARIABLE = re.compile(r"\{([a-z_]+)\}")
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:/@&])")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"^#+\s*", re.M)

# What every letter may name; its own verb adds more. Shown beside the editor of the templates.
COMMON = {
    "nomor_surat": "nomor surat",
    "tanggal_surat": "tanggal surat",
    "nomor": "nomor pendaftaran kasus",
    "tanggal_diterima": "tanggal kasus diterima",
    "perihal": "informasi atau perihal yang diminta",
    "rincian": "rincian yang ditulis warga",
    "kantor": "nama kantor",
    "kota": "kota kantor",
    "penandatangan": "nama penandatangan",
}
OWN: dict[str, dict[str, str]] = {
    LetterTemplate.Code.EXTENSION: {
        "alasan": "alasan tertulis perpanjangan",
        "tenggat_lama": "tenggat sebelum diperpanjang",
        "tenggat_baru": "tenggat sesudah diperpanjang",
        "lama": "lama perpanjangan, misalnya 7 hari kerja",
        "dasar": "dasar hukum perpanjangan",
    },
    LetterTemplate.Code.NOTICE: {
        "keputusan": "hasil keputusan dalam kata-kata",
        "butir": "butir a sampai g Pasal 22 ayat (7), satu baris per butir",
        "penjelasan": "penjelasan petugas",
        "hak_keberatan": "kalimat hak keberatan dengan lama dan dasar hukumnya",
    },
    LetterTemplate.Code.OBJECTION_ANSWER: {
        "nomor_permohonan": "nomor permohonan yang dikeberatkan",
        "alasan_keberatan": "alasan yang dicentang, satu baris per huruf",
        "putusan": "hasil putusan dalam kata-kata",
        "tanggapan": "tanggapan tertulis",
        "alasan": "alasan tertulis bila keputusan PPID dikuatkan",
        "perintah": "perintah kepada PPID, dengan batas waktunya",
        "hak_sengketa": "kalimat hak sengketa dengan lama dan dasar hukumnya",
    },
}
OWN[LetterTemplate.Code.REFUSAL] = OWN[LetterTemplate.Code.NOTICE] | {
    "dasar_penolakan": "Pasal 17 huruf ... atau undang-undang lain",
    "konsekuensi": "hasil uji konsekuensi yang dapat diumumkan",
    "keputusan_pengecualian": "nomor dan tanggal surat keputusan pengecualian",
}


class LetterMissing(CaseError):
    """No text of this letter is in force; an administrator has to write one."""

    def __init__(self, code: str) -> None:
        label = LetterTemplate.Code(code).label
        super().__init__(
            f"Naskah surat “{label}” belum ada. Minta administrator mengisinya di Naskah surat."
        )


def template_for(code: str, language: str, at: datetime) -> LetterTemplate:
    """The text in force. Raises LetterMissing."""
    found = LetterTemplate.objects.in_force(code, language, timezone.localdate(at))
    if found is None:
        raise LetterMissing(code)
    return found


def variables_of(code: str) -> dict[str, str]:
    return COMMON | OWN[code]


def unknown_variables(code: str, body: str) -> list[str]:
    """Names in a template that nothing fills in, in order."""
    known = variables_of(code)
    return [name for name in dict.fromkeys(_VARIABLE.findall(body)) if name not in known]


def day(value: Any) -> str:
    """A date in the words of a letter, in the active language."""
    return date_format(value, "j F Y") if value else "—"


def common_values(case: Case, *, number: str, signer: User, at: datetime) -> dict[str, str]:
    office = Office.objects.current()
    return {
        "nomor_surat": number,
        "tanggal_surat": day(timezone.localdate(at)),
        "nomor": case.reference,
        "tanggal_diterima": day(timezone.localdate(case.received_at)),
        "perihal": case.subject,
        "rincian": case.narrative,
        "kantor": office.name,
        "kota": office.city,
        "penandatangan": str(signer),
    }


def example_values(
    code: str, signer: User, at: datetime
) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Values for a preview: each name stands for what it means, in brackets."""
    lines = {"butir", "alasan_keberatan"}
    values = {name: f"[{words}]" for name, words in variables_of(code).items() if name not in lines}
    values |= {
        "tanggal_surat": day(timezone.localdate(at)),
        "kantor": Office.objects.current().name,
        "kota": Office.objects.current().city,
        "penandatangan": str(signer),
    }
    return values, {name: [("[butir]", "[isi]")] for name in lines}


def fill_in(
    body: str, values: Mapping[str, str], lines: Mapping[str, list[tuple[str, str]]]
) -> str:
    """The template as Markdown. `values` are texts and stay as they were typed; `lines` are names
    that stand for several labelled lines. A name that is not known stays visible.
    """

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name in lines:
            return "\n\n".join(
                f"**{_escaped(label)}:** {_escaped(text)}" for label, text in lines[name]
            )
        return _escaped(values[name]) if name in values else found[0]

    text = _VARIABLE.sub(filled, body)
    # A name without a value leaves no hole behind.
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def in_plain_words(text: str) -> str:
    """A filled-in letter as the words alone, for the message on the tracking page."""
    return re.sub(r"\\([^\w\s])", r"\1", _HEADING.sub("", _STRONG.sub(r"\1", text)))


def on_paper(
    case: Case,
    *,
    title: str,
    text: str,
    number: str,
    language: str,
    signer: User,
    signer_title: str,
    at: datetime,
) -> bytes:
    """The letter as an accessible PDF, with the addressee from the case's identity."""
    with translation.override(language):
        body = markdown.render(text)
    context = {
        "case": case,
        "identity": case.identity,
        "office": Office.objects.current(),
        "title": title,
        "number": number,
        "body": body,
        "signer": signer,
        "signer_title": signer_title,
        "at": at,
    }
    return pdf.render("cases/letter.pdf.html", context, language=language)


def _escaped(value: str) -> str:
    """Text that Markdown shows as it was typed."""
    return _SIGNS.sub(r"\\\1", tidy(value))
