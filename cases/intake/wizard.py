"""The steps of one kind's intake, and the views that lead through them.

What is typed is kept raw in the draft, right or wrong; every step is validated again for the check
page, so that a skipped, forged or outdated step leads back to itself and never to a half-made case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.forms import MultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office import throttle

from .. import access_code, drafts
from ..deadlines import Computation
from ..models import Case, IntakeDraft, PrivacyNotice
from ..receipt import receipt_download
from ..tracking import forget_visitor
from ..workflow import CaseError, Privacy
from . import beforehand
from .forms import AttachmentForm, StepForm

# Longer texts are shown back for correction but not kept: a draft is no storage for a stranger's
# megabytes.
MAX_KEPT = 40_000


def cleaned(forms: Iterable[StepForm]) -> dict[str, Any]:
    """All answers of valid forms by field name, days as ISO text: what `lodge` takes."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for form in forms
        for name, value in form.cleaned_data.items()
        if name != "situs_web"
    }


def _typed(form: StepForm, name: str) -> Any:
    """What came in for a field, right or wrong: one text, or the list of what was ticked."""
    field = form.fields[name]
    if isinstance(field, MultipleChoiceField):
        return list(field.widget.value_from_datadict(form.data, {}, name) or [])
    return form.data.get(name, "")


@dataclass(frozen=True)
class Step:
    slug: str
    title: Any
    form: type[StepForm]
    lead: Any = ""
    wipe: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    # Behind which field the texts stand that may answer what is being asked; "" where none do.
    suggest_after: str = ""
    # What must be attached, in words, or "" where nothing must; asked of the answers so far.
    required_paper: Callable[[dict[str, Any]], Any] | None = None

    @property
    def takes_files(self) -> bool:
        return issubclass(self.form, AttachmentForm)


@dataclass(frozen=True)
class Intake:
    """One kind's way in. `lodge` gets every cleaned answer by field name, days as ISO text, and
    makes the case.
    """

    kind: str
    namespace: str
    title: Any
    steps: tuple[Step, ...]
    lodge: Callable[..., Case]
    start_template: str
    # Where the session keeps the draft; a kind with two forms has two.
    slot: str = ""

    @property
    def urls(self) -> list[Any]:
        return [
            path("", require_safe(self.start), name="start"),
            path(
                "periksa/",
                require_http_methods(["GET", "HEAD", "POST"])(self.review),
                name="review",
            ),
            path("terkirim/", require_safe(self.receipt), name="receipt"),
            path("terkirim/tanda-terima.pdf", require_safe(self.receipt_pdf), name="receipt_pdf"),
            path("selesai/", require_POST(self.done), name="done"),
            path("saran/", require_safe(self.suggestions), name="suggestions"),
            path(
                "<slug:slug>/",
                require_http_methods(["GET", "HEAD", "POST"])(self.step),
                name="step",
            ),
        ]

    # Pages

    def start(self, request: HttpRequest) -> HttpResponse:
        draft = self._unsent(request)
        return render(request, self.start_template, self._context(draft=draft, first=self.steps[0]))

    def step(self, request: HttpRequest, slug: str) -> HttpResponse:
        number, step = self._find(slug)
        draft = self._unsent(request)
        answers = draft.data if draft else {}
        if request.method != "POST":
            form = step.form(initial=answers.get(slug, {}), answers=answers)
            return self._step_page(request, step, number, form, draft)
        form = step.form(request.POST, request.FILES, answers=answers)
        valid = form.is_valid()
        try:
            draft = draft or self._new_draft(request)
        except throttle.TooOften as limit:
            form.add_error(None, self._too_often(limit))
            return self._step_page(request, step, number, form, draft, status=429)
        if step.takes_files:
            if token := request.POST.get("hapus"):
                drafts.drop_file(draft, token)
                return redirect(f"{self.namespace}:step", slug)
            uploads = form.cleaned_data.get("berkas", []) if valid else []
            drafts.spend(request, uploads)
            for refusal in drafts.keep_files(draft, uploads):
                form.add_error("berkas", refusal)
                valid = False
        else:
            self._keep(draft, step, form)
        if valid and "tambah" not in request.POST and (paper := self._missing_paper(step, draft)):
            form.add_error("berkas", paper)
            valid = False
        if not valid:
            return self._step_page(request, step, number, form, draft)
        if "tambah" in request.POST:
            return redirect(f"{self.namespace}:step", slug)
        if number == len(self.steps) or "kembali_periksa" in request.POST:
            return redirect(f"{self.namespace}:review")
        if step.suggest_after and beforehand.is_worth_a_look(draft, form):
            return redirect(f"{self.namespace}:suggestions")
        return redirect(f"{self.namespace}:step", self.steps[number].slug)

    def suggestions(self, request: HttpRequest) -> HttpResponse:
        """What may answer it already, between two steps; where nothing does, the next step."""
        number, step = next(pair for pair in enumerate(self.steps, 1) if pair[1].suggest_after)
        draft = self._unsent(request)
        back = reverse(f"{self.namespace}:step", args=[step.slug])
        onward = reverse(f"{self.namespace}:step", args=[self.steps[number].slug])
        asked = draft.data.get(step.slug) if draft else None
        offered = beforehand.suggestions_for(asked) if asked else []
        if not offered:
            return redirect(onward if asked else back)
        context = self._context(
            suggestions=offered, steps=self._bar(), number=number, back=back, onward=onward
        )
        return render(request, "cases/intake/suggestions.html", context)

    def review(self, request: HttpRequest) -> HttpResponse:
        token = request.session.get(drafts.SESSION_KEY, {}).get(self._slot, "")
        answer = self._send if request.method == "POST" else self._check
        return answer(request, token)

    @transaction.atomic
    def _check(
        self, request: HttpRequest, token: str, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        """Show all once more and remember what was shown: that, and nothing else, is sent."""
        draft = drafts.locked(token, self.kind)
        if draft and draft.case_id:
            return redirect(f"{self.namespace}:receipt")
        forms, broken = self._forms(draft)
        if broken or draft is None:
            return redirect(f"{self.namespace}:step", (broken or self.steps[0]).slug)
        answers = cleaned(forms.values())
        if draft.checked != answers:
            draft.checked = answers
            draft.save(update_fields=["checked"])
        return self._review_page(request, draft, forms, error=error, status=status)

    @transaction.atomic
    def _send(self, request: HttpRequest, token: str) -> HttpResponse:
        # The lock makes a double click, a second tab and a retry wait here and then find the case
        # made.
        draft = drafts.locked(token, self.kind)
        if draft and draft.case_id:
            return redirect(f"{self.namespace}:receipt")
        if draft is None or not draft.checked:
            changed = _(
                "Isian ini belum Anda periksa, atau berubah di tab lain. Periksa, lalu tekan Kirim."
            )
            return self._check(request, token, error=changed)
        if (timezone.now() - draft.started_at).total_seconds() < settings.INTAKE_MIN_SECONDS:
            hint = _("Kiriman ini datang sangat cepat. Periksa sekali lagi, lalu tekan Kirim.")
            return self._check(request, token, error=hint)
        try:
            throttle.hit("kirim", throttle.client_address(request), limit=30, minutes=60)
        except throttle.TooOften as limit:
            return self._check(request, token, error=self._too_often(limit), status=429)
        code = access_code.make_access_code()
        files = list(draft.files.all()) if draft.had_files else []
        try:
            self.lodge(
                **draft.checked,
                files=files,
                code=code,
                language="en" if (get_language() or "").startswith("en") else "id",
                notice=PrivacyNotice.objects.in_force(),
                beside=[lambda case: drafts.mark_as_sent(draft, case, code)],
            )
        except CaseError as refusal:
            return self._check(request, token, error=str(refusal), status=409)
        return redirect(f"{self.namespace}:receipt")

    def receipt(self, request: HttpRequest) -> HttpResponse:
        draft = drafts.current(request, self._slot, self.kind)
        if not draft or not draft.case:
            return redirect("cases:track")
        case = draft.case
        context = self._context(
            case=case,
            code=access_code.grouped(draft.access_code),
            computations=[Computation.from_json(row) for row in case.due_basis],
            shown_until=draft.expires_at,
            pdf_url=reverse(f"{self.namespace}:receipt_pdf"),
            is_anonymous=case.privacy == Privacy.ANONYMOUS,
            has_email=bool(case.identity and case.identity.email_index),
        )
        return render(request, "cases/intake/receipt.html", context)

    def receipt_pdf(self, request: HttpRequest) -> HttpResponse:
        draft = drafts.current(request, self._slot, self.kind)
        if not draft or not draft.case:
            return redirect("cases:track")
        throttle.hit("pdf", throttle.client_address(request), limit=60, minutes=60)
        code = access_code.grouped(draft.access_code)
        return receipt_download(draft.case, access_code=code)

    def done(self, request: HttpRequest) -> HttpResponse:
        """Forget all of this visitor: the next person at this phone or kiosk finds nothing."""
        forget_visitor(request)
        response = redirect("home")
        response["Clear-Site-Data"] = '"cache"'
        return response

    # Parts

    @property
    def _slot(self) -> str:
        return self.slot or self.kind

    def _find(self, slug: str) -> tuple[int, Step]:
        for number, step in enumerate(self.steps, start=1):
            if step.slug == slug:
                return number, step
        raise Http404

    def _unsent(self, request: HttpRequest) -> IntakeDraft | None:
        draft = drafts.current(request, self._slot, self.kind)
        return draft if draft and not draft.case_id else None

    def _new_draft(self, request: HttpRequest) -> IntakeDraft:
        throttle.hit("mulai", throttle.client_address(request), limit=120, minutes=60)
        return drafts.start(request, self._slot, self.kind)

    def _keep(self, draft: IntakeDraft, step: Step, form: StepForm) -> None:
        names = [name for name in form.fields if name != "situs_web"]
        raw = {name: _typed(form, name) for name in names}
        if step.wipe:
            raw = step.wipe(raw)
        if sum(len("".join(value)) for value in raw.values()) > MAX_KEPT:
            return
        with transaction.atomic():
            # Two tabs write one draft; and a draft that was sent in the meantime stays empty.
            kept = IntakeDraft.objects.select_for_update().filter(pk=draft.pk, case=None).first()
            if kept:
                kept.data = draft.data = {**kept.data, step.slug: raw}
                kept.checked = {}
                kept.save(update_fields=["data", "checked"])

    def _forms(self, draft: IntakeDraft | None) -> tuple[dict[str, StepForm], Step | None]:
        """Every step with something typed, bound to it, by slug; and the first step that does not
        hold (None: all do).
        """
        forms: dict[str, StepForm] = {}
        answers = draft.data if draft else {}
        for step in self.steps:
            if step.takes_files:
                if self._missing_paper(step, draft):
                    return forms, step
                continue
            if step.slug not in answers:
                return forms, step
            form = step.form(answers[step.slug], answers=answers)
            if not form.is_valid():
                return forms, step
            forms[step.slug] = form
        return forms, None

    def _missing_paper(self, step: Step, draft: IntakeDraft | None) -> Any:
        """The sentence that asks for a paper the answers make necessary; empty if all is there."""
        paper = step.required_paper(draft.data if draft else {}) if step.required_paper else ""
        return paper if paper and not (draft and draft.files.exists()) else ""

    def _too_often(self, limit: throttle.TooOften) -> str:
        return _(
            "Terlalu banyak kiriman dari jaringan ini. Isian Anda tersimpan. Coba lagi dalam "
            "%(minutes)s menit, "
            "atau datang ke meja PPID."
        ) % {"minutes": limit.minutes}

    def _context(self, **more: Any) -> dict[str, Any]:
        return {"intake": self, "done_url": reverse(f"{self.namespace}:done"), **more}

    def _bar(self) -> list[dict[str, Any]]:
        """The steps as the progress bar shows them, the check page last."""
        bar = [
            {"label": step.title, "url": reverse(f"{self.namespace}:step", args=[step.slug])}
            for step in self.steps
        ]
        return [*bar, {"label": _("Periksa dan kirim"), "url": ""}]

    def _step_page(
        self,
        request: HttpRequest,
        step: Step,
        number: int,
        form: StepForm,
        draft: IntakeDraft | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        before = self.steps[number - 2] if number > 1 else None
        if step.required_paper and step.required_paper(draft.data if draft else {}):
            # Asked of this applicant: not to be called optional.
            vars(form.fields["berkas"])["is_conditional"] = True
        context = self._context(
            step=step,
            steps=self._bar(),
            number=number,
            form=form,
            files=list(draft.files.all()) if draft and step.takes_files else [],
            back=reverse(f"{self.namespace}:step", args=[before.slug])
            if before
            else reverse(f"{self.namespace}:start"),
        )
        return render(request, "cases/intake/step.html", context, status=status)

    def _review_page(
        self,
        request: HttpRequest,
        draft: IntakeDraft,
        forms: dict[str, StepForm],
        *,
        error: str = "",
        status: int = 200,
    ) -> HttpResponse:
        context = self._context(
            steps=self._bar(),
            number=len(self.steps) + 1,
            parts=[
                {
                    "step": step,
                    "url": reverse(f"{self.namespace}:step", args=[step.slug]),
                    "files": list(draft.files.all()) if step.takes_files else None,
                    "rows": forms[step.slug].summary() if step.slug in forms else [],
                }
                for step in self.steps
            ],
            notice=PrivacyNotice.objects.in_force(),
            error=error,
        )
        return render(request, "cases/intake/review.html", context, status=status)
