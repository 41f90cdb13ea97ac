"""Reviews and comments are among the counted words, each of them once."""

from datetime import datetime

import pytest
from django.core.management import call_command

from cases import actions as case_actions
from channels import actions as channel_actions
from channels.models import Comment
from channels.rows import Row
from infocontent.models import Topic
from office.roles import Role
from reports.texts.counting import count_month
from reports.texts.models import PhraseCount, TextMonth
from tests.cases.desk import see
from tests.factories import WIB, make_desk, make_user
from tests.reports.test_words import ENDINGS, NOVEMBER, PAGE, phrases, write

pytestmark = pytest.mark.django_db


def review(text, month=11, n=3, *, topic="", at=None):
    """So many different reviews that say this, written in this month of 2026."""
    moment = at or datetime(2026, month, 10, 9, tzinfo=WIB)
    rows = [Row(line, moment, f"{text} {ending}") for line, ending in enumerate(ENDINGS[:n], 2)]
    channel_actions.import_comments(rows, channel="ulasan_aplikasi")
    found = Comment.objects.filter(text__startswith=text).order_by("pk")
    if topic:
        found.update(topic=Topic.objects.get(code=topic))
    return list(found)


def test_comments_are_counted_with_the_cases_by_month_and_topic():
    write("Layar putih", 11, 2, topic="gangguan-sistem")
    review("Layar putih macet", 11, 3, topic="gangguan-sistem")
    review("Layar putih", 10, 3)

    assert count_month(NOVEMBER) == 5

    assert phrases()["layar putih"] == 5
    assert phrases(topic="gangguan-sistem")["layar putih"] == 5
    assert TextMonth.objects.get(month=NOVEMBER, topic=None).n == 5


def test_comments_alone_make_a_month():
    review("Layar putih")

    count_month(NOVEMBER)

    assert phrases()["layar putih"] == 3


def test_the_month_of_a_comment_is_the_office_s_own():
    review("Layar putih", at=datetime(2026, 10, 31, 23, 55, tzinfo=WIB))
    review("Kuota habis", at=datetime(2026, 11, 1, 0, 5, tzinfo=WIB))

    count_month(NOVEMBER)

    assert phrases().get("kuota habis") == 3
    assert "layar putih" not in phrases()


def test_what_two_comments_say_is_kept_nowhere_and_a_copy_is_one_text():
    review("Layar putih", n=2)
    same = [
        Row(n, datetime(2026, 11, n, 9, tzinfo=WIB), "Kuota selalu habis terus")
        for n in range(2, 8)
    ]
    channel_actions.import_comments(same, channel="ulasan_aplikasi")

    count_month(NOVEMBER)

    assert not PhraseCount.objects.exists()


def test_numbers_and_the_names_of_staff_are_no_words_of_a_comment():
    make_user(Role.OFFICER, section="tikkim", first_name="Bambang", last_name="Sutrisno")
    review("Petugas Bambang kasar, WA 081234567890")

    count_month(NOVEMBER)

    assert "kasar" in phrases()
    assert not any("bambang" in phrase or "0812" in phrase for phrase in phrases())


def test_a_comment_that_became_a_case_is_counted_once():
    comment, *_others = review("Layar putih")
    channel_actions.take_as_case(comment, actor=make_user(Role.VERIFIER))

    assert count_month(NOVEMBER) == 3
    assert phrases()["layar putih"] == 3


def test_a_comment_whose_case_names_an_officer_is_not_read_at_all():
    desk = make_desk("tikkim")
    for comment in review("Layar putih"):
        case = channel_actions.take_as_case(comment, actor=desk.verifier)
        case_actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert count_month(NOVEMBER) == 0
    assert not PhraseCount.objects.exists()


def test_the_job_counts_a_month_again_that_got_comments_from_a_file(capsys):
    write("Layar putih", 3, 3)
    call_command("count_phrases")
    month = NOVEMBER.replace(month=3)
    assert phrases(month)["layar putih"] == 3

    review("Layar putih", 3, 2)
    call_command("count_phrases")
    assert phrases(month)["layar putih"] == 5
    capsys.readouterr()

    call_command("count_phrases")
    assert "0 kasus dibaca" in capsys.readouterr().out


def test_the_job_finds_months_with_nothing_but_comments():
    review("Layar putih", 2)

    call_command("count_phrases")

    assert phrases(NOVEMBER.replace(month=2))["layar putih"] == 3


def test_the_page_says_that_reviews_are_among_them_and_leads_to_them():
    review("Layar putih")
    count_month(NOVEMBER)

    page = see(make_user(Role.VERIFIER), PAGE)

    assert "3 kasus dan ulasan dibaca" in page
    link = "/admin/channels/comment/?day_from=2026-11-01&amp;day_to=2026-11-30"
    assert link in page
    assert "layar putih" in page.lower()
