"""What the pages of the walk-in desk need beside the office."""

import pytest
from django.conf import settings
from django.test import Client

from office.models import User
from yankomas import board

from .room import make_officer


@pytest.fixture(autouse=True)
def _new_board() -> None:
    """The board keeps what it said last; no test reads another one's."""
    board._kept.update(until=0.0, pulse=None, state=None)


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def desk(officer: User) -> Client:
    """The browser of the officer at the counter."""
    browser = Client()
    browser.force_login(officer)
    return browser


@pytest.fixture
def english(client: Client) -> Client:
    """The browser of a visitor who chose English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
