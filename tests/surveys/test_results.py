from datetime import date
from decimal import Decimal

import pytest

from infocontent.models import Topic
from surveys.models import Instrument, Response
from surveys.period import Period
from surveys.reporting.figures import figures_of
from surveys.results import (
    PROFILE,
    Scope,
    comment_topics,
    comments_of,
    monthly_indexes,
    profile_of,
    versions_of,
)
from surveys.results import by_service as by_service_of
from surveys.results import result_of as reckon

from .crowd import answer, everybody, people_of
from .test_scoring import BY_HAND

pytestmark = pytest.mark.django_db


def result_of(scope: Scope, **how):
    return reckon(scope, versions_of(scope.instrument), **how)


def by_service(scope: Scope, **how):
    return by_service_of(scope, versions_of(scope.instrument), **how)


AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
QUARTER = Scope.of("skm", Period(2026, "t3"))


def new_version(code: str = "skm", **changes) -> Instrument:
    """A copy of the first version with the same elements and bands, valid since September."""
    old = Instrument.objects.get(code=code, version=1)
    new = Instrument.objects.get(pk=old.pk)
    new.pk, new.version, new.valid_from = None, 2, SEPTEMBER
    for name, value in changes.items():
        setattr(new, name, value)
    new.save(force_insert=True)
    for parts in (old.elements, old.bands, old.thresholds):
        for part in parts.all():
            part.pk, part.instrument = None, new
            part.save(force_insert=True)
    return new


def test_the_answers_of_a_period_equal_the_table_by_hand():
    for values in people_of(BY_HAND):
        answer(values, month=AUGUST)

    result = result_of(QUARTER)

    assert (result.n, result.score.value, result.score.grade) == (20, Decimal("81.34"), "B")
    assert [element.n for element in result.score.elements] == [20, 20, 18, 20, 20, 20, 20, 15, 20]
    assert result.score.weight_words == "1/9"
    assert (result.reckoned_otherwise.weight_words, result.reckoned_otherwise.value) == (
        "0,11",
        Decimal("80.53"),
    )


def test_a_version_with_the_printed_weight_says_so():
    version = new_version(weight_rule=Instrument.WeightRule.PRINTED)
    answer(everybody(4), month=SEPTEMBER, instrument=version)

    result = result_of(QUARTER)

    assert (result.score.weight_words, result.score.value) == ("0,11", Decimal("99.00"))
    assert (result.reckoned_otherwise.weight_words, result.reckoned_otherwise.value) == (
        "1/9",
        Decimal("100.00"),
    )


def test_only_the_months_and_the_service_that_were_asked_for_count():
    answer(everybody(4), month=AUGUST, service="paspor")
    answer(everybody(2), month=AUGUST, service="pengaduan")
    answer(everybody(1), month=date(2026, 6, 1))
    answer(everybody(1), month=date(2026, 10, 1))

    assert result_of(QUARTER).score.value == Decimal("75.00")
    passport = result_of(Scope.of("skm", Period(2026, "t3"), "paspor"))
    assert (passport.n, passport.score.value) == (1, Decimal("100.00"))


def test_flagged_answers_are_left_out_by_a_switch_that_shows_both():
    answer(everybody(4), month=AUGUST, people=3)
    answer(everybody(1), month=AUGUST, is_flagged=True)

    without, with_all = result_of(QUARTER), result_of(QUARTER, with_flagged=True)

    assert (without.n, without.score.value, without.flagged) == (3, Decimal("100.00"), 1)
    assert (without.other_n, without.other.value) == (4, Decimal("81.25"))
    assert (with_all.n, with_all.score.value) == (4, Decimal("81.25"))
    assert (with_all.other_n, with_all.other.value) == (3, Decimal("100.00"))


def test_nobody_answered():
    result = result_of(QUARTER)

    assert (result.n, result.score.value, result.score.grade) == (0, None, "")
    assert len(result.score.elements) == 9
    assert by_service(QUARTER) == []


def test_an_unknown_instrument_has_no_result():
    assert figures_of("xxx", Period(2026)) is None
    assert [one.n for one in monthly_indexes("xxx", AUGUST, SEPTEMBER)] == [0, 0]


def test_two_versions_on_the_same_scale_add_up():
    answer(everybody(4), month=AUGUST)
    answer(everybody(2), month=SEPTEMBER, instrument=new_version())

    result = result_of(QUARTER)

    assert (result.n, result.score.value, result.instrument.version) == (2, Decimal("75.00"), 2)


def test_answers_on_another_scale_are_not_mixed_in():
    answer(everybody(4), month=AUGUST)
    answer(everybody(6), month=SEPTEMBER, instrument=new_version(scale=6))

    assert result_of(QUARTER).score.value == Decimal("100.00")
    assert {element.n for element in result_of(QUARTER).score.elements} == {1}


def test_every_month_has_its_index_also_those_without_an_answer():
    answer(everybody(4), month=AUGUST, people=2)
    answer(everybody(1), month=AUGUST, people=2, is_flagged=True)
    answer(everybody(3), month=date(2026, 10, 1))

    months = monthly_indexes("skm", date(2026, 7, 1), date(2026, 10, 1))

    assert [(one.month.month, one.n, one.index, one.grade) for one in months] == [
        (7, 0, None, ""),
        (8, 2, Decimal("100.00"), "A"),
        (9, 0, None, ""),
        (10, 1, Decimal("75.00"), "C"),
    ]
    assert monthly_indexes("skm", AUGUST, AUGUST, with_flagged=True)[0].n == 4


def test_months_run_over_the_end_of_a_year():
    months = monthly_indexes("spak", date(2025, 11, 1), date(2026, 2, 1))

    assert [one.month for one in months] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize(("code", "value", "expected"), [("spak", 6, "4.00"), ("spkp", 3, "2.00")])
def test_perception_is_told_on_the_scale_of_four(code, value, expected):
    answer(everybody(value, code), month=AUGUST, instrument=code)

    assert monthly_indexes(code, AUGUST, AUGUST)[0].index == Decimal(expected)


def test_each_service_has_its_own_index():
    answer(everybody(4), month=AUGUST, service="paspor", people=2)
    answer(everybody(3), month=AUGUST, service="izin-tinggal")
    answer(everybody(1), month=AUGUST, service="izin-tinggal", is_flagged=True)
    answer(everybody(2), month=AUGUST)

    assert [(one.key, one.n, str(one.index)) for one in by_service(QUARTER)] == [
        ("", 1, "50.00"),
        ("izin-tinggal", 1, "75.00"),
        ("paspor", 2, "100.00"),
    ]


def test_the_profile_counts_also_what_was_left_out():
    answer(everybody(4), month=AUGUST, sex="p", age="20-29", people=2)
    answer(everybody(4), month=AUGUST, sex="l", occupation="pns")
    answer(everybody(4), month=AUGUST, sex="l", is_flagged=True)

    profile = profile_of(QUARTER)

    assert tuple(profile) == PROFILE
    assert profile["sex"] == {"p": 2, "l": 1}
    assert profile["age"] == {"20-29": 2, "": 1}
    assert profile_of(QUARTER, with_flagged=True)["sex"] == {"p": 2, "l": 2}


def test_comments_come_with_their_topics():
    topic = Topic.objects.get(code="antrean")
    for text, about in [("Lama", topic), ("Panas", topic), ("Terima kasih", None)]:
        answer(everybody(4), month=AUGUST, comment=text, comment_topic=about)
    answer(everybody(1), month=AUGUST, comment="Spam", is_flagged=True)
    answer(everybody(4), month=AUGUST)

    assert [one.comment for one in comments_of(QUARTER)] == ["Terima kasih", "Panas", "Lama"]
    assert comment_topics(QUARTER) == [(topic.name, 2), ("", 1)]
    assert comments_of(QUARTER, with_flagged=True).count() == 4


def test_results_cost_the_same_few_queries_however_many_answered(django_assert_max_num_queries):
    for month in range(1, 11):
        answer(everybody(3), month=date(2026, month, 1), people=5, service="paspor")

    with django_assert_max_num_queries(6):
        result_of(QUARTER)
    with django_assert_max_num_queries(6):
        assert len(monthly_indexes("skm", date(2025, 10, 1), date(2026, 10, 1))) == 13
    with django_assert_max_num_queries(6):
        by_service(QUARTER)
    with django_assert_max_num_queries(1):
        profile_of(QUARTER)


def test_the_index_of_a_period_equals_a_count_of_the_raw_rows():
    for number, values in enumerate(people_of(BY_HAND)):
        answer(values, month=[AUGUST, SEPTEMBER][number % 2], service=["", "paspor"][number % 2])

    raw: dict[str, list[int]] = {}
    for response in Response.objects.prefetch_related("answers__element"):
        for one in response.answers.all():
            raw.setdefault(one.element.code, []).append(one.value)

    means = [sum(values) / len(values) for values in raw.values()]
    assert float(result_of(QUARTER).score.value) == pytest.approx(sum(means) / 9 * 25, abs=0.005)
