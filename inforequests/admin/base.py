"""What the pages of oral and paper requests have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from office.reference_admin import ReadOnlyAdmin


class PaperDesk(ReadOnlyAdmin):
    """For whoever enters requests; the stock ways to change a row are closed."""

    duty = "enter_request"

    def require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/inforequests/paperform/{template}", context)
