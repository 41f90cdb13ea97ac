"""Why a step is refused. Whoever shows the page catches a Refusal and says its words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import User


class Refusal(Exception):
    """A step that cannot be taken; the message is fit for a person to read."""


class NotAllowed(Refusal):
    """The person's roles do not carry this duty."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or _("Peran Anda tidak mencakup langkah ini."))


class StaleDraft(Refusal):
    """Somebody else changed the draft after the page was opened."""

    def __init__(self, changed_by: User, at: datetime) -> None:
        super().__init__(
            f"{changed_by} mengubah konsep ini pukul {timezone.localtime(at):%H.%M (%d-%m-%Y)} "
            "setelah halaman Anda dibuka. Periksa dulu perubahannya, lalu ulangi."
        )


def require(actor: User, duty: str) -> None:
    """Raise NotAllowed unless the person holds the duty."""
    if not actor.may(duty):
        raise NotAllowed
