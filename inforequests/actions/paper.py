"""What comes by word of mouth, by letter, by phone or on paper, and the numbered blank forms."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hmac import compare_digest
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from cases import access_code
from cases.actions.base import has_conflict
from cases.deadlines import DeadlineRuleMissing
from cases.models import Case
from cases.workflow import CaseError, Channel, Kind, NotAllowed
from office.calendar import today
from office.crypto import keyed_digest
from office.models import User

from ..models import Ground, PaperForm, PaperFormCounter
from .objecting import lodge_objection
from .requesting import lodge

DUTY = "enter_request"
# The ways of Ps 22 (1) that leave nothing on the web; a visit at the counter is one of them.
CHANNELS = (Channel.COUNTER, Channel.PAPER, Channel.LETTER, Channel.PHONE)
MOST_FORMS = 50
_NUMBER = re.compile(r"F?[\s-]*([0-9]{4})[\s-]*([0-9]{1,6})", re.ASCII | re.IGNORECASE)


class PaperFormRefused(CaseError):
    """The number on the form cannot be used."""


class RequestNotFound(CaseError):
    """No request has this number, or whoever objects is not shown to be its applicant."""

    def __init__(self) -> None:
        super().__init__(
            "Nomor ini dan bukti pemohonnya tidak cocok dengan permohonan mana pun. Periksa "
            "nomornya, lalu NIK, nomor SK badan hukum, atau kode aksesnya."
        )


class ReceiptRefused(CaseError):
    """The moment of receipt cannot be right, or its year takes no more requests."""


@transaction.atomic
def enter_request(
    *,
    actor: User,
    received_at: datetime,
    channel: str,
    form_number: str = "",
    at: datetime | None = None,
    **request: Any,
) -> Case:
    """Write down a request with the real moment of its receipt, from which the law counts.

    `request`: see `lodge`. The first event says when it was entered, by whom, and from which form.
    Raises PaperFormRefused and ReceiptRefused.
    """
    _require(actor)
    at = at or timezone.now()
    _check_channel(channel)
    form = _usable(form_number) if form_number.strip() else None
    _check_receipt(received_at, form, at)
    event_data = _entered(at)
    beside = list(request.pop("beside", ()))
    if form:
        event_data["form"] = form.number
        beside.append(lambda case: _use(form, case))
    with _year_of(received_at):
        return lodge(
            channel=channel,
            actor=actor,
            at=received_at,
            event_data=event_data,
            beside=beside,
            **request,
        )


def find_request(reference: str, proof: str, *, actor: User) -> Case:
    """The request somebody objects to. An officer who may not open it brings what only its
    applicant knows: NIK, number of the decree, or access code. Raises RequestNotFound.
    """
    request = Case.objects.filter(kind=Kind.INFORMATION_REQUEST, reference=reference).first()
    if request is None or has_conflict(request, actor):
        raise RequestNotFound
    if Case.objects.visible_to(actor).filter(pk=request.pk).exists() or _proves(request, proof):
        return request
    raise RequestNotFound


@transaction.atomic
def enter_objection(
    *,
    request: Case | None,
    actor: User,
    received_at: datetime,
    channel: str,
    grounds: str = Ground.PERIODIC,
    purpose: str = "",
    is_assisted: bool = False,
    at: datetime | None = None,
    **objection: Any,
) -> Case:
    """Write down an objection with the real moment of its receipt, from which the law counts, also
    its 30 working days to file. `objection`: see `lodge_objection`.

    The history says when it was entered, by whom, and whether for somebody disabled. Raises
    ReceiptRefused, and whatever `lodge_objection` does.
    """
    _require(actor)
    at = at or timezone.now()
    _check_channel(channel)
    _check_receipt(received_at, None, at)
    if request and received_at < request.received_at:
        came = date_format(timezone.localtime(request.received_at), "j F Y H.i")
        raise ReceiptRefused(
            f"Permohonan {request} baru diterima {came}. Keberatan tidak mungkin sebelum itu."
        )
    with _year_of(received_at):
        return lodge_objection(
            request=request,
            grounds=grounds,
            purpose=purpose or (request.detail.purpose[:1000] if request else ""),
            channel=channel,
            actor=actor,
            at=received_at,
            event_data=_entered(at) | ({"assisted": True} if is_assisted else {}),
            **objection,
        )


@transaction.atomic
def print_forms(
    count: int, *, actor: User, language: str = "id", at: datetime | None = None
) -> list[PaperForm]:
    """Give out the next numbers of the year, for as many blank forms."""
    _require(actor)
    if not 1 <= count <= MOST_FORMS:
        raise CaseError(f"Sekali cetak 1 sampai {MOST_FORMS} formulir.")
    at = at or timezone.now()
    year = today(at).year
    return PaperForm.objects.bulk_create(
        PaperForm(year=year, serial=serial, language=language, printed_by=actor, printed_at=at)
        for serial in PaperFormCounter.next_numbers(count, year=year)
    )


@transaction.atomic
def void_form(form: PaperForm, *, actor: User, reason: str, at: datetime | None = None) -> None:
    """Take a form that was spoilt or lost out of use; its number stays in the series."""
    _require(actor)
    form.refresh_from_db(from_queryset=PaperForm.objects.select_for_update(of=("self",)))
    _require_unused(form)
    if not reason.strip():
        raise PaperFormRefused("Tulis alasan pembatalan.")
    form.voided_by, form.voided_at, form.void_reason = actor, at or timezone.now(), reason.strip()
    form.save(update_fields=["voided_by", "voided_at", "void_reason"])


def find_form(number: str) -> PaperForm | None:
    """The form with this number, however its letter and dashes were typed."""
    found = _NUMBER.fullmatch(number.strip())
    if not found:
        return None
    year, serial = map(int, found.groups())
    return PaperForm.objects.filter(year=year, serial=serial).first()


def _require(actor: User) -> None:
    if not actor.may(DUTY):
        raise NotAllowed


def _proves(request: Case, proof: str) -> bool:
    """Compared by their keyed digests, like wherever they are looked up."""
    typed, known = proof.strip(), request.identity
    if not typed:
        return False
    if compare_digest(request.access_digest or "", access_code.digest(typed)):
        return True
    if known is None:
        return False
    nik = keyed_digest("nik", re.sub(r"[\s.\-]", "", typed))
    decree = known.legal_entity_number.strip().casefold()
    return compare_digest(known.nik_index, nik) or bool(decree and decree == typed.casefold())


def _check_channel(channel: str) -> None:
    if channel not in CHANNELS:
        raise CaseError("Pilih cara kiriman ini datang.")


def _entered(at: datetime) -> dict[str, Any]:
    """What the first event says beside the moment of receipt."""
    return {"entered_at": at.isoformat(timespec="seconds")}


@contextmanager
def _year_of(received_at: datetime) -> Iterator[None]:
    try:
        yield
    except DeadlineRuleMissing as missing:
        raise ReceiptRefused(
            f"Untuk {date_format(today(received_at), 'j F Y')} belum ada aturan tenggat, jadi "
            "kiriman ini tidak dapat masuk register tahun itu. Minta administrator melengkapi "
            "aturan tenggat."
        ) from missing


def _usable(number: str) -> PaperForm:
    """The unused form of this number, nobody else's until the transaction ends."""
    form = find_form(number)
    if form is None:
        raise PaperFormRefused(
            "Nomor formulir ini tidak pernah dicetak. Periksa lagi, misalnya F-2026-0001."
        )
    form.refresh_from_db(from_queryset=PaperForm.objects.select_for_update(of=("self",)))
    _require_unused(form)
    return form


def _require_unused(form: PaperForm) -> None:
    if form.case_id:
        raise PaperFormRefused(
            f"Formulir {form} sudah dipakai untuk permohonan lain. Satu nomor hanya sekali."
        )
    if form.voided_at:
        raise PaperFormRefused(f"Formulir {form} sudah dibatalkan ({form.void_reason}).")


def _use(form: PaperForm, case: Case) -> None:
    form.case = case
    form.save(update_fields=["case"])


def _check_receipt(received_at: datetime, form: PaperForm | None, at: datetime) -> None:
    if received_at > at:
        raise ReceiptRefused("Waktu diterima ini belum terjadi.")
    first_year = today(at).year - 1
    if today(received_at).year < first_year:
        raise ReceiptRefused(
            f"Waktu diterima paling lama tahun {first_year}: register tahun sebelumnya sudah "
            "ditutup. Periksa tahunnya."
        )
    if form and received_at < form.printed_at.replace(second=0, microsecond=0):
        printed = date_format(timezone.localtime(form.printed_at), "j F Y H.i")
        raise ReceiptRefused(
            f"Formulir {form} baru dicetak {printed}. Waktu diterima tidak mungkin sebelum itu."
        )
