from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from office import throttle
from office.models import ThrottleWindow
from office.throttle import TooOften
from tests.factories import NOW
from tests.races import at_once, split

FULL_HOUR = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def allowed(times, *, who="192.0.2.1", action="lacak", at=NOW, limit=10):
    count = 0
    for _ in range(times):
        try:
            throttle.hit(action, who, limit=limit, minutes=60, at=at)
            count += 1
        except TooOften:
            pass
    return count


@pytest.mark.django_db
def test_exactly_as_many_hits_pass_as_the_limit_says():
    assert allowed(15) == 10


@pytest.mark.django_db
def test_the_refusal_says_when_to_come_back():
    with pytest.raises(TooOften) as refusal:
        throttle.hit("lacak", "192.0.2.1", limit=0, minutes=60)

    assert refusal.value.minutes == 60


@pytest.mark.django_db
def test_addresses_and_actions_are_counted_apart():
    assert allowed(12) == 10
    assert allowed(3, who="192.0.2.2") == 3
    assert allowed(3, action="kirim") == 3


@pytest.mark.django_db
def test_the_count_starts_again_with_the_next_window():
    last_second = FULL_HOUR + timedelta(minutes=59, seconds=59)
    assert allowed(12, at=FULL_HOUR) == 10
    assert allowed(1, at=last_second) == 0

    assert allowed(1, at=last_second + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_looking_does_not_count():
    throttle.hit("lacak", "192.0.2.1", limit=2, minutes=60)

    for _ in range(5):
        throttle.check("lacak", "192.0.2.1", limit=2, minutes=60)

    throttle.hit("lacak", "192.0.2.1", limit=2, minutes=60)
    with pytest.raises(TooOften):
        throttle.check("lacak", "192.0.2.1", limit=2, minutes=60)


@pytest.mark.django_db
def test_the_factor_raises_every_limit(settings):
    settings.RATE_LIMIT_FACTOR = 3

    assert allowed(50) == 30


@pytest.mark.django_db
def test_an_address_is_stored_only_as_a_digest_that_changes_every_day():
    allowed(1, at=NOW)
    allowed(1, at=NOW + timedelta(days=1))

    today, tomorrow = ThrottleWindow.objects.order_by("expires_at")
    assert "192.0.2" not in today.key + tomorrow.key
    assert today.key != tomorrow.key
    assert today.expires_at == NOW + timedelta(minutes=60)


def test_parallel_hits_are_counted_exactly(committed_db):
    def hit_five_times(number):
        return allowed(5, limit=40)

    passed, errors = split(at_once(16, hit_five_times))

    assert errors == []
    assert sum(passed) == 40
    assert ThrottleWindow.objects.get().hits == 80
    assert connection.in_atomic_block is False


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "1.2.3.4, 198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, hops, forwarded, address):
    settings.TRUSTED_PROXY_HOPS = hops
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)

    assert throttle.client_address(request) == address


def test_an_endless_forwarded_address_is_cut(settings):
    settings.TRUSTED_PROXY_HOPS = 1
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="a" * 5000)

    assert throttle.client_address(request) == "a" * 45
