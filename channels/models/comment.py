"""What somebody wrote for all to read: a review of the app, a comment under a post."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from infocontent.models import Topic
from office.models import User

from ..vocabulary import ContactChannel

BEST_SCORE = 5


class CommentQuerySet(models.QuerySet["Comment"]):
    def unanswered(self) -> "CommentQuerySet":
        return self.filter(reply="", case=None)

    def visible_to(self, user: User) -> "CommentQuerySet":
        return self.all() if user.may("view_tally") else self.none()


class Comment(models.Model):
    """One review or comment, taken from a file once (`digest`), and what the office did with it.

    It counts once in the month in which it was written, and the case made of it not again. Numbers
    that could be somebody's are masked before the text is kept.
    """

    channel = models.CharField("kanal", max_length=20, choices=ContactChannel)
    at = models.DateTimeField("waktu")
    # The office's own month of that moment: what the recap counts by.
    month = models.DateField("bulan")
    text = models.TextField("isi")
    score = models.PositiveSmallIntegerField(
        "nilai",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(BEST_SCORE)],
    )
    digest = models.CharField(max_length=64)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments",
    )
    reply = models.TextField("balasan", blank=True)
    # Empty beside a reply: it came with the file, which does not say when and by whom.
    answered_at = models.DateTimeField("dibalas", null=True, blank=True)
    answered_by = models.ForeignKey(
        User,
        verbose_name="dibalas oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    case = models.OneToOneField(
        Case,
        verbose_name="kasus",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comment",
    )
    imported_at = models.DateTimeField("diimpor", default=timezone.now)
    # Grows with every verb; a form that was opened before is refused.
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "ulasan dan komentar"
        verbose_name_plural = "ulasan dan komentar"
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="comment_once"),
            models.CheckConstraint(name="comment_month_is_a_first", condition=Q(month__day=1)),
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_score_of_five",
                condition=Q(score=None) | Q(score__gte=1, score__lte=BEST_SCORE),
            ),
            models.CheckConstraint(
                name="comment_answered_has_a_reply",
                condition=Q(answered_at=None, answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reply="")),
            ),
            models.CheckConstraint(
                name="comment_channel_known", condition=Q(channel__in=ContactChannel.values)
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="comment_newest"),
            models.Index(fields=["month", "channel", "topic"], name="comment_of_the_recap"),
            # The team's work: what nobody has replied to.
            models.Index(
                fields=["-at", "-id"],
                condition=Q(reply="", case=None),
                name="comment_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%d-%m-%Y %H.%M} {self.get_channel_display()}"

    def get_absolute_url(self) -> str:
        return reverse("admin:channels_comment_change", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        return bool(self.reply)
