"""Where an item was shown besides this site, or will be."""

from django.db import models
from django.db.models import Q

from office.models import User

from .item import Item


class Placement(models.Model):
    """One showing of one item on one channel: planned for a day, or posted with its link."""

    class Channel(models.TextChoices):
        INSTAGRAM = "instagram", "Instagram"
        TIKTOK = "tiktok", "TikTok"
        X = "x", "X"
        FACEBOOK = "facebook", "Facebook"
        YOUTUBE = "youtube", "YouTube"
        WHATSAPP = "whatsapp", "Status WhatsApp"
        WEBSITE = "situs", "Situs web"
        BROCHURE = "brosur", "Brosur tercetak"
        BANNER = "spanduk", "Spanduk"

    PRINTED = (Channel.BROCHURE, Channel.BANNER)

    item = models.ForeignKey(
        Item, verbose_name="bahan", on_delete=models.PROTECT, related_name="placements"
    )
    channel = models.CharField("kanal", max_length=10, choices=Channel)
    day = models.DateField("tanggal")
    is_posted = models.BooleanField("sudah tayang", default=False)
    link = models.URLField("tautan", max_length=300, blank=True)
    maker = models.ForeignKey(
        User,
        verbose_name="pembuat",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reach = models.PositiveIntegerField(
        "jangkauan", null=True, blank=True, help_text="Berapa orang melihatnya; diisi kemudian."
    )
    note = models.CharField("catatan", max_length=200, blank=True)

    class Meta:
        verbose_name = "penayangan"
        verbose_name_plural = "penayangan"
        ordering = ["-day", "channel", "pk"]
        default_permissions = ("add", "change", "view", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "channel", "day"],
                name="placement_once_a_day",
                violation_error_message="Bahan ini sudah dicatat di kanal itu pada tanggal itu.",
            ),
            models.CheckConstraint(
                name="placement_reach_after_posting",
                condition=Q(reach=None) | Q(is_posted=True),
                violation_error_message="Jangkauan diisi setelah tayang.",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="placement_day")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.day:%d-%m-%Y}: {self.item}"
