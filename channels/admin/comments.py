"""Reviews and comments: the list, a file of them, one with its steps."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases.desk.paging import paged
from cases.workflow import CaseError
from office.desk.pages import Address
from office.desk.verbs import Step
from office.staff import staff

from .. import actions, history, log
from ..actions.comments import Taken, foresee
from ..comment_files import read_comments
from ..filters import CommentFilter
from ..forms import AnswerForm, PlainForm, TopicForm, UploadForm
from ..headings import HEADINGS
from ..models import Comment
from ..rows import BadRow, Row, UnreadableFile
from .base import WRITE, ContactVerbPages

# The first bad rows tell what is wrong with all of them.
MOST_BAD = 50


@admin.register(Comment)
class CommentAdmin(ContactVerbPages):
    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("impor/", self.import_page, "import"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        user = staff(request)
        comments = Comment.objects.visible_to(user).select_related("topic")
        narrowed = CommentFilter(request.GET, queryset=comments, request=request)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        context = paged(request, narrowed.qs.order_by("-at", "-pk"), narrowed.query())
        context |= {
            "title": "Ulasan sesuai saringan" if context["query"] else "Ulasan dan komentar",
            "filter": narrowed,
            "entries": log.entries(context["rows"], user),
        }
        return self.page(request, "list.html", context)

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """A file is looked at or taken; rows that cannot be taken are named."""
        self.require(request, WRITE)
        form = UploadForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {
            "title": "Impor ulasan dan komentar",
            "form": form,
            "headings": HEADINGS,
        }
        if request.method == "POST" and form.is_valid():
            try:
                rows, bad = _read(form)
                channel, is_trial = form.cleaned_data["channel"], "periksa" in request.POST
                taken = _take(request, rows, channel, is_trial=is_trial)
            except (UnreadableFile, CaseError) as refusal:
                form.add_error("file", str(refusal))
            else:
                context |= {
                    "taken": taken,
                    "is_trial": is_trial,
                    "bad": bad[:MOST_BAD],
                    "bad_count": len(bad),
                }
                if not bad and not is_trial:
                    messages.success(request, _words(taken))
                    return redirect("admin:channels_comment_changelist")
        return self.page(request, "import.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        comments = Comment.objects.visible_to(staff(request))
        return comments.select_related("topic", "answered_by")

    def steps(self, row: Comment, request: HttpRequest) -> list[Step]:
        if not self.may_write(request):
            return []
        steps = [
            Step(
                "balas",
                "Perbaiki balasan" if row.is_answered else "Tandai sudah dibalas",
                "Simpan balasan", AnswerForm, actions.answer, "Balasan dicatat.",
                is_main=not row.is_answered,
            ),
            Step(
                "topik", "Ubah topik", "Simpan topik", TopicForm, actions.set_topic,
                "Topik diubah.",
            ),
        ]  # fmt: skip
        if not row.case_id:
            steps.append(
                Step(
                    "kasus", "Jadikan kasus", "Ya, jadikan pengaduan anonim", PlainForm,
                    actions.take_as_case, "Menjadi kasus. Rekap tetap menghitungnya satu kali.",
                    "Menjadi pengaduan anonim yang diterima pada waktu komentar ini ditulis; "
                    "tenggatnya dihitung dari waktu itu. Tidak dapat dibatalkan.",
                    is_dangerous=True,
                )
            )  # fmt: skip
        return steps

    def initial(self, step: Step, row: Comment) -> dict[str, Any]:
        return {"reply": row.reply, "topic": row.topic.code if row.topic else ""}

    def context(self, row: Comment, request: HttpRequest) -> dict[str, Any]:
        case = log.entries([row], staff(request))[0].case
        return {
            "case": case,
            "history": history.lines(row, may_see_case=case is not None),
        }


def _read(form: UploadForm) -> tuple[list[Row], list[BadRow]]:
    with NamedTemporaryFile(suffix=".csv") as copy:
        for chunk in form.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            return read_comments(Path(copy.name), zone=form.cleaned_data["zone"])
        except UnreadableFile as refusal:
            # Where the copy lies is nobody's business.
            raise UnreadableFile(str(refusal).replace(f" {copy.name}", " ini")) from None


def _take(request: HttpRequest, rows: list[Row], channel: str, *, is_trial: bool) -> Taken:
    if is_trial:
        return foresee(rows, channel=channel)
    return actions.import_comments(rows, channel=channel, actor=staff(request))


def _words(taken: Taken) -> str:
    if not taken.is_change:
        return f"Tidak ada yang berubah: {taken.known} komentar di berkas ini sudah ada semua."
    return f"{taken.new} komentar baru, {taken.known} sudah ada, {taken.answered} balasan baru."
