"""A questionnaire and its arithmetic as data, by version."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def in_force(self, day: date) -> "InstrumentQuerySet":
        """One version of each instrument: the newest that is valid on the day."""
        newer = Instrument.objects.filter(
            code=OuterRef("code"), valid_from__lte=day, valid_from__gt=OuterRef("valid_from")
        )
        return self.filter(~Exists(newer), valid_from__lte=day)

    def current(self, code: str, day: date) -> "Instrument | None":
        return self.in_force(day).filter(code=code).first()


def _in_language(text: str, english: str) -> str:
    return english if english and get_language() == "en" else text


class Instrument(models.Model):
    """One version of a questionnaire. Once somebody has answered it, it stays as it is for ever:
    the database refuses a change (see the migrations), and a new version is made instead.
    """

    class Code(models.TextChoices):
        # PermenPANRB 14/2017; SPKP and SPAK: PermenPANRB 90/2021.
        SKM = "skm", _("Survei Kepuasan Masyarakat (SKM)")
        SPKP = "spkp", _("Survei Persepsi Kualitas Pelayanan (SPKP)")
        SPAK = "spak", _("Survei Persepsi Anti Korupsi (SPAK)")

    class WeightRule(models.TextChoices):
        EXACT = "tepat", "Tepat: 1 dibagi banyaknya unsur"
        # PermenPANRB 14/2017 prints 0.11 for nine elements: an all-4 survey then scores 99.00.
        PRINTED = "tercetak", "Tercetak: bobot yang dibulatkan"

    code = models.CharField("instrumen", max_length=8, choices=Code)
    version = models.PositiveSmallIntegerField("versi", default=1)
    valid_from = models.DateField("berlaku sejak")
    law = models.CharField("dasar hukum", max_length=160)
    title = models.CharField("judul", max_length=120)
    title_en = models.CharField("judul (Inggris)", max_length=120, blank=True)
    introduction = models.CharField("pengantar", max_length=300, blank=True)
    introduction_en = models.CharField("pengantar (Inggris)", max_length=300, blank=True)
    scale = models.PositiveSmallIntegerField("nilai tertinggi satu jawaban", default=4)
    # The ends of a scale whose steps have no words of their own.
    low_label = models.CharField("ujung terendah skala", max_length=60, blank=True)
    low_label_en = models.CharField("ujung terendah (Inggris)", max_length=60, blank=True)
    high_label = models.CharField("ujung tertinggi skala", max_length=60, blank=True)
    high_label_en = models.CharField("ujung tertinggi (Inggris)", max_length=60, blank=True)
    weight_rule = models.CharField(
        "aturan bobot", max_length=8, choices=WeightRule, default=WeightRule.EXACT
    )
    printed_weight = models.DecimalField(
        "bobot tercetak", max_digits=6, decimal_places=4, default=Decimal("0.11")
    )
    index_max = models.DecimalField(
        "nilai tertinggi indeks",
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(1)],
        help_text="100 untuk SKM (nilai × 25); 4 untuk SPKP dan SPAK (nilai ÷ 6 × 4).",
    )
    is_optional = models.BooleanField(
        "boleh dilewati",
        default=False,
        help_text="Ditawarkan sesudah instrumen utama selesai diisi.",
    )
    order = models.PositiveSmallIntegerField("urutan ditanyakan", default=0)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "instrumen survei"
        verbose_name_plural = "instrumen survei"
        ordering = ["order", "code", "-version"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="instrument_version_once"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="instrument_one_a_day"),
            models.CheckConstraint(name="instrument_scale", condition=Q(scale__in=[4, 6])),
            models.CheckConstraint(
                name="instrument_weight_and_index_above_zero",
                condition=Q(printed_weight__gt=0, index_max__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code.upper()} versi {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("admin:surveys_instrument_change", args=[self.pk])

    @property
    def name(self) -> str:
        return _in_language(self.title, self.title_en)

    @property
    def opening(self) -> str:
        return _in_language(self.introduction, self.introduction_en)

    @property
    def low(self) -> str:
        return _in_language(self.low_label, self.low_label_en)

    @property
    def high(self) -> str:
        return _in_language(self.high_label, self.high_label_en)

    @property
    def factor(self) -> Fraction:
        """What a mean answer is multiplied by to become the index: 25 for SKM."""
        return Fraction(self.index_max) / self.scale

    @property
    def has_answers(self) -> bool:
        return self.responses.exists()


class Element(models.Model):
    """One thing that is judged (unsur). The code stays the same over all versions; the place on
    the form need not follow it: SKM asks for the rooms (U9) before the complaints (U8).
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="elements")
    code = models.CharField(
        "kode unsur",
        max_length=6,
        validators=[RegexValidator(r"^[A-Z]{1,2}[0-9]{1,2}\Z", "Misalnya U1.")],
    )
    position = models.PositiveSmallIntegerField("urutan di formulir")
    name = models.CharField("unsur", max_length=120)
    name_en = models.CharField("unsur (Inggris)", max_length=120, blank=True)
    statement = models.CharField("pertanyaan atau pernyataan", max_length=300)
    statement_en = models.CharField("pertanyaan (Inggris)", max_length=300, blank=True)
    explanation = models.CharField("penjelasan satu baris", max_length=300, blank=True)
    explanation_en = models.CharField("penjelasan (Inggris)", max_length=300, blank=True)
    # The words of the answers from the lowest value up; empty: only the ends of the scale.
    options = models.JSONField("pilihan jawaban", default=list, blank=True)
    options_en = models.JSONField("pilihan jawaban (Inggris)", default=list, blank=True)

    class Meta:
        verbose_name = "unsur"
        verbose_name_plural = "unsur"
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="element_code_once"),
            models.UniqueConstraint(
                fields=["instrument", "position"], name="element_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def label(self) -> str:
        return _in_language(self.name, self.name_en)

    @property
    def question(self) -> str:
        return _in_language(self.statement, self.statement_en)

    @property
    def hint(self) -> str:
        return _in_language(self.explanation, self.explanation_en)

    @property
    def words(self) -> list[str]:
        """The words of the answers in the reader's language, from the lowest value up."""
        return self.options_en if self.options_en and get_language() == "en" else self.options


class Band(models.Model):
    """One line of the table that turns an index into a grade: up to and including `upper`.

    The index is rounded to two decimals first, so that nothing falls between two lines.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="bands")
    value = models.PositiveSmallIntegerField("nilai persepsi")
    interval = models.CharField(
        "nilai interval",
        max_length=20,
        blank=True,
        help_text="Hanya dicetak, misalnya 1,00–2,5996.",
    )
    lower = models.DecimalField("dari", max_digits=6, decimal_places=2)
    upper = models.DecimalField("sampai dengan", max_digits=6, decimal_places=2)
    grade = models.CharField("mutu", max_length=4)
    label = models.CharField("kinerja", max_length=40)
    label_en = models.CharField("kinerja (Inggris)", max_length=40, blank=True)

    class Meta:
        verbose_name = "baris tabel mutu"
        verbose_name_plural = "tabel mutu"
        ordering = ["upper"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["instrument", "upper"], name="band_upper_once"),
            models.CheckConstraint(
                name="band_goes_upwards", condition=Q(lower__lte=models.F("upper"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} ({self.label})"

    @property
    def words(self) -> str:
        return _in_language(self.label, self.label_en)


class Threshold(models.Model):
    """What an index has to reach for a title, such as WBK or WBBM (Zona Integritas)."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="thresholds")
    name = models.CharField("predikat", max_length=40)
    minimum = models.DecimalField("paling sedikit", max_digits=6, decimal_places=2)
    law = models.CharField("dasar hukum", max_length=160, blank=True)

    class Meta:
        verbose_name = "ambang"
        verbose_name_plural = "ambang"
        ordering = ["minimum", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["instrument", "name"], name="threshold_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ≥ {self.minimum}"
