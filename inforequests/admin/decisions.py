"""The signed decisions as a list: by outcome, and by the exclusion that they point at."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from cases.models import Case
from office.reference_admin import ReadOnlyAdmin
from office.staff import staff

from ..models import Decision


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What has been kept back under which record (UU 14/2008 Ps 17, 19)."""

    duty = "view_case"
    list_display = [
        "number",
        "case_link",
        "outcome",
        "ground",
        "exclusion",
        "signed_by",
        "signed_at",
    ]
    list_display_links = None
    list_filter = ["outcome", "exclusion"]
    list_select_related = ["letter", "case", "exclusion", "signed_by"]
    ordering = ["-signed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        visible = Case.objects.visible_to(staff(request))
        signed = super().get_queryset(request).filter(signed_at__isnull=False)
        return signed.filter(case__in=visible.values("pk"))

    @admin.display(description="surat")
    def number(self, decision: Decision) -> str:
        return decision.letter.number if decision.letter else ""

    @admin.display(description="permohonan")
    def case_link(self, decision: Decision) -> str:
        return format_html('<a href="{}">{}</a>', decision.case.get_absolute_url(), decision.case)
