"""Two evaluation meetings of the demo: one signed, and the draft of the next one."""

from datetime import datetime, timedelta

from office.models import User
from reports.meetings.actions import (
    Agreed,
    Followed,
    begin_meeting,
    report_action,
    save_meeting,
    sign_meeting,
)
from reports.meetings.models import FollowUp, Meeting
from reports.period import Period

PLACE = "Ruang rapat lantai dua"
ATTENDANCE = """Ratna Puspita, Kepala Kantor
Bagas Wiratama, PPID
Wulan Kartika, Verifikator
Hendra Wicaksana, Kepala Seksi Lalu Lintas Keimigrasian
Rangga Saputra, Kepala Seksi Teknologi Informasi
Galih Nugraha, Tim Humas"""


def hold_meetings(now: datetime) -> None:
    """The meeting about the month before last is signed, that about last month is being written."""
    people = {user.username: user for user in User.objects.filter(is_demo=True)}
    this_month = Period(now.year, now.month)
    last_month = _before(this_month)
    before_last = _before(last_month)
    first = _sign(before_last, last_month, people, now)
    _write(last_month, first, people, now)


def _before(period: Period) -> Period:
    day = period.first - timedelta(days=1)
    return Period(day.year, day.month)


def _sign(month: Period, held_in: Period, people: dict[str, User], now: datetime) -> Meeting:
    clerk, held_at = people["verifikator"], held_in.begins_at + timedelta(days=6, hours=10)
    meeting = begin_meeting(month, actor=clerk, at=held_at - timedelta(days=2))
    today = now.date()
    save_meeting(
        meeting,
        actor=clerk,
        at=held_at,
        held_on=held_at.date(),
        place=PLACE,
        attendance=ATTENDANCE,
        discussion="Pengaduan terbanyak tentang antrean dan kuota M-Paspor. Disepakati bahwa "
        "jadwal pengambilan paspor dipisah dari jadwal foto.",
        obstacles=[
            (
                "Ruang tunggu sempit pada jam 08.00 sampai 10.00",
                "Pengambilan paspor dilayani sesudah pukul 13.00, diumumkan di situs dan loket",
            ),
            (
                "Pengunjung datang hanya untuk menanyakan status",
                "Petugas pintu menunjukkan cara melacak dari telepon sendiri",
            ),
        ],
        agreed=[
            Agreed(
                "Susun infografis syarat penggantian paspor hilang",
                people["humas"],
                held_at.date() + timedelta(days=21),
            ),
            Agreed(
                "Tambah satu loket pengambilan paspor pada Senin dan Jumat",
                people["kepala.lantaskim"],
                today - timedelta(days=2),
            ),
            Agreed(
                "Ajukan papan petunjuk baru ke subbagian tata usaha",
                people["kepala.tatausaha"],
                today + timedelta(days=20),
            ),
        ],
    )
    sign_meeting(meeting, actor=people["kepala.kantor"], at=held_at + timedelta(days=1))
    return meeting


def _write(month: Period, last: Meeting, people: dict[str, User], now: datetime) -> None:
    clerk = people["verifikator"]
    done, counters, _signs = last.actions.all()
    report_action(
        counters,
        actor=counters.owner,
        text="Loket tambahan sudah dicoba dua Senin; menunggu satu petugas lagi.",
        at=now - timedelta(hours=5),
    )
    meeting = begin_meeting(month, actor=clerk, at=now - timedelta(hours=4))
    save_meeting(
        meeting,
        actor=clerk,
        at=now - timedelta(hours=3),
        place=PLACE,
        obstacles=[("Jawaban menunggu data dari sistem pusat", "")],
        agreed=[
            Agreed(
                "Buat jawaban baku tentang kuota M-Paspor",
                people["petugas.lantaskim"],
                now.date() + timedelta(days=14),
            )
        ],
        followed=[Followed(done, FollowUp.Outcome.DONE, note="Terbit di perpustakaan")],
    )
