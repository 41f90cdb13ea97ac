from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from cases import actions
from cases.filters import as_reference
from cases.models import SavedFilter
from cases.workflow import Kind, Privacy, Status
from infocontent.models import Topic
from office.roles import Role
from tests.factories import make_case, make_desk, make_section, make_user

from .desk import LIST, client_of, references, see

pytestmark = pytest.mark.django_db


def test_the_newest_case_stands_first():
    desk = make_desk()
    old = make_case(at=timezone.now() - timedelta(days=2))
    new = make_case()

    assert references(desk.verifier) == [new.reference, old.reference]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("PG-2026-000042", "PG-2026-000042"),
        ("  pg 2026 42 ", "PG-2026-000042"),
        ("pi2026000007", "PI-2026-000007"),
        ("tl–2026–000001", "TL-2026-000001"),
        ("PG-2026", None),
        ("paspor", None),
        ("P\u212aB-2026-1", None),
        ("\u212aB-2026-1", None),
        ("pg-²026-1", None),
    ],
)
def test_a_reference_is_recognised_in_any_case_and_spacing(typed, meant):
    assert as_reference(typed) == meant


def test_search_finds_a_reference_and_words_of_the_narrative():
    desk = make_desk()
    case = make_case(narrative="Mesin antrean rusak sejak Senin.")
    make_case(narrative="Hal lain sama sekali.")

    assert references(desk.verifier, f"q={case.reference.lower()}") == [case.reference]
    assert references(desk.verifier, "q=antrean+rusak") == [case.reference]


def test_filters_narrow_the_list():
    desk = make_desk()
    topic = Topic.objects.get(code="antrean")
    wanted = make_case(
        status=Status.IN_PROGRESS, desk=desk, topic=topic, privacy=Privacy.CONFIDENTIAL
    )
    make_case(Kind.QUESTION, at=timezone.now() - timedelta(days=40))

    for query in (
        "status=diproses",
        "kind=pengaduan",
        f"section={desk.section.pk}",
        f"assignee={desk.officer.pk}",
        f"topic={topic.pk}",
        "privacy=rahasia",
        "received_from=2026-11-20",
    ):
        assert references(desk.verifier, query) == [wanted.reference], query
    assert wanted.reference not in references(desk.verifier, "received_to=2026-11-01")
    assert wanted.reference not in references(desk.verifier, "assignee=0")


def test_open_and_closed_cases_can_be_told_apart():
    desk = make_desk()
    is_open = make_case()
    closed = make_case(status=Status.DONE, desk=desk)

    assert references(desk.verifier, "status=terbuka") == [is_open.reference]
    assert references(desk.verifier, "status=tertutup") == [closed.reference]


def test_due_dates_are_said_in_words():
    desk = make_desk()
    make_case(Kind.QUESTION, at=timezone.now())
    make_case(Kind.QUESTION, at=timezone.now() - timedelta(days=8))
    make_case(Kind.QUESTION, at=timezone.now() - timedelta(days=7))

    text = see(desk.verifier, LIST)

    assert "5 hari kerja lagi" in text
    assert "terlambat 1 hari" in text
    assert "hari ini" in text


def test_overdue_near_and_unread_are_filters():
    desk = make_desk()
    late = make_case(Kind.QUESTION, at=timezone.now() - timedelta(days=20))
    near = make_case(Kind.QUESTION, at=timezone.now() - timedelta(days=6))
    far = make_case()
    actions.add_facts(far, text="Ada kabar baru")

    assert references(desk.verifier, "overdue=on") == [late.reference]
    assert references(desk.verifier, "due_soon=on") == [near.reference]
    assert references(desk.verifier, "unread=on") == [far.reference]


def test_mine_are_the_cases_i_hold():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    assert references(desk.officer, "mine=on") == [case.reference]
    assert references(colleague, "mine=on") == []


def test_a_section_role_is_offered_no_other_section_and_no_foreign_officer():
    desk = make_desk()
    stranger = make_user(Role.OFFICER, section=make_section(), first_name="Petugas Asing")

    text = see(desk.head, LIST)

    assert 'name="section"' not in text
    assert "Petugas Asing" not in text
    assert "Petugas Asing" in see(desk.verifier, LIST)
    assert references(desk.head, f"assignee={stranger.pk}") == references(desk.head)


@pytest.mark.parametrize(
    "query",
    [
        "status=apa",
        "section=99999999999999999999999",
        "assignee=%00",
        "topic=1%27",
        "received_from=kemarin",
        "received_from=0001-01-01",
        "received_to=9999-12-31",
        "q=%00",
        "kind=%ff%fe",
    ],
)
def test_a_value_that_is_not_understood_is_ignored_and_said(query):
    desk = make_desk()
    case = make_case()

    response = client_of(desk.verifier).get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert case.reference in response.content.decode()
    assert any("diabaikan" in str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 60_000,
        "q=" + "kata+" * 3000,
        "q=%22%27%3B--",
        "q=%F0%9F%98%80",
        "q=²",
        "q=a%26b%7Cc%3A*",
        "p=%00",
        "p=99999999999999999999999999",
        "p=-1",
        "p=²",
        "_popup=1&_to_field=password",
        "assignee__password__startswith=a",
        "o=9.9&all=&e=1",
        "%00=%00",
    ],
)
def test_no_query_string_breaks_the_list(query):
    desk = make_desk()
    make_case()

    assert client_of(desk.verifier).get(f"{LIST}?{query}").status_code == 200


def test_an_unknown_lookup_never_reaches_the_database():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)

    assert references(desk.verifier, "assignee__password__startswith=zzz") == [case.reference]


def test_a_long_list_is_paged_and_its_count_is_capped(monkeypatch):
    monkeypatch.setattr("cases.counting.CAP", 3)
    monkeypatch.setattr("cases.desk.paging.PER_PAGE", 2)
    desk = make_desk()
    for _ in range(5):
        make_case(Kind.QUESTION)

    first, last = see(desk.verifier, f"{LIST}?kind=pertanyaan"), references(desk.verifier, "p=3")

    assert "<strong>3+</strong> kasus" in first
    assert "?kind=pertanyaan&amp;p=2" in first
    assert len(last) == 1


@pytest.mark.parametrize("query", ["", "status=terbuka", "q=antrean", "overdue=on&mine=on"])
def test_the_list_costs_the_same_few_queries_whatever_it_shows(
    query, django_assert_max_num_queries
):
    desk = make_desk()
    for status in (Status.RECEIVED, Status.VERIFIED, Status.IN_PROGRESS, Status.DONE):
        for _ in range(3):
            make_case(status=status, desk=desk, topic=Topic.objects.get(code="antrean"))
    full = f"{query}&section={desk.section.pk}&assignee={desk.officer.pk}"

    for address in (query, full):
        client = client_of(desk.verifier)
        with django_assert_max_num_queries(12):
            assert client.get(f"{LIST}?{address}").status_code == 200


def save(user, query, name="Terlambat saya"):
    return client_of(user).post(f"{LIST}saringan/", {"query": query, "name": name}, follow=True)


def test_a_filter_is_saved_shown_and_deleted_with_confirmation():
    desk = make_desk()
    save(desk.head, "overdue=on&status=diproses")
    saved = SavedFilter.objects.get(user=desk.head)
    client = client_of(desk.head)
    address = f"{LIST}saringan/{saved.pk}/hapus/"

    assert "Terlambat saya" in see(desk.head, LIST)
    assert "Hapus saringan" in client.get(address).content.decode()
    assert SavedFilter.objects.filter(pk=saved.pk).exists()

    client.post(address)

    assert not SavedFilter.objects.filter(pk=saved.pk).exists()


def test_a_saved_filter_keeps_only_what_the_filter_knows():
    desk = make_desk()

    save(desk.head, "status=diproses&assignee__password=x&next=//evil&p=7&kind=apa")

    assert SavedFilter.objects.get(user=desk.head).query == "status=diproses"


@pytest.mark.parametrize(
    ("query", "name"), [("", "Kosong"), ("status=diproses", ""), ("mine=on", "\0")]
)
def test_an_empty_filter_or_name_is_not_saved(query, name):
    desk = make_desk()

    response = save(desk.head, query, name)

    assert response.status_code == 200
    assert not SavedFilter.objects.exists()


def test_nobody_deletes_the_filter_of_a_colleague():
    desk = make_desk()
    save(desk.head, "mine=on")
    saved = SavedFilter.objects.get()

    response = client_of(desk.verifier).post(f"{LIST}saringan/{saved.pk}/hapus/")

    assert response.status_code == 404
    assert SavedFilter.objects.exists()
