import pytest

from office.roles import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def test_the_sixty_first_try_from_one_address_is_one_too_many(client):
    # A new name with every try, so that no account is locked before the address is.
    for number in range(60):
        answer = client.post(LOGIN, {"username": f"x{number}", "password": "y"})
        assert answer.status_code == 200

    answer = client.post(LOGIN, {"username": "x60", "password": "y"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert client.get(LOGIN).status_code == 200


def test_another_address_is_not_held_back(client):
    for number in range(61):
        client.post(LOGIN, {"username": f"x{number}", "password": "y"})
    user = make_user(Role.OFFICER)
    user.set_password("Sandi-panjang-2026")
    user.save()

    answer = client.post(
        LOGIN,
        {"username": user.username, "password": "Sandi-panjang-2026"},
        REMOTE_ADDR="192.0.2.9",
    )

    assert answer.status_code == 302
