"""Steps that the tests of the desk share: who is logged in, and how a verb is posted."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.desk.moves import MOVES
from cases.models import Case
from office.forms import WholeForm
from office.models import User

LIST = "/admin/cases/case/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(case: Case) -> str:
    return reverse("admin:cases_case_change", args=[case.pk])


def act(user: User, case: Case, verb: str, *, follow: bool = False, **typed: Any) -> HttpResponse:
    """Post one verb at the version the test holds, as the page would: blank fields come along."""
    address = reverse("admin:cases_case_act", args=[case.pk, verb])
    form = MOVES[verb].form
    blank = dict.fromkeys(form.base_fields, "") if issubclass(form, WholeForm) else {}
    data = {**blank, "version": case.version, **typed}
    return client_of(user).post(address, data, follow=follow)


def see(user: User, address: str) -> str:
    """The text of a page that this person may open."""
    response = client_of(user).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def references(user: User, query: str = "") -> list[str]:
    """The references in the rows of the list, in their order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', see(user, f"{LIST}?{query}"))


def offered(user: User, case: Case) -> set[str]:
    """The verbs that the case page offers to this person."""
    return set(re.findall(rf"{case.pk}/lakukan/([a-z-]+)/", see(user, page_of(case))))
