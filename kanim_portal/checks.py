"""What must not be so on a real site; `manage.py check --deploy` looks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from office.models import User

MIN_KEY_LENGTH = 32


@register(Tags.security, deploy=True)
def check_no_demo(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demo accounts have a printed password: neither the mode nor the accounts may be here."""
    if settings.DEMO:
        return [
            Error(
                "DEMO is on: anybody may log in with the printed demo accounts.",
                hint="Set DEMO=0.",
                id="kanim_portal.E001",
            )
        ]
    if _has_demo_accounts():
        return [
            Error(
                "The database holds demo accounts.",
                hint="Use a database in which load_demo never ran.",
                id="kanim_portal.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_rate_limits(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.RATE_LIMIT_FACTOR == 1:
        return []
    return [
        Warning(
            f"RATE_LIMIT_FACTOR is {settings.RATE_LIMIT_FACTOR}: public limits are not real.",
            hint="Set RATE_LIMIT_FACTOR=1.",
            id="kanim_portal.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_field_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whoever guesses this key reads every NIK in a stolen backup, and it cannot be changed later.

    The key of development is refused with all the other short ones.
    """
    problem = ""
    if len(settings.FIELD_KEY) < MIN_KEY_LENGTH:
        problem = f"FIELD_KEY has fewer than {MIN_KEY_LENGTH} characters."
    elif settings.FIELD_KEY == settings.SECRET_KEY:
        problem = "FIELD_KEY is the same as SECRET_KEY, which may be replaced at any time."
    if not problem:
        return []
    return [Error(problem, hint="Make it with secrets.token_urlsafe(50).", id="kanim_portal.E003")]


@register(Tags.security, deploy=True)
def check_site_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.HTTPS or settings.SITE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "SITE_URL is not https: links in e-mails would carry codes over an open line.",
            hint="Set SITE_URL=https://…",
            id="kanim_portal.W002",
        )
    ]


def _has_demo_accounts() -> bool:
    try:
        return User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        # No database or no tables yet: nothing to log in with.
        return False
