"""How many people reached the office by a channel, where nobody writes down each of them."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from infocontent.models import Topic

from ..vocabulary import ContactChannel

# More than this in one cell is a slip of the finger, not a busy office.
MOST_A_DAY, MOST_A_MONTH = 9_999, 99_999


class TallyMonth(models.Model):
    """A month's sheet: the one lock of all its figures, and how often it was written."""

    month = models.DateField("bulan", unique=True)
    # Grows with every verb; what changed after a form was opened is told by the events since.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "lembar rekap kontak"
        verbose_name_plural = "rekap kontak"
        ordering = ["-month"]
        default_permissions = ()
        permissions = [
            ("enter_tally", "Mengisi rekap kontak, mencatat kontak, dan mengimpor komentar"),
            ("view_tally", "Melihat rekap kontak, kontak, dan komentar"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tally_month_begins_on_the_first", condition=Q(month__day=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class TallyQuerySet(models.QuerySet["Tally"]):
    def of_day(self, day: date) -> "TallyQuerySet":
        return self.filter(month=day.replace(day=1), day=day)

    def of_whole_month(self, month: date) -> "TallyQuerySet":
        return self.filter(month=month, day=None)

    def by_day(self, month: date) -> "TallyQuerySet":
        return self.filter(month=month, day__isnull=False)


class Tally(models.Model):
    """One figure: so many contacts of a day, or of a whole month, by one channel.

    No row and a row of zero differ: nobody counted, or nobody came. A channel of a month is told
    by the day or for the whole month, never both (see the verbs). `source` says how the figure
    came to be what it is; its history is in the events of the month.
    """

    class Source(models.TextChoices):
        GRID = "grid", "Diisi"
        IMPORT = "impor", "Diimpor"

    month = models.DateField("bulan")
    day = models.DateField("hari", null=True, blank=True)
    channel = models.CharField("kanal", max_length=20, choices=ContactChannel)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tallies",
    )
    count = models.PositiveIntegerField("jumlah")
    source = models.CharField("asal", max_length=5, choices=Source, default=Source.GRID)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "angka rekap kontak"
        verbose_name_plural = "angka rekap kontak"
        ordering = ["month", "day", "channel", "topic"]
        default_permissions = ()
        constraints = [
            # NULL equals nothing in a unique key, so each of the four shapes has its own.
            models.UniqueConstraint(
                fields=["day", "channel", "topic"],
                condition=Q(day__isnull=False, topic__isnull=False),
                name="tally_day_topic_once",
            ),
            models.UniqueConstraint(
                fields=["day", "channel"],
                condition=Q(day__isnull=False, topic=None),
                name="tally_day_once",
            ),
            models.UniqueConstraint(
                fields=["month", "channel", "topic"],
                condition=Q(day=None, topic__isnull=False),
                name="tally_month_topic_once",
            ),
            models.UniqueConstraint(
                fields=["month", "channel"],
                condition=Q(day=None, topic=None),
                name="tally_month_once",
            ),
            models.CheckConstraint(name="tally_month_is_a_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="tally_day_lies_in_its_month",
                condition=Q(day=None) | Q(day__year=F("month__year"), day__month=F("month__month")),
            ),
            models.CheckConstraint(
                name="tally_count_is_sane",
                condition=Q(count__lte=MOST_A_DAY) | Q(day=None, count__lte=MOST_A_MONTH),
            ),
            models.CheckConstraint(
                name="tally_channel_known", condition=Q(channel__in=ContactChannel.values)
            ),
        ]
        indexes = [
            models.Index(fields=["month", "channel", "topic"], name="tally_of_the_recap"),
        ]

    def __str__(self) -> str:
        when = f"{self.day:%d-%m-%Y}" if self.day else f"{self.month:%Y-%m}"
        return f"{when} {self.channel}: {self.count}"
