"""The counter screen of the Yankomas officer: thin views over the verbs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import access_code, drafts
from cases.intake.wizard import Intake, cleaned
from cases.kinds import INTAKES
from cases.models import PrivacyNotice
from office.calendar import today
from office.desk.pages import number_in
from office.models import User
from office.staff import staff

from . import actions
from .actions.calling import at_counter
from .forms import LogForm, OpenCounterForm, RecordForm, TakeForForm, TransferForm
from .models import Shift, Visit
from .queue import waiting_by_service
from .workflow import Outcome, QueueError, Status

# Which counter this browser serves: an officer who covers two counters opens each in its own.
SESSION_KEY = "loket"


def for_officers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only who serves visitors, and always in Indonesian."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not staff(request).may("serve_visit"):
            raise PermissionDenied
        translation.activate("id")
        return view(request, *args, **kwargs)

    return inner


@require_safe
@for_officers
def desk(request: HttpRequest) -> HttpResponse:
    shift = current_shift(request)
    if shift is None:
        return redirect("yankomas:open_counter")
    return _desk_page(request, shift)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def open_page(request: HttpRequest) -> HttpResponse:
    """Choose a counter, or any free one; also a second one, in a second browser."""
    if current_shift(request, adopt=False):
        return redirect("yankomas:desk")
    form = OpenCounterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shift = actions.open_counter(form.cleaned_data["counter"], actor=staff(request))
        except QueueError as refusal:
            form.add_error("counter", str(refusal))
        else:
            request.session[SESSION_KEY] = shift.pk
            messages.success(request, f"{shift.counter} dibuka.")
            return redirect("yankomas:desk")
    return render(request, "yankomas/open_counter.html", {"form": form, "log_only": True})


@require_POST
@for_officers
def close(request: HttpRequest) -> HttpResponse:
    shift = current_shift(request)
    if shift:
        try:
            actions.close_counter(shift, actor=staff(request))
        except QueueError as refusal:
            messages.error(request, str(refusal))
            return redirect("yankomas:desk")
        messages.success(request, f"{shift.counter} ditutup.")
    request.session.pop(SESSION_KEY, None)
    return redirect("yankomas:open_counter")


@require_POST
@for_officers
def move(request: HttpRequest, move: str) -> HttpResponse:
    """One button of the counter. What was typed stays on the page when the button is refused."""
    shift = current_shift(request)
    if shift is None:
        messages.error(request, "Loket ini sudah ditutup. Buka loket lagi untuk melanjutkan.")
        return redirect("yankomas:open_counter")
    if move not in MOVES:
        raise Http404
    try:
        said = MOVES[move](request, shift, staff(request))
    except Refused as refused:
        return _desk_page(request, shift, form=refused.form, status=200)
    except QueueError as refusal:
        messages.error(request, str(refusal))
        if any(request.POST.get(name) for name in ("asked", "answered", "visitor_name")):
            typed = RecordForm(request.POST, for_visit=at_counter(shift))
            return _desk_page(request, shift, form=typed, status=409)
        return redirect("yankomas:desk")
    if request.POST.get("lalu") in INTAKES:
        return redirect("yankomas:open_case", request.POST["lalu"])
    if said:
        messages.success(request, said)
    return redirect("yankomas:desk")


class Refused(Exception):
    """A form with errors; the page shows it again."""

    def __init__(self, form: Any) -> None:
        self.form = form
        super().__init__()


def _call_next(request: HttpRequest, shift: Shift, user: User) -> str:
    visit = actions.call_next(shift, actor=user)
    return f"Memanggil {visit}."


def _call_again(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, version = _visit(request)
    actions.call_again(visit, shift, actor=user, version=version)
    return f"Memanggil {visit} sekali lagi."


def _miss(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, version = _visit(request)
    actions.miss(visit, shift, actor=user, version=version)
    if visit.status == Status.WAITING:
        return f"{visit} kembali ke akhir antrean. Bila tidak datang lagi, nomornya ditutup."
    return f"{visit} ditutup: tidak hadir."


def _start(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, version = _visit(request)
    actions.start(visit, shift, actor=user, version=version)
    return ""


def _resume(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, version = _visit(request)
    actions.resume(visit, shift, actor=user, version=version)
    return f"{visit} dilanjutkan."


@transaction.atomic
def _hold(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, _form = _record(request, shift, user)
    actions.hold(visit, shift, actor=user)
    return f"{visit} ditahan. Loket bebas untuk nomor berikutnya."


@transaction.atomic
def _save(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, _form = _record(request, shift, user)
    return f"Catatan {visit} disimpan."


@transaction.atomic
def _transfer(request: HttpRequest, shift: Shift, user: User) -> str:
    chosen = TransferForm(request.POST)
    if not chosen.is_valid():
        raise QueueError("Pilih layanan tujuan.")
    visit, _form = _record(request, shift, user)
    actions.transfer(visit, shift, chosen.cleaned_data["service"], actor=user)
    return f"{visit} pindah ke antrean {visit.service}."


@transaction.atomic
def _finish(request: HttpRequest, shift: Shift, user: User) -> str:
    visit, form = _record(request, shift, user)
    # A copy: an error takes its field out of the original.
    given = dict(form.cleaned_data)
    if not visit.case_id and not given["outcome"]:
        form.add_error("outcome", "Pilih hasil kunjungan: dijawab, atau dirujuk.")
    if not given["topic"]:
        form.add_error("topic", "Pilih topik kunjungan.")
    if given["outcome"] == Outcome.REFERRED and not given["referred_to"]:
        form.add_error("referred_to", "Tulis ke mana pengunjung dirujuk.")
    if form.errors:
        transaction.set_rollback(True)
        raise Refused(form)
    actions.finish(
        visit,
        shift,
        actor=user,
        topic=given["topic"],
        outcome=given["outcome"],
        referred_to=given["referred_to"],
    )
    return f"{visit} selesai."


MOVES: dict[str, Callable[[HttpRequest, Shift, User], str]] = {
    "panggil": _call_next,
    "panggil-lagi": _call_again,
    "tidak-datang": _miss,
    "mulai": _start,
    "lanjut": _resume,
    "tahan": _hold,
    "simpan": _save,
    "pindah": _transfer,
    "selesai": _finish,
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def case(request: HttpRequest, kind: str) -> HttpResponse:
    """The web form of a kind on one page, filled in for the visitor; ends with the same receipt."""
    shift = current_shift(request)
    visit = at_counter(shift) if shift else None
    if kind not in INTAKES:
        raise Http404
    if shift is None or visit is None or visit.status != Status.SERVING:
        messages.error(request, "Kasus dibuka selama pengunjung dilayani.")
        return redirect("yankomas:desk")
    intake, raw = INTAKES[kind], None
    if request.method == "POST":
        raw = request.POST
    forms = _forms(intake, visit, raw)
    if raw is not None and all(form.is_valid() for form in forms):
        try:
            return _lodge(request, intake, visit, shift, forms)
        except QueueError as refusal:
            messages.error(request, str(refusal))
    context = {"intake": intake, "forms": forms, "visit": visit, "has_errors": raw is not None}
    return render(request, "yankomas/case.html", context)


def _forms(intake: Intake, visit: Visit, raw: Any) -> list[Any]:
    """The kind's own forms, those for files apart; what the visit says already is filled in."""
    known = {
        "topic": visit.topic.code if visit.topic else "",
        "narrative": visit.asked,
        "subject": visit.asked.strip().splitlines()[0][:120] if visit.asked.strip() else "",
        "full_name": visit.visitor_name,
        "happened_on": visit.day,
    }
    steps = [step for step in intake.steps if not step.takes_files]
    answers = {step.slug: raw.dict() for step in steps} if raw is not None else {}
    return [
        step.form(raw, answers=answers) if raw is not None else step.form(initial=known, answers={})
        for step in steps
    ]


@transaction.atomic
def _lodge(
    request: HttpRequest, intake: Intake, visit: Visit, shift: Shift, forms: list[Any]
) -> HttpResponse:
    code = access_code.make_access_code()
    draft = drafts.start(request, intake.kind, intake.kind)
    actions.open_case(
        visit,
        shift,
        intake.lodge,
        actor=staff(request),
        version=number_in(request.POST.get("version", "")),
        code=code,
        language=visit.language,
        notice=PrivacyNotice.objects.in_force(),
        beside=[lambda case: drafts.mark_as_sent(draft, case, code)],
        **cleaned(forms),
    )
    return redirect(f"{intake.namespace}:receipt")


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def log(request: HttpRequest) -> HttpResponse:
    """A visit without a number, written down afterwards."""
    form = LogForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.log_visit(actor=staff(request), **form.cleaned_data)
        except QueueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{visit} dicatat.")
            return redirect("yankomas:log_visit")
    return render(request, "yankomas/log_visit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def take_for(request: HttpRequest) -> HttpResponse:
    """A number for somebody who cannot use the kiosk; the slip is the same."""
    form = TakeForForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.take_number(
                form.cleaned_data["service"],
                reason=form.cleaned_data["reason"],
                actor=staff(request),
            )
        except QueueError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("yankomas:slip", visit.token)
    return render(request, "yankomas/take_for.html", {"form": form})


def current_shift(request: HttpRequest, *, adopt: bool = True) -> Shift | None:
    """The open counter of this browser. With `adopt` an officer's only open one is found again in a
    new browser.
    """
    mine = Shift.objects.filter(closed_at=None, officer=staff(request)).select_related("counter")
    chosen = mine.filter(pk=request.session.get(SESSION_KEY, 0)).first()
    if chosen is None and adopt and SESSION_KEY not in request.session and len(mine) == 1:
        chosen = mine[0]
        request.session[SESSION_KEY] = chosen.pk
    return chosen


def _desk_page(
    request: HttpRequest, shift: Shift, *, form: RecordForm | None = None, status: int = 200
) -> HttpResponse:
    day = today()
    visit = at_counter(shift)
    lost_text = None
    # What was typed for somebody else must never stand in the form of who is served now.
    serving = visit if visit and visit.status == Status.SERVING else None
    if form and (serving is None or number_in(request.POST.get("visit", "")) != serving.pk):
        lost_text, form = _texts(form), None
    if form is None and serving:
        form = RecordForm(initial=_initial(serving), for_visit=serving)
    waiting = waiting_by_service(day)
    services = list(shift.counter.services.all())
    held = Visit.objects.on(day).filter(status=Status.ON_HOLD, service__in=services)
    context = {
        "shift": shift,
        "visit": visit,
        "lines": [(service, waiting.get(service.pk, 0)) for service in services],
        "waiting": sum(waiting.get(service.pk, 0) for service in services),
        "held": list(held.select_related("series")),
        "done": list(
            Visit.objects.on(day)
            .filter(officer=shift.officer, status=Status.DONE)
            .select_related("series", "topic", "case")[:8]
        ),
        "form": form,
        "transfer_form": TransferForm(exclude=visit.service) if visit else None,
        "intakes": list(INTAKES.values()),
        "now": timezone.now(),
        "lost_text": lost_text,
    }
    return render(request, "yankomas/desk.html", context, status=status)


def _texts(form: RecordForm) -> list[Any]:
    return [field for field in form if field.name != "handed_over"]


def _initial(visit: Visit) -> dict[str, Any]:
    return {
        "visitor_name": visit.visitor_name,
        "visitor_contact": visit.visitor_contact,
        "topic": visit.topic.code if visit.topic else "",
        "asked": visit.asked,
        "answered": visit.answered,
    }


def _visit(request: HttpRequest) -> tuple[Visit, int]:
    pk = number_in(request.POST.get("visit", ""))
    visit = Visit.objects.filter(pk=pk).select_related("series", "service", "counter").first()
    if visit is None:
        raise QueueError("Nomor ini tidak ada lagi. Muat ulang halaman loket.")
    return visit, number_in(request.POST.get("version", ""))


def _record(request: HttpRequest, shift: Shift, user: User) -> tuple[Visit, RecordForm]:
    """Keep what was typed, whatever the button does after that; raises Refused."""
    visit, version = _visit(request)
    form = RecordForm(request.POST, for_visit=visit)
    if not form.is_valid():
        raise Refused(form)
    actions.record(visit, actor=user, shift=shift, version=version, **form.kept())
    return visit, form
