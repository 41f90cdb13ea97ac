import logging
import sys

import pytest
from django.db import IntegrityError
from django.test import Client

from kanim_portal.log import WithoutContents

WORDS = "Saya diminta uang oleh petugas loket tiga"


def store(narrative):
    raise IntegrityError(f"DETAIL: Failing row contains ({narrative})")


def record_of_failure():
    """A record as django.request makes it, with one failure that led to another."""
    try:
        try:
            store(WORDS)
        except IntegrityError as error:
            raise ValueError(f"could not keep {WORDS}") from error
    except ValueError:
        return logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "%s: %s",
            ("Internal Server Error", "/pengaduan/"),
            sys.exc_info(),
        )


def test_a_failure_is_logged_by_kind_and_place_without_what_it_says():
    line = WithoutContents("{levelname} {message}", style="{").format(record_of_failure())

    assert line.startswith("ERROR Internal Server Error: /pengaduan/\nTraceback")
    assert "django.db.utils.IntegrityError\n" in line
    assert line.endswith("builtins.ValueError")
    assert f'File "{__file__}", line ' in line
    assert "in store" in line
    assert WORDS not in line
    assert "Failing row" not in line
    assert "raise " not in line


def test_the_text_that_another_handler_kept_is_not_repeated():
    record = record_of_failure()
    logging.Formatter().format(record)

    assert WORDS in record.exc_text
    assert WORDS not in WithoutContents().format(record)


def test_the_line_formatter_of_a_real_site_leaves_contents_out(settings):
    assert settings.LOGGING["formatters"]["line"]["class"] == "kanim_portal.log.WithoutContents"


@pytest.mark.django_db
def test_a_page_that_fails_writes_no_contents(monkeypatch, caplog):
    monkeypatch.setattr("kanim_portal.views.render", lambda *args: store(WORDS))

    assert Client(raise_request_exception=False).get("/").status_code == 500
    (record,) = [record for record in caplog.records if record.name == "django.request"]

    assert WORDS not in WithoutContents().format(record)
