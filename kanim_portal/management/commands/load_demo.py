"""Make the demo accounts and, once, ten months of demo cases; print who can log in."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases import access_code
from cases.models import Case
from channels.models import ImportedRow, TallyMonth
from dataprotection.models import Breach
from infocontent.models import Announcement, Exclusion, Topic
from kanim_portal.demo.contacts import ContactMonths
from kanim_portal.demo.exclusions import record_exclusions
from kanim_portal.demo.library import LibrarySeason
from kanim_portal.demo.meetings import hold_meetings
from kanim_portal.demo.office_year import SOURCE, TRACKING_CODE, OfficeYear
from kanim_portal.demo.people import ACCOUNTS, PASSWORD, open_accounts
from kanim_portal.demo.protection import protect_data
from kanim_portal.demo.recap import freeze_past_months
from kanim_portal.demo.survey_reports import write_survey_reports
from kanim_portal.demo.surveys import SurveySeason
from kanim_portal.demo.visits import WalkInDays
from office.models import User
from reports.meetings.models import Meeting
from reports.models import FrozenMonth, TextMonth
from reports.recap.refreshing import refresh_months
from surveys.models import Response
from yankomas.models import Visit


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Data contoh hanya dapat dimuat dengan DEMO=1.")
        if not Topic.objects.exists():
            raise CommandError("Muat dulu data kantor: manage.py load_office")
        open_accounts()
        if not Exclusion.objects.exists():
            record_exclusions(User.objects.get(username="ppid"), timezone.localdate())
        if not ImportedRow.objects.filter(source=SOURCE).exists():
            self.stderr.write("Menyusun data contoh (sekali saja, kurang dari satu menit) …")
            with tqdm(total=582, unit=" kasus", disable=None, file=self.stderr) as bar:
                OfficeYear(timezone.now()).live_through(bar.update)
        if not Breach.objects.exists():
            protect_data(timezone.now())
        if not Visit.objects.exists():
            WalkInDays(timezone.now()).live_through()
        if not TallyMonth.objects.exists():
            ContactMonths(timezone.now()).live_through()
        if not Response.objects.exists():
            SurveySeason(timezone.now()).live_through()
            write_survey_reports(timezone.now())
        if not Announcement.objects.exists():
            LibrarySeason(timezone.now()).live_through()
        # What a meeting speaks of has to be counted before it is held.
        if not TextMonth.objects.exists():
            call_command("mark_texts", verbosity=0, stdout=self.stderr)
            call_command("count_phrases", all=True, stdout=self.stderr)
            call_command("learn_topics", stdout=self.stderr)
        if not Meeting.objects.exists():
            hold_meetings(timezone.localtime())
            refresh_months()
        if not FrozenMonth.objects.exists():
            freeze_past_months(timezone.now())
        self._introduce()

    def _introduce(self) -> None:
        self.stdout.write(f"Akun peragaan (kata sandi: {PASSWORD})")
        for account in ACCOUNTS:
            where = f", {account.section}" if account.section else ""
            self.stdout.write(f"  {account.username:20} {account.role.label}{where}")
        case = Case.objects.filter(access_digest=access_code.digest(TRACKING_CODE)).first()
        if case:
            self.stdout.write(
                f"Kasus untuk dilacak: {case.reference}, kode {access_code.grouped(TRACKING_CODE)}"
            )
