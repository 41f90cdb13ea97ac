"""The room: which services have a line, which counters serve them, and the rules of the line."""

from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from infocontent.models import Topic
from office.models import User


class ServiceQuerySet(models.QuerySet["Service"]):
    def active(self) -> "ServiceQuerySet":
        return self.filter(is_active=True)


class Service(models.Model):
    """A line of its own, with numbers of its own that begin at 1 every day."""

    code = models.SlugField("kode", max_length=30, unique=True)
    prefix = models.CharField(
        "huruf",
        max_length=2,
        unique=True,
        validators=[RegexValidator("^[A-Z]{1,2}$", "Satu atau dua huruf besar.")],
        help_text="Berdiri di depan nomor, misalnya A pada A012.",
    )
    name = models.CharField("nama", max_length=80)
    name_en = models.CharField("nama (Inggris)", max_length=80, blank=True)
    hint = models.CharField("penjelasan", max_length=120, blank=True)
    hint_en = models.CharField("penjelasan (Inggris)", max_length=120, blank=True)
    topic_group = models.ForeignKey(
        Topic,
        verbose_name="kelompok topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"parent": None},
        help_text="Topiknya ditawarkan lebih dulu di loket.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("aktif", default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "layanan antrean"
        verbose_name_plural = "layanan antrean"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def explanation(self) -> str:
        return self.hint_en if get_language() == "en" and self.hint_en else self.hint


class Counter(models.Model):
    """A place at which one officer serves one visitor."""

    number = models.PositiveSmallIntegerField(
        "nomor loket", unique=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    services = models.ManyToManyField(Service, verbose_name="layanan", related_name="counters")
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "loket"
        verbose_name_plural = "loket"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="counter_number_can_be_spoken", condition=Q(number__range=(1, 99))
            )
        ]

    def __str__(self) -> str:
        return f"Loket {self.number}"


class Shift(models.Model):
    """An officer at a counter, from opening it to closing it."""

    counter = models.ForeignKey(
        Counter, verbose_name="loket", on_delete=models.PROTECT, related_name="shifts"
    )
    officer = models.ForeignKey(
        User, verbose_name="petugas", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("dibuka")
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    closed_by_clock = models.BooleanField("ditutup otomatis", default=False)

    class Meta:
        verbose_name = "jaga loket"
        verbose_name_plural = "jaga loket"
        ordering = ["-opened_at"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(closed_at=None), name="shift_one_open_a_counter"
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_begins",
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter}, {self.officer}"


class QueueRulesQuerySet(models.QuerySet["QueueRules"]):
    def current(self) -> "QueueRules":
        """The rules in force, kept in memory for a minute."""
        rules = cache.get("queue-rules")
        if rules is None:
            rules = self.first() or QueueRules()
            cache.set("queue-rules", rules, 60)
        return rules


class QueueRules(models.Model):
    """How the lines are run. One row; whoever calls the next visitor locks it, so that calls come
    one after the other and no two counters call the same person.
    """

    most_priority_in_a_row = models.PositiveSmallIntegerField(
        "prioritas berturut-turut paling banyak",
        default=2,
        validators=[MinValueValidator(1)],
        help_text="Setelah sekian nomor prioritas, satu nomor biasa dipanggil bila ada.",
    )
    long_wait_minutes = models.PositiveSmallIntegerField(
        "waktu tunggu panjang (menit)",
        default=60,
        help_text="Mulai perkiraan ini kios dan halaman antrean menawarkan situs dan WhatsApp.",
    )
    usual_minutes_low = models.PositiveSmallIntegerField(
        "lama layanan biasanya (menit)",
        default=8,
        help_text="Dipakai selama belum ada cukup kunjungan untuk menghitungnya.",
    )
    usual_minutes_high = models.PositiveSmallIntegerField("lama layanan paling lama", default=20)
    board_notice = models.CharField(
        "pengumuman di layar",
        max_length=160,
        blank=True,
        help_text="Satu kalimat di bawah nomor antrean, misalnya jam istirahat.",
    )
    kiosk_only = models.BooleanField(
        "hanya dari kios terpasang",
        default=False,
        help_text="Nomor hanya dapat diambil di peramban yang dipasang petugas sebagai kios.",
    )

    objects = QueueRulesQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan antrean"
        verbose_name_plural = "aturan antrean"
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="queue_rules_have_one_row"),
            models.CheckConstraint(
                condition=Q(most_priority_in_a_row__gte=1), name="queue_rules_are_fair"
            ),
            models.CheckConstraint(
                condition=Q(usual_minutes_high__gte=models.F("usual_minutes_low")),
                name="queue_rules_usual_in_order",
            ),
        ]

    def __str__(self) -> str:
        return "Aturan antrean"
