"""Records of a consequence test, for decisions that keep something back."""

from datetime import date
from typing import Any

from infocontent.models import Exclusion


def make_exclusion(**more: Any) -> Exclusion:
    return Exclusion.objects.create(
        **{
            "title": "Data pribadi pemohon paspor",
            "ground": "h",
            "legal_basis": "UU 14/2008 Pasal 17 huruf h; UU 27/2022",
            "if_opened": "Mengungkap rahasia pribadi pemohon paspor.",
            "if_closed": "Melindungi pemohon dari penyalahgunaan data.",
            "holder": "Seksi Lantaskim",
            "decree_number": "SK-7/2025",
            "decree_on": date(2025, 3, 10),
            "tested_on": date(2025, 3, 3),
            "tested_at_place": "Bandung",
            "participants": "Bagas Wiratama, PPID",
            "starts_on": date(2025, 3, 10),
            **more,
        }
    )
