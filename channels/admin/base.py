"""What the pages of contacts have in common: who may see and who may write."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from office.desk.pages import DeskPages, number_in
from office.desk.verbs import Step, VerbPages
from office.staff import staff

WRITE = "enter_tally"


class ContactPages(DeskPages):
    """Whoever may see the figures sees the pages; whoever enters them finds the verbs there."""

    duty = "view_tally"

    @staticmethod
    def may_write(request: HttpRequest) -> bool:
        return staff(request).may(WRITE)

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        context = {"may_write": self.may_write(request), **context}
        return super().page(request, template, context, status)


class ContactVerbPages(ContactPages, VerbPages):
    """Every verb says which version of the row it was typed for."""

    def more(self, request: HttpRequest, step: Step) -> dict[str, Any]:
        return {"version": posted_version(request)}


def posted_version(request: HttpRequest) -> int:
    return number_in(request.POST.get("version", ""))
