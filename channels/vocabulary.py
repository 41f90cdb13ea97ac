"""The ways by which people reach the office, in the order of the monthly recap."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.workflow import Channel


class ContactChannel(models.TextChoices):
    """The first four are the columns of the office's own recap, in its order and words."""

    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL = "media_sosial", _("Media sosial")
    INSTAGRAM = "komentar_instagram", _("Komentar Instagram")
    COUNTER = "yankomas", _("Yankomas")
    PHONE = "telepon", _("Telepon")
    EMAIL = "email", _("E-mail")
    GOOGLE = "ulasan_google", _("Ulasan Google")
    APP_REVIEW = "ulasan_aplikasi", _("Ulasan aplikasi")
    WEB = "web", _("Situs web")
    LETTER = "surat", _("Surat")
    PAPER = "formulir", _("Formulir kertas")

    @property
    def of_a_case(self) -> Channel:
        """The channel of a case that began here."""
        # To the case's clock and letters a comment on Instagram is one more social medium.
        return Channel.SOCIAL if self is ContactChannel.INSTAGRAM else Channel(self.value)


C = ContactChannel
OF_THE_RECAP = (C.WHATSAPP, C.SOCIAL, C.INSTAGRAM, C.COUNTER)
# What the portal counts by itself as a visit or a case; a tally holds only what was not entered.
COUNTED_BY_ITSELF = (C.COUNTER, C.WEB, C.LETTER, C.PAPER)
# Where people write under what the office publishes, or about its service, for all to read.
WITH_COMMENTS = (C.APP_REVIEW, C.GOOGLE, C.INSTAGRAM, C.SOCIAL)


class EventCode(models.TextChoices):
    """One code per verb; words for people are made from it when a page is shown."""

    ENTERED = "angka_diisi", "Angka diisi"
    IMPORTED = "angka_diimpor", "Angka diimpor"
    LOGGED = "kontak_dicatat", "Kontak dicatat"
    CORRECTED = "kontak_diperbaiki", "Kontak diperbaiki"
    VOIDED = "kontak_dibatalkan", "Kontak dibatalkan"
    COMMENTS_IMPORTED = "komentar_diimpor", "Komentar diimpor"
    ANSWERED = "komentar_dibalas", "Balasan dicatat"
    TOPIC_CHANGED = "topik_diubah", "Topik diubah"
    CASE_OPENED = "kasus_dibuka", "Kasus dibuka"
    CASE_LINKED = "kasus_ditautkan", "Ditautkan dengan kasus"
