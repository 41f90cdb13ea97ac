"""An objection on the officers' case page."""

from datetime import timedelta

import pytest

from cases.models import Case, ReportedOfficer
from cases.workflow import Kind, Outcome, Status
from office.roles import Role
from tests.cases.desk import act, offered, page_of, see
from tests.factories import NOW, UPHELD, codes, make_case, make_desk, make_user

from .objections import REFUSED, bring, make_decided, make_objection, order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
KB = Kind.OBJECTION
AGO = NOW - timedelta(days=28)
DRAFTS = {"tanggapan", "ajukan-tanggapan"}
OWN = {"tanggapan", "ajukan-tanggapan", "putus", "kembalikan", "sengketa", "perbarui-sengketa"}


@pytest.fixture
def desk():
    return make_desk()


def again(case):
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("status", "offers"),
    [
        (Status.RECEIVED, {}),
        (Status.IN_PROGRESS, {"officer": DRAFTS, "head": DRAFTS}),
        (Status.IN_APPROVAL, {"office_head": {"putus", "kembalikan"}}),
        (Status.ANSWERED, {"ppid": {"sengketa"}, "office_head": {"sengketa"}}),
    ],
)
def test_each_step_is_offered_to_those_whose_step_it_is(desk, status, offers):
    case = make_case(KB, status, desk=desk)
    # As at the desk, where the section has it once it was verified.
    Case.objects.filter(pk=case.pk, section=None).update(section=desk.section)

    for name in ("officer", "head", "ppid", "office_head", "verifier"):
        found = offered(getattr(desk, name), case)
        assert found & OWN == offers.get(name, set()), name
        assert not found & {"konsep", "ajukan", "setujui", "ubah-jenis", "perpanjang"}


def test_an_answer_is_drafted_submitted_and_signed_on_the_page(desk):
    request = make_decided(desk, AGO, REFUSED)
    case = bring(make_objection(request), desk)
    act(desk.officer, case, "tanggapan", outcome="", answer="Sedang kami periksa")
    assert "Sedang kami periksa" in see(desk.officer, page_of(case))
    typed = {**order(), "order_until": "2026-12-01"}
    act(desk.officer, again(case), "ajukan-tanggapan", **typed)
    html = see(desk.office_head, page_of(case))
    assert "Surat seperti yang akan dikirim" in html
    assert "Dilaksanakan paling lambat 1 Desember 2026" in html

    act(desk.office_head, again(case), "putus")

    assert again(case).status == Status.ANSWERED
    assert codes(request)[-1] == "diperintahkan"
    html = see(desk.officer, page_of(case))
    assert case.letters.get().number in html
    assert f'href="{request.get_absolute_url()}"' in html


@pytest.mark.parametrize("left_out", ["answer", "reasons", "outcome"])
def test_an_incomplete_answer_is_refused_and_kept_on_the_page(desk, left_out):
    case = bring(make_objection(make_case(Kind.INFORMATION_REQUEST, at=AGO)), desk)

    response = act(desk.officer, case, "ajukan-tanggapan", **{**UPHELD, left_out: ""})

    html = response.content.decode()
    assert "Galat:" in html
    assert (UPHELD["answer"] in html) == (left_out != "answer")
    assert again(case).status == Status.IN_PROGRESS


def test_who_signed_the_decision_reads_why_somebody_else_decides(desk):
    both = make_user(Role.PPID, Role.PPID_SUPERIOR)
    request = make_decided(desk.__class__(**{**vars(desk), "ppid": both}), AGO, REFUSED)
    case = bring(make_objection(request), desk, answer=UPHELD)

    assert "putus" not in offered(both, case)
    assert "Atasan PPID lain yang memutus" in see(both, page_of(case))
    act(both, case, "putus")

    assert again(case).status == Status.IN_APPROVAL


def test_a_dispute_is_recorded_and_kept_up_to_date_on_the_page(desk):
    case = make_case(KB, Status.ANSWERED, desk=desk)
    act(desk.ppid, case, "sengketa", number="12/KI/2026", filed_on="2026-11-24")
    assert "perbarui-sengketa" in offered(desk.ppid, case)
    assert 'value="12/KI/2026"' in see(desk.ppid, page_of(case))

    act(
        desk.ppid,
        again(case),
        "perbarui-sengketa",
        number="12/KI/2026",
        filed_on="2026-11-24",
        route="mediasi",
        result="kesepakatan",
        decided_on="2026-11-24",
    )

    assert "Kesepakatan mediasi" in see(desk.ppid, page_of(case))
    assert codes(case)[-2:] == ["sengketa_dicatat", "sengketa_dicatat"]


def test_the_request_is_no_link_for_those_who_may_not_see_it(desk):
    request = make_decided(desk, AGO, REFUSED)
    case = bring(make_objection(request), desk)
    ReportedOfficer.objects.create(case=request, user=desk.officer)

    html = see(desk.officer, page_of(case))

    assert request.reference in html
    assert request.get_absolute_url() not in html


def test_grounds_and_outcomes_are_words(desk):
    html = see(
        desk.officer,
        page_of(
            bring(make_objection(make_case(Kind.INFORMATION_REQUEST, at=AGO), grounds="cg"), desk)
        ),
    )

    assert "c. Permohonan tidak ditanggapi" in html
    assert "Keberatan diterima seluruhnya" in html
    assert str(Outcome.GRANTED.label) not in html


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.ANSWERED])
def test_the_page_takes_a_fixed_number_of_queries(desk, status, django_assert_max_num_queries):
    case = make_case(KB, status, desk=desk)

    with django_assert_max_num_queries(45):
        see(desk.head, page_of(case))
