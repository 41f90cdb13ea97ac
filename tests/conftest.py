"""The surroundings of every test: settings by variables, a private place for files, no skips."""

import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine

_private_files = tempfile.TemporaryDirectory(prefix="portal-test-files-")

# Set, not defaulted: neither the shell nor a developer's .env may change what is tested.
# Only the database is a choice: SQLite unless DATABASE_URL names a PostgreSQL (bin/with-postgres).
os.environ.update(
    DJANGO_SETTINGS_MODULE="kanim_portal.settings",
    DEBUG="0",
    DEMO="0",
    HTTPS="0",
    SECRET_KEY="only-for-tests",
    FIELD_KEY="only-for-tests-as-well",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    CSRF_TRUSTED_ORIGINS="",
    SITE_URL="http://testserver",
    TIME_ZONE="Asia/Jakarta",
    MEDIA_ROOT=_private_files.name,
    DEFAULT_FROM_EMAIL="ppid@example.go.id",
    TRUSTED_PROXY_HOPS="0",
    RATE_LIMIT_FACTOR="1",
    LOGIN_FAILURE_LIMIT="6",
    LOG_LEVEL="WARNING",
)
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ["DATABASE_URL"] = f"sqlite:///{_private_files.name}/portal.sqlite3"

import django  # noqa: E402 - the variables come first
from django.conf import settings  # noqa: E402

# Manifest storage wants collected files, and a real password hash costs 50 ms per account.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: each thread then has its own connection and real locks, as in production.
    settings.DATABASES["default"]["TEST"] = {"NAME": f"{_private_files.name}/test.sqlite3"}

django.setup()
# pytest-django would otherwise set up the parallel workers before they have read this file.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.core.cache import cache  # noqa: E402 - needs the set-up
from django.core.management import call_command  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402
from pytest_django.fixtures import Settings  # noqa: E402

from .factories import NOW  # noqa: E402
from .sealed import flush_past_seals  # noqa: E402

flush_past_seals()

ONE_BLANK_PAGE = (
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n"
    "trailer<</Root 1 0 R>>\nstartxref\n0"
)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# The same examples every time: a test that fails sometimes proves nothing.
hypothesis.settings.register_profile(
    "portal",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("portal")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("no_skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and --no-skips forbids it: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    report = yield
    if report.skipped and collector.config.getoption("no_skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and --no-skips forbids it: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every test finds the office as load_office leaves it, also after a test that empties all."""
    empty = TransactionTestCase._fixture_teardown

    def empty_and_load(self: TransactionTestCase) -> None:
        empty(self)
        # These tests run after all others, many times, and none of them reads the library.
        load_office(without_library=True)

    with django_db_blocker.unblock():
        load_office()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_load)
        yield


def load_office(**options: Any) -> None:
    # Before the moment at which tests begin: its texts are out by then.
    with time_machine.travel(NOW - timedelta(days=1)):
        call_command("load_office", stdout=StringIO(), **options)


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """For threads with connections of their own: what is written here is really committed."""


@pytest.fixture(autouse=True)
def _office_clock() -> Iterator[None]:
    # The calendar ends with the last decreed year; the tests must not end with it.
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture
def plain_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are numbered, kept and sent, but not laid out: for tests in which many leave.

    What they look like on paper is tested where one of each is printed.
    """
    leave_paper_plain(monkeypatch)


def leave_paper_plain(patch: pytest.MonkeyPatch) -> None:
    from office import pdf

    def laid_out_by_nobody(template: str, context: dict[str, Any], **how: str) -> bytes:
        number = context.get("number", "")
        return f"%PDF-1.4\n% {template} {number}\n{ONE_BLANK_PAGE}\n%%EOF\n".encode()

    patch.setattr(pdf, "render", laid_out_by_nobody)
