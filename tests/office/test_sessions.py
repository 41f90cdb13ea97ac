"""What is remembered between two pages."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from office.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored(**data):
    store = SessionStore()
    store.update(data)
    store.create()
    return store.session_key


def test_a_session_is_found_again():
    key = stored(bahasa="en")

    assert dict(SessionStore(key)) == {"bahasa": "en"}


def test_an_expired_session_is_forgotten():
    key = stored(bahasa="en")

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        late = SessionStore(key)
        assert dict(late) == {}
        assert late.session_key is None


def test_an_invented_key_is_not_adopted():
    invented = SessionStore("a" * 32)

    assert invented.get("bahasa") is None
    assert invented.session_key is None
