"""What the desks of the surveys have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from cases.desk.access import LAST_PK
from office.reference_admin import ReadOnlyAdmin


class SurveyDesk(ReadOnlyAdmin):
    """Rows are written by verbs only; the template folder is the model's name."""

    def require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def one(self, request: HttpRequest, pk: int) -> Any:
        """The row, if this person may know of it; else 404."""
        self.require(request)
        found = self.get_queryset(request).filter(pk=min(pk, LAST_PK)).first()
        if found is None:
            raise Http404
        return found

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        folder = f"admin/surveys/{self.opts.model_name}"
        return TemplateResponse(request, f"{folder}/{template}", context, status=status)
