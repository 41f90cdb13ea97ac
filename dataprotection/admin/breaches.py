"""The breach register: the list, one breach with its people, its letters and its verbs."""

from tempfile import TemporaryFile
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from cases.desk.bulk import numbers
from cases.export import masked_name
from cases.models import AccessLog, Case, CaseQuerySet
from cases.workflow import CaseError
from office import pdf
from office.desk.pages import Address, row_or_404
from office.desk.verbs import Step, VerbPages
from office.staff import staff
from office.workbook import Column, write_list

from .. import actions, letters
from ..affected import by_criteria, by_references
from ..forms import (
    BreachChangeForm,
    BreachForm,
    CloseForm,
    CriteriaForm,
    ListForm,
    NoteForm,
    SentForm,
)
from ..models import AffectedCase, Breach

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 100
COLUMNS: list[Column] = [
    ("Nomor", 16, lambda row: row.case.reference),
    ("Jenis", 18, lambda row: row.case.get_kind_display()),
    ("Diterima", 17, lambda row: row.case.received_at),
    ("Pelapor/pemohon", 22, lambda row: masked_name(row.case)),
    ("Surat terkirim", 17, lambda row: row.sent_at),
    ("Dikirim lewat", 24, lambda row: row.get_sent_via_display() if row.sent_via else ""),
]


@admin.register(Breach)
class BreachAdmin(VerbPages):
    duty = "keep_breaches"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("add/", self.add_view, "add"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
            ("<int:object_id>/ekspor/", self.export_view, "export"),
            ("<int:object_id>/lembaga.pdf", self.authority_letter, "authority_letter"),
            ("<int:object_id>/surat/<int:affected_id>/", self.subject_letter, "subject_letter"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        breaches = Breach.objects.order_by("-known_at", "-pk")[:200]
        context = {"title": "Insiden data pribadi", "breaches": breaches}
        return self.page(request, "list.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.require(request)
        form = BreachForm(request.POST or None)
        if form.is_valid():
            try:
                breach = actions.open_breach(actor=staff(request), **form.cleaned_data)
            except CaseError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Insiden dicatat. Jamnya dihitung dari T0.")
                return redirect(breach)
        return self.page(request, "write.html", {"title": "Catat insiden", "form": form})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Breach]:
        return Breach.objects.select_related("opened_by")

    def steps(self, row: Breach, request: HttpRequest) -> list[Step]:
        if row.closed_at:
            return []
        authority = Step(
            "lembaga",
            "Catat pemberitahuan kepada lembaga",
            "Sudah dikirim ke lembaga",
            NoteForm,
            actions.notify_authority,
            "Pemberitahuan kepada lembaga tercatat.",
            "Unduh suratnya di samping, kirim, lalu catat di sini.",
            is_main=True,
        )
        public = Step(
            "publik",
            "Catat pengumuman kepada masyarakat",
            "Sudah diumumkan",
            NoteForm,
            actions.notify_public,
            "Pengumuman tercatat.",
            is_main=True,
        )
        sent = Step(
            "terkirim",
            "Catat surat terkirim",
            "Catat terkirim",
            SentForm,
            actions.mark_sent,
            "Surat tercatat terkirim.",
            "Untuk kasus yang dicentang di tabel.",
        )
        rest = [
            Step(
                "saring", "Tambah kasus menurut ciri", "Tambahkan yang cocok",
                CriteriaForm, by_criteria, "Kasus terdampak ditambahkan.",
            ),
            Step(
                "daftar", "Tambah kasus menurut nomor", "Tambahkan",
                ListForm, by_references, "Kasus terdampak ditambahkan.",
            ),
            Step(
                "ubah", "Ubah catatan insiden", "Simpan",
                BreachChangeForm, actions.change_breach, "Catatan insiden disimpan.",
            ),
            Step(
                "tutup", "Tutup insiden", "Tutup insiden",
                CloseForm, actions.close_breach, "Insiden ditutup.",
                "Setelah lembaga, semua warga terdampak, dan bila perlu masyarakat diberi tahu.",
                is_dangerous=True,
            ),
        ]  # fmt: skip
        due = [] if row.authority_notified_at else [authority]
        if row.needs_public_notice and not row.public_notified_at:
            due.append(public)
        unsent = self._rows(row, request).filter(sent_at=None)
        return [*due, *([sent] if unsent.exists() else []), *rest]

    def initial(self, step: Step, row: Breach) -> dict[str, Any]:
        if step.form is not BreachChangeForm:
            return {}
        return {name: getattr(row, name) for name in BreachChangeForm.base_fields}

    def more(self, request: HttpRequest, step: Step) -> dict[str, Any]:
        if step.verb != "terkirim":
            return {}
        return {"affected": numbers(request.POST.getlist("affected"))[:PER_PAGE]}

    def context(self, row: Breach, request: HttpRequest) -> dict[str, Any]:
        rows = self._rows(row, request)
        total = row.affected.count()
        return {
            "breach": row,
            "affected": _unsent_first(rows),
            "total": total,
            "sent": row.affected.exclude(sent_at=None).count(),
            "hidden": total - rows.count(),
            "events": row.events.select_related("actor").order_by("-pk"),
        }

    def export_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The table as a file, masked; leaves a line in the access log."""
        breach = self.one(request, object_id)
        file = TemporaryFile()  # noqa: SIM115 - the answer streams from it and closes it
        rows = self._rows(breach, request)
        count = write_list(file, "Terdampak", COLUMNS, rows.iterator(chunk_size=2000))
        AccessLog.objects.create(
            what=AccessLog.What.EXPORT,
            user=staff(request),
            data={"count": count, "breach": breach.pk},
        )
        file.seek(0)
        name = f"insiden-{breach.pk}-terdampak-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)

    def authority_letter(self, request: HttpRequest, object_id: int) -> HttpResponse:
        breach = self.one(request, object_id)
        try:
            return pdf.download(letters.to_authority(breach), f"insiden-{breach.pk}-lembaga.pdf")
        except CaseError as refusal:
            messages.error(request, str(refusal))
            return redirect(breach)

    def subject_letter(
        self, request: HttpRequest, object_id: int, affected_id: int
    ) -> HttpResponse:
        """Posted, because a letter with a name on it is a reading of an identity."""
        breach = self.one(request, object_id)
        row = row_or_404(self._rows(breach, request), affected_id)
        if request.method != "POST":
            return redirect(breach)
        try:
            letter = letters.to_subject(breach, row.case, actor=staff(request))
        except CaseError as refusal:
            messages.error(request, f"{row.case.reference}: {refusal}")
            return redirect(breach)
        return pdf.download(letter, f"insiden-{breach.pk}-{row.case.reference}.pdf")

    def _rows(self, breach: Breach, request: HttpRequest) -> Any:
        visible: CaseQuerySet = Case.objects.visible_to(staff(request))
        rows = AffectedCase.objects.filter(breach=breach, case__in=visible.values("pk"))
        return rows.select_related("case__applicant", "sent_by")


def _unsent_first(rows: Any) -> list[AffectedCase]:
    """One page of the table; who still has to be told comes first."""
    unsent = list(rows.filter(sent_at=None).order_by("pk")[:PER_PAGE])
    sent = rows.exclude(sent_at=None).order_by("-sent_at", "pk")
    return [*unsent, *sent[: PER_PAGE - len(unsent)]]
