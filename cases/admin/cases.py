"""Cases in the admin: no stock form, delete or history; only the desk's own pages."""

from django.contrib import admin

from office.desk.pages import Address

from ..models import Case
from .listing import CaseListViews
from .page import CasePageViews
from .promoting import PromoteViews
from .saved_filters import SavedFilterViews


@admin.register(Case)
class CaseAdmin(CaseListViews, CasePageViews, PromoteViews, SavedFilterViews):
    """Everything starts from Case.objects.visible_to(user); every change is a verb."""

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("ekspor/", self.export_view, "export"),
            ("saringan/", self.save_filter, "save_filter"),
            ("saringan/<int:pk>/hapus/", self.delete_filter, "delete_filter"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
            ("<int:object_id>/tenggat/", self.how_computed, "how_computed"),
            ("<int:object_id>/bahan/", self.pick, "pick"),
            ("<int:object_id>/jadikan-konsep/", self.promote, "promote"),
            ("<int:object_id>/identitas/", self.identity, "identity"),
        ]
