import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from infocontent import actions, sweeping
from infocontent.models import Media, SearchCount, Vote
from infocontent.search import find
from office import uploads
from tests.factories import NOW

from .files import (
    named_by,
    on_disk,
    take_pdf,
    take_picture,
)
from .items import make_item

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


def test_of_a_vote_nothing_tells_the_voter_once_the_day_is_over():
    item, day = make_item(), timedelta(days=1)
    for visitor in ("203.0.113.9|Ponsel", "203.0.113.10|Ponsel"):
        actions.vote(item, visitor=visitor, is_helpful=True, at=NOW - day)
        actions.vote(item, visitor=visitor, is_helpful=True, at=NOW)

    first, second = sweeping.voters(NOW), sweeping.voters(NOW)

    assert (first, second) == (2, 0)
    before = Vote.objects.filter(day__lt=NOW.date())
    assert {vote.voter for vote in before} == {str(vote.pk) for vote in before}
    assert {len(vote.voter) for vote in Vote.objects.filter(day=NOW.date())} == {64}
    assert not actions.vote(item, visitor="203.0.113.9|Ponsel", is_helpful=False, at=NOW)


def test_the_hourly_command_forgets_voters_and_what_was_searched_long_ago(capsys):
    actions.vote(make_item(), visitor="203.0.113.9|Ponsel", is_helpful=True, at=NOW)
    for days in (0, 400, 401):
        actions.count_search(find("naturalisasi"), at=NOW - timedelta(days=days))

    call_command("hourly", at=NOW + timedelta(days=0))
    assert len(Vote.objects.get().voter) == 64
    call_command("hourly", at=NOW + timedelta(days=1))

    said = capsys.readouterr().out
    assert "suara dilepas dari pemberinya: 1" in said
    assert said.count("hitungan pencarian lama dihapus: 1") == 2
    assert SearchCount.objects.get().day == NOW.date()
