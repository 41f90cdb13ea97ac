"""What the portal writes down by itself: who read what, and which e-mails went out."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from office.reference_admin import ReadOnlyAdmin
from office.staff import staff

from ..models import AccessLog, Case, Notice


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    list_display = ["at", "what", "user", "case", "purpose"]
    list_filter = ["what"]
    list_select_related = ["user", "case"]
    fields = ["at", "what", "user", "case_reference", "purpose", "data"]
    readonly_fields = ["case_reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessLog]:
        """Lines about no case, and about the cases this person may know of."""
        visible = Case.objects.visible_to(staff(request))
        return super().get_queryset(request).filter(Q(case=None) | Q(case__in=visible.values("pk")))

    @admin.display(description="kasus")
    def case_reference(self, line: AccessLog) -> str:
        return line.case.reference if line.case else "—"


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = [
        "created_at",
        "case",
        "code",
        "to",
        "state",
        "attempts",
        "last_error",
        "sent_at",
    ]
    list_filter = ["state", "code"]
    list_select_related = ["case", "recipient"]
    fields = [
        "case_reference",
        "code",
        "to",
        "state",
        "attempts",
        "last_error",
        "created_at",
        "sent_at",
    ]
    readonly_fields = ["case_reference", "to"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        visible = Case.objects.visible_to(staff(request))
        return super().get_queryset(request).filter(case__in=visible.values("pk"))

    @admin.display(description="kepada")
    def to(self, notice: Notice) -> str:
        return str(notice.recipient) if notice.recipient else "warga"

    @admin.display(description="kasus")
    def case_reference(self, notice: Notice) -> str:
        return notice.case.reference
