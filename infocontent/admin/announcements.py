"""Announcements in the admin: the list, one announcement with its verbs, and the short way for an
emergency.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from office.desk.pages import Address, OwnPages, row_or_404, told, tried
from office.reference_admin import ReferenceAdmin
from office.staff import staff

from .. import actions
from ..announcing import (
    AnnouncementForm,
    EmergencyForm,
    SeenForm,
    may_announce_now,
    may_write,
    offers,
)
from ..markdown import render
from ..models import Announcement, AnnouncementState

Verb = Callable[..., Any]
PAGE = "admin:infocontent_announcement_change"
QUESTIONS = {"publish": "Terbitkan pengumuman ini?", "withdraw": "Tarik pengumuman ini?"}


class NowFilter(admin.SimpleListFilter):
    """Where it is in its life; a live one may be to come, on show, or over."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("tayang", "Sedang tayang"),
            ("konsep", "Konsep"),
            ("lewat", "Sudah tidak berlaku"),
        ]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == "tayang":
            return queryset.current()
        if self.value() == "konsep":
            return queryset.filter(state=AnnouncementState.DRAFT)
        return queryset.past() if self.value() == "lewat" else queryset


@admin.register(Announcement)
class AnnouncementAdmin(OwnPages, ReferenceAdmin):
    """Written by the verbs only."""

    list_display = ["title", "level", "now", "starts_at", "ends_at", "author", "approver"]
    list_filter = [NowFilter, "level"]
    list_select_related = ["author", "approver"]
    search_fields = ["title", "title_en", "body"]
    change_list_template = "admin/infocontent/announcement/list.html"

    @admin.display(description="keadaan")
    def now(self, announcement: Announcement) -> str:
        if announcement.state != AnnouncementState.LIVE:
            return announcement.get_state_display()
        if announcement.is_current():
            return "Sedang tayang"
        is_to_come = announcement.starts_at > timezone.now()
        return "Menunggu waktunya" if is_to_come else "Sudah berakhir"

    def get_urls(self) -> list[URLPattern]:
        pages: list[Address] = [
            ("", self.changelist_view, "changelist"),
            ("add/", self.add_view, "add"),
            ("darurat/", self.emergency_view, "emergency"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/terbitkan/", self.publish_view, "publish"),
            ("<int:object_id>/tarik/", self.withdraw_view, "withdraw"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"infocontent_announcement_{name}")
            for address, view, name in pages
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_write(staff(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        short = EmergencyForm() if may_announce_now(staff(request)) else None
        context = {"title": "Pengumuman", "emergency_form": short, **(extra_context or {})}
        return super().changelist_view(request, context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.require(may_write(staff(request)))
        form = AnnouncementForm(request.POST or None)
        verb = actions.draft_announcement
        if form.is_valid() and (made := tried(request, form, verb, **form.cleaned_data)):
            messages.success(request, "Konsep disimpan. Belum ada yang tayang.")
            return redirect(PAGE, made.pk)
        return self.page(request, "write.html", {"title": "Tulis pengumuman", "form": form})

    def emergency_view(self, request: HttpRequest) -> HttpResponse:
        self.require(may_announce_now(staff(request)))
        form = EmergencyForm(request.POST or None)
        verb = actions.announce_now
        if form.is_valid() and (made := tried(request, form, verb, **form.cleaned_data)):
            messages.success(request, "Sudah terbit: tampil di semua halaman, kios, dan layar.")
            return redirect(PAGE, made.pk)
        return self.page(request, "emergency.html", {"title": "Umumkan sekarang", "form": form})

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        announcement, user = self.one(request, object_id), staff(request)
        form = AnnouncementForm(request.POST or None, instance=announcement)
        if request.method == "POST":
            verb = partial(actions.change_announcement, self.one(request, object_id))
            if form.is_valid() and tried(request, form, verb, **form.cleaned_data):
                messages.success(request, "Konsep disimpan.")
                return redirect(PAGE, object_id)
            # The form has written into the other one.
            announcement = self.one(request, object_id)
            form.see(announcement.changed_at)
        offered = offers(announcement, user)
        context = {
            **self.shown(announcement),
            "offers": offered,
            "form": form if offered.may_change or form.is_bound else None,
            "events": announcement.events.select_related("actor").order_by("-pk"),
        }
        return self.page(request, "page.html", context)

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        announcement = self.one(request, object_id)
        if request.method != "POST":
            return self.confirm(request, announcement, "publish")
        form = SeenForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Formulir ini tidak utuh. Periksa isinya, lalu ulangi.")
            return redirect(PAGE, object_id)
        verb = partial(actions.publish_announcement, announcement, seen=form.cleaned_data["seen"])
        return self.told(request, announcement, verb, "Sudah diterbitkan.")

    def withdraw_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        announcement = self.one(request, object_id)
        if request.method != "POST":
            return self.confirm(request, announcement, "withdraw")
        verb = partial(actions.withdraw_announcement, announcement)
        return self.told(request, announcement, verb, "Sudah ditarik. Tidak tampil lagi.")

    def one(self, request: HttpRequest, pk: int) -> Announcement:
        self.require(self.has_view_permission(request))
        return row_or_404(Announcement.objects.select_related("author", "approver"), pk)

    def require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def told(
        self, request: HttpRequest, announcement: Announcement, verb: Verb, done: str
    ) -> HttpResponse:
        """Back to the page, with how it went."""
        told(request, verb, done)
        return redirect(PAGE, announcement.pk)

    def confirm(self, request: HttpRequest, announcement: Announcement, verb: str) -> HttpResponse:
        offered = offers(announcement, staff(request))
        self.require(offered.may_withdraw if verb == "withdraw" else offered.may_publish)
        context = {**self.shown(announcement), "offers": offered, "title": QUESTIONS[verb]}
        return self.page(request, f"{verb}.html", context)

    def shown(self, announcement: Announcement) -> dict[str, Any]:
        return {
            "title": announcement.title,
            "announcement": announcement,
            "now": self.now(announcement),
            "body": render(announcement.body),
            "body_en": render(announcement.body_en),
            "seen_form": SeenForm(initial={"seen": announcement.changed_at.isoformat()}),
        }
