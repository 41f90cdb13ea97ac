"""What the demo office keeps from the public, each with the record of its consequence test."""

from datetime import date, timedelta

from infocontent.models import Exclusion
from office.models import User

ROWS = [
    (
        "Data pribadi dalam permohonan paspor dan izin tinggal",
        "h",
        "UU 14/2008 Pasal 17 huruf h; UU 27/2022 tentang Pelindungan Data Pribadi",
        "Identitas, alamat, dan riwayat perjalanan seseorang terbuka bagi siapa pun.",
        "Pemohon tidak disalahgunakan datanya; angka keseluruhan tetap dapat diberikan.",
        None,
    ),
    (
        "Rencana dan hasil operasi pengawasan orang asing yang sedang berjalan",
        "a",
        "UU 14/2008 Pasal 17 huruf a; UU 6/2011 tentang Keimigrasian",
        "Operasi gagal, dan pelapor dapat dikenali.",
        "Penegakan hukum berjalan; hasilnya diumumkan setelah selesai.",
        5 * 365,
    ),
    (
        "Rancangan pengamanan jaringan dan ruang server kantor",
        "c",
        "UU 14/2008 Pasal 17 huruf c",
        "Celah pengamanan diketahui pihak yang berniat merusak.",
        "Layanan paspor dan izin tinggal tetap berjalan.",
        3 * 365,
    ),
]


def record_exclusions(ppid: User, today: date) -> None:
    """Tested and decreed last year, so that every decision of the demo may point at one."""
    tested = today - timedelta(days=400)
    for number, (title, ground, law, opened, closed, days) in enumerate(ROWS, start=1):
        Exclusion.objects.create(
            title=title,
            ground=ground,
            legal_basis=law,
            if_opened=opened,
            if_closed=closed,
            holder="Kantor Imigrasi",
            decree_number=f"SK-{number}/PPID/{tested.year}",
            decree_on=tested + timedelta(days=7),
            tested_on=tested,
            tested_at_place="Bandung",
            participants=f"{ppid}, PPID",
            starts_on=tested + timedelta(days=7),
            ends_on=tested + timedelta(days=7 + days) if days else None,
            author=ppid,
        )
