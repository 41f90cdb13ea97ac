import pytest

from cases import actions
from cases.actions.due_changes import decide
from cases.models import DueProposal
from cases.workflow import Kind, Status
from tests.factories import NOW, make_case, make_desk, make_user

from .citizens import open_case
from .citizens import page as case_page
from .desk import client_of, see
from .holidays import close_on

pytestmark = pytest.mark.django_db

PAGE = "/lacak/kasus/tenggat/"
REQUEST = Kind.INFORMATION_REQUEST
SKIPPED = ["Sabtu, 28 November 2026: Sabtu", "Minggu, 6 Desember 2026: Minggu"]


@pytest.fixture
def desk():
    return make_desk()


def read(client, language="id"):
    client.cookies["bahasa"] = language
    response = client.get(PAGE)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def staff_page(case):
    return f"/admin/cases/case/{case.pk}/tenggat/"


def test_without_an_opened_case_the_page_asks_for_number_and_code(client):
    make_case(REQUEST, at=NOW)

    assert client.get(PAGE).url == "/lacak/"


def test_the_citizen_reads_law_length_start_and_each_skipped_day(client):
    open_case(client, REQUEST, at=NOW)

    page = read(client)

    assert "UU 14/2008 Pasal 22 ayat (7)" in page
    assert "Hari ke-0 adalah Selasa, 24 November 2026" in page
    assert "dihitung 10 hari kerja" in page
    assert "Selasa, 8 Desember 2026" in page
    assert all(day in page for day in SKIPPED)
    assert "Tanggal sebelumnya" not in page


def test_both_clocks_of_a_complaint_are_shown_and_the_kept_one_is_marked(client):
    open_case(client, at=NOW)

    page = read(client)

    assert "hari kalender" in page
    assert page.count("Ini tanggal yang berlaku") == 1


def test_the_case_page_leads_to_it(client):
    open_case(client, REQUEST, at=NOW)

    assert f'href="{PAGE}"' in case_page(client)


def test_it_is_there_in_english(client):
    open_case(client, REQUEST, at=NOW)
    close_on("2026-11-26")
    decide(DueProposal.objects.get(), actor=make_desk().ppid, is_accepted=True)

    page = read(client, "en")

    assert "Day 0 is Tuesday, 24 November 2026" in page
    assert "Saturday, 28 November 2026: Saturday" in page
    assert "Public holidays or joint leave changed" in page
    assert "Hari ke-0" not in page


def test_an_extension_is_shown_as_one_stretch_from_the_same_day(client, desk):
    case = open_case(client, REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=NOW)

    page = read(client)

    assert "Itu 10 hari kerja waktu awal ditambah 7 hari kerja perpanjangan" in page
    assert "Waktu menjawab diperpanjang satu kali" in page
    assert "Selasa, 8 Desember 2026 → <strong>Kamis, 17 Desember 2026" in page


def test_a_moved_date_is_told_with_the_date_before(client, desk):
    case = open_case(client, REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    decide(DueProposal.objects.get(), actor=desk.ppid, is_accepted=True)

    page = read(client)

    assert "Kamis, 26 November 2026: Pilkada" in page
    assert "Selasa, 8 Desember 2026 → <strong>Rabu, 9 Desember 2026" in page
    timeline = case_page(client)
    assert "Tanggal jawaban bergeser karena hari libur berubah" in timeline
    assert "Semula Selasa, 8 Desember 2026, sekarang Rabu, 9 Desember 2026." in timeline
    assert str(desk.ppid) not in page + timeline
    assert "Tenggat bergeser dari 8 Desember 2026 menjadi 9 Desember 2026" in see(
        desk.officer, case.get_absolute_url()
    )


@pytest.mark.parametrize("step", ["verify", "reopen", "answer_back", "reclassify"])
def test_every_step_that_replaces_a_date_keeps_the_one_before(client, desk, step):
    if step == "verify":
        case = open_case(client, at=NOW)
        actions.verify(
            case,
            actor=desk.verifier,
            section=desk.section,
            service_class="berkadar_pengawasan",
        )
    elif step == "reclassify":
        case = open_case(client, REQUEST, Status.VERIFIED, desk=desk, at=NOW)
        actions.reclassify(case, actor=desk.verifier, kind=Kind.QUESTION, detail=None)
    else:
        status = Status.ANSWERED if step == "answer_back" else Status.DONE
        case = open_case(client, REQUEST, status, desk=desk, at=NOW)
        old = case.due_on
        if step == "reopen":
            actions.reopen(case, actor=desk.head, reason="Belum.", at=NOW.replace(day=25))
        else:
            actions.answer_back(case, text="Kurang.", at=NOW.replace(day=25))
        assert case.due_on > old

    assert read(client).count("→") == 1


def test_a_year_without_a_decree_is_said_and_not_guessed(client):
    open_case(client, REQUEST, at=NOW.replace(year=2027, month=12, day=22))

    assert "Daftar hari libur untuk tahun itu belum terbit" in read(client)


def test_staff_read_the_same_on_a_page_of_their_own(desk):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)

    page = see(desk.officer, staff_page(case))

    assert all(day in page for day in SKIPPED)
    assert staff_page(case) in see(desk.officer, case.get_absolute_url())


def test_staff_read_it_of_cases_in_their_sight_only(desk):
    case = make_case(status=Status.IN_PROGRESS, desk=desk, at=NOW)
    elsewhere = make_user("petugas", section="lantaskim")

    assert client_of(elsewhere).get(staff_page(case)).status_code == 404
    assert client_of(make_user("administrator")).get(staff_page(case)).status_code in (403, 404)


def test_the_page_is_kept_nowhere(client):
    open_case(client, REQUEST, at=NOW)

    assert "no-store" in client.get(PAGE)["Cache-Control"]
