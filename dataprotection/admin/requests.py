"""Requests of data subjects: the list with the time left, and one request with its verbs."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.desk.access import log_refusal
from cases.desk.moves import may_see_masked
from cases.models import Redaction
from office.desk.pages import LAST_PK, Address
from office.desk.verbs import Step, VerbPages
from office.staff import staff

from .. import actions
from ..forms import CorrectForm, EmptyForm, EraseForm, FulfilForm, RefuseForm
from ..models import SubjectRequest
from ..models.request import SubjectRequestQuerySet
from ..retaining import kept_until
from ..workflow import RequestKind

FORMS = {RequestKind.CORRECTION: CorrectForm, RequestKind.ERASURE: EraseForm}
MOST = 200


@admin.register(SubjectRequest)
class SubjectRequestAdmin(VerbPages):
    duty = "handle_subject_request"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("berikutnya/", self.next_view, "next"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
        ]

    def get_queryset(self, request: HttpRequest) -> SubjectRequestQuerySet:
        return SubjectRequest.objects.visible_to(staff(request)).select_related("case", "handler")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        rows = self.get_queryset(request)
        context = {
            "title": "Permintaan hak data",
            "unsettled": (unsettled := rows.unsettled()[:MOST]),
            "rights": _rights(unsettled),
            "settled": rows.exclude(settled_at=None).order_by("-settled_at")[:50],
        }
        return self.page(request, "list.html", context)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """The most urgent one, of one right where `hak` names it."""
        self.require(request)
        rows, right = self.get_queryset(request).unsettled(), request.GET.get("hak", "")
        found = (rows.filter(kind=right) if right in RequestKind else rows).first()
        if found is None:
            messages.info(request, "Tidak ada permintaan yang menunggu.")
            return redirect("admin:dataprotection_subjectrequest_changelist")
        return redirect(found)

    def one(self, request: HttpRequest, pk: int) -> SubjectRequest:
        try:
            return super().one(request, pk)
        except Http404:
            hidden = SubjectRequest.objects.filter(pk=min(pk, LAST_PK))
            log_refusal(request, hidden.values_list("case", flat=True))
            raise

    def steps(self, row: SubjectRequest, request: HttpRequest) -> list[Step]:
        if not row.is_unsettled or not may_see_masked(row.case, staff(request)):
            return []
        is_erasure = row.kind == RequestKind.ERASURE
        take = Step(
            "tangani",
            "Tangani permintaan ini",
            "Saya tangani",
            EmptyForm,
            actions.take,
            "Permintaan ini sekarang Anda tangani.",
            is_main=True,
        )
        fulfil = Step(
            "penuhi",
            "Penuhi",
            "Musnahkan dan penuhi" if is_erasure else "Penuhi dan jawab",
            FORMS.get(RequestKind(row.kind), FulfilForm),
            actions.fulfil,
            "Permintaan dipenuhi dan warga diberi tahu.",
            _hint(row),
            is_main=row.handler_id is not None,
            is_dangerous=is_erasure,
        )
        refuse = Step(
            "tolak", "Tolak", "Tolak dengan alasan",
            RefuseForm, actions.refuse, "Permintaan ditolak dan warga diberi tahu.",
            is_dangerous=True,
        )  # fmt: skip
        mine = [] if row.handler_id == staff(request).pk else [take]
        return [*mine, fulfil, refuse]

    def context(self, row: SubjectRequest, request: HttpRequest) -> dict[str, Any]:
        is_erasure = row.kind == RequestKind.ERASURE
        return {
            "asked": row,
            "is_readable": may_see_masked(row.case, staff(request)),
            "terms": _terms(row) if is_erasure and row.is_unsettled else [],
            "is_case_open": row.case.is_open,
        }


def _rights(unsettled: Iterable[SubjectRequest]) -> list[tuple[str, str, int]]:
    """Each right that is waited for: its word in the address, its words, and how often."""
    counted = Counter(row.kind for row in unsettled)
    return [(kind.value, str(kind.label), counted[kind]) for kind in RequestKind if counted[kind]]


def _hint(row: SubjectRequest) -> str:
    if row.kind == RequestKind.CORRECTION:
        return (
            "Isi hanya kolom yang salah, dengan data yang benar. Yang kosong tidak berubah. "
            "Riwayat menyebut kolomnya, tidak pernah isinya."
        )
    if row.kind == RequestKind.ERASURE:
        return "Yang dimusnahkan hanya bagian yang masa simpannya sudah lewat."
    return ""


def _terms(row: SubjectRequest) -> list[tuple[str, Any]]:
    """Until when each part has to be kept."""
    today = timezone.localdate()
    return [(str(part.label), kept_until(row.case, part, today)) for part in Redaction.Part]
