"""The written notice (UU 14/2008 Ps 22(7)): who may do what, and what no notice may leave blank."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from cases import actions as cases_actions
from cases.models import Case, Letter
from cases.workflow import CaseError, Kind, NotAllowed, Outcome, Status, TransitionError
from infocontent.models import PublicInformation
from inforequests import actions
from inforequests.models import Decision
from inforequests.requirements import REQUIRED, missing
from office.roles import Role
from tests.factories import DECISION, codes, make_case, make_desk, make_stored_file, make_user
from tests.office.paper import accessibility_of, text_of

from .exclusions import make_exclusion

pytestmark = pytest.mark.django_db
R = Kind.INFORMATION_REQUEST
GIVES = {"material": "Tabel jumlah paspor", "delivery": "langsung", "form": "hardcopy"}
KEEPS = {"ground": "h"}


def items_of(outcome):
    """All that a notice of this outcome has to say, and nothing more."""
    return {
        Outcome.GRANTED: {"is_held": True, **GIVES},
        Outcome.GRANTED_PARTLY: {
            "is_held": True,
            **GIVES,
            **KEEPS,
            "exclusion": make_exclusion(),
            "redacted": "Nama pemohon paspor",
            "redaction_reason": "Rahasia pribadi",
        },
        Outcome.REFUSED: {
            "is_held": True,
            **KEEPS,
            "exclusion": make_exclusion(),
            "explanation": "Memuat data pribadi orang lain.",
        },
        Outcome.NOT_HELD: {"is_held": False, "held_by": "Ditjen Imigrasi"},
        Outcome.NOT_YET_HELD: {
            "is_held": False,
            "available_on": "2027-01-31",
            "explanation": "Rekap tahunan belum selesai.",
        },
        Outcome.PUBLISHED: {"is_held": True, "link": "https://example.go.id/laporan"},
    }[outcome] | {"outcome": outcome}


BLANK = {
    "is_held": None,
    "exclusion": None,
    "available_on": None,
}
EACH_ITEM = [(outcome, item) for outcome, items in REQUIRED.items() for item in (*items, "is_held")]


@pytest.fixture
def desk():
    return make_desk()


def in_approval(desk, **items):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    actions.submit_decision(case, actor=desk.officer, **(items or DECISION))
    return case


def checked(desk, **items):
    case = in_approval(desk, **items)
    actions.check_decision(case, actor=desk.head)
    return case


def test_a_decision_goes_through_three_hands_and_leaves_as_a_letter(desk, plain_paper):
    case = checked(desk)

    actions.sign_decision(case, actor=desk.ppid)

    decision, letter = case.decisions.get(), case.letters.get()
    assert (case.status, case.outcome) == (Status.ANSWERED, Outcome.GRANTED)
    assert (decision.author, decision.checked_by, decision.signed_by) == (
        desk.officer,
        desk.head,
        desk.ppid,
    )
    assert decision.letter == letter
    assert codes(case)[-3:] == ["konsep_diajukan", "konsep_diperiksa", "ditanggapi"]
    data = case.events.latest("seq").data
    assert (data["letter"], data["sha256"]) == (letter.number, letter.sha256)


@pytest.mark.parametrize("outcome", REQUIRED)
def test_every_outcome_can_be_decided(desk, outcome, plain_paper):
    case = checked(desk, **items_of(outcome))

    actions.sign_decision(case, actor=desk.ppid)

    assert case.outcome == outcome
    sent = case.letters.get().attachment.message.body
    assert ("ditolak" if outcome == Outcome.REFUSED else str(Outcome(outcome).label)) in sent


@pytest.mark.parametrize(("outcome", "item"), EACH_ITEM)
def test_no_required_item_may_be_blank(desk, outcome, item):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    items = items_of(outcome) | {item: BLANK.get(item, "")}

    with pytest.raises(actions.DecisionIncomplete) as refusal:
        actions.submit_decision(case, actor=desk.officer, **items)

    assert refusal.value.items == [item]
    assert Case.objects.get(pk=case.pk).status == Status.IN_PROGRESS


@pytest.mark.parametrize(("outcome", "item"), EACH_ITEM)
def test_the_database_refuses_a_signed_decision_with_a_blank_item(desk, outcome, item, plain_paper):
    if item == "explanation":
        return  # A wish of the office, not a demand of the law.
    case = checked(desk, **items_of(outcome))
    actions.sign_decision(case, actor=desk.ppid)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(case=case).update(**{item: BLANK.get(item, "")})


@pytest.mark.parametrize(
    ("outcome", "instead"),
    [
        (Outcome.NOT_HELD, {"held_by": "", "is_holder_unknown": True}),
        (Outcome.REFUSED, {"ground": "", "other_statute": "UU 27/2022 Pasal 36"}),
    ],
)
def test_the_law_knows_another_way_to_say_it(desk, outcome, instead):
    decision = Decision(**items_of(outcome) | instead)

    assert missing(decision, files=0) == []


def test_what_is_published_may_be_a_row_of_the_list(desk):
    row = PublicInformation.objects.first()
    decision = Decision(outcome=Outcome.PUBLISHED, is_held=True, information=row)

    assert missing(decision, files=0) == []


def test_what_goes_out_by_wire_needs_its_documents(desk):
    items = {**DECISION, "delivery": "email", "form": "softcopy"}
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(actions.DecisionIncomplete) as refusal:
        actions.submit_decision(case, actor=desk.officer, **items)
    cases_actions.add_files(case, actor=desk.officer, files=[make_stored_file()], is_internal=False)
    actions.submit_decision(case, actor=desk.officer, **items)

    assert refusal.value.items == ["files"]
    assert case.status == Status.IN_APPROVAL


def test_costs_need_a_way_to_pay(desk):
    decision = Decision(**DECISION, copy_pages=12, copy_price=500)

    assert decision.total_cost == 6000
    assert missing(decision, files=0) == ["payment"]


@pytest.mark.parametrize("role", Role)
def test_who_may_check_a_decision(desk, role):
    case = in_approval(desk)
    person = make_user(role, section=desk.section)

    if role == Role.SECTION_HEAD:
        actions.check_decision(case, actor=person)
        assert case.decisions.get().checked_by == person
    else:
        with pytest.raises(NotAllowed):
            actions.check_decision(case, actor=person)


@pytest.mark.parametrize("role", Role)
def test_who_may_sign_a_decision(desk, role, plain_paper):
    case = checked(desk)
    person = make_user(role, section=desk.section)

    if role == Role.PPID:
        actions.sign_decision(case, actor=person)
        assert case.status == Status.ANSWERED
    else:
        with pytest.raises(NotAllowed):
            actions.sign_decision(case, actor=person)
        assert not Letter.objects.exists()


def test_nothing_is_signed_before_it_was_checked(desk):
    case = in_approval(desk)

    with pytest.raises(CaseError, match="belum diperiksa"):
        actions.sign_decision(case, actor=desk.ppid)


def test_whoever_wrote_it_neither_checks_nor_signs_it(desk):
    both = make_user(Role.SECTION_HEAD, Role.PPID, section=desk.section)
    case = make_case(R, Status.IN_PROGRESS, desk=desk)
    actions.submit_decision(case, actor=both, **DECISION)

    with pytest.raises(NotAllowed):
        actions.check_decision(case, actor=both)
    actions.check_decision(case, actor=desk.head)
    with pytest.raises(NotAllowed):
        actions.sign_decision(case, actor=both)


def test_whoever_checked_it_does_not_sign_it(desk):
    both = make_user(Role.SECTION_HEAD, Role.PPID, section=desk.section)
    case = in_approval(desk)
    actions.check_decision(case, actor=both)

    with pytest.raises(NotAllowed):
        actions.sign_decision(case, actor=both)


def test_a_decision_that_came_back_is_checked_again(desk):
    case = checked(desk)

    cases_actions.return_draft(case, actor=desk.ppid, remarks="Sebutkan tahunnya.")
    actions.submit_decision(case, actor=desk.officer, **DECISION)

    assert case.decisions.get().checked_by is None


def test_an_exclusion_that_has_run_out_refuses_nothing(desk):
    case = checked(desk, **items_of(Outcome.REFUSED))
    exclusion = case.decisions.get().exclusion
    exclusion.ends_on = "2026-11-01"
    exclusion.save()

    with pytest.raises(CaseError, match="tidak berlaku"):
        actions.sign_decision(case, actor=desk.ppid)


@pytest.mark.parametrize("verb", ["save_draft", "submit"])
def test_a_request_is_not_answered_by_a_plain_text(desk, verb):
    case = make_case(R, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError, match="surat keputusan"):
        getattr(cases_actions, verb)(
            case, actor=desk.officer, body="Ini datanya.", outcome=Outcome.GRANTED
        )


def test_a_plain_approval_does_not_send_a_decision(desk):
    case = checked(desk)

    with pytest.raises(CaseError, match="surat keputusan"):
        cases_actions.approve(case, actor=desk.ppid)


def test_a_complaint_has_no_decision(desk):
    case = make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError):
        actions.submit_decision(case, actor=desk.officer, **DECISION)


def test_a_signed_request_is_not_signed_again(desk, plain_paper):
    case = checked(desk)
    actions.sign_decision(case, actor=desk.ppid)

    with pytest.raises(TransitionError):
        actions.sign_decision(case, actor=desk.ppid)


def test_a_letter_that_has_left_is_changed_by_nobody(desk, plain_paper):
    case = checked(desk)
    actions.sign_decision(case, actor=desk.ppid)

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Letter.objects.filter(case=case).update(title="Lain")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Letter.objects.filter(case=case)._raw_delete("default")


def test_letters_are_numbered_without_a_gap(desk, plain_paper):
    first, second = checked(desk), checked(desk)

    actions.sign_decision(first, actor=desk.ppid)
    with pytest.raises(TransitionError):
        actions.sign_decision(first, actor=desk.ppid)
    actions.sign_decision(second, actor=desk.ppid)

    assert list(Letter.objects.order_by("serial").values_list("number", flat=True)) == [
        "0001/PPID/XI/2026",
        "0002/PPID/XI/2026",
    ]


def test_a_refusal_says_all_that_its_form_wants_on_accessible_paper(desk):
    case = checked(desk, **items_of(Outcome.REFUSED))

    actions.sign_decision(case, actor=desk.ppid)

    letter = case.letters.get()
    with default_storage.open(letter.attachment.file) as file:
        content = file.read()
    said, words = accessibility_of(content), text_of(content)
    assert said["is_tagged"]
    assert said["claims_ua"]
    assert (said["language"], said["pages"]) == ("id", 2)
    assert letter.number in said["title"]
    for expected in (
        case.reference,
        "Sari Melati Kusuma",
        "Jalan Cendana 7",
        "Pasal 17 huruf h",
        "uji konsekuensi",
        "30 hari kerja",
        "Pasal 36",
        str(desk.ppid),
        "ditolak",
    ):
        assert expected in words
    assert "Sari Melati" not in letter.attachment.message.body


def test_what_somebody_typed_stays_as_typed_in_the_letter(desk):
    case = checked(
        desk, **{**DECISION, "material": "**tebal** [tautan](https://x.example) {nomor} <b>x</b>"}
    )

    actions.sign_decision(case, actor=desk.ppid)

    with default_storage.open(case.letters.get().attachment.file) as file:
        words = text_of(file.read())
    assert "**tebal** [tautan](https://x.example) {nomor} <b>x</b>" in words


def test_an_english_speaker_gets_an_english_letter(desk):
    case = make_case(R, Status.IN_PROGRESS, desk=desk, language="en")
    actions.submit_decision(case, actor=desk.officer, **DECISION)
    actions.check_decision(case, actor=desk.head)

    actions.sign_decision(case, actor=desk.ppid)

    with default_storage.open(case.letters.get().attachment.file) as file:
        content = file.read()
    assert accessibility_of(content)["language"] == "en"
    assert "Written notice" in text_of(content)
    assert "working days" in text_of(content)
