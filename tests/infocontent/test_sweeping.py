import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from infocontent import sweeping
from infocontent.models import Media
from office import uploads
from tests.factories import NOW

from .files import (
    named_by,
    on_disk,
    take_pdf,
    take_picture,
)

pytestmark = pytest.mark.django_db


def make_older(age):
    """As if everything on the disk had been written that long before the test's moment."""
    moment = (NOW - age).timestamp()
    for place in on_disk():
        os.utime(default_storage.path(place), (moment, moment))


def test_only_content_files_without_a_row_are_swept_and_only_old_ones():
    row = take_picture()
    orphan = take_pdf()
    place = orphan.file
    orphan.delete()

    make_older(timedelta(hours=23))
    early = sweeping.orphan_files(NOW)
    make_older(timedelta(hours=25))
    swept = sweeping.orphan_files(NOW)

    assert (early, swept) == (0, 1)
    assert not default_storage.exists(place)
    assert on_disk() == named_by(row)


def test_the_hourly_command_sweeps_content_and_leaves_what_has_a_row(capsys):
    row = take_picture()
    orphan = take_pdf()
    Media.objects.filter(pk=orphan.pk).delete()
    make_older(timedelta(days=3))

    call_command("hourly", at=NOW)

    assert "berkas konten tanpa pemilik dihapus: 1" in capsys.readouterr().out
    assert on_disk() == named_by(row)


def test_all_sizes_of_a_picture_lie_in_one_folder_though_the_month_changes(monkeypatch):
    months = iter(["2026/11", "2026/12"])
    monkeypatch.setattr(uploads, "month_folder", lambda at: next(months, "2026/12"))

    row = take_picture()

    assert {place.rpartition("/")[0] for place in named_by(row)} == {"konten/2026/11"}
