"""What reached the office besides cases and visits: months of figures, single lines, reviews."""

import csv
import random
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from channels import actions
from channels.models import Comment
from channels.refusals import Cell
from channels.rows import Row
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.models import User

from .hours import Hours
from .office_year import SAMPLE

C = ContactChannel
# Nothing of the demo is older than its library and its cases.
FIRST_MONTH = date(2025, 10, 1)
# In a month, after the study of the Bandung office; what it does not count is a guess.
A_MONTH = {
    C.WHATSAPP: 2210, C.SOCIAL: 1620, C.INSTAGRAM: 560, C.COUNTER: 400, C.PHONE: 260,
    C.EMAIL: 95, C.GOOGLE: 34,
}  # fmt: skip
A_DAY = {C.WHATSAPP: 96, C.SOCIAL: 70, C.INSTAGRAM: 24, C.PHONE: 12, C.EMAIL: 4}
# How contacts divide over the groups of topics; the rest is of no topic.
SHARES = {
    "paspor": 38, "m-paspor": 24, "izin-tinggal": 13, "mutu-layanan": 8, "umum": 4,
    "perlintasan": 3, "pengawasan": 2,
}  # fmt: skip
LINES = [
    ("telepon", "paspor-anak", "Tanya syarat paspor anak di bawah 17 tahun"),
    ("telepon", "paspor-status", "Tanya paspor sudah dapat diambil atau belum"),
    ("whatsapp", "mpaspor-kuota", "Kuota M-Paspor minggu depan kosong terus"),
    ("whatsapp", "paspor-hilang", "Paspor hilang, apakah perlu surat polisi dulu"),
    ("email", "itas", "Sponsor minta daftar syarat perpanjangan ITAS"),
    ("media_sosial", "antrean", "Tanya jam berapa antrean paling sepi"),
    ("telepon", "mpaspor-pembayaran", "Kode billing kedaluwarsa sebelum sempat dibayar"),
    ("komentar_instagram", "layanan-prioritas", "Apakah lansia tetap perlu daftar daring"),
    ("whatsapp", "voa", "Extension of VoA, asks whether the office opens on Saturday"),
    ("ulasan_google", "", "Parkir sulit, minta penunjuk arah yang lebih jelas"),
]
REPLY = (
    "Terima kasih atas ulasannya. Keluhan ini sudah kami teruskan kepada pengelola aplikasi; bila "
    "jadwal masih tidak muncul, silakan hubungi WhatsApp kantor kami."
)


class ContactMonths:
    """A public-relations team that counts by the month, and this month by the day."""

    def __init__(self, now: datetime, seed: int = 24) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self.rng = random.Random(seed)  # noqa: S311 - a demo that is the same every time, no secret
        self.hours = Hours(now, self.rng)
        self.team = User.objects.get(username="humas")
        self.topics = {topic.code: topic for topic in Topic.objects.all()}

    @transaction.atomic
    def live_through(self) -> None:
        month = FIRST_MONTH
        while month < self.today.replace(day=1):
            self._month(month)
            month = _next(month)
        for ago in range(22, 0, -1):
            day = self.hours.working_days_ago(ago)
            if (day.year, day.month) == (self.today.year, self.today.month):
                self._day(day)
        self._lines()
        self._reviews()

    def _month(self, month: date) -> None:
        written = _at(_next(month), 9)
        figures: dict[Cell, int | None] = {}
        for channel, usual in A_MONTH.items():
            figures |= self._divided(channel, usual)
        self._enter(month, None, figures, at=written)
        if month == FIRST_MONTH:
            # A slip that was found a week later: what a correction looks like.
            key: Cell = (C.WHATSAPP.value, None)
            figures[key] = (figures[key] or 0) + 90
            self._enter(month, None, figures, version=1, at=written + timedelta(days=7))

    def _day(self, day: date) -> None:
        figures: dict[Cell, int | None] = {}
        for channel, usual in A_DAY.items():
            figures |= self._divided(channel, usual)
        # The sheet is always read before it is written, whatever was written this month.
        self._enter(day.replace(day=1), day, figures, version=10**6, at=_at(day, 15))

    def _divided(self, channel: ContactChannel, usual: int) -> dict[Cell, int | None]:
        total = round(usual * self.rng.uniform(0.75, 1.25))
        parts: dict[Cell, int | None] = {}
        for code, share in SHARES.items():
            count = round(total * share / 100 * self.rng.uniform(0.8, 1.2))
            if code in self.topics and count:
                parts[channel.value, self.topics[code].pk] = count
        parts[channel.value, None] = max(total - sum(count or 0 for count in parts.values()), 0)
        return parts

    def _enter(
        self,
        month: date,
        day: date | None,
        figures: dict[Cell, int | None],
        *,
        at: datetime,
        version: int = 0,
    ) -> None:
        actions.enter_figures(
            month, day, figures, actor=self.team, version=version, at=min(at, self.now)
        )

    def _lines(self) -> None:
        for number, (channel, topic, summary) in enumerate(LINES * 3):
            day = self.hours.working_days_ago(1 + number // 3)
            at = _at(day, 8) + timedelta(minutes=self.rng.randrange(420))
            actions.log_contact(
                actor=self.team,
                channel=channel,
                topic=self.topics.get(topic),
                summary=summary,
                happened_at=at,
                at=min(at + timedelta(minutes=5), self.now),
            )

    def _reviews(self) -> None:
        """Reviews of the app of the last half year; a third has a reply, one became a case."""
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            texts = [(row["text"], float(row["score"])) for row in csv.DictReader(file)][-60:]
        rows = [
            Row(
                line=number,
                at=self.now - timedelta(days=3 * number + 1, minutes=self.rng.randrange(600)),
                text=text,
                score=score,
            )
            for number, (text, score) in enumerate(texts)
        ]
        actions.import_comments(rows, channel=C.APP_REVIEW, actor=self.team, at=self.now)
        comments = list(Comment.objects.order_by("-at"))
        for comment in comments[::3]:
            actions.answer(comment, actor=self.team, reply=REPLY, at=self.now)
        actions.take_as_case(comments[1], actor=self.team, at=self.now)


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
