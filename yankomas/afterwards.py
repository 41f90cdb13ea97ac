"""What a visitor is invited to after the visit; the portal fills it in at start-up."""

from collections.abc import Callable

from .models import Visit

# An address, or nothing.
AFTER_VISIT: list[Callable[[Visit], str]] = []
