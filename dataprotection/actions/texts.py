"""What this app itself keeps about a person goes together with the case's texts."""

from collections.abc import Collection

from cases.actions.data_rights import MARK
from cases.models import Case, Redaction

from ..models import SubjectRequest
from ..workflow import UNSETTLED


def mark_requests(
    case: Case, parts: Collection[str], *, answered: SubjectRequest | None = None
) -> None:
    """Settled requests lose their words as soon as the case's texts or identity are gone; of the
    one that was just `answered` so, the answer stays.
    """
    if not {Redaction.Part.TEXTS, Redaction.Part.IDENTITY} & set(parts):
        return
    settled = SubjectRequest.objects.filter(case=case).exclude(status__in=UNSETTLED)
    settled.update(detail=MARK)
    if answered is not None:
        settled = settled.exclude(pk=answered.pk)
    settled.update(answer=MARK)
