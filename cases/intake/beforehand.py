"""Texts that may answer what is about to be sent, shown once where the form itself did not."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from infocontent.suggesting import Suggestion, suggest
from office.crypto import keyed_digest

from ..models import IntakeDraft
from .forms import StepForm

# The script fills this field: the reader has had the texts beside the form.
SEEN = "saran_tampil"
# For which words of the draft the page was shown, as a digest: no second copy of the words.
SHOWN = "saran"


def suggestions_for(asked: Mapping[str, Any]) -> list[Suggestion]:
    return suggest(asked.get("subject") or "", topic=asked.get("topic") or "")


def is_worth_a_look(draft: IntakeDraft, form: StepForm) -> bool:
    """Whether a page of texts comes before the next step: once for each draft and text. Then it
    counts as shown.
    """
    asked = form.cleaned_data
    digest = keyed_digest("saran", f"{asked.get('topic', '')}|{asked['subject']}")
    if form.data.get(SEEN) or draft.data.get(SHOWN) == digest or not suggestions_for(asked):
        return False
    with transaction.atomic():
        kept = IntakeDraft.objects.select_for_update().filter(pk=draft.pk, case=None).first()
        if kept:
            kept.data = {**kept.data, SHOWN: digest}
            kept.save(update_fields=["data"])
    return kept is not None
