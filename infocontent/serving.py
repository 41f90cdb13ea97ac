"""How a file of the library goes out: nothing in it runs, it stays in caches for as long as it may,
and a video can be asked for in pieces.
"""

import re

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from office.documents.models import Document

SANDBOX = "sandbox; default-src 'none'"
# One stretch; whoever asks for several at once gets the whole (RFC 9110 14.2 allows that).
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Stretch:
    """Part of an open file, as FileResponse reads it."""

    def __init__(self, file: File, start: int, end: int) -> None:
        self.file, self.left = file, end - start
        file.seek(start)

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


def send_file(
    request: HttpRequest,
    place: str,
    *,
    name: str,
    content_type: str,
    size: int,
    etag: str,
    max_age: int,
    as_attachment: bool = False,
) -> HttpResponseBase:
    """The file at a place of the storage, whole or the stretch that was asked for."""
    if unchanged := get_conditional_response(request, etag=etag):
        return with_headers(unchanged, etag=etag, max_age=max_age)
    asked = _asked_stretch(request, etag, size)
    if asked and asked[0] >= asked[1]:
        response: HttpResponseBase = HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}"}
        )
        return with_headers(response, etag=etag, max_age=0)
    try:
        file = default_storage.open(place)
    except FileNotFoundError as error:
        raise Http404 from error
    start, end = asked or (0, size)
    response = FileResponse(
        Stretch(file, start, end) if asked else file,
        as_attachment=as_attachment,
        filename=name,
        content_type=content_type,
        status=206 if asked else 200,
    )
    response["Content-Length"] = end - start
    response["Accept-Ranges"] = "bytes"
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return with_headers(response, etag=etag, max_age=max_age)


def send_document(request: HttpRequest, document: Document, *, max_age: int) -> HttpResponseBase:
    """What was published, as the file that it was printed to."""
    return send_file(
        request,
        document.file,
        name=document.file_name,
        content_type="application/pdf",
        size=document.size,
        etag=f'"{document.sha256[:32]}"',
        max_age=max_age,
        as_attachment=True,
    )


def with_headers(response: HttpResponseBase, *, etag: str, max_age: int) -> HttpResponseBase:
    """`max_age` 0: for this visitor alone, and kept nowhere."""
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-store, private"
    return response


def _asked_stretch(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole, an empty one if there is none."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size
