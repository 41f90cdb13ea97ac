"""Why a verb about contacts is refused; the messages are fit for a person to read."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from cases.workflow import CaseError

from .counts import dotted
from .models import ChannelEvent
from .vocabulary import ContactChannel

Cell = tuple[str, int | None]


class NotYet(CaseError):
    """Figures of a day or a month that has not begun."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{date_format(day, 'j F Y')} belum tiba, jadi belum ada angkanya.")


class BadFigure(CaseError):
    """A figure that no office can have."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count} di luar batas: isi 0 sampai {dotted(most)}.")


class Overwritten(CaseError):
    """Somebody else changed the same figures after the page was opened."""

    def __init__(
        self,
        cells: dict[Cell, int | None],
        merged: dict[Cell, int | None],
        version: int,
        by: ChannelEvent,
    ) -> None:
        # What stands there now, and everything typed laid over it.
        self.cells, self.merged, self.version = cells, merged, version
        who = str(by.actor) if by.actor else "perintah impor"
        super().__init__(
            f"{who} mengubah {len(cells)} angka yang juga Anda ubah, pukul "
            f"{timezone.localtime(by.at):%H.%M}. Belum ada yang disimpan. Angka yang tersimpan "
            "tertulis di bawah angka Anda; perbaiki bila perlu, lalu simpan lagi."
        )


class TwiceCounted(CaseError):
    """A channel's month is told by the day or for the whole month, never both."""

    def __init__(self, channels: Iterable[str], *, is_by_day: bool) -> None:
        names = ", ".join(str(ContactChannel(channel).label) for channel in channels)
        told = "per hari" if is_by_day else "sekaligus untuk satu bulan"
        super().__init__(
            f"{names} pada bulan ini sudah diisi {told}. Supaya tidak terhitung dua kali, "
            "perbaiki angkanya di sana atau kosongkan dulu."
        )


class MovedOn(CaseError):
    """Somebody else changed the contact or the comment after the page was opened."""

    def __init__(self, by: ChannelEvent | None) -> None:
        who = str(by.actor) if by and by.actor else "Impor"
        step = by.get_code_display().lower() if by else "diubah"
        super().__init__(
            f"Sudah berubah setelah halaman Anda dibuka ({step}, {who}). "
            "Periksa dulu keadaannya, lalu kirim lagi."
        )


class PersonalNumber(CaseError):
    """A line of the log holds what could be somebody's number or address."""

    def __init__(self) -> None:
        super().__init__(
            "Hapus nomor atau alamat e-mail orang dari baris ini. Cukup tulis apa yang ditanyakan; "
            "bila orangnya perlu dihubungi, jadikan kasus."
        )


class HasCase(CaseError):
    """One contact or comment becomes one case."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Sudah menjadi kasus {reference}.")
