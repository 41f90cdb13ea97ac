import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.workflow import Status
from surveys.models import Instrument
from surveys.period import Period
from surveys.reporting.figures import figures_of, people_served, public_part
from surveys.reporting.shown import shown
from tests.factories import make_case

from .crowd import answer, everybody
from .writing import AUGUST, many_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    many_answers(20, service="paspor", sex="p", education="s1")
    many_answers(3, service="pengaduan", sex="l", education="sma")
    many_answers(8, date(2026, 7, 1))
    many_answers(2, date(2026, 6, 1))
    return figures_of("skm", AUGUST)


def counts_of(parts: list[dict]) -> dict[str, int | None]:
    return {part["key"]: part["n"] for part in parts}


def test_the_office_reads_everything_exactly(figures):
    assert (figures["n"], figures["value"], figures["grade"]) == (23, "77.78", "B")
    assert (figures["weight"], figures["otherwise"]["weight"]) == ("1/9", "0,11")
    assert figures["lowest"] == {"codes": ["U3", "U1", "U2", "U5", "U6", "U8", "U9"], "tied": [
        "U1", "U2", "U5", "U6", "U8", "U9",
    ]}  # fmt: skip
    assert counts_of(figures["services"]) == {"paspor": 20, "pengaduan": 3}
    assert [row["indexes"]["skm"]["n"] for row in figures["trend"]][-3:] == [2, 8, 23]
    assert len(figures["trend"]) == 13


def test_no_number_below_five_is_published_nor_one_that_gives_it_away(figures):
    public = public_part(figures, has_profile=True)

    assert counts_of(public["services"]) == {"paspor": None, "pengaduan": None}
    sex = next(one for one in public["profile"] if one["key"] == "sex")
    assert counts_of(sex["parts"]) == {"l": None, "p": None}
    assert all(part["value"] is None for part in public["services"])
    assert [row["indexes"]["skm"]["value"] for row in public["trend"]][-3:] == [
        None,
        "77.78",
        "77.78",
    ]
    assert {row["indexes"]["skm"]["n"] for row in public["trend"]} == {None}


def test_comments_and_single_numbers_of_the_office_are_not_published(figures):
    public = public_part(figures, has_profile=True)

    assert public["comments"] == []
    assert not {"flagged", "other", "otherwise", "unanswered"} & set(public)
    assert "sources" not in public["sample"]
    assert "n" not in public["elements"][0]


def test_without_the_profile_nobody_is_told_apart(figures):
    public = public_part(figures, has_profile=False)

    assert (public["profile"], public["services"]) == ([], [])
    assert public["value"] == "77.78"


def test_an_element_of_a_few_is_withheld_with_one_that_would_give_it_away():
    answer([4, 4, 4, 4, 4, 4, 4, None, 4], month=AUGUST.first, people=9)
    answer([4, None, 4, 4, 4, 4, 4, 1, 4], month=AUGUST.first, people=3)

    public = public_part(figures_of("skm", AUGUST), has_profile=True)

    assert [one["code"] for one in public["elements"] if one["is_hidden"]] == ["U2", "U8"]
    assert public["value"] == "91.67"
    assert all(
        one["mean"] is None and one["value"] is None
        for one in public["elements"]
        if one["is_hidden"]
    )
    # The lowest is the withheld one.
    assert public["lowest"] == {"codes": [], "tied": []}


@given(st.lists(st.integers(0, 30), min_size=2, max_size=9))
def test_a_withheld_part_can_never_be_computed_from_the_others(numbers):
    parts = [{"key": str(place), "n": n} for place, n in enumerate(numbers)]
    figures = copy.deepcopy(BARE) | {
        "n": sum(numbers),
        "profile": [{"key": "sex", "parts": parts}],
    }

    shown_parts = public_part(figures, has_profile=True)["profile"][0]["parts"]

    assert sum(part["n"] is None for part in shown_parts) != 1
    if sum(numbers) >= 5:
        assert all(part["n"] is None or not 0 < part["n"] < 5 for part in shown_parts)


TEXTS = (
    "instrument version law title title_en scale index_max weight n index value grade grade_words "
    "grade_words_en bands thresholds period"
)
SAMPLE = ("population", "is_entered", "needed", "margin", "is_reached")
BARE = {
    **dict.fromkeys(TEXTS.split(), ""),
    "sample": dict.fromkeys(SAMPLE),
    "lowest": {"codes": [], "tied": []},
    "elements": [],
    "services": [],
    "trend": [],
}


def test_an_entered_population_goes_before_the_counted_one():
    many_answers(20)

    counted = figures_of("skm", AUGUST)["sample"]
    entered = figures_of("skm", AUGUST, population=400)["sample"]

    assert (counted["population"], counted["is_entered"], counted["margin"]) == (0, False, None)
    assert (entered["population"], entered["needed"], entered["margin"]) == (400, 196, "21.4")
    assert entered["is_reached"] is False


def test_the_population_are_cases_closed_in_the_period():
    make_case("pengaduan", Status.DONE)
    make_case("pertanyaan", Status.DONE)
    make_case("pengaduan")

    assert people_served(Period(2026, "11")) == {"pengaduan": 1, "pertanyaan": 1}
    assert people_served(Period(2026, "10")) == {}
    assert figures_of("skm", Period(2026, "11"))["sample"]["population"] == 2
    assert figures_of("skm", Period(2026, "11"), service="pengaduan")["sample"]["population"] == 1


def test_thresholds_are_said_to_be_reached_or_not():
    answer(everybody(5, "spkp"), month=AUGUST.first, instrument="spkp", people=5)

    lines = figures_of("spkp", AUGUST)["thresholds"]

    # 5 of 6 is 3.33 of 4.
    assert [(line["name"], line["minimum"], line["is_met"]) for line in lines] == [
        ("WBK", "3.20", True),
        ("WBBM", "3.60", False),
    ]


def test_the_trend_sets_satisfaction_beside_perception():
    many_answers(5)
    answer(everybody(6, "spak"), month=AUGUST.first, instrument="spak", people=5)
    answer(everybody(3, "spkp"), month=AUGUST.first, instrument="spkp", people=5)

    of_skm, of_spkp = (shown(figures_of(code, AUGUST)) for code in ("skm", "spkp"))

    assert of_skm["trend_heads"] == ["IKM", "IPK"]
    assert [bar.text for bar in of_skm["trend_chart"].rows[0].bars] == ["IKM 77,78", "IPK 4,00"]
    assert [bar.is_hollow for bar in of_skm["trend_chart"].rows[0].bars] == [False, True]
    assert of_spkp["trend_heads"] == ["IKM", "IPK", "IPKP"]


def test_months_before_the_first_survey_are_not_shown(figures):
    told = shown(figures)

    assert [row["month"] for row in told["trend"]] == ["Juni 2026", "Juli 2026", "Agustus 2026"]
    assert Instrument.objects.get(code="skm").title == told["title_of_instrument"]


def test_figures_cost_few_queries(figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        figures_of("skm", AUGUST)
