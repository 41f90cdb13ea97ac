"""A published report as the file that it was printed to."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from infocontent.serving import send_file

from ..models import SurveyReport


def send_report(request: HttpRequest, report: SurveyReport, *, max_age: int) -> HttpResponseBase:
    return send_file(
        request,
        report.file,
        name=report.file_name,
        content_type="application/pdf",
        size=report.size,
        etag=f'"{report.sha256[:32]}"',
        max_age=max_age,
        as_attachment=True,
    )
