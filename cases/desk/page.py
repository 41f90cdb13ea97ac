"""The case page: the story, and the forms of what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from office.models import User

from .. import letters
from ..deadlines import Computation
from ..filters import as_reference
from ..kinds import PANELS
from ..models import AnswerTemplate, Case, CaseQuerySet, Message
from ..similar import similar_to
from ..topics.suggesting import Suggestion, suggest
from ..workflow import Privacy
from . import history
from .due import Clock
from .forms import MoveForm, RevealForm
from .moves import MOVES, Move, may_reveal, may_see_masked, may_set_topic, possible
from .people import People
from .picking import Picker
from .promoting import may_promote


def with_story(cases: CaseQuerySet) -> CaseQuerySet:
    """Everything the page shows of a case, in a fixed number of queries."""
    return cases.select_related(
        "topic__section",
        "topic__parent__section",
        "section",
        "assignee",
        "applicant",
        "answer_draft__author",
        "duplicate_of",
        # Of a kind's app; named here, as the kinds' details are, but never imported.
        "paper_form",
    ).prefetch_related(
        "reported__user",
        "attachments__uploader",
        Prefetch(
            "messages", Message.objects.select_related("author").prefetch_related("attachments")
        ),
    )


@dataclass
class Offer:
    """A move with its form, as it stands in the right column; `extra` is a second button."""

    move: Move
    form: MoveForm
    extra: Move | None = None
    is_open: bool = False


class CasePage:
    """What one person sees of one case; `bound` is a form that came back, `failed` its move."""

    def __init__(
        self,
        case: Case,
        user: User,
        people: People,
        *,
        failed: Move | None = None,
        bound: MoveForm | None = None,
        example: str = "",
        picker: Picker | None = None,
        same_as: str = "",
    ) -> None:
        self.case, self.user, self.people = case, user, people
        self.failed, self.bound = failed, bound
        self.picker = picker or Picker(case)
        # A case picked among the similar ones; the duplicate form is then open with its number.
        self.same_as = as_reference(same_as) or ""
        self.suggestion = self._suggestion()
        self.templates = self._templates()
        self.example = self._example(example)

    def context(self) -> dict[str, Any]:
        case = self.case
        offers = self._offers()
        panel = PANELS.get(case.kind)
        events = list(case.events.select_related("actor").order_by("-seq"))
        return {
            "case": case,
            "due": Clock().words(case),
            "computations": [Computation.from_json(row) for row in case.due_basis],
            "detail": detail_rows(case),
            "story_messages": list(case.messages.all()),
            "files": [file for file in case.attachments.all() if file.message_id is None],
            "reported": list(case.reported.all()),
            "timeline": history.lines(events, case.kind),
            "draft": getattr(case, "answer_draft", None),
            # Who has the draft in a field need not read it twice.
            "is_draft_offered": any(offer.move is MOVES["konsep"] for offer in offers),
            "main_offers": [offer for offer in offers if offer.move.is_main(case)],
            "other_offers": [offer for offer in offers if not offer.move.is_main(case)],
            "panel": panel,
            **(panel.context(case, self.user) if panel else {}),
            "templates": self.templates,
            "example": self.example,
            "picker": self.picker,
            "bound": self.bound,
            "failed": self.failed,
            "is_failed_offered": any(offer.form is self.bound for offer in offers),
            "similar": similar_to(case, self.user),
            "may_mark_duplicate": any(offer.move is MOVES["duplikat"] for offer in offers),
            "suggestion": self.suggestion,
            "may_promote": may_promote(case, self.user),
            "may_see_masked": may_see_masked(case, self.user),
            "reveal_form": RevealForm(auto_id="identitas_%s")
            if may_reveal(case, self.user)
            else None,
            "is_anonymous": case.privacy == Privacy.ANONYMOUS,
            "may_open_original": case.duplicate_of is not None
            and Case.objects.visible_to(self.user).filter(pk=case.duplicate_of.pk).exists(),
        }

    def _offers(self) -> list[Offer]:
        offers: list[Offer] = []
        for move in possible(self.case, self.user):
            is_failed = move is self.failed and self.bound is not None
            form = self.bound if is_failed and self.bound else self._blank(move)
            if move.label:
                is_picked = move is MOVES["duplikat"] and bool(self.same_as)
                offers.append(Offer(move, form, is_open=is_failed or is_picked))
                continue
            offers[-1].extra = move
            if is_failed:
                offers[-1].form, offers[-1].is_open = form, True
        return offers

    def _blank(self, move: Move) -> MoveForm:
        initial = {}
        if move is MOVES["duplikat"] and self.same_as:
            initial = {"original": self.same_as}
        elif move is MOVES["topik"] and self.suggestion:
            initial = {"suggested": self.suggestion.topic.code}
        elif move is MOVES["konsep"] and self.picker.is_open:
            initial = self.picker.draft
        elif move is MOVES["konsep"]:
            draft = getattr(self.case, "answer_draft", None)
            parts = [
                draft.body if draft else "",
                letters.fill_in(self.example, self.case) if self.example else "",
            ]
            initial = {
                "body": "\n\n".join(part for part in parts if part),
                "outcome": draft.outcome if draft else "",
            }
        return form_for(move, self.case, self.people, initial=initial)

    def _suggestion(self) -> Suggestion | None:
        """A topic that the text speaks for and the case has not, for whoever may set it."""
        if not may_set_topic(self.case, self.user):
            return None
        suggestion = suggest(self.case)
        return suggestion if suggestion and suggestion.topic.pk != self.case.topic_id else None

    def _templates(self) -> list[AnswerTemplate]:
        if not MOVES["konsep"].is_possible(self.case, self.user):
            return []
        usable = AnswerTemplate.objects.filter(is_active=True, kind__in=["", self.case.kind])
        return sorted(usable, key=lambda template: template.language != self.case.language)

    def _example(self, pk: str) -> AnswerTemplate | None:
        return next((template for template in self.templates if str(template.pk) == pk), None)


def form_for(move: Move, case: Case, people: People, *args: Any, **kwargs: Any) -> MoveForm:
    """A move's form; the ids carry the verb, because many forms share the page."""
    return move.form(*args, case=case, people=people, auto_id=f"{move.verb}_%s", **kwargs)


def move_or_404(verb: str) -> Move:
    if verb not in MOVES:
        raise Http404
    return MOVES[verb]


def detail_rows(case: Case) -> list[tuple[str, str]]:
    """The kind's own fields in words, blank ones left out."""
    if case.detail is None:
        return []
    if hasattr(case.detail, "in_words"):
        return case.detail.in_words
    rows = []
    for field in case.detail._meta.fields:
        if field.name in ("id", "case"):
            continue
        display = getattr(case.detail, f"get_{field.name}_display", None)
        value = display() if display else getattr(case.detail, field.name)
        if isinstance(value, bool):
            value = "ya" if value else "tidak"
        if value not in ("", None):
            rows.append((str(field.verbose_name), value))
    return rows
