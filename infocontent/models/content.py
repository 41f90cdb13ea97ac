"""The words and files of an item, as one version has them and as the public sees them."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..workflow import Audience
from .media import Media
from .topic import Topic

MAX_BODY = 20_000


class Drawing(models.TextChoices):
    """Infographics that the portal draws itself, from its own data."""

    PASSPORT_TARIFFS = "tarif-paspor", "Tarif paspor"
    PASSPORT_STEPS = "langkah-paspor", "Langkah membuat paspor"
    PPID_CLOCK = "jam-ppid", "Waktu jawaban PPID"


class Content(models.Model):
    """What two people agree on before it goes out. An item carries the version that the public
    sees; each version keeps its own for good.
    """

    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        limit_choices_to={"parent__isnull": False},
    )
    audience = models.CharField("untuk siapa", max_length=8, choices=Audience, default=Audience.ALL)
    title = models.CharField("judul", max_length=120)
    title_en = models.CharField("judul (Inggris)", max_length=120, blank=True)
    body = models.TextField("isi", blank=True, max_length=MAX_BODY)
    body_en = models.TextField("isi (Inggris)", blank=True, max_length=MAX_BODY)
    keywords = models.CharField(
        "kata lain",
        max_length=400,
        blank=True,
        help_text="Kata yang dipakai warga untuk hal ini, dipisah koma. Dipakai pencarian saja.",
    )
    legal_source = models.CharField(
        "dasar hukum", max_length=200, blank=True, help_text="Misalnya: UU 14/2008 Pasal 22."
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    link = models.URLField(
        "tautan",
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text="Halaman resmi di luar portal; dimulai dengan https://.",
    )
    picture = models.ForeignKey(
        Media,
        verbose_name="gambar",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    drawing = models.CharField("gambar dari data", max_length=20, choices=Drawing, blank=True)
    alt = models.CharField("teks alternatif", max_length=250, blank=True)
    alt_en = models.CharField("teks alternatif (Inggris)", max_length=250, blank=True)
    video = models.ForeignKey(
        Media,
        verbose_name="video",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    captions = models.ForeignKey(
        Media,
        verbose_name="takarir",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    transcript = models.TextField("transkrip", blank=True, max_length=MAX_BODY)
    transcript_en = models.TextField("transkrip (Inggris)", blank=True, max_length=MAX_BODY)
    document = models.ForeignKey(
        Media,
        verbose_name="dokumen",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True

    def language_of(self, field: str) -> str:
        """In which language the reader gets `field`: English falls back where it is missing."""
        has_english = bool(getattr(self, f"{field}_en"))
        return "en" if get_language() == "en" and has_english else "id"

    def in_language(self, field: str) -> str:
        return getattr(self, f"{field}_en" if self.language_of(field) == "en" else field)

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return self.in_language("title")

    @property
    def label_language(self) -> str:
        return self.language_of("title")

    @property
    def text_language(self) -> str:
        return self.language_of("body")


CONTENT_FIELDS = tuple(field.name for field in Content._meta.fields)


def content_of(holder: Content) -> dict[str, Any]:
    """Words and files of an item or a version, as the keyword arguments of the other."""
    return {name: getattr(holder, name) for name in CONTENT_FIELDS}


class Kind(models.TextChoices):
    """What an item is. The stored words are in addresses."""

    FAQ = "faq", _("Tanya jawab")
    INFOGRAPHIC = "infografis", _("Infografis")
    VIDEO = "video", _("Video")
    BROCHURE = "brosur", _("Brosur")
    BANNER = "spanduk", _("Spanduk")


def missing(kind: str, content: Content) -> list[str]:
    """Why this may not go out yet, a sentence each; empty when it may.

    Pictures and videos have a text beside them: PERKI 1/2021 Ps 48(4) asks for what disabled people
    can use.
    """
    lacks = []
    if kind == Kind.FAQ and not content.body.strip():
        lacks.append("Tulis jawabannya di kolom isi.")
    if kind == Kind.INFOGRAPHIC:
        if not content.picture_id and not content.drawing:
            lacks.append("Unggah gambarnya, atau pilih gambar dari data.")
        if not content.alt.strip():
            lacks.append("Isi teks alternatif: satu kalimat tentang apa yang tampak di gambar.")
        if not content.body.strip():
            lacks.append(
                "Tulis seluruh isi gambar sebagai teks di kolom isi, untuk yang tidak melihatnya."
            )
    if kind == Kind.VIDEO:
        if not content.video_id and not content.link:
            lacks.append("Unggah videonya, atau isi tautannya.")
        if not content.transcript.strip():
            lacks.append("Isi transkrip: semua yang diucapkan dan yang penting untuk dilihat.")
    if kind in (Kind.BROCHURE, Kind.BANNER):
        if not content.document_id and not content.picture_id:
            lacks.append("Unggah berkas PDF atau gambarnya.")
        if not content.body.strip():
            lacks.append("Tulis isinya sebagai teks di kolom isi, untuk pembaca layar.")
        if content.picture_id and not content.alt.strip():
            lacks.append("Isi teks alternatif gambarnya.")
    return lacks
