"""The page that asks before a document is frozen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from ..desk.pages import told
from .forms import SeenForm


def freeze_as_seen(request: HttpRequest, verb: Callable[..., Any], done: str) -> None:
    """Freeze what the person has read, or say why not, as a message on the next page."""
    form = SeenForm(request.POST)
    if form.is_valid():
        told(request, verb, done, **form.cleaned_data)
    else:
        messages.error(request, "Formulir ini tidak utuh. Muat ulang, lalu ulangi.")
