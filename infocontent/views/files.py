"""Files and drawings of the library: everybody gets what something published shows, staff get all,
and whoever holds the secret address of a draft gets what that draft shows.
"""

import hashlib

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from .. import drawings
from ..addresses import printable
from ..media import RENDITION_TYPES
from ..models import Item, Media, PublicInformation, Version
from ..serving import send_file, with_headers
from ..workflow import OPEN

# What a published page shows may be withdrawn: nobody keeps it for longer than this.
MAX_AGE = 3600
# Prices change on a day.
DRAWING_MAX_AGE = 300


@require_safe
def media(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    found, is_public = _find(request, token)
    if found.name != name:
        raise Http404
    return send_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        etag=f'"{found.sha256}"',
        max_age=MAX_AGE if is_public else 0,
        as_attachment=found.kind == Media.Kind.DOCUMENT,
    )


@require_safe
def rendition(request: HttpRequest, token: str, width: int, ending: str) -> HttpResponseBase:
    found, is_public = _find(request, token)
    for smaller in found.renditions:
        if (smaller["width"], smaller["content_type"]) == (width, RENDITION_TYPES.get(ending)):
            return send_file(
                request,
                smaller["file"],
                name=f"{found.name.rpartition('.')[0]}-{width}.{ending}",
                content_type=smaller["content_type"],
                size=smaller["size"],
                etag=f'"{found.sha256}-{width}-{ending}"',
                max_age=MAX_AGE if is_public else 0,
            )
    raise Http404


@require_safe
def drawing(request: HttpRequest, slug: str) -> HttpResponseBase:
    content, is_public = _find_drawn(request, slug)
    language = request.GET.get("bahasa", "")
    with override(language if language in ("id", "en") else get_language()):
        picture = drawings.draw(content).encode()
    etag = f'"{hashlib.sha256(picture).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        picture,
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'inline; filename="{slug}.svg"'},
    )
    if not language:
        patch_vary_headers(response, ["Cookie"])
    return with_headers(response, etag=etag, max_age=DRAWING_MAX_AGE if is_public else 0)


def _find(request: HttpRequest, token: str) -> tuple[Media, bool]:
    """The file and whether everybody may see it; Http404 if this visitor may not."""
    shows_it = (
        Q(picture=OuterRef("pk"))
        | Q(video=OuterRef("pk"))
        | Q(captions=OuterRef("pk"))
        | Q(document=OuterRef("pk"))
    )
    listed = PublicInformation.objects.listed().filter(document=OuterRef("pk"))
    drafts = Version.objects.filter(shows_it, state__in=OPEN, preview_token=_preview(request))
    found = (
        Media.objects.filter(token=printable(token))
        .annotate(
            is_public=Exists(Item.objects.published().filter(shows_it)) | Exists(listed),
            is_previewed=Exists(drafts),
        )
        .first()
    )
    if found is None or not (found.is_public or found.is_previewed or _is_staffs(request)):
        raise Http404
    return found, found.is_public


def _find_drawn(request: HttpRequest, slug: str) -> tuple[Item | Version, bool]:
    if token := _preview(request):
        drafts = Version.objects.select_related("item").exclude(drawing="")
        version = drafts.filter(item__slug=slug, state__in=OPEN, preview_token=token).first()
        if version:
            return version, False
    item = Item.objects.filter(slug=slug).exclude(drawing="").first()
    if item is None or not (item.is_public() or _is_staffs(request)):
        raise Http404
    return item, item.is_public()


def _preview(request: HttpRequest) -> str:
    return printable(request.GET.get("pratinjau", ""))


def _is_staffs(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.may("view_item")
