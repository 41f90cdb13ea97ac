"""Who is in the demo: an account per role, an officer and a head in each section, and citizens."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from office.models import Section, User
from office.roles import Role

# Printed on purpose. A demo account cannot log in unless DEMO is on (office.auth).
PASSWORD = "peragaan-kanim-2026"  # noqa: S105 - see above
# Made-up citizens.
NAMES = [
    "Ajeng Larasati",
    "Bima Prakoso",
    "Cahya Ramadhan",
    "Dewi Anggraini",
    "Eko Prasetya",
    "Fitri Handayani",
    "Gita Savitri Ayu",
    "Hadi Susanto",
    "Ika Wulandari",
    "Joko Purnomo",
    "Kirana Dewanti",
    "Lukman Hakim",
    "Mira Lestari",
    "Nanda Permadi",
    "Oki Setiawan",
    "Putri Maharani",
    "Rizky Ananda",
    "Siska Amelia",
]
FOREIGNERS = [
    "Anna Keller",
    "Daniel Brooks",
    "Emi Tanaka",
    "Hugo Martin",
    "Lena Fischer",
    "Marco Conti",
]
STREETS = [
    "Jalan Melati",
    "Jalan Kenanga",
    "Jalan Cemara",
    "Jalan Teratai",
    "Jalan Dahlia",
    "Gang Anggrek",
]


@dataclass(frozen=True)
class Account:
    username: str
    first_name: str
    last_name: str
    role: Role
    section: str = ""


ACCOUNTS = [
    Account("verifikator", "Wulan", "Kartika", Role.VERIFIER),
    Account("ppid", "Bagas", "Wiratama", Role.PPID),
    Account("kepala.kantor", "Ratna", "Puspita", Role.OFFICE_HEAD),
    Account("atasan.ppid", "Surya", "Darmawan", Role.PPID_SUPERIOR),
    Account("yankomas", "Tiara", "Lestari", Role.YANKOMAS),
    Account("yankomas2", "Reza", "Mahendra", Role.YANKOMAS),
    Account("humas", "Galih", "Nugraha", Role.HUMAS),
    Account("administrator", "Sinta", "Maharani", Role.ADMINISTRATOR),
    Account("petugas.lantaskim", "Dimas", "Arkana", Role.OFFICER, "lantaskim"),
    Account("petugas2.lantaskim", "Laras", "Anjani", Role.OFFICER, "lantaskim"),
    Account("kepala.lantaskim", "Hendra", "Wicaksana", Role.SECTION_HEAD, "lantaskim"),
    Account("petugas.intaltuskim", "Maya", "Pertiwi", Role.OFFICER, "intaltuskim"),
    Account("kepala.intaltuskim", "Yoga", "Pamungkas", Role.SECTION_HEAD, "intaltuskim"),
    Account("petugas.inteldakim", "Bayu", "Adiputra", Role.OFFICER, "inteldakim"),
    Account("kepala.inteldakim", "Nadia", "Prameswari", Role.SECTION_HEAD, "inteldakim"),
    Account("petugas.tikkim", "Citra", "Ayuning", Role.OFFICER, "tikkim"),
    Account("kepala.tikkim", "Rangga", "Saputra", Role.SECTION_HEAD, "tikkim"),
    Account("petugas.tatausaha", "Intan", "Permata", Role.OFFICER, "tata-usaha"),
    Account("kepala.tatausaha", "Arif", "Budiman", Role.SECTION_HEAD, "tata-usaha"),
]


def open_accounts() -> None:
    """Make the missing accounts. They have no e-mail address, so nothing is ever sent to them."""
    missing = {account.username: account for account in ACCOUNTS}
    for username in User.objects.filter(username__in=missing).values_list("username", flat=True):
        del missing[username]
    password = make_password(PASSWORD)  # once: it is slow on purpose
    for account in missing.values():
        user = User(
            username=account.username,
            first_name=account.first_name,
            last_name=account.last_name,
            section=Section.objects.get(code=account.section) if account.section else None,
            is_staff=True,
            is_demo=True,
            password=password,
        )
        user.save()
        user.groups.set([Group.objects.get(name=account.role.value)])


class Staff:
    """Who does what in the demo office."""

    def __init__(self) -> None:
        self._users = {user.username: user for user in User.objects.filter(is_demo=True)}
        self.verifier = self._users["verifikator"]
        self.ppid = self._users["ppid"]
        self.superior = self._users["atasan.ppid"]

    def officers(self, section: Section) -> list[User]:
        return [
            self._users[a.username]
            for a in ACCOUNTS
            if a.section == section.code and a.role == Role.OFFICER
        ]

    def head(self, section: Section) -> User:
        return next(
            self._users[a.username]
            for a in ACCOUNTS
            if a.section == section.code and a.role == Role.SECTION_HEAD
        )
