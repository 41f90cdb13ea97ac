"""A request as an officer types it from paper, and the pages it goes through."""

from django.test import Client

from office.models import User
from office.roles import Role
from tests.factories import make_user

LIST = "/admin/inforequests/paperform/"
ENTER, PRINT = f"{LIST}catat/", f"{LIST}cetak/"
RECEIPT = "/permohonan/terkirim/"
# Monday, the day before the tests begin.
TYPED = {
    "channel": "formulir",
    "received_at": "2026-11-23T14:05",
    "form_number": "",
    "language": "id",
    "subject": "Jumlah paspor tahun 2025",
    "narrative": "Jumlah paspor yang terbit tahun 2025, per bulan.",
    "purpose": "Penelitian",
    "access": "salinan",
    "delivery": "email",
    "applicant_kind": "perorangan",
    "full_name": "Sari Melati",
    "nik": "3273014507900003",
    "legal_entity_number": "",
    "address": "Jalan Cendana 7, Bandung",
    "occupation": "",
    "email": "sari.melati@example.com",
    "phone": "",
    "acting": "sendiri",
    "proxy_name": "",
    "proxy_nik": "",
    "halaman": "halaman-uji-0123456789",
}
MAY_ENTER = (Role.VERIFIER, Role.PPID, Role.YANKOMAS)
MAY_NOT = tuple(role for role in Role if role not in MAY_ENTER)


def make_officer() -> User:
    return make_user(Role.YANKOMAS)


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser
