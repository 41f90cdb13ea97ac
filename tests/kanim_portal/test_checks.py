import pytest
from django.core.checks import run_checks

from tests.factories import make_user

pytestmark = pytest.mark.django_db

LONG_KEY = "only-for-tests-and-longer-than-thirty-two"


@pytest.fixture(autouse=True)
def _long_key(settings):
    settings.FIELD_KEY = LONG_KEY


def ids():
    return {
        message.id
        for message in run_checks(include_deployment_checks=True)
        if message.id.startswith("kanim_portal")
    }


def test_a_real_site_passes():
    assert ids() == set()


def test_demo_mode_is_refused(settings):
    settings.DEMO = True

    assert ids() == {"kanim_portal.E001"}


def test_demo_accounts_are_refused_also_when_the_mode_is_off():
    make_user(is_demo=True)

    assert ids() == {"kanim_portal.E002"}


def test_raised_rate_limits_are_warned_of(settings):
    settings.RATE_LIMIT_FACTOR = 20

    assert ids() == {"kanim_portal.W001"}


@pytest.mark.parametrize("key", ["", "insecure-only-for-debug", "x" * 31])
def test_a_short_field_key_is_refused(settings, key):
    settings.FIELD_KEY = key

    assert ids() == {"kanim_portal.E003"}


def test_one_key_for_two_purposes_is_refused(settings):
    settings.SECRET_KEY = settings.FIELD_KEY

    assert ids() == {"kanim_portal.E003"}


@pytest.mark.parametrize(
    ("https", "address", "found"),
    [
        (True, "http://portal.example", {"kanim_portal.W002"}),
        (True, "https://portal.example", set()),
        (False, "http://portal.example", set()),
    ],
)
def test_links_without_tls_are_warned_of_where_tls_is_on(settings, https, address, found):
    settings.HTTPS, settings.SITE_URL = https, address

    assert ids() == found
