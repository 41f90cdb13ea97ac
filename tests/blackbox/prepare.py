"""Accounts and cases for the black-box run; fed to `manage.py shell` on a fresh database.

Case 1 lies in the section without an officer (two officers race for it); case 2 is being worked on
(two people edit its answer). Their primary keys are in tests/blackbox.json, so this runs before
anything else. The office is open all day, today and tomorrow whatever day it is: the run happens in
real time.
"""

from datetime import time, timedelta

from django.contrib.auth.models import Group

from cases import actions
from cases.access_code import make_access_code
from complaints.actions import lodge
from office.calendar import today
from office.models import Holiday, OpeningHours, Section, User
from office.roles import Role
from yankomas import actions as walk_in
from yankomas.models import Counter, Service

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
account("yankomas", Role.YANKOMAS.value)

OpeningHours.objects.all().delete()
for day in OpeningHours.Weekday:
    OpeningHours.objects.create(weekday=day, opens=time(0), closes=time(23, 59))
Holiday.objects.filter(date__in=(today(), today() + timedelta(days=1))).delete()

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

# Counter 1 serves a visitor, so that there is something to write down; the others wait for twenty
# officers who call at the same moment.
for number in range(1, 30):
    counter, _ = Counter.objects.get_or_create(number=number)
    counter.services.set(Service.objects.all())
# Nobody but who comes for a passport is called there, whatever other tests leave waiting.
Counter.objects.get(number=7).services.set(Service.objects.filter(code="paspor"))
clerk = account("yankomas2", Role.YANKOMAS.value)
shift = walk_in.open_counter(Counter.objects.get(number=1), actor=clerk)
walk_in.take_number(Service.objects.get(code="pengaduan"), actor=clerk)
walk_in.start(walk_in.call_next(shift, actor=clerk), shift, actor=clerk)
