import pytest
from django.contrib.auth.hashers import check_password, get_hasher, make_password

from kanim_portal import settings as real

STOCK = "django.contrib.auth.hashers.Argon2PasswordHasher"
SECRET = "Sandi-panjang-2026"


@pytest.fixture(autouse=True)
def _real_hashers(settings):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS


def test_a_password_costs_nineteen_mebibytes():
    assert "$m=19456,t=2,p=1$" in make_password(SECRET)


def test_an_older_heavier_hash_still_opens_and_is_renewed(settings):
    lean = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = [STOCK]
    heavy = make_password(SECRET)
    settings.PASSWORD_HASHERS = lean
    renewed = []

    assert "$m=102400," in heavy
    assert check_password(SECRET, heavy, setter=renewed.append)
    assert renewed == [SECRET]
    assert not check_password("lain", heavy)
    assert not get_hasher().must_update(make_password(SECRET))
