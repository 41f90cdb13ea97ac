"""Good answers for each step of each public form, and the walk through them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

COMPLAINT = {
    "peristiwa": {
        "topic": "antrean",
        "subject": "Empat jam menunggu",
        "narrative": "Saya antre empat jam di loket tiga tanpa penjelasan.",
        "happened_on": "2026-11-20",
        "place": "Loket 3",
    },
    "harapan": {"loss": "Satu hari kerja", "requested_remedy": "Jadwal baru dan penjelasan."},
    "lampiran": {},
    "pelapor": {
        "privacy": "terbuka",
        "full_name": "Siti Aminah",
        "address": "Jalan Asia Afrika 1, Bandung",
        "email": "siti@example.org",
    },
}
REQUEST = {
    "informasi": {
        "subject": "Jumlah paspor 2025",
        "narrative": "Jumlah paspor yang terbit pada tahun 2025 per bulan.",
        "purpose": "Bahan skripsi",
        "access": "salinan",
        "delivery": "email",
    },
    "pemohon": {"applicant_kind": "perorangan", "acting": "sendiri"},
    "identitas": {
        "full_name": "Budi Santoso",
        "nik": "3273 0101 0190 0001",
        "address": "Jalan Braga 2, Bandung",
        "email": "budi@example.org",
    },
    "lampiran": {},
}
QUESTION = {
    "pertanyaan": {
        "topic": "overstay",
        "subject": "Overstay fine",
        "narrative": "How and where do I pay the fine?",
    },
    "lampiran": {},
    "kontak": {},
}
FORMS = {"pengaduan": COMPLAINT, "permohonan": REQUEST, "tanya": QUESTION}


def fill_in(client: Client, form: str, **changes: dict[str, Any]) -> None:
    """Send every step of a form and look at the check page; `changes` replaces answers of a step by
    its name.
    """
    for step, answers in FORMS[form].items():
        response = client.post(f"/{form}/{step}/", {**answers, **changes.get(step, {})})
        assert response.status_code == 302, (step, response.context["form"].errors)
    client.get(f"/{form}/periksa/")


def send(client: Client, form: str, **changes: dict[str, Any]) -> HttpResponse:
    """Fill in and send; the receipt page."""
    fill_in(client, form, **changes)
    return client.post(f"/{form}/periksa/", follow=True)
