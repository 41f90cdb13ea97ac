"""Decisions on the officers' case page: what is offered to whom, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from cases.desk.moves import MOVES
from cases.models import Case
from cases.workflow import Kind, Outcome, Status
from infocontent.models import PublicInformation
from inforequests import actions
from tests.cases.desk import act, client_of, offered, page_of, see
from tests.factories import DECISION, make_case, make_desk

from .exclusions import make_exclusion

pytestmark = pytest.mark.django_db
R = Kind.INFORMATION_REQUEST
ALWAYS = {"catatan", "berkas"}
TYPED = {
    "outcome": Outcome.GRANTED,
    "is_held": "ya",
    "material": "Tabel jumlah paspor per bulan",
    "delivery": "langsung",
    "form": "hardcopy",
    "explanation": "Data kami susun per bulan.",
}


@pytest.fixture
def desk():
    return make_desk()


def in_approval(desk):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    actions.submit_decision(case, actor=desk.officer, **DECISION)
    return case


def test_an_officer_writes_a_decision_and_no_plain_answer(desk):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    assert offered(desk.officer, case) == {"keputusan", "ajukan-keputusan"} | ALWAYS


def test_the_head_checks_and_the_ppid_signs(desk, plain_paper):
    case = in_approval(desk)

    assert "periksa-keputusan" in offered(desk.head, case)
    assert "tandatangani" not in offered(desk.ppid, case)
    act(desk.head, case, "periksa-keputusan")
    case.refresh_from_db()
    assert "periksa-keputusan" not in offered(desk.head, case)
    assert "tandatangani" in offered(desk.ppid, case)
    act(desk.ppid, case, "tandatangani")

    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.ANSWERED, Outcome.GRANTED)
    page = see(desk.officer, page_of(case))
    assert "0001/PPID/XI/2026" in page
    assert "Unduh surat (PDF)" in page


def test_the_letter_is_read_before_it_leaves(desk):
    case = in_approval(desk)

    page = see(desk.ppid, page_of(case))

    assert "Surat seperti yang akan dikirim" in page
    assert "Jumlah paspor yang terbit per bulan" in page
    assert "30 hari kerja" in page
    assert "Sari Melati" not in page


def test_a_draft_is_kept_half_written_and_stands_in_the_form_again(desk):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    act(desk.officer, case, "keputusan", material="Baru setengah", is_held="ya")

    decision = case.decisions.get()
    assert (decision.material, decision.outcome, decision.is_held) == ("Baru setengah", "", True)
    assert "Baru setengah</textarea>" in see(desk.officer, page_of(case))


@pytest.mark.parametrize("left_out", ["material", "copy_pages", "outcome", "explanation"])
def test_a_post_that_broke_off_wipes_out_nothing(desk, left_out):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    act(desk.officer, case, "keputusan", **TYPED)
    case.refresh_from_db()
    form = MOVES["keputusan"].form
    typed = {**dict.fromkeys(form.base_fields, ""), "version": case.version, "redacted": "Nama"}
    del typed[left_out]

    address = reverse("admin:cases_case_act", args=[case.pk, "keputusan"])
    response = client_of(desk.officer).post(address, typed)

    page = response.content.decode()
    assert "terputus di tengah jalan" in page
    assert "Nama</textarea>" in page
    decision = case.decisions.get()
    assert (decision.material, decision.explanation) == (TYPED["material"], TYPED["explanation"])


def test_what_the_applicant_asked_for_stands_ready(desk):
    case = make_case(R, Status.IN_PROGRESS, desk=desk, delivery="pos")

    assert '<option value="pos" selected>' in see(desk.officer, page_of(case))


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("outcome", "Pilih keputusannya"),
        ("is_held", "dikuasai kantor ini (huruf a)"),
        ("material", "materi yang diberikan"),
        ("delivery", "Pilih cara penyampaian"),
        ("form", "Pilih bentuk informasi"),
    ],
)
def test_a_blank_item_is_named_beside_its_field_and_nothing_typed_is_lost(desk, without, said):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    response = act(desk.officer, case, "ajukan-keputusan", **{**TYPED, without: ""})

    page = response.content.decode()
    assert said in page
    assert "Data kami susun per bulan.</textarea>" in page
    assert Case.objects.get(pk=case.pk).status == Status.IN_PROGRESS


def test_a_partial_grant_is_submitted_through_the_page(desk):
    exclusion, row = make_exclusion(), PublicInformation.objects.first()
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    typed = TYPED | {
        "outcome": Outcome.GRANTED_PARTLY,
        "delivery": "email",
        "form": "softcopy",
        "ground": "h",
        "exclusion": exclusion.pk,
        "redacted": "Nama pemohon",
        "redaction_reason": "Rahasia pribadi",
        "information": row.pk,
        "copy_pages": "3",
        "copy_price": "500",
        "payment": "Tunai di loket",
    }

    act(desk.officer, case, "ajukan-keputusan", **typed)

    decision = case.decisions.get()
    assert decision.exclusion == exclusion
    assert decision.total_cost == 1500
    assert Case.objects.get(pk=case.pk).status == Status.IN_APPROVAL
    page = see(desk.head, page_of(case))
    assert "Rp1.500" in page
    assert "Melindungi pemohon" in page


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("copy_pages", "-1"),
        ("copy_pages", "99999999999999999999"),
        ("other_cost", "seribu"),
        ("link", "javascript:alert(1)"),
        ("link", "http://x.example"),
        ("available_on", "2026-02-30"),
        ("exclusion", "999999"),
        ("information", "abc"),
        ("ground", "z"),
        ("delivery", "merpati"),
        ("outcome", "terbukti_diperbaiki"),
        ("material", "x" * 5001),
    ],
)
def test_nonsense_is_refused_without_losing_the_rest(desk, name, typed):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    response = act(desk.officer, case, "keputusan", **{**TYPED, name: typed})

    assert response.status_code == 200
    assert "Data kami susun per bulan.</textarea>" in response.content.decode()
    assert not case.decisions.exists()


def test_the_verb_of_another_kind_is_refused_and_breaks_nothing(desk):
    case = make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk)

    response = act(desk.officer, case, "keputusan", **TYPED)

    assert response.status_code == 409
    assert not case.decisions.exists()
