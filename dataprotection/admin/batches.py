"""Batches of what is destroyed: the dry run, two signatures, the result, the minutes as a PDF."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases.workflow import CaseError
from office import pdf
from office.calendar import today
from office.desk.pages import Address
from office.desk.verbs import Step, VerbPages
from office.models import Office
from office.staff import staff

from .. import actions
from ..forms import ConfirmForm, EmptyForm
from ..models import BatchLine, DisposalBatch, RetentionRule
from ..retaining import figures


@admin.register(DisposalBatch)
class DisposalBatchAdmin(VerbPages):
    duty = "sign_retention"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("susun/", self.make_view, "make"),
            ("<int:object_id>/berita-acara.pdf", self.minutes_view, "minutes"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DisposalBatch]:
        return DisposalBatch.objects.select_related("made_by", "first_signer", "second_signer")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The dry run stands above the list: what would be on a batch made now."""
        self.require(request)
        counted = figures(today())
        context = {
            "title": "Retensi dan pemusnahan",
            "figures": counted,
            "total": sum(count for _rule, count in counted),
            "batches": self.get_queryset(request)[:100],
        }
        return self.page(request, "list.html", context)

    def make_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        back = "admin:dataprotection_disposalbatch_changelist"
        if request.method != "POST":
            return redirect(back)
        try:
            batch = actions.make_batch(actor=staff(request))
        except CaseError as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, "Berkas pemusnahan disusun. Belum ada yang dimusnahkan.")
        return redirect(batch)

    def steps(self, row: DisposalBatch, request: HttpRequest) -> list[Step]:
        if row.ordered_at or row.cancelled_at:
            return []
        sign = Step(
            "tanda-tangan",
            "Tanda tangani",
            "Saya menyetujui pemusnahan ini",
            EmptyForm,
            actions.sign_batch,
            "Tanda tangan Anda tercatat.",
            "Diperlukan dua orang yang berbeda.",
            is_main=True,
        )
        order = Step(
            "musnahkan",
            "Musnahkan",
            "Musnahkan sekarang",
            ConfirmForm,
            actions.order_batch,
            "Pemusnahan dijalankan. Muat ulang untuk hasilnya.",
            "Data yang dimusnahkan tidak dapat dikembalikan. Kasus yang dibuka kembali atau "
            "berubah sejak berkas disusun dilewati.",
            is_main=True,
            is_dangerous=True,
        )
        cancel = Step(
            "batalkan", "Batalkan berkas", "Batalkan", EmptyForm, actions.cancel_batch,
            "Berkas dibatalkan. Tidak ada yang dimusnahkan.",
        )  # fmt: skip
        if row.second_signer_id:
            return [order, cancel]
        return [cancel] if row.first_signer_id == staff(request).pk else [sign, cancel]

    def context(self, row: DisposalBatch, request: HttpRequest) -> dict[str, Any]:
        return {
            "batch": row,
            "lines": summary(row),
            "is_own_signature": row.first_signer_id == staff(request).pk
            and not row.second_signer_id,
            "events": row.events.select_related("actor").order_by("-pk"),
        }

    def minutes_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Berita acara pemusnahan: figures and signatures, never who it was about."""
        batch = self.one(request, object_id)
        if batch.run_at is None:
            messages.error(request, "Berita acara dibuat setelah pemusnahan selesai.")
            return redirect(batch)
        context = {"batch": batch, "lines": summary(batch), "office": Office.objects.current()}
        content = pdf.render("dataprotection/minutes.pdf.html", context, styles="receipt")
        return pdf.download(content, f"berita-acara-pemusnahan-{batch.pk}.pdf")


def summary(batch: DisposalBatch) -> list[dict[str, Any]]:
    """One row for each rule: how many, and what became of them."""
    counted = batch.lines.order_by().values_list("rule", "state", "reason").annotate(n=Count("pk"))
    rows: dict[int, dict[str, Any]] = {}
    for rule, state, reason, count in counted:
        row = rows.setdefault(rule, {"total": 0, "done": 0, "waiting": 0, "skipped": []})
        row["total"] += count
        if state == BatchLine.State.SKIPPED:
            row["skipped"].append((BatchLine.Reason(reason).label, count))
        else:
            row["done" if state == BatchLine.State.DONE else "waiting"] += count
    rules = RetentionRule.objects.in_bulk(list(rows))
    return [{"rule": rules[rule], **rows[rule]} for rule in sorted(rows)]
