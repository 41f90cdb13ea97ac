"""A single contact that somebody wrote down in one line."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from infocontent.models import Topic
from office.models import User

from ..vocabulary import ContactChannel


class ContactQuerySet(models.QuerySet["Contact"]):
    def counted(self) -> "ContactQuerySet":
        return self.filter(voided_at=None)

    def visible_to(self, user: User) -> "ContactQuerySet":
        return self.all() if user.may("view_tally") else self.none()


class Contact(models.Model):
    """Somebody rang, wrote or asked; not a case, but it may become one.

    It counts once in the month in which it happened, and the case made of it not again. The line
    says what was asked, never by whom.
    """

    at = models.DateTimeField("waktu")
    # The office's own month of that moment: what the recap counts by.
    month = models.DateField("bulan")
    channel = models.CharField("kanal", max_length=20, choices=ContactChannel)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    summary = models.CharField("isi, satu baris", max_length=200)
    author = models.ForeignKey(
        User, verbose_name="pencatat", on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField("dicatat", default=timezone.now)
    voided_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    case = models.OneToOneField(
        Case,
        verbose_name="kasus",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact",
    )
    # Of the page on which it was typed: a second click on "Catat" does not log it again.
    page_key = models.CharField(max_length=43, null=True, blank=True, editable=False)  # noqa: DJ001 - unique
    # Grows with every verb; a form that was opened before is refused.
    version = models.PositiveIntegerField(default=1)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "kontak"
        verbose_name_plural = "kontak"
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page_key"], name="contact_once_a_page"),
            models.CheckConstraint(name="contact_month_is_a_first", condition=Q(month__day=1)),
            models.CheckConstraint(name="contact_says_something", condition=~Q(summary="")),
            models.CheckConstraint(
                name="contact_channel_known", condition=Q(channel__in=ContactChannel.values)
            ),
            models.CheckConstraint(
                name="contact_with_a_case_is_not_void", condition=Q(voided_at=None) | Q(case=None)
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="contact_newest"),
            models.Index(fields=["month", "channel", "topic"], name="contact_of_the_recap"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%d-%m-%Y %H.%M} {self.get_channel_display()}"

    def get_absolute_url(self) -> str:
        return reverse("admin:channels_contact_change", args=[self.pk])
