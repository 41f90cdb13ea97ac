import pytest
from django.core.checks import run_checks

from tests.factories import make_user

pytestmark = pytest.mark.django_db


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
