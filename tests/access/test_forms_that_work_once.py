"""Forms that are gone once they have done their work: hostile input, each time to a row of its own.
What can be sent again and again is tried from outside (bin/blackbox).
"""

import pytest

from cases.models import DueProposal
from cases.workflow import Kind, Status
from dataprotection import actions as protection
from inforequests.actions import print_forms
from tests.cases.desk import client_of
from tests.cases.holidays import close_on
from tests.dataprotection.past import make_past
from tests.dataprotection.test_breaches import in_full, make_breach
from tests.factories import NOW, make_case, make_desk
from tests.reports.writing import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
HOSTILE = {
    "markup": "\"'></textarea></title><script>zq()</script>{{ 7|add:191 }}{% debug %}",
    "nul": "seksi\x00<script>zq()</script>",
    "long": "B" * 70_000,
    "digits": "9" * 400,
    "odd": "\u202e\ufffe\U0010ffff\x07\x1b[31m²³ <script>zq()</script>",
}


def void_form(desk):
    form = print_forms(1, actor=desk.ppid)[0]
    return f"/admin/inforequests/paperform/{form.pk}/batalkan/", "reason", {}


def extend(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    address = f"/admin/cases/case/{case.pk}/lakukan/perpanjang/"
    return address, "reason", {"version": case.version}


def tell(verb, name):
    def prepare(desk):
        breach = make_breach(desk.ppid, needs_public_notice=True)
        return f"/admin/dataprotection/breach/{breach.pk}/lakukan/{verb}/", name, {}

    return prepare


def close(desk):
    breach = make_breach(desk.ppid)
    in_full(breach, desk)
    return f"/admin/dataprotection/breach/{breach.pk}/lakukan/tutup/", "lesson", {}


def send(name):
    def prepare(desk):
        breach = make_breach(desk.ppid)
        case = make_case(Kind.INFORMATION_REQUEST)
        protection.add_cases(breach, actor=desk.ppid, cases=[case], source="daftar")
        row = breach.affected.get()
        typed = {"via": "email", "affected": row.pk}
        return f"/admin/dataprotection/breach/{breach.pk}/lakukan/terkirim/", name, typed

    return prepare


def decide(name, **more):
    def prepare(desk):
        make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
        close_on("2026-11-26")
        proposal = DueProposal.objects.get()
        typed = {"langkah": "terima", "version": proposal.version, "pilih": "1", **more}
        return "/admin/cases/dueproposal/putuskan/", name, typed

    return prepare


def sign(verb):
    def prepare(desk):
        make_past(desk=desk)
        batch = protection.make_batch(actor=None)
        if verb == "musnahkan":
            protection.sign_batch(batch, actor=desk.office_head)
            protection.sign_batch(batch, actor=desk.ppid)
        return f"/admin/dataprotection/disposalbatch/{batch.pk}/lakukan/{verb}/", "confirm", {}

    return prepare


def publish(desk):
    report = make_draft(desk.ppid, year=2025)
    return f"/admin/reports/report/{report.pk}/terbitkan/", "version", {}


FORMS = {
    "void a blank form": void_form,
    "extend": extend,
    "tell the authority": tell("lembaga", "note"),
    "tell the public": tell("publik", "note"),
    "close a breach": close,
    "record letters: way": send("via"),
    "record letters: rows": send("affected"),
    "move due dates: step": decide("langkah"),
    "move due dates: rows": decide("pilih"),
    "move due dates: version": decide("version"),
    "move due dates: certain": decide("yakin", langkah="tolak-semua"),
    "sign a batch": sign("tanda-tangan"),
    "destroy a batch": sign("musnahkan"),
    "cancel a batch": sign("batalkan"),
    "publish a report": publish,
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("prepare", FORMS.values(), ids=FORMS)
def test_hostile_input_breaks_nothing_and_comes_back_as_text(prepare, typed):
    desk = make_desk()
    address, name, rest = prepare(desk)
    client = client_of(desk.ppid)

    response = client.post(address, {**rest, name: typed}, follow=True)

    assert response.status_code in (200, 400, 409)
    listing = client.get(address.split("/lakukan/")[0].rsplit("/", 1)[0] + "/")
    for page in (response, listing):
        assert "<script>zq" not in page.content.decode()
