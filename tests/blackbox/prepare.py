"""Accounts and cases for the black-box run; fed to `manage.py shell` on a fresh database.

Case 1 lies in the section without an officer (two officers race for it); case 2 is being worked on
(two people edit its answer). Their primary keys are in tests/blackbox.json, so this runs before
anything else.
"""

from django.contrib.auth.models import Group

from cases import actions
from cases.access_code import make_access_code
from complaints.actions import lodge
from office.models import Section, User

PASSWORD = "Sandi-uji-123456"
section = Section.objects.get(code="tikkim")


def account(username: str, role: str, section: Section | None = None) -> User:
    user = User.objects.create_user(
        username, f"{username}@example.go.id", PASSWORD, is_staff=True, section=section
    )
    user.groups.set([Group.objects.get(name=role)])
    return user


verifier = account("verifikator", "verifikator")
head = account("kepala", "kepala_seksi", section)
first = account("petugas", "petugas", section)
second = account("petugas2", "petugas", section)
account("administrator", "administrator")

for number in (1, 2):
    case = lodge(
        subject=f"Antrean {number}",
        narrative="Antrean terlalu lama.",
        requested_remedy="Jadwal",
        code=make_access_code(),
    )
    actions.verify(case, actor=verifier, section=section, service_class="tidak_berkadar_pengawasan")
    actions.assign(case, actor=head, section=section, assignee=first if number == 2 else None)
    assert case.pk == number, case.pk
actions.start(case, actor=first)
