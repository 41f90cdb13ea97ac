"""A decision, and the answer to an objection, in the words of their letters, in the active
language.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import facts
from cases.correspondence import day
from cases.models import Case
from cases.models.event import EventCode
from cases.workflow import Kind, Outcome, outcome_label
from office.calendar import today

from . import grounds
from .models import Decision, Ground, Objection, ObjectionAnswer


def values(decision: Decision, at: datetime) -> dict[str, Any]:
    """What the templates of a notice and a refusal name beyond every letter's own."""
    exclusion = decision.exclusion
    return {
        "keputusan": lambda: str(Outcome(decision.outcome).label),
        "penjelasan": decision.explanation,
        "hak_keberatan": lambda: right_to_object(at),
        "dasar_penolakan": lambda: ground(decision),
        # The public half of the record; what speaks for opening it stays inside.
        "konsekuensi": exclusion.if_opened if exclusion else "",
        "keputusan_pengecualian": lambda: decree(decision),
    }


def ground(decision: Decision) -> str:
    """ "UU 14/2008 Pasal 17 huruf h (Rahasia pribadi); UU 27/2022 Pasal 36"."""
    law = (
        _("UU 14/2008 Pasal 17 huruf %(letter)s (%(words)s)")
        % {"letter": decision.ground, "words": decision.get_ground_display()}
        if decision.ground
        else ""
    )
    return "; ".join(part for part in (law, decision.other_statute) if part)


def decree(decision: Decision) -> str:
    if decision.exclusion is None:
        return ""
    return _("Surat Keputusan nomor %(number)s tanggal %(day)s") % {
        "number": decision.exclusion.decree_number,
        "day": day(decision.exclusion.decree_on),
    }


def right_to_object(at: datetime) -> str:
    """The objection notice; its length is a dated row of the law's lengths."""
    on = today(at)
    return _(
        "Bila Saudara tidak puas, Saudara berhak mengajukan keberatan kepada Atasan PPID dalam "
        "%(length)s setelah menerima surat ini (%(law)s), lewat %(address)s atau langsung di "
        "meja PPID."
    ) % {
        "length": facts.length("keberatan diajukan", on),
        "law": facts.law("keberatan diajukan", on),
        "address": settings.SITE_URL + reverse("objections:start"),
    }


def answer_values(objection: Objection, answer: ObjectionAnswer, at: datetime) -> dict[str, Any]:
    """What the template of an objection's answer names beyond every letter's own."""
    return {
        "nomor_permohonan": lambda: about(objection),
        "putusan": lambda: outcome_label(Kind.OBJECTION, answer.outcome),
        "tanggapan": answer.answer,
        "hak_sengketa": lambda: right_to_dispute(at),
    }


def answer_lines(
    objection: Objection, answer: ObjectionAnswer
) -> dict[str, Callable[[], list[tuple[str, str]]]]:
    return {
        "alasan_keberatan": lambda: [
            (_("Alasan keberatan huruf %(letter)s") % {"letter": letter}, str(Ground(letter).label))
            for letter in objection.grounds
        ],
        "alasan": lambda: [(_("Alasan tertulis"), answer.reasons)] if answer.reasons else [],
        "perintah": lambda: [(_("Perintah kepada PPID"), order(answer))] if answer.order else [],
    }


def position(request: Case, on: date) -> str:
    """A first draft of the citizen's case (kasus posisi), with the days of what happened."""
    sentences = [
        _("Permohonan informasi nomor %(number)s tentang “%(subject)s” saya ajukan pada %(day)s.")
        % {
            "number": request.reference,
            "subject": request.subject,
            "day": day(today(request.received_at)),
        }
    ]
    extended = request.events.filter(code=EventCode.EXTENDED).last()
    if extended and extended.data.get("due_to"):
        sentences.append(
            _("Pada %(day)s waktu menjawab diperpanjang sampai %(due)s.")
            % {
                "day": day(today(extended.at)),
                "due": day(date.fromisoformat(extended.data["due_to"])),
            }
        )
    decision = request.decisions.signed().last()
    if grounds.lapsed_on(request, on):
        sentences.append(
            _(
                "Jawaban harus diberikan paling lambat %(due)s. Sampai %(today)s saya belum "
                "menerima pemberitahuan tertulis."
            )
            % {"due": day(request.due_on), "today": day(on)}
        )
    elif decision and decision.letter:
        sentences.append(
            _("Dengan surat nomor %(number)s tanggal %(day)s kantor memutuskan: %(outcome)s.")
            % {
                "number": decision.letter.number,
                "day": day(today(decision.signed_at)),
                "outcome": Outcome(decision.outcome).label,
            }
        )
        if decision.keeps_back:
            sentences.append(
                _("Alasan yang disebut kantor: %(ground)s.") % {"ground": ground(decision)}
            )
        sentences.append(_("Saya keberatan karena"))
    return " ".join(sentences)


def about(objection: Objection) -> str:
    """The request objected to, or the information that should have been out without one."""
    if objection.request:
        return objection.request.reference
    return _("tanpa permohonan; informasi berkala: %(what)s") % {
        "what": objection.periodic_information
    }


def order(answer: ObjectionAnswer) -> str:
    return _("%(order)s. Dilaksanakan paling lambat %(day)s.") % {
        "order": answer.order.rstrip(". "),
        "day": day(answer.order_until),
    }


def right_to_dispute(at: datetime) -> str:
    """UU 14/2008 Ps 37; its length is a dated row of the law's lengths."""
    on = today(at)
    return _(
        "Bila Saudara tidak puas dengan tanggapan ini, Saudara berhak mengajukan permohonan "
        "penyelesaian sengketa informasi kepada Komisi Informasi dalam %(length)s setelah menerima "
        "surat ini (%(law)s)."
    ) % {
        "length": facts.length("sengketa diajukan", on),
        "law": facts.law("sengketa diajukan", on),
    }


def items(decision: Decision) -> list[tuple[str, str]]:
    """The items a to g that apply, each with its label."""
    return [(label, text) for label, say in _labels() if (text := say(decision))]


def money(rupiah: int) -> str:
    return "Rp" + f"{rupiah:,}".replace(",", ".")


def _held(decision: Decision) -> str:
    return _("Dikuasai kantor ini") if decision.is_held else _("Tidak dikuasai kantor ini")


def _holder(decision: Decision) -> str:
    if decision.is_held:
        return ""
    if decision.held_by:
        return decision.held_by
    return _("Tidak kami ketahui") if decision.is_holder_unknown else ""


def _kept_back(decision: Decision) -> str:
    return ground(decision) if decision.keeps_back else ""


def _blacked_out(decision: Decision) -> str:
    if not decision.redacted:
        return ""
    return _("%(what)s. Alasan: %(why)s") % {
        "what": decision.redacted.rstrip("."),
        "why": decision.redaction_reason,
    }


def _means(decision: Decision) -> str:
    if not decision.delivery:
        return ""
    return f"{decision.get_delivery_display()}; {decision.get_form_display()}"


def _where(decision: Decision) -> str:
    row = decision.information
    named = (
        _("%(label)s (DIP nomor %(number)s, %(address)s)")
        % {
            "label": row.label,
            "number": row.number,
            "address": settings.SITE_URL + row.get_absolute_url(),
        }
        if row
        else ""
    )
    return "; ".join(part for part in (named, decision.link) if part)


def _cost(decision: Decision) -> str:
    if not (decision.gives or decision.total_cost):
        return ""
    if not decision.total_cost:
        return _("Tidak ada biaya")
    parts = []
    if decision.copy_cost:
        parts.append(
            _("penyalinan %(pages)s lembar x %(price)s = %(sum)s")
            % {
                "pages": decision.copy_pages,
                "price": money(decision.copy_price),
                "sum": money(decision.copy_cost),
            }
        )
    if decision.shipping_cost:
        parts.append(_("pengiriman %(sum)s") % {"sum": money(decision.shipping_cost)})
    if decision.other_cost:
        parts.append(_("lain-lain %(sum)s") % {"sum": money(decision.other_cost)})
    return _("%(parts)s; jumlah %(total)s. Cara membayar: %(payment)s") % {
        "parts": ", ".join(parts),
        "total": money(decision.total_cost),
        "payment": decision.payment,
    }


def _available(decision: Decision) -> str:
    return day(decision.available_on) if decision.available_on else ""


def _labels() -> list[tuple[str, Callable[[Decision], str]]]:
    return [
        (_("a. Penguasaan informasi"), _held),
        (_("b. Badan Publik yang menguasai"), _holder),
        (_("c. Alasan yang dikecualikan"), _kept_back),
        (_("d. Materi yang diberikan"), lambda decision: decision.material),
        (_("e. Yang dihitamkan"), _blacked_out),
        (_("f. Cara penyampaian dan bentuk"), _means),
        (_("g. Biaya dan cara pembayaran"), _cost),
        (_("Tersedia mulai"), _available),
        (_("Dapat dibaca di"), _where),
    ]
