"""Results of the surveys: the last two quarters are out, last month's is being written."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from office.models import User
from surveys.period import Period, months_after
from surveys.reporting import actions

TEXTS: dict[str, Any] = {
    "background": "Kantor mengukur kepuasan pengguna layanan sepanjang tahun, supaya yang paling "
    "mengganggu diperbaiki lebih dulu.",
    "purpose": "- mengetahui mutu pelayanan menurut penggunanya\n- memperbaiki unsur terendah\n"
    "- memberi tahu masyarakat apa yang dikerjakan",
    "method": "Survei diisi lewat **tautan sekali pakai** sesudah kasus ditutup atau kunjungan "
    "selesai, lewat kode QR di loket, dan di kios ruang tunggu. Pengisi tidak menyebut nama.",
}
ANALYSIS = (
    "Waktu penyelesaian dan ruang tunggu paling banyak disebut dalam saran: antrean menumpuk pada "
    "pukul 08.00 sampai 10.00."
)
PLANS = {
    "skm": [
        {
            "element": "U3",
            "program": "Membagi jam kedatangan dan menambah dua meja foto pada pagi hari",
            "term": "pendek",
            "when": "Triwulan berikutnya",
            "responsible": "Kepala Seksi Lalintaskim",
        },
        {
            "element": "U9",
            "program": "Menambah kursi dan pendingin ruang tunggu lantai dua",
            "term": "menengah",
            "when": "Tahun anggaran berikutnya",
            "responsible": "Kepala Subbagian Tata Usaha",
        },
    ],
    "spak": [
        {
            "element": "",
            "program": "Memasang papan tarif resmi dan nomor pengaduan di setiap loket",
            "term": "pendek",
            "when": "Bulan berikutnya",
            "responsible": "PPID",
        }
    ],
}


def write_survey_reports(now: datetime) -> None:
    ppid = User.objects.get(username="ppid")
    today = timezone.localdate(now)
    begun = months_after(today, 0)
    last = months_after(begun, -((begun.month - 1) % 3) - 3)
    for instrument, first in (("skm", months_after(last, -3)), ("skm", last), ("spak", last)):
        _publish(instrument, Period.lasting(first, 3), ppid)
    _begin("skm", Period.lasting(months_after(begun, -1), 1), ppid, now)


def _publish(instrument: str, period: Period, ppid: User) -> None:
    at = _morning(period.first_after + timedelta(days=6))
    report = _begin(instrument, period, ppid, at)
    actions.save_report(report, actor=ppid, analysis=ANALYSIS, follow_ups=PLANS[instrument], at=at)
    actions.publish_report(report, actor=ppid, at=at)


def _begin(instrument: str, period: Period, ppid: User, at: datetime) -> Any:
    report = actions.begin_report(instrument, period, actor=ppid, at=at)
    actions.save_report(report, actor=ppid, at=at, **TEXTS)
    return report


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 0)))
