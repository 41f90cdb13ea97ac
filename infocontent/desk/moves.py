"""The verbs of an item in one table, and the one place that decides which of them are offered now.

The table only offers; the verbs in infocontent.actions guard themselves again under the row lock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from office.models import User

from .. import actions
from ..models import Item, Version
from ..workflow import ItemState, VersionState
from . import forms


@dataclass(frozen=True)
class Standing:
    """An item as one person finds it."""

    item: Item
    version: Version | None
    user: User
    # Who wrote or handed in the version under work.
    hands: frozenset[int] = frozenset()

    def has(self, state: VersionState) -> bool:
        return self.version is not None and self.version.state == state

    @property
    def is_live(self) -> bool:
        return self.item.state == ItemState.LIVE

    @property
    def has_a_hand_in(self) -> bool:
        return self.user.pk in self.hands


@dataclass(frozen=True)
class Move:
    """One verb: its word in the address, its form, its action, and when it is offered to whom."""

    verb: str
    label: str
    button: str
    form: type[forms.SeenForm]
    action: Callable[..., Any]
    is_possible: Callable[[Standing], bool]
    done: str | Callable[[Item, Any], str]
    hint: str = ""
    is_main: bool = False
    is_dangerous: bool = False

    def said(self, item: Item, result: Any) -> str:
        return self.done(item, result) if callable(self.done) else self.done


def may_write(it: Standing) -> bool:
    """Whether the text can be changed: there is no version under work, or it is a draft."""
    return it.user.may("change_item") and (it.version is None or it.has(VersionState.DRAFT))


def _approved(item: Item, is_out: bool) -> str:
    if is_out:
        return "Disetujui dan sekarang terbit."
    version = item.open_version
    if version is None or version.publish_at is None:
        return "Disetujui."
    return f"Disetujui. Terbit {date_format(localtime(version.publish_at), 'j F Y H.i')}."


def _checked(item: Item, _result: None) -> str:
    day = date_format(item.review_by, "j F Y") if item.review_by else ""
    return f"Dicatat: isinya masih benar. Diperiksa lagi sebelum {day}."


_TABLE = [
    Move(
        "ajukan", "Ajukan untuk ditinjau", "Ajukan",
        forms.SeenForm, actions.submit,
        lambda it: it.user.may("change_item") and it.has(VersionState.DRAFT),
        "Diajukan. Orang kedua sekarang dapat menyetujuinya.",
        "Setelah diajukan, isinya tidak dapat diubah sampai disetujui atau dikembalikan.",
        is_main=True,
    ),
    Move(
        "setujui", "Setujui", "Setujui versi ini",
        forms.SeenForm, actions.approve,
        lambda it: (
            it.user.may("approve_item")
            and it.has(VersionState.IN_REVIEW)
            and not it.has_a_hand_in
        ),
        _approved,
        "Baca dulu teks di samping: itulah yang akan dibaca warga.",
        is_main=True,
    ),
    Move(
        "kembalikan", "Kembalikan kepada penulis", "Kembalikan",
        forms.ReturnForm, actions.return_draft,
        lambda it: it.user.may("approve_item") and it.has(VersionState.IN_REVIEW),
        "Dikembalikan kepada penulisnya.",
        is_main=True,
    ),
    Move(
        "tarik-jadwal", "Tarik dari jadwal", "Tarik dari jadwal",
        forms.SeenForm, actions.call_back,
        lambda it: (
            (it.user.may("change_item") or it.user.may("approve_item"))
            and it.has(VersionState.APPROVED)
        ),
        "Ditarik dari jadwal. Versi ini menjadi konsep lagi.",
        "Versi ini menjadi konsep lagi dan perlu disetujui lagi.",
        is_main=True,
    ),
    Move(
        "periksa", "Isinya masih benar", "Catat sudah diperiksa",
        forms.ConfirmForm, actions.confirm_current,
        lambda it: (
            it.is_live and (it.user.may("change_item") or it.user.may("approve_item"))
        ),
        _checked,
        "Setelah Anda membaca yang terbit dan mencocokkannya dengan aturan yang berlaku.",
    ),
    Move(
        "alamat", "Ganti alamat halaman", "Ganti alamat",
        forms.RenameForm, actions.rename,
        lambda it: it.user.may("change_item"),
        lambda item, _result: f"Alamatnya sekarang {item.get_absolute_url()}",
        "Kode QR yang sudah tercetak tetap berlaku.",
    ),
    Move(
        "pemilik", "Ganti pemilik", "Serahkan",
        forms.HandOverForm, actions.hand_over,
        lambda it: it.user.may("change_item"),
        lambda item, _result: f"Pemiliknya sekarang {item.owner}.",
        "Pemilik diingatkan ketika bahan ini perlu diperiksa lagi.",
    ),
    Move(
        "buang", "Buang konsep", "Buang konsep",
        forms.DangerousForm, actions.discard,
        lambda it: it.user.may("change_item") and it.has(VersionState.DRAFT),
        "Konsep dibuang. Ia masih ada di daftar versi dan dapat dipulihkan.",
        "Yang sedang terbit tetap terbit.", is_dangerous=True,
    ),
    Move(
        "arsipkan", "Arsipkan", "Arsipkan",
        forms.ArchiveForm, actions.archive,
        lambda it: it.user.may("approve_item") and it.is_live,
        "Diarsipkan. Halamannya sekarang mengatakan bahwa isinya tidak lagi berlaku.",
        "Warga tidak lagi menemukannya.", is_dangerous=True,
    ),
]  # fmt: skip

MOVES: dict[str, Move] = {move.verb: move for move in _TABLE}


def possible(it: Standing) -> list[Move]:
    """What this person can do with this item now, in the order of the desk."""
    return [move for move in _TABLE if move.is_possible(it)]
