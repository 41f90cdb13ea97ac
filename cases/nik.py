"""NIK, the citizen's 16-digit number: PPKKCC DDMMYY SSSS, a woman's day of birth plus 40.

Only the shape is checked. That the number exists and belongs to the person is not ours to claim.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PROVINCES = {
    *range(11, 20),
    21,
    *range(31, 37),
    *range(51, 54),
    *range(61, 66),
    *range(71, 77),
    81,
    82,
    *range(91, 98),
}
_DIGITS = re.compile(r"[0-9]{16}")


def clean_nik(typed: str) -> str:
    """The 16 digits, without the spaces or dots people put in. Raises ValidationError."""
    nik = re.sub(r"[\s.\-]", "", typed[:40])
    if not _DIGITS.fullmatch(nik):
        raise ValidationError(_("NIK terdiri dari 16 angka. Periksa lagi di KTP Anda."))
    day, month = int(nik[6:8]), int(nik[8:10])
    try:
        # 2000 is a leap year, so 29 February passes for every two-digit year.
        date(2000, month, day - 40 if day > 40 else day)
        shaped = int(nik[:2]) in PROVINCES and nik[12:] != "0000"
    except ValueError:
        shaped = False
    if not shaped:
        raise ValidationError(_("Angka NIK ini tidak sesuai susunannya. Periksa lagi di KTP Anda."))
    return nik
