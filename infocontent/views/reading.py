"""What readers do with an item: answer "membantu?", and follow the printed code."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from office import throttle

from .. import actions
from ..forms import VoteForm
from ..item_page import ALREADY
from ..models import Item
from .library import WORDS, show_item
from .visits import is_a_look, visitor


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    items = Item.objects.published().select_related(*WORDS, "topic__parent")
    item = get_object_or_404(items, slug=slug)
    if request.method != "POST":
        return redirect(item)
    address = throttle.client_address(request)
    throttle.hit("vote", address, limit=60, minutes=60)
    # A browser's name is soon changed: one address does not decide alone what helped.
    throttle.hit(f"vote-{item.pk}", address, limit=10, minutes=60)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return show_item(request, item, form)
    is_new = actions.vote(item, visitor=visitor(request), **form.verb_arguments)
    said = form.cleaned_data["answer"] if is_new else ALREADY
    # An address of its own, or the browser would show the page as it was before.
    return HttpResponseRedirect(f"{item.get_absolute_url()}?suara={said}#membantu")


@require_safe
def scan(request: HttpRequest, code: str) -> HttpResponse:
    item = get_object_or_404(Item, short_code=code, first_published_at__isnull=False)
    if is_a_look(request) and item.is_public():
        actions.count_scan(item)
    return redirect(item)
