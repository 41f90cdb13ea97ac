import pytest
from django.core.exceptions import ValidationError

from cases.nik import clean_nik


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3273010101900001", "3273010101900001"),
        ("3273 0101 0190 0001", "3273010101900001"),
        ("3273.010101.900001", "3273010101900001"),
        ("3273016902000001", "3273016902000001"),  # a woman born on 29 February
    ],
)
def test_a_well_shaped_number_is_taken(typed, kept):
    assert clean_nik(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "327301010190000",
        "32730101019000011",
        "0073010101900001",  # no such province
        "3273013202900001",  # 32 February
        "3273013002900001",  # 30 February
        "3273017202900001",  # 32 February of a woman
        "3273010113900001",  # month 13
        "3273010101900000",  # serial 0000
        "32730101019000²1",
        "٣٢٧٣٠١٠١٠١٩٠٠٠٠١",
    ],
)
def test_a_badly_shaped_number_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_nik(typed)
