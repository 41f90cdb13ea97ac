import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.access_code import ALPHABET, LENGTH, digest, grouped, make_access_code, normalized

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
SEPARATORS = ["", " ", "  ", "-", "–", "—", ".", "_", "\t", "\u00a0", "\n"]
LOOKALIKES = {"0": "0oO", "1": "1iIlL"}


def test_a_code_has_eighty_bits():
    assert len(ALPHABET) ** LENGTH == 2**80
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_codes_use_all_signs_and_never_repeat():
    made = [make_access_code() for _ in range(500)]

    assert len(set(made)) == 500
    assert {len(code) for code in made} == {16}
    assert set("".join(made)) == set(ALPHABET)


def test_a_code_is_shown_in_four_groups():
    assert grouped("ABCDEFGH12345678") == "ABCD-EFGH-1234-5678"


@given(st.data())
def test_a_code_is_read_however_it_was_typed(data):
    code = data.draw(codes)
    typed = ""
    for sign in code:
        typed += data.draw(st.sampled_from(LOOKALIKES.get(sign, sign + sign.lower())))
        typed += data.draw(st.sampled_from(SEPARATORS))

    assert normalized(typed) == code
    assert digest(typed) == digest(code)


@given(codes, codes)
def test_two_codes_never_mean_the_same(one, other):
    assert (digest(one) == digest(other)) == (one == other)


def test_a_digest_needs_the_key(settings):
    before = digest("ABCDEFGH12345678")
    settings.FIELD_KEY = "another-key"

    assert digest("ABCDEFGH12345678") != before


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a" * 100_000, "中" * 50, "ß" * 80, "\x00", "\u0131" * 16, "\ud800"],
    ids=["empty", "space", "long", "chinese", "sharp-s", "nul", "dotless-i", "surrogate"],
)
def test_nonsense_has_a_digest_that_belongs_to_nobody(typed):
    assert len(digest(typed)) == 64
