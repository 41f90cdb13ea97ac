"""Accounts, sections, calendar and letterhead: what the administrator keeps."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import jobs
from .calendar import days_changed
from .models import Holiday, Office, OpeningHours, Section, User
from .reference_admin import ReferenceAdmin
from .roles import Role
from .staff import staff

admin.site.unregister(Group)


class NewAccountForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username"]


class RolesField(ModelMultipleChoiceField):
    widget = CheckboxSelectMultiple

    def label_from_instance(self, group: Any) -> str:
        return role_label(group.name)


@admin.register(User)
class AccountAdmin(ReferenceAdmin, UserAdmin):
    """Rights come from role groups alone, so there is no field for a single right or for superuser.

    Nobody changes the own roles, and an account of a superuser is for superusers only.
    """

    add_form = NewAccountForm
    add_form_template = None
    list_display = ["username", "full_name", "section", "role_names", "is_active"]
    list_filter = ["is_active", "section", "groups"]
    list_select_related = ["section"]
    search_fields = ["username", "first_name", "last_name"]
    ordering = ["username"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Orang", {"fields": ["first_name", "last_name", "email", "section"]}),
        ("Peran", {"fields": ["is_active", "is_staff", "groups"]}),
        ("Catatan", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        ("Orang", {"fields": ["first_name", "last_name", "email", "section"]}),
        ("Peran", {"fields": ["is_staff", "groups"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="nama")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="peran")
    def role_names(self, user: User) -> str:
        return ", ".join(role_label(group.name) for group in user.groups.all()) or "—"

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # The history of cases names its people; an account is switched off instead.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        own = ["groups", "is_staff", "is_active", "section"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            help_text = "Peran menentukan apa yang dapat dilakukan dan dilihat akun ini."
            kwargs |= {"form_class": RolesField, "help_text": help_text}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = set(form.instance.groups.values_list("name", flat=True)) if change else set()
        super().save_related(request, form, formsets, change)
        after = set(form.instance.groups.values_list("name", flat=True))
        if before != after:
            form.role_changes = [f"+{name}" for name in sorted(after - before)] + [
                f"-{name}" for name in sorted(before - after)
            ]
            tell(form.instance.pk, request, jobs.ROLES)

    @transaction.atomic
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        user = self.get_object(request, unquote(id))
        response = super().user_change_password(request, id, form_url)
        # The stock view says neither by its answer nor by a hook of its own that it went through.
        if user and not User.objects.filter(pk=user.pk, password=user.password).exists():
            tell(user.pk, request, jobs.PASSWORD)
        return response

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        message = super().construct_change_message(request, form, formsets, add)
        # Who was given which role must be readable in the log, not only that roles changed.
        changes = getattr(form, "role_changes", [])
        return [*message, {"changed": {"fields": changes}}] if changes else message


def tell(user_id: int, request: HttpRequest, what: str) -> None:
    """Owed in the transaction of the change: no change without its letter, and no letter alone."""
    at = timezone.now().isoformat()
    jobs.tell_of_account_change.enqueue(user_id, staff(request).pk, what, at)


def role_label(name: str) -> str:
    return Role(name).label if name in Role.values else name


@admin.register(Group)
class RoleAdmin(ReferenceAdmin, GroupAdmin):
    """Roles follow the code (office.roles); a superuser may look at them, nobody edits them."""

    list_display = ["name", "label"]
    filter_horizontal = ()

    @admin.display(description="peran")
    def label(self, group: Group) -> str:
        return role_label(group.name)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(ReferenceAdmin):
    list_display = ["name", "code", "is_active"]
    list_filter = ["is_active"]

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False


@admin.register(Holiday)
class HolidayAdmin(ReferenceAdmin):
    list_display = ["date", "name", "category", "is_estimate"]
    list_filter = ["category", "is_estimate"]
    search_fields = ["name"]
    ordering = ["-date"]

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._tell(request)

    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        super().delete_model(request, obj)
        self._tell(request)

    def _tell(self, request: HttpRequest) -> None:
        for words in days_changed():
            messages.warning(request, words)


@admin.register(OpeningHours)
class OpeningHoursAdmin(ReferenceAdmin):
    list_display = ["weekday", "opens", "closes"]


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ["name", "city", "phone"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # One row, made by load_office.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Office | None = None) -> bool:
        return False
