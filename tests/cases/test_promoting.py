import pytest

from cases import actions
from cases.desk.promoting import masked
from cases.models import Case
from cases.workflow import Kind, Outcome, Privacy, Status
from infocontent.models import ContentEvent, Item, Topic
from office.roles import Role
from tests.cases.desk import client_of, page_of, see
from tests.cases.snapshot import snapshot
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db
LINK = "Jadikan konsep tanya jawab"
TYPED = {
    "title": "Kapan kuota dibuka?",
    "topic": "mpaspor-kuota",
    "body": "Kuota dibuka bertahap.",
    "is_clean": "on",
}


def make_answered(
    body: str = "Kuota dibuka bertahap.",
    status: str = Status.ANSWERED,
    privacy: str = Privacy.OPEN,
    **more: str,
):
    """A case of the desk that was answered in these words, with the desk."""
    desk = make_desk()
    lodged = {"subject": "Kuota penuh", "topic": Topic.objects.get(code="mpaspor-kuota"), **more}
    kind = Kind.COMPLAINT if privacy == Privacy.ANONYMOUS else Kind.QUESTION
    case = make_case(kind, Status.IN_PROGRESS, desk=desk, privacy=privacy, **lodged)
    actions.submit(case, actor=desk.officer, body=body, outcome=Outcome.EXPLAINED)
    actions.approve(case, actor=desk.head)
    if status == Status.DONE:
        actions.confirm_resolved(case)
    return Case.objects.get(pk=case.pk), desk


def address(case: Case) -> str:
    return f"/admin/cases/case/{case.pk}/jadikan-konsep/"


def send(user, case: Case, **changes: str):
    return client_of(user).post(address(case), {**TYPED, **changes}, follow=True)


def made() -> list[Item]:
    return list(Item.objects.filter(origin="kasus"))


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.DONE])
@pytest.mark.parametrize("role", ["officer", "head", "verifier", "ppid", "office_head"])
def test_who_sees_the_answer_may_propose_it(role, status):
    case, desk = make_answered(status=status)
    user = getattr(desk, role)

    assert LINK in see(user, page_of(case))
    response = send(user, case)

    item = made()[0]
    assert response.redirect_chain[-1][0] == page_of(case)
    assert (item.kind, item.state, item.title) == ("faq", "konsep", TYPED["title"])
    assert (item.topic.code, item.body) == (TYPED["topic"], TYPED["body"])
    assert item.origin_note == case.reference
    assert item.owner is None
    event = ContentEvent.objects.get(item=item)
    assert (event.code, event.actor) == ("dibuat", user)


def test_the_case_keeps_its_history_as_it_was():
    case, desk = make_answered()
    before = snapshot(case)

    send(desk.officer, case)

    assert snapshot(Case.objects.get(pk=case.pk)) == before


def test_a_case_without_an_answer_has_nothing_to_propose():
    desk = make_desk()
    case = make_case(Kind.QUESTION, Status.IN_PROGRESS, desk=desk)

    assert LINK not in see(desk.officer, page_of(case))
    assert client_of(desk.officer).get(address(case)).status_code == 403
    assert send(desk.officer, case).status_code == 403
    assert made() == []


def test_nobody_reaches_the_cases_of_others():
    case, _desk = make_answered()
    strangers = [make_user(Role.OFFICER, section="lantaskim"), make_user(Role.HUMAS)]

    for stranger in strangers:
        assert client_of(stranger).get(address(case)).status_code in (302, 403, 404)
        assert send(stranger, case).status_code in (403, 404)
    assert made() == []


def test_who_may_not_propose_is_refused():
    case, desk = make_answered()
    desk.officer.groups.first().permissions.remove(
        *desk.officer.groups.first().permissions.filter(codename="propose_item")
    )

    assert LINK not in see(desk.officer, page_of(case))
    assert send(desk.officer, case).status_code == 403


@pytest.mark.parametrize("missing", ["title", "topic", "body", "is_clean"])
def test_every_part_and_the_tick_are_required(missing):
    case, desk = make_answered()

    response = send(desk.officer, case, **{missing: ""})

    assert set(response.context["form"].errors) == {missing}
    assert made() == []


@pytest.mark.parametrize(
    "left",
    ["0812-3456-7890", "NIK 3273014507900003", "sari@example.com", "paspor C1234567"],
)
@pytest.mark.parametrize("field", ["title", "body"])
def test_a_number_that_was_left_in_is_refused(left, field):
    case, desk = make_answered()

    response = send(desk.officer, case, **{field: f"Hubungi {left} segera"})

    assert set(response.context["form"].errors) == {field}
    assert made() == []


@pytest.mark.parametrize("sign", ["\x00", "x" * 20_001])
def test_what_cannot_be_a_text_is_refused(sign):
    case, desk = make_answered()

    response = send(desk.officer, case, body=sign)

    assert set(response.context["form"].errors) == {"body"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("NIK 3273 0145 0790 0003.", "NIK …."),
        ("Telepon 0812-3456-7890 atau +62 812 3456 7890", "Telepon … atau …"),
        ("Tulis ke sari.melati@example.co.id, ya", "Tulis ke …, ya"),
        (f"Tulis ke {'x-' * 40}@example.com", f"Tulis ke {'x-' * 8}…"),
        ("Kasus PG-2026-000001 Anda", "Kasus … Anda"),
        ("Paspor C1234567 dan X 123456", "Paspor … dan …"),
        ("Yth. Ibu Sari Melati Kusuma, terima kasih", "Yth. Ibu …, terima kasih"),
        ("Bapak Andi datang", "Bapak … datang"),
        ("dilayani pak Joko dan Mbak Rini Astuti", "dilayani pak … dan Mbak …"),
        ("Bapak/Ibu Pelapor yang baik", "Bapak/Ibu Pelapor yang baik"),
        ("Biaya Rp1.350.000,00 sekali", "Biaya Rp1.350.000,00 sekali"),
        ("Pada 24-11-2026 pukul 08.00-15.00", "Pada 24-11-2026 pukul 08.00-15.00"),
        ("UU 14/2008 Pasal 22 ayat (7)", "UU 14/2008 Pasal 22 ayat (7)"),
        (
            "https://kanim.example/informasi/a-12345678/",
            "https://kanim.example/informasi/a-12345678/",
        ),
    ],
)
def test_what_leads_to_a_person_is_replaced_and_the_rest_stays(written, shown):
    assert masked(written) == shown


def test_the_form_begins_with_the_masked_answer():
    case, desk = make_answered(
        "Yth. Ibu Sari, hubungi 0812-3456-7890.", subject="Kuota penuh, WA saya 081234567890"
    )

    form = client_of(desk.officer).get(address(case)).context["form"]

    assert form["title"].value() == "Kuota penuh, WA saya …"
    assert form["body"].value() == "Yth. Ibu …, hubungi …."
    assert form["topic"].value() == "mpaspor-kuota"
    assert form["is_clean"].value() is None


@pytest.mark.parametrize(
    ("privacy", "is_strong"),
    [(Privacy.OPEN, False), (Privacy.CONFIDENTIAL, True), (Privacy.ANONYMOUS, True)],
)
def test_the_warning_is_stronger_where_somebody_asked_to_stay_hidden(privacy, is_strong):
    case, desk = make_answered(privacy=privacy)

    html = see(desk.officer, address(case))

    assert ("minta dirahasiakan" in html) is is_strong
    assert "Sudah saya hapus semua yang mengarah kepada orang" in html


def test_the_last_answer_counts_and_notes_are_never_shown():
    case, desk = make_answered("Jawaban pertama.")
    actions.answer_back(case, text="Belum selesai, tolong.")
    actions.note(case, actor=desk.officer, text="Catatan rahasia petugas")
    actions.submit(case, actor=desk.officer, body="Jawaban kedua.", outcome=Outcome.EXPLAINED)
    actions.approve(case, actor=desk.head)

    form = client_of(desk.officer).get(address(case)).context["form"]

    assert form["body"].value() == "Jawaban kedua."


def test_an_english_answer_fills_the_english_part_too():
    case, desk = make_answered("The quota opens step by step.", language="en")

    send(desk.officer, case, title="When does the quota open?", body="Step by step.")

    item = made()[0]
    assert (item.title_en, item.body_en) == ("When does the quota open?", "Step by step.")
    assert "terjemahkan" in item.versions.get().note


def test_a_second_draft_of_the_same_case_is_pointed_out():
    case, desk = make_answered()
    send(desk.officer, case)

    assert f"sudah pernah dibuat konsep: {TYPED['title']}" in see(desk.officer, address(case))
