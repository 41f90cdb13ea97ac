import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases import actions
from cases.workflow import Kind, Privacy, Status
from office.roles import Role
from tests.factories import make_case, make_desk, make_section, make_user

from .desk import client_of, references, see

pytestmark = pytest.mark.django_db

MAX_QUERIES = 12


def tasks(user):
    """The lines of the to-do list: label, count and link."""
    found = re.findall(
        r'<a href="([^"]+)"><span class="angka">([^<]+)</span><span class="kata"><strong>([^<]+)',
        see(user, "/admin/"),
    )
    return {label: (count, link.replace("&amp;", "&")) for link, count, label in found}


def test_a_verifier_is_told_what_to_verify():
    desk = make_desk()
    make_case()
    make_case(status=Status.VERIFIED, desk=desk)

    lines = tasks(desk.verifier)

    assert lines["Perlu diverifikasi"][0] == "1"
    assert lines["Perlu didisposisi"][0] == "1"


def test_every_count_is_the_length_of_the_list_behind_its_link():
    desk = make_desk()
    for status in (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_APPROVAL):
        make_case(status=status, desk=desk)
    make_case(status=Status.IN_PROGRESS, desk=desk, at=timezone.now() - timedelta(days=90))
    late = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.add_facts(late, text="Tambahan")

    for person in (desk.verifier, desk.officer, desk.head, desk.ppid):
        for label, (count, link) in tasks(person).items():
            if link.startswith("/admin/infocontent/"):
                continue  # the library has lists of its own
            assert len(references(person, link.partition("?")[2])) == int(count), label


def test_an_officer_is_told_of_the_own_work_only():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.IN_PROGRESS, desk=desk, at=timezone.now() - timedelta(days=90))

    assert tasks(desk.officer)["Terlambat (kasus Anda)"][0] == "1"
    assert tasks(desk.officer)["Sedang Anda kerjakan"][0] == "1"
    assert tasks(colleague)["Terlambat (kasus Anda)"][0] == "0"
    assert case.reference not in see(colleague, "/admin/")


def test_nobody_is_asked_to_approve_the_own_draft():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.submit(case, actor=desk.head, body="Jawaban.", outcome="dijelaskan")
    other = make_user(Role.SECTION_HEAD, section=desk.section)

    assert tasks(desk.head)["Menunggu persetujuan Anda"][0] == "0"
    assert tasks(other)["Menunggu persetujuan Anda"][0] == "1"


def test_counts_stop_at_the_cap(monkeypatch):
    monkeypatch.setattr("cases.counting.CAP", 2)
    desk = make_desk()
    for _ in range(4):
        make_case(Kind.QUESTION)

    assert tasks(desk.verifier)["Perlu diverifikasi"][0] == "2+"


def test_other_sections_are_not_counted():
    desk, elsewhere = make_desk(), make_user(Role.SECTION_HEAD, section=make_section())
    make_case(status=Status.IN_PROGRESS, desk=desk, at=timezone.now() - timedelta(days=90))

    assert all(count == "0" for count, _link in tasks(elsewhere).values())


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HUMAS])
def test_who_has_no_case_duties_sees_tables_and_no_case(role):
    case = make_case(subject="Perihal yang tidak boleh terlihat")

    text = see(make_user(role), "/admin/")

    assert "Yang menunggu Anda" not in text
    assert case.subject not in text
    assert "/admin/cases/case/" not in text
    assert "/admin/infocontent/topic/" in text


def test_a_superuser_without_a_role_sees_no_case():
    make_case()
    superuser = make_user(is_superuser=True)

    assert "Yang menunggu Anda" not in see(superuser, "/admin/")
    assert client_of(superuser).get("/admin/cases/case/").status_code == 403


def test_an_administrator_is_warned_of_a_year_without_holidays():
    from office.models import Holiday

    Holiday.objects.filter(date__year=2027).delete()

    assert "Hari libur 2027 belum dimuat" in see(make_user(Role.ADMINISTRATOR), "/admin/")


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_costs_few_queries_for_every_role(role, django_assert_max_num_queries):
    desk = make_desk()
    make_case(status=Status.IN_PROGRESS, desk=desk, privacy=Privacy.CONFIDENTIAL)
    client = client_of(make_user(role, section=desk.section))

    with django_assert_max_num_queries(MAX_QUERIES):
        assert client.get("/admin/").status_code == 200


def test_the_desk_speaks_indonesian_whatever_the_visitor_chose():
    client = client_of(make_user(Role.VERIFIER))
    client.cookies["bahasa"] = "en"

    text = client.get("/admin/").content.decode()

    assert "Diteruskan ke seksi" in text
    assert 'lang="id"' in text


def test_a_failed_login_says_so_in_title_and_summary():
    text = client_of(make_user()).post("/admin/login/", {"username": "x", "password": "y"})

    assert "<title>Galat:" in text.content.decode()
    assert "galat-ringkasan" in text.content.decode()
