from datetime import date, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from infocontent import jobs, search
from infocontent.models import Synonym, Tariff, Topic
from infocontent.search.words import words_of
from office.calendar import today
from office.roles import Role
from tests.factories import make_user

from .desk import client_of, see, text
from .items import make_item

pytestmark = pytest.mark.django_db

TARIFFS = "/admin/infocontent/tariff/"
SYNONYMS = "/admin/infocontent/synonym/"


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


def tariff(**more):
    fields = {
        "code": "uji-coba",
        "group": "paspor",
        "name": "Uji coba",
        "amount": 100_000,
        "valid_from": today() + timedelta(days=10),
        "source": "PP 45/2024",
        **more,
    }
    return Tariff.objects.create(**fields)


def typed(row, **more):
    return {
        "code": row.code,
        "group": row.group,
        "name": row.name,
        "name_en": "",
        "amount": row.amount,
        "unit": "",
        "unit_en": "",
        "valid_from": f"{row.valid_from:%Y-%m-%d}",
        "source": row.source,
        "topic": "",
        "order": 0,
        **more,
    }


def test_a_new_price_is_a_new_row(humas):
    row = tariff(valid_from=date(2024, 12, 17))
    data = typed(row, amount=250_000, valid_from="2027-01-01")

    client_of(humas).post(f"{TARIFFS}add/", data)

    assert list(Tariff.objects.filter(code=row.code).values_list("amount", flat=True)) == [
        250_000,
        100_000,
    ]


def test_what_already_holds_keeps_its_amount(humas):
    row = tariff(valid_from=today(), needs_check=True)

    client_of(humas).post(f"{TARIFFS}{row.pk}/change/", typed(row, amount=1, name="Nama lain"))

    row.refresh_from_db()
    assert (row.amount, row.name, row.needs_check) == (100_000, "Nama lain", False)


def test_what_begins_later_can_still_be_corrected(humas):
    row = tariff()

    client_of(humas).post(f"{TARIFFS}{row.pk}/change/", typed(row, amount=120_000))

    row.refresh_from_db()
    assert row.amount == 120_000


def test_a_second_price_of_the_same_day_is_refused(humas):
    row = tariff()

    response = client_of(humas).post(f"{TARIFFS}add/", typed(row, amount=1))

    assert response.status_code == 200
    assert Tariff.objects.filter(code=row.code).count() == 1


def test_a_price_has_a_possible_year(humas):
    response = client_of(humas).post(f"{TARIFFS}add/", typed(tariff(), valid_from="0001-01-01"))

    assert "Tahunnya tidak mungkin" in text(response)


def test_prices_are_never_deleted(humas):
    row = tariff()

    assert client_of(humas).post(f"{TARIFFS}{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HUMAS])
@pytest.mark.parametrize("table", [TARIFFS, SYNONYMS])
def test_only_the_team_sees_prices_and_synonyms(role, table):
    client = client_of(make_user(role))

    assert client.get(table).status_code == 403
    assert client.get(f"{table}add/").status_code == 403


def test_a_synonym_is_known_to_the_search_at_once(humas):
    assert words_of("wkwkpor") == ["wkwkpor"]

    client_of(humas).post(f"{SYNONYMS}add/", {"word": "WKWKpor", "means": "  Paspor  Baru "})

    assert words_of("wkwkpor") == ["paspor", "baru"]
    assert Synonym.objects.get(word="wkwkpor").means == "paspor baru"


def test_texts_follow_a_synonym_when_the_worker_gets_to_it(
    humas, django_capture_on_commit_callbacks
):
    make_item("aneh", title="Kwitansi wkwkpor")
    with django_capture_on_commit_callbacks(execute=True):
        for word in ("wkwkpor", "lain-lain"):
            client_of(humas).post(f"{SYNONYMS}add/", {"word": word, "means": "paspor"})

    assert DBTaskResult.objects.filter(task_path=jobs.reindex.module_path).count() == 1
    jobs.reindex.func()

    hits = search.find("kwitansi wkwkpor").hits
    assert hits[0].document.title == "Kwitansi wkwkpor"


def test_a_synonym_that_misleads_can_be_taken_away(humas):
    synonym = Synonym.objects.create(word="wkwkpor", means="paspor")

    client_of(humas).post(f"{SYNONYMS}{synonym.pk}/delete/", {"post": "yes"})

    assert not Synonym.objects.filter(word="wkwkpor").exists()


def test_topics_are_seen_by_the_team_and_kept_by_the_administrator(humas):
    topic = Topic.objects.get(code="paspor-baru")
    where = f"/admin/infocontent/topic/{topic.pk}/change/"

    assert topic.name in see(humas, where)
    assert client_of(humas).post(where, {"name": "Lain"}).status_code == 403
    assert see(make_user(Role.ADMINISTRATOR), where)
