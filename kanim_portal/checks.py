"""What must not be so on a real site; `manage.py check --deploy` looks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from office.models import User


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


def _has_demo_accounts() -> bool:
    try:
        return User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        # No database or no tables yet: nothing to log in with.
        return False
