"""The desk's page for due dates that the calendar would move: look, then decide."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from office.desk.pages import Address, DeskPages
from office.staff import staff

from ..actions import due_changes
from ..desk.bulk import numbers
from ..desk.due_changes import earlier_proposals, open_proposal, page_of, rows, waiting_for
from ..models import DueProposal
from ..workflow import CaseError

LIST = "admin:cases_dueproposal_changelist"
# What the buttons of the page mean: accepted or refused, and whether only the picked rows.
STEPS = {
    "terima-semua": (True, False),
    "terima": (True, True),
    "tolak": (False, True),
    "tolak-semua": (False, False),
}


@admin.register(DueProposal)
class DueProposalAdmin(DeskPages):
    """Rows are decided through the verbs; nothing here is edited."""

    duty = due_changes.DUTY

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("putuskan/", self.decide, "decide"),
            ("<int:object_id>/change/", self.change_view, "change"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What waits now, and what was decided before."""
        self.require(request)
        proposal = open_proposal()
        context = {
            "title": "Usulan pergeseran tenggat",
            "earlier": earlier_proposals(staff(request)),
        }
        if proposal:
            context |= self._rows(request, proposal)
        return self.page(request, "list.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: Any,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One proposal that was decided, row by row."""
        proposal = self.one(request, object_id)
        if proposal.state == DueProposal.State.OPEN:
            return redirect(LIST)
        return self.page(
            request, "page.html", {"title": str(proposal), **self._rows(request, proposal)}
        )

    def decide(self, request: HttpRequest) -> HttpResponse:
        """First the question, with what it would do, then the decision and its report."""
        self.require(request)
        step = STEPS.get(request.POST.get("langkah", ""))
        proposal = open_proposal()
        if step is None or proposal is None:
            if request.method == "POST":
                messages.error(request, "Tidak ada usulan yang menunggu keputusan.")
            return redirect(LIST)
        is_accepted, is_picked = step
        only = numbers(request.POST.getlist("pilih")) if is_picked else None
        waiting = waiting_for(staff(request)).filter(proposal=proposal)
        count = (waiting if only is None else waiting.filter(pk__in=only)).count()
        version = numbers([request.POST.get("version", "")])
        if not count:
            messages.error(request, "Pilih dulu kasusnya.")
        elif version != [proposal.version]:
            messages.error(request, str(due_changes.StaleProposal()))
        elif "yakin" in request.POST:
            self._decide(request, proposal, is_accepted, only)
        else:
            title = "Geser tenggat?" if is_accepted else "Tolak pergeseran?"
            context = {
                "title": title,
                "proposal": proposal,
                "count": count,
                "only": only,
                "is_accepted": is_accepted,
                "step": request.POST["langkah"],
                "most": due_changes.MOST if is_accepted and count > due_changes.MOST else 0,
            }
            return self.page(request, "confirm.html", context)
        return redirect(LIST)

    def _decide(
        self, request: HttpRequest, proposal: DueProposal, is_accepted: bool, only: list[int] | None
    ) -> None:
        try:
            decided = due_changes.decide(
                proposal,
                actor=staff(request),
                is_accepted=is_accepted,
                only=only,
                version=proposal.version,
            )
        except CaseError as error:
            messages.error(request, str(error))
            return
        done = len(decided.done)
        if is_accepted:
            messages.success(
                request, f"Tenggat {done} kasus digeser. Warga yang punya e-mail diberi tahu."
            )
        else:
            messages.success(request, f"Pergeseran {done} kasus ditolak; tenggatnya tetap.")
        for change in decided.skipped:
            messages.warning(request, f"{change.case} dilewati: {change.get_why_display()}.")
        if decided.left:
            messages.warning(request, f"{decided.left} kasus masih menunggu. Putuskan lagi.")

    def _rows(self, request: HttpRequest, proposal: DueProposal) -> dict[str, Any]:
        page = page_of(proposal, staff(request), request.GET.get("p"))
        return {"proposal": proposal, "page": page, "rows": rows(list(page.object_list))}
