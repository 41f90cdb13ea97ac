"""The citizen's side of a case: opening it, following it, talking back, files, a lost code."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infocontent.linking import paragraphs
from office import throttle
from office.calendar import today

from . import access_code, access_link, actions, drafts, replies, tracking
from .arithmetic import arithmetic
from .deadlines import Computation, Step
from .forms import LostCodeForm, ReplyForm, TrackForm
from .jobs import offer_new_code
from .kinds import AFTER_CLOSING, TRACKING
from .models import AccessLog, Attachment, Case, Message
from .receipt import receipt_download
from .timeline import completion_until, now_and_next, public_codes, steps
from .workflow import CaseError, Status

GET_OR_POST = ["GET", "HEAD", "POST"]
SANDBOX = "sandbox; default-src 'none'"
# What the citizen can do without writing, and the status in which it is done.
DECISIONS = {
    "selesai": (actions.confirm_resolved, Status.DONE),
    "cabut": (actions.withdraw, Status.WITHDRAWN),
}

# Forms that begin with an opened case, by what their address of this page says.
ONWARD = {"keberatan": "objections:start"}


@sensitive_post_parameters("code")
@require_http_methods(GET_OR_POST)
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            case = tracking.find(request, form.cleaned_data["reference"], form.cleaned_data["code"])
        except throttle.TooOften as limit:
            form.add_error(None, _too_often(limit))
            status = 429
        else:
            if case:
                tracking.unlock(request, case)
                return redirect(ONWARD.get(request.GET.get("tujuan", ""), "cases:tracked"))
            form.add_error(
                None,
                _("Nomor dan kode akses ini tidak cocok. Periksa keduanya di tanda terima Anda."),
            )
    context = {"form": form, "access": tracking.opened(request)}
    return render(request, "cases/track.html", context, status=status)


@require_safe
def tracked(request: HttpRequest) -> HttpResponse:
    access = tracking.opened(request)
    if access is None:
        return _ask_again(request)
    return _case_page(request, access, tracking.case_for_citizen(access.case_id))


@require_safe
def how_computed(request: HttpRequest) -> HttpResponse:
    access = tracking.opened(request)
    if access is None:
        return _ask_again(request)
    case = tracking.case_for_citizen(access.case_id)
    return render(request, "cases/due_dates.html", {"case": case, **arithmetic(case)})


@require_http_methods(GET_OR_POST)
def act(request: HttpRequest, verb: str) -> HttpResponse:
    if verb not in replies.VERBS and verb not in DECISIONS:
        raise Http404
    access = tracking.opened(request)
    if access is None:
        return _ask_again(request)
    case = tracking.case_for_citizen(access.case_id)
    if request.method != "POST":
        if verb == "cabut" and tracking.can_withdraw(case):
            return render(request, "cases/track_withdraw.html", {"case": case})
        return redirect("cases:tracked")
    return (
        _reply(request, access, case, verb)
        if verb in replies.VERBS
        else _decide(request, access, case, verb)
    )


def _reply(request: HttpRequest, access: tracking.Access, case: Case, verb: str) -> HttpResponse:
    draft = tracking.reply_draft(request, case)
    text = request.POST.get("text", "")
    if token := request.POST.get("hapus"):
        replies.keep(draft, text=text)
        drafts.drop_file(draft, token)
        return redirect(f"{reverse('cases:tracked')}#balas")
    form = ReplyForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    uploads = form.cleaned_data.get("berkas", [])
    status = 200
    try:
        throttle.hit("balas", str(case.pk), limit=30, minutes=60)
        drafts.spend(request, uploads)
    except throttle.TooOften as limit:
        replies.keep(draft, text=text)
        form.add_error(None, _too_often(limit))
        status = 429
    else:
        if is_valid:
            key, text = form.cleaned_data["key"], form.cleaned_data["text"]
            reply = replies.send(draft, case, verb, key=key, text=text, uploads=uploads)
            if reply.is_sent:
                return redirect(f"{reverse('cases:tracked')}?terkirim={verb}")
        else:
            reply = replies.Reply(file_errors=replies.keep(draft, text=text, uploads=uploads))
        for error in reply.file_errors:
            form.add_error("berkas", error)
        if reply.refusal:
            form.add_error(None, reply.refusal)
    return _case_page(request, access, tracking.case_for_citizen(case.pk), form=form, status=status)


def _decide(request: HttpRequest, access: tracking.Access, case: Case, verb: str) -> HttpResponse:
    action, result = DECISIONS[verb]
    try:
        action(case)
    except CaseError as error:
        # A second click on the same button finds done what it asks for.
        if case.status != result:
            return _case_page(
                request, access, tracking.case_for_citizen(case.pk), refusal=str(error)
            )
    return redirect(f"{reverse('cases:tracked')}?terkirim={verb}")


def _ask_again(request: HttpRequest) -> HttpResponse:
    """Back to number and code; what was typed is kept for when they have been given."""
    access = tracking.remembered(request)
    if access is None:
        messages.info(request, _("Untuk membuka kasus, isi nomor dan kode aksesnya."))
        return redirect("cases:track")
    said = _("Akses ditutup setelah 30 menit. Isi lagi nomor dan kode akses untuk melanjutkan.")
    if request.method == "POST" and "text" in request.POST:
        form = ReplyForm(request.POST, request.FILES)
        form.is_valid()
        draft = tracking.reply_draft(
            request, Case.objects.only("pk", "kind").get(pk=access.case_id)
        )
        uploads = form.cleaned_data.get("berkas", [])
        replies.keep(draft, text=request.POST["text"])
        drafts.spend(request, uploads)
        replies.keep(draft, text=request.POST["text"], uploads=uploads)
        # gettext cannot see into an f-string.
        said = " ".join([said, _("Yang Anda tulis tersimpan.")])
    messages.warning(request, said)
    return redirect("cases:track")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    tracking.forget_visitor(request)
    messages.success(request, _("Kasus sudah ditutup di perangkat ini."))
    response = redirect("cases:track")
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    access = tracking.opened(request)
    if access is None:
        return _ask_again(request)
    throttle.hit("pdf", throttle.client_address(request), limit=60, minutes=60)
    return receipt_download(tracking.case_for_citizen(access.case_id))


@sensitive_post_parameters("email")
@require_http_methods(GET_OR_POST)
def lost_code(request: HttpRequest) -> HttpResponse:
    form = LostCodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            throttle.hit("lupa-kode", throttle.client_address(request), limit=10, minutes=60)
        except throttle.TooOften as limit:
            form.add_error(None, _too_often(limit))
            status = 429
        else:
            # Fit or not, the same work is done here; the job alone knows whether a mail goes out.
            offer_new_code.enqueue(access_link.find_case_id(**form.cleaned_data))
            return redirect(f"{reverse('cases:lost_code')}?terkirim=ya")
    context = {"form": form, "is_asked": "terkirim" in request.GET}
    return render(request, "cases/track_lost_code.html", context, status=status)


@require_http_methods(GET_OR_POST)
def new_code(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST" and (redeemed := access_link.redeem(token)):
        case, code = redeemed
        grouped = access_code.grouped(code)
        context = {"case": case, "code": grouped, "parts": grouped.split("-")}
        return render(request, "cases/track_new_code.html", context)
    is_valid = request.method != "POST" and access_link.is_valid(token)
    return render(
        request,
        "cases/track_new_code.html",
        {"is_valid": is_valid},
        status=200 if is_valid else 404,
    )


@require_safe
def attachment(request: HttpRequest, token: str) -> HttpResponseBase:
    file = Attachment.objects.filter(token=token).exclude(name="").first()
    if file is None or not (_is_citizens(request, file) or _is_staffs(request, file)):
        raise Http404
    try:
        content = default_storage.open(file.file)
    except FileNotFoundError:
        return render(request, "cases/track_missing_file.html", {"name": file.name}, status=404)
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _is_citizens(request: HttpRequest, file: Attachment) -> bool:
    access = tracking.opened(request)
    if access is None or access.case_id != file.case_id:
        return False
    return tracking.visible_attachments(file.case_id).filter(pk=file.pk).exists()


def _is_staffs(request: HttpRequest, file: Attachment) -> bool:
    """Whether a member of staff may read the file; asked and answered, both are put on record."""
    if not request.user.is_authenticated:
        return False
    may = Case.objects.visible_to(request.user).filter(pk=file.case_id).exists()
    AccessLog.objects.create(
        what=AccessLog.What.FILE if may else AccessLog.What.REFUSED,
        user=request.user,
        case_id=file.case_id,
        data={"attachment": file.pk},
    )
    return may


def _case_page(
    request: HttpRequest,
    access: tracking.Access,
    case: Case,
    *,
    form: ReplyForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    draft = tracking.reply_draft(request, case)
    verb = tracking.reply_verb(case)
    form = form or ReplyForm(
        initial={"text": draft.data.get("text", ""), "key": secrets.token_urlsafe(16)}
    )
    form.name_text(**_reply_words(verb))
    events = list(
        case.events.filter(code__in=public_codes())
        .only("case_id", "code", "at", "data")
        .order_by("seq")
    )
    now, then = now_and_next(case)
    is_waiting = case.is_open and not case.answered_at
    part_of = TRACKING.get(case.kind)
    context: dict[str, Any] = {
        "case": case,
        "access": access,
        "now": now,
        "then": then,
        "steps": steps(events),
        "completion_until": completion_until(events) if case.status == Status.INCOMPLETE else None,
        "computation": _computation(case) if is_waiting else None,
        "is_overdue": bool(is_waiting and case.due_on and case.due_on < today()),
        "form": form,
        "refusal": refusal,
        "verb": verb,
        "unsent": "" if verb else draft.data.get("text", ""),
        "kept_files": list(draft.files.all()),
        "can_confirm": tracking.can_confirm(case),
        "can_withdraw": tracking.can_withdraw(case),
        "sent": request.GET.get("terkirim", ""),
        "part": part_of(case, today()) if part_of else None,
        "invitations": [address for offer in AFTER_CLOSING if (address := offer(case))],
        **_correspondence(case),
    }
    return render(request, "cases/track_case.html", context, status=status)


def _correspondence(case: Case) -> dict[str, Any]:
    """The answer in force, the other messages, and each one's files."""
    files: dict[int | None, list[Attachment]] = {}
    for file in tracking.visible_attachments(case.pk):
        files.setdefault(file.message_id, []).append(file)
    texts = [(message, files.get(message.pk, [])) for message in case.messages.public()]
    answers = (
        [pair for pair in texts if pair[0].kind == Message.Kind.ANSWER] if case.answered_at else []
    )
    answer = answers[-1] if answers else None
    return {
        "answer": answer,
        "answer_paragraphs": paragraphs(answer[0].body) if answer else [],
        "correspondence": [pair for pair in texts if pair is not answer],
        "own_files": files.get(None, []),
    }


def _computation(case: Case) -> Computation | None:
    """How the date that counts was found: the extension's, else the earlier answer date."""
    found = [Computation.from_json(row) for row in case.due_basis]
    wanted = Step.EXTENSION if case.is_extended else Step.ANSWER
    answers = [computation for computation in found if computation.step == wanted]
    fitting = [computation for computation in answers if computation.due == case.due_on]
    return next(iter(fitting or answers), None)


def _reply_words(verb: str | None) -> dict[str, str]:
    return {
        None: {"label": _("Pesan Anda"), "hint": ""},
        "tambah": {
            "label": _("Keterangan tambahan"),
            "hint": _("Hal yang belum Anda ceritakan, atau yang terjadi setelah Anda mengirim."),
        },
        "lengkapi": {
            "label": _("Kelengkapan yang kami minta"),
            "hint": _("Jawab permintaan kami di atas. Lampirkan berkas bila diminta."),
        },
        "tanggapi": {
            "label": _("Apa yang belum selesai?"),
            "hint": _("Sebutkan apa yang belum beres. Kasus lalu kami kerjakan lagi."),
        },
    }[verb]


def _too_often(limit: throttle.TooOften) -> str:
    return ngettext(
        "Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam %(minutes)d menit.",
        "Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam %(minutes)d menit.",
        limit.minutes,
    ) % {"minutes": limit.minutes}
