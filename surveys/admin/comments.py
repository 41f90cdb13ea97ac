"""What people wrote into the box, with a topic that staff give it."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from office.desk.pages import Address, DeskPages, told

from .. import actions
from ..models import Response, SurveyedService
from .forms import CommentFilterForm, CommentTopicForm

PER_PAGE = 25


@admin.register(Response)
class CommentAdmin(DeskPages):
    """Only the comments: a single questionnaire is nobody's to read."""

    duty = "sort_comments"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("<int:object_id>/topik/", self.give_topic, "give_topic"),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(comment="")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        chosen = CommentFilterForm(request.GET)
        comments = self.get_queryset(request).select_related("comment_topic")
        if chosen.is_valid():
            if month := chosen.cleaned_data["bulan"]:
                comments = comments.filter(month=f"{month}-01")
            if chosen.cleaned_data["belum"]:
                comments = comments.filter(comment_topic=None)
        comments = comments.order_by("-month", "-pk").defer(
            "sex", "age", "education", "occupation", "hours"
        )
        rows = Paginator(comments, PER_PAGE).get_page(request.GET.get("page"))
        names = dict(SurveyedService.objects.values_list("code", "name"))
        for row in rows:
            row.service_name = names.get(row.service, row.service)
            code = row.comment_topic.code if row.comment_topic else ""
            row.form = CommentTopicForm(initial={"topic": code}, auto_id=f"topik_{row.pk}_%s")
        query = request.GET.copy()
        query.pop("page", None)
        context = {
            "title": "Saran dari survei",
            "rows": rows,
            "chosen": chosen,
            "query": query.urlencode(),
            "here": request.get_full_path(),
        }
        return self.page(request, "list.html", context)

    def give_topic(self, request: HttpRequest, object_id: int) -> HttpResponse:
        response = self.one(request, object_id)
        back = request.POST.get("kembali", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            back = ""
        form = CommentTopicForm(request.POST)
        if request.method == "POST" and form.is_valid():
            verb = partial(actions.give_topic, response)
            told(request, verb, "Topik disimpan.", **form.cleaned_data)
        elif request.method == "POST":
            messages.error(request, "Pilih topik dari daftar.")
        return redirect(back or "admin:surveys_response_changelist")
