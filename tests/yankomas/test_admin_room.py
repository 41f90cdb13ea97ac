import pytest

from office.roles import Role
from tests.cases.desk import client_of
from tests.factories import make_section, make_user
from yankomas.models import Counter, QueueRules, Service

from .room import service

pytestmark = pytest.mark.django_db


def test_the_administrator_keeps_the_tables_of_the_room():
    client = client_of(make_user(Role.ADMINISTRATOR))
    counter = Counter.objects.get(number=1)
    address = f"/admin/yankomas/counter/{counter.pk}/change/"

    page = client.get(address).content.decode()
    chosen = [service("paspor").pk, service("informasi").pk]
    client.post(address, {"number": 1, "is_active": "on", "services": chosen})

    assert page.count('type="checkbox" name="services"') == Service.objects.count()
    assert set(counter.services.values_list("pk", flat=True)) == set(chosen)
    assert "Paspor" in client.get("/admin/yankomas/counter/").content.decode()


def test_a_service_keeps_its_code_and_its_row():
    client = client_of(make_user(Role.ADMINISTRATOR, is_superuser=True))
    passport = service()
    address = f"/admin/yankomas/service/{passport.pk}/"

    page = client.get(f"{address}change/").content.decode()

    assert 'name="code"' not in page
    assert 'name="code"' in client.get("/admin/yankomas/service/add/").content.decode()
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_the_rules_are_one_row_that_stays():
    client = client_of(make_user(Role.ADMINISTRATOR, is_superuser=True))
    address = "/admin/yankomas/queuerules/"

    assert client.get(f"{address}add/").status_code == 403
    assert client.post(f"{address}1/delete/", {"post": "yes"}).status_code == 403
    client.post(
        f"{address}1/change/",
        {
            "most_priority_in_a_row": 3,
            "long_wait_minutes": 45,
            "usual_minutes_low": 5,
            "usual_minutes_high": 15,
            "board_notice": "Istirahat 12.00",
        },
    )
    assert QueueRules.objects.get().most_priority_in_a_row == 3


@pytest.mark.parametrize("table", ["service", "counter", "queuerules"])
@pytest.mark.parametrize("role", [Role.YANKOMAS, Role.VERIFIER, Role.OFFICER])
def test_nobody_else_keeps_them(role, table):
    user = make_user(role, section=make_section())

    assert client_of(user).get(f"/admin/yankomas/{table}/").status_code == 403
