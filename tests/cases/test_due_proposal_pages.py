import re

import pytest

from cases.models import Case, DueChange, DueProposal
from cases.workflow import Kind, Status
from office.roles import Role
from tests.factories import NOW, make_case, make_desk, make_user

from .desk import client_of, see
from .holidays import close_on, open_on

pytestmark = pytest.mark.django_db

PAGE = "/admin/cases/dueproposal/"
DECIDE = f"{PAGE}putuskan/"
DECIDERS = ["ppid", "verifier"]
OTHERS = [role for role in Role if role not in (Role.PPID, Role.VERIFIER)]


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def case(desk):
    found = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    return found


def post(user, step, *picked, **more):
    version = DueProposal.objects.get(state="terbuka").version
    typed = {"langkah": step, "version": version, "pilih": picked, **more}
    return client_of(user).post(DECIDE, typed, follow=True)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def states():
    return sorted(DueChange.objects.values_list("state", flat=True))


@pytest.mark.parametrize("person", DECIDERS)
def test_the_page_lists_old_and_new_with_the_day_that_changed(desk, case, person):
    page = see(getattr(desk, person), PAGE)

    assert case.reference in page
    assert "Permohonan informasi publik" in page
    assert "Selasa, 8 Desember 2026" in page
    assert "Rabu, 9 Desember 2026" in page
    assert "Kini libur: Kamis, 26 November 2026, Pilkada" in page
    assert "UU 14/2008 Pasal 22 ayat (7)" in page
    assert case.subject not in page


def test_a_day_that_became_work_is_named_as_it_was_called(desk):
    close_on("2026-11-26")
    make_case(Kind.QUESTION, at=NOW)

    open_on("2026-11-26")

    assert "Kini hari kerja: Kamis, 26 November 2026 (semula Pilkada)" in see(desk.ppid, PAGE)


def test_an_empty_page_says_so(desk):
    assert "Tidak ada tenggat yang menunggu keputusan" in see(desk.ppid, PAGE)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_or_decides(desk, case, role):
    client = client_of(make_user(role, section=desk.section))
    typed = {"langkah": "terima-semua", "version": 2, "yakin": "ya"}

    assert client.get(PAGE).status_code == 403
    assert client.post(DECIDE, typed).status_code == 403
    assert client.get(f"{PAGE}1/change/").status_code == 403
    assert states() == ["menunggu"]


@pytest.mark.parametrize(
    ("step", "question"),
    [("terima-semua", "Ya, geser 1 tenggat"), ("tolak-semua", "Ya, tolak 1 pergeseran")],
)
def test_nothing_is_done_before_it_is_confirmed(desk, case, step, question):
    assert question in text(post(desk.ppid, step))

    assert states() == ["menunggu"]


@pytest.mark.parametrize(
    ("step", "said", "state", "due"),
    [
        ("terima-semua", "Tenggat 1 kasus digeser", "diterima", "2026-12-09"),
        ("tolak-semua", "Pergeseran 1 kasus ditolak", "ditolak", "2026-12-08"),
    ],
)
def test_a_confirmed_step_is_done_and_said(desk, case, step, said, state, due):
    assert said in text(post(desk.ppid, step, yakin="ya"))

    assert states() == [state]
    assert f"{Case.objects.get(pk=case.pk).due_on}" == due


@pytest.mark.parametrize(("step", "state"), [("terima", "diterima"), ("tolak", "ditolak")])
def test_only_the_picked_rows_are_decided(desk, case, step, state):
    make_case(Kind.QUESTION, at=NOW)
    close_on("2026-11-27")
    picked = case.due_changes.get(state="menunggu").pk

    confirm = text(post(desk.verifier, step, picked))
    assert re.findall(r'name="pilih" value="(\d+)"', confirm) == [str(picked)]
    post(desk.verifier, step, picked, yakin="ya")

    assert states() == sorted(["dilewati", "menunggu", state])


@pytest.mark.parametrize(
    ("step", "picked", "said"),
    [
        ("terima", [], "Pilih dulu kasusnya"),
        ("terima", ["x"], "Pilih dulu kasusnya"),
        ("hapus", [], "Tidak ada usulan"),
    ],
)
def test_a_step_without_a_sense_is_refused(desk, case, step, picked, said):
    assert said in text(post(desk.ppid, step, *picked, yakin="ya"))

    assert states() == ["menunggu"]


@pytest.mark.parametrize("version", ["1", "", "x", "99999999999999999999"])
def test_a_page_from_before_the_last_change_is_refused(desk, case, version):
    said = text(post(desk.ppid, "terima-semua", yakin="ya", version=version))

    assert "Usulan ini berubah setelah halaman Anda dibuka" in said
    assert states() == ["menunggu"]


def test_opening_the_address_of_the_step_leads_back(desk, case):
    assert client_of(desk.ppid).get(DECIDE).status_code == 302


def test_what_was_skipped_is_said_with_its_reason(desk, case):
    from cases import actions

    actions.withdraw(case)

    said = text(post(desk.ppid, "terima-semua", yakin="ya"))

    assert f"{case.reference} dilewati: Kasus sudah dijawab atau ditutup" in said


def test_a_case_out_of_sight_is_neither_shown_nor_counted(desk, case):
    hidden = make_case(status=Status.VERIFIED, desk=desk, at=NOW, reported=[desk.ppid])
    close_on("2026-11-27")

    page = see(desk.ppid, PAGE)
    assert hidden.reference not in page
    assert "Terima semua (1)" in page
    assert "Terima semua (2)" in see(desk.verifier, PAGE)
    post(desk.ppid, "terima", hidden.due_changes.get(state="menunggu").pk, yakin="ya")
    assert hidden.due_changes.filter(state="menunggu").exists()


def test_what_was_decided_can_be_read_afterwards(desk, case):
    post(desk.ppid, "terima-semua", yakin="ya")
    proposal = DueProposal.objects.get()

    assert "1 diterima, 0 ditolak, 0 dilewati" in see(desk.verifier, PAGE)
    page = see(desk.verifier, f"{PAGE}{proposal.pk}/change/")
    assert case.reference in page
    assert str(desk.ppid) in page
    client = client_of(desk.verifier)
    for number in (proposal.pk + 1, 2**63):
        assert client.get(f"{PAGE}{number}/change/").status_code == 404


@pytest.mark.parametrize("person", DECIDERS)
def test_the_start_page_leads_there_while_something_waits(desk, case, person):
    user = getattr(desk, person)

    assert f'href="{PAGE}"><span class="angka">1</span>' in see(user, "/admin/")
    post(user, "tolak-semua", yakin="ya")
    assert "Tenggat yang akan bergeser" not in see(user, "/admin/")


def test_whoever_changes_a_holiday_is_told_what_would_move(desk):
    case = make_case(Kind.INFORMATION_REQUEST, at=NOW)
    client = client_of(make_user(Role.ADMINISTRATOR))
    typed = {"date": "2026-11-26", "name": "Pilkada", "category": "libur_setempat"}

    added = client.post("/admin/office/holiday/add/", typed, follow=True)
    assert "Tenggat 1 kasus terbuka akan bergeser" in text(added)
    assert case.reference not in text(added)
    pk = re.findall(r"/admin/office/holiday/(\d+)/change/", text(added))[0]

    changed = client.post(
        f"/admin/office/holiday/{pk}/change/", {**typed, "date": "2026-11-28"}, follow=True
    )
    assert "akan bergeser" not in text(changed)
    assert states() == ["dilewati"]

    client.post(f"/admin/office/holiday/{pk}/change/", typed)
    client.post(f"/admin/office/holiday/{pk}/delete/", {"post": "yes"})
    assert states() == ["dilewati", "dilewati"]


def test_the_page_costs_few_queries_however_long_it_is(desk, case, django_assert_max_num_queries):
    for _ in range(15):
        make_case(Kind.QUESTION, at=NOW)
    close_on("2026-11-27")
    client = client_of(desk.ppid)

    with django_assert_max_num_queries(9):
        assert "Terima semua (16)" in text(client.get(PAGE))
