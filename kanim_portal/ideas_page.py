"""The page of what to write next, and the one click from a row to a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from channels.topics import TopicGuesser
from infocontent import actions
from infocontent.feedback import missed_searches
from infocontent.models import Item, Kind, Origin, Topic, content_of
from infocontent.workflow import ContentError, ItemState
from office.calendar import today
from office.desk.pages import framed
from office.models import User
from office.staff import staff

from .ideas import LOOK_BACK, Ideas, may_look, note_for, open_drafts

# Drafts that improve a text which is out, instead of a new one.
REVIEW = "periksa"


def ideas_page(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    if not may_look(user):
        raise PermissionDenied
    if request.method == "POST":
        origin, key = request.POST.get("asal", ""), request.POST.get("kunci", "")
        try:
            item = draft_from(user, origin, key.replace("\x00", ""))
        except ContentError as error:
            messages.error(request, str(error))
            return redirect("admin:ideas")
        return redirect("admin:infocontent_item_change", item.pk)
    context = {
        "title": "Apa yang perlu ditulis",
        "may_write": user.may("add_item") or user.may("propose_item"),
        "may_change": user.may("change_item"),
        **Ideas(user).context(),
    }
    return framed(request, "admin/ideas.html", context)


def draft_from(user: User, origin: str, key: str) -> Item:
    """The draft of a row; the one that is there already, if any."""
    if origin == Origin.VOTES or origin == REVIEW:
        return _draft_of_item(user, origin, key)
    if origin not in (Origin.SEARCH, Origin.TOPIC, Origin.RISING):
        raise Http404
    note = note_for(key)
    if found := open_drafts([note]).filter(origin=origin).first():
        return found
    title, topic = _about(origin, key)
    content = {"title": title[:120], "topic": topic}
    return actions.create(
        actor=user, kind=Kind.FAQ, content=content, origin=origin, origin_note=note
    )


def _about(origin: str, key: str) -> tuple[str, Topic]:
    if origin != Origin.SEARCH:
        topic = get_object_or_404(Topic.objects.choosable(), code=key)
        asked = "dikeluhkan" if origin == Origin.RISING else "ditanyakan"
        return f"{topic.name}: yang sering {asked}", topic
    since = today(timezone.now()) - LOOK_BACK
    search = missed_searches(since).filter(key=key).order_by("words").first()
    if search is None:
        raise Http404
    guess = TopicGuesser.load().guess(search.words)
    topic = Topic.objects.leaf(guess.code if guess else "lain") or Topic.objects.choosable()[0]
    return search.words[:1].upper() + search.words[1:], topic


def _draft_of_item(user: User, origin: str, slug: str) -> Item:
    """A new version of the text for those who write it; for others a proposal beside it."""
    item = get_object_or_404(Item, slug=slug, state=ItemState.LIVE)
    if user.may("change_item"):
        if not item.open_version:
            why = "Suara pembaca" if origin == Origin.VOTES else "Pemeriksaan berkala"
            actions.save(item, actor=user, content=content_of(item), note=why)
        return item
    note = note_for(slug)
    if found := open_drafts([note]).filter(origin=Origin.VOTES).first():
        return found
    content = {**content_of(item), "title": item.title}
    return actions.create(
        actor=user, kind=item.kind, content=content, origin=Origin.VOTES, origin_note=note
    )
