"""The pages of the log and its figures, and who may open them."""

import re
from io import BytesIO
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from openpyxl import load_workbook

from office.models import User
from office.roles import Role
from tests.factories import make_user
from yankomas.models import Visit

LIST = "/admin/yankomas/visit/"
DAY, MONTH, EXPORT = f"{LIST}angka/", f"{LIST}bulan/", f"{LIST}ekspor/"
SEE = [Role.YANKOMAS, Role.VERIFIER, Role.PPID, Role.OFFICE_HEAD]
BLIND = [Role.OFFICER, Role.SECTION_HEAD, Role.HUMAS, Role.ADMINISTRATOR]
TAKE_AWAY = [Role.VERIFIER, Role.PPID, Role.OFFICE_HEAD]


def viewer(role: Role = Role.VERIFIER) -> User:
    return make_user(role)


def page_of(visit: Visit) -> str:
    return reverse("admin:yankomas_visit_change", args=[visit.pk])


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def rows(response: HttpResponseBase) -> list[list[Any]]:
    """The workbook, read back."""
    sheet = load_workbook(BytesIO(content(response))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def cells(text: str, caption: str) -> list[list[str]]:
    """The rows of one table of figures."""
    table = text[text.index(f"<caption>{caption}</caption>") :]
    body = table[table.index("<tbody>") : table.index("</table>")]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]
