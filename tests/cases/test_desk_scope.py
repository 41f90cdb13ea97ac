import pytest

from cases import actions
from cases.models import AccessLog, Case
from cases.workflow import Status
from office.roles import Role
from tests.factories import make_case, make_desk, make_section, make_user

from .desk import LIST, act, client_of, page_of, references, see

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden():
    """A case of one section and the head of another."""
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk, subject="Perihal seksi lain")
    return case, make_user(Role.SECTION_HEAD, section=make_section())


def test_a_case_of_another_section_is_like_one_that_never_was(hidden):
    case, stranger = hidden
    client = client_of(stranger)

    for address in (
        "{}/change/",
        "{}/lakukan/catatan/",
        "{}/identitas/",
        "{}/",
        "{}/history/",
        "{}/delete/",
    ):
        there = client.get(LIST + address.format(case.pk))
        nowhere = client.get(LIST + address.format(10**9))
        assert there.status_code == nowhere.status_code == 404, address


def test_reaching_for_it_is_put_on_record(hidden):
    case, stranger = hidden

    client_of(stranger).get(page_of(case))
    client_of(stranger).get(f"{LIST}999999/change/")

    line = AccessLog.objects.get()
    assert (line.what, line.user, line.case) == ("ditolak", stranger, case)


def test_it_is_in_no_list_search_or_count(hidden):
    case, stranger = hidden

    assert references(stranger) == []
    assert references(stranger, f"q={case.reference}") == []
    assert references(stranger, "q=perihal+seksi+lain") == []
    assert case.reference not in see(stranger, "/admin/")


@pytest.mark.parametrize("verb", ["disposisi", "teruskan", "catatan", "setujui", "mulai"])
def test_no_verb_touches_it(hidden, verb):
    case, stranger = hidden

    assert act(stranger, case, verb, text="x", body="x").status_code == 404
    assert Case.objects.get(pk=case.pk).version == case.version


def test_a_duplicate_of_a_case_out_of_sight_is_named_but_not_linked():
    desk, elsewhere = make_desk(), make_section()
    case = make_case(status=Status.VERIFIED, desk=desk)
    original = make_case(status=Status.VERIFIED, desk=make_desk(elsewhere))
    actions.mark_duplicate(case, actor=desk.verifier, original=original)

    assert page_of(original) not in see(desk.head, page_of(case))
    assert page_of(original) in see(desk.verifier, page_of(case))


def test_the_reported_officer_and_the_head_find_nothing():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk, reported=[])
    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    for person in (desk.officer, desk.head):
        assert references(person) == []
        assert client_of(person).get(page_of(case)).status_code == 404


def test_lines_about_a_case_in_conflict_are_missing_from_the_access_log():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon pelapor")

    assert case.reference in see(desk.ppid, "/admin/cases/accesslog/")

    actions.name_reported(case, actor=desk.verifier, reported=[desk.ppid])

    assert case.reference not in see(desk.ppid, "/admin/cases/accesslog/")
    assert case.reference not in see(desk.ppid, "/admin/cases/notice/")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECTION_HEAD, Role.HUMAS, Role.ADMINISTRATOR])
def test_logs_are_for_those_who_oversee(role):
    client = client_of(make_user(role, section=make_section()))

    assert client.get("/admin/cases/accesslog/").status_code == 403
    assert client.get("/admin/cases/notice/").status_code == 403


def test_nobody_writes_the_logs_by_hand():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon pelapor")
    line = AccessLog.objects.get()
    client = client_of(make_user(Role.VERIFIER, is_superuser=True))

    assert client.get("/admin/cases/accesslog/add/").status_code == 403
    assert (
        client.post(f"/admin/cases/accesslog/{line.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert (
        client.post(f"/admin/cases/accesslog/{line.pk}/change/", {"purpose": "x"}).status_code
        == 403
    )
    assert AccessLog.objects.get().purpose == "Menelepon pelapor"


def test_tables_of_cases_cannot_be_edited_as_tables():
    client = client_of(make_user(Role.VERIFIER, is_superuser=True))

    for address in ("/admin/cases/case/add/", "/admin/cases/caseevent/", "/admin/cases/applicant/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["r/1/1/", "autocomplete/?app_label=cases&model_name=case&field_name=assignee"]
)
def test_stock_pages_that_answer_about_any_row_are_closed(address):
    client = client_of(make_user(Role.ADMINISTRATOR, is_superuser=True))

    assert client.get(f"/admin/{address}").status_code == 404
