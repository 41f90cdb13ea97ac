"""Accounts and cases for the black-box run; fed to `manage.py shell` on a fresh database. What
tests/blackbox.json calls @NAME@ is written to the file NUMBERS, a line each.

Case 1 lies in the section without an officer (two officers race for it); case 2 is being worked on
(two people edit its answer); case 3 is answered. Their primary keys are in tests/blackbox.json, so
this runs before anything else. The office is open all day, today and tomorrow whatever day it is:
the run happens in real time.
"""

import os
from datetime import date, time, timedelta
from io import StringIO
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from cases import actions
from cases.access_code import make_access_code
from cases.actions.due_changes import propose
from cases.models import LetterTemplate
from channels import actions as contacts
from channels.models import Tally
from channels.rows import Row
from complaints.actions import lodge
from dataprotection import actions as protection
from infocontent import actions as content
from infocontent.models import Announcement, Exclusion, Item, Kind, PublicInformation, Topic
from inforequests import actions as requests
from inforequests.actions import lodge as lodge_request
from inforequests.actions import print_forms, void_form
from office.calendar import today
from office.models import Holiday, OpeningHours, Section, User
from office.roles import Role
from reports.annual.actions import begin_report, publish_report, save_report
from reports.meetings.actions import Agreed, begin_meeting, save_meeting, sign_meeting
from reports.period import Period
from reports.recap.actions import freeze_month
from reports.statistics.actions import publish_due_months
from surveys import actions as surveys
from surveys.models import Counter as SurveyCounter
from surveys.models import Instrument
from surveys.period import Period as SurveyPeriod
from surveys.reporting import actions as survey_reports
from tests.surveys import crowd
from tests.surveys.writing import TEXTS as SURVEY_TEXTS
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
administrator = account("administrator", "administrator")
writer = account("humas", Role.HUMAS.value)
account("humas2", Role.HUMAS.value)
ppid = account("ppid", Role.PPID.value)
superior = account("atasan", Role.PPID_SUPERIOR.value)
account("yankomas", Role.YANKOMAS.value)


def write_item(slug: str, kind: str = Kind.FAQ, **more: object) -> Item:
    """An item that is only a draft yet."""
    texts = {"topic": Topic.objects.get(code="paspor-baru"), "body": "Isi **tebal**.", **more}
    title = f"Bahan uji {slug}"
    return content.create(
        actor=writer, kind=kind, slug=slug, content={"title": title, **texts}, origin_note="uji"
    )


def put_out(item: Item) -> None:
    content.submit(item, actor=writer)
    content.approve(item, actor=ppid)


# One item for each state that the pages show: published, being written, under review, taken back.
put_out(write_item("uji-terbit", legal_source="UU 14/2008", title_en="Test item", body_en="Text."))
write_item("uji-konsep")
content.submit(write_item("uji-ditinjau"), actor=writer)
gone = write_item("uji-arsip")
put_out(gone)
content.archive(gone, actor=ppid, reason="Diganti.")
video = {"link": "https://example.go.id/video", "transcript": "Semua yang diucapkan."}
put_out(write_item("uji-video", Kind.VIDEO, **video))
notice = content.draft_announcement(
    actor=writer,
    title="Layanan prioritas pindah ke lantai dua",
    body="Naik dengan lift di samping pintu masuk.",
    level=Announcement.Level.IMPORTANT,
)
content.publish_announcement(notice, actor=ppid)
content.draft_announcement(actor=writer, title="Konsep pengumuman", body="Belum terbit.")
assert PublicInformation.objects.exists()

OpeningHours.objects.all().delete()
for day in OpeningHours.Weekday:
    OpeningHours.objects.create(weekday=day, opens=time(0), closes=time(23, 59))
Holiday.objects.filter(date__in=(today(), today() + timedelta(days=1))).delete()

for number in (1, 2, 3):
    case = lodge(
        subject=f"Antrean {number}",
        narrative="Antrean terlalu lama.",
        requested_remedy="Jadwal",
        code=make_access_code(),
    )
    actions.verify(case, actor=verifier, section=section, service_class="tidak_berkadar_pengawasan")
    actions.assign(case, actor=head, section=section, assignee=first if number > 1 else None)
    assert case.pk == number, case.pk
    if number > 1:
        actions.start(case, actor=first)
actions.submit(case, actor=first, body="Loket kedua dibuka.", outcome="terbukti_diperbaiki")
actions.approve(case, actor=head)

# A report that everybody can read, and one that is still being written.
TEXTS = dict.fromkeys(
    (
        "policy", "facilities", "people", "internal_obstacles", "external_obstacles",
        "recommendations",
    ),
    "Isi **bab**.",
)  # fmt: skip
for year in (2025, 2024, 2022):
    report = begin_report(Period(year), actor=ppid)
    save_report(report, actor=ppid, budget=1_000_000, spent=900_000, **TEXTS)
    if year != 2024:
        publish_report(report, actor=ppid)
    assert report.pk == 2026 - year or year == 2022, report.pk

# Survey results that are out, and one that is being written.
for year in (2025, 2024):
    crowd.answer([3, 3, 2, 4, 3, 3, 4, 3, 3], month=date(year, 5, 1), people=12, sex="p")
    survey = survey_reports.begin_report("skm", SurveyPeriod(year), actor=ppid)
    survey_reports.save_report(survey, actor=ppid, **SURVEY_TEXTS)
    if year == 2025:
        survey_reports.publish_report(survey, actor=ppid)
        assert survey.pk == 1, survey.pk
crowd.answer([5] * 5, month=date(2025, 5, 1), instrument="spak", people=6)
survey = survey_reports.begin_report("spak", SurveyPeriod(2025), actor=ppid)
survey_reports.save_report(survey, actor=ppid, **SURVEY_TEXTS)
survey_reports.publish_report(survey, actor=ppid)
crowd.answer([3] * 9, month=date(2024, 5, 1), comment="Kursi ruang tunggu kurang.")

# Minutes that are signed, with something to do for the PPID, and the draft of the month after it.
last = today().replace(day=1) - timedelta(days=1)
before_last = last.replace(day=1) - timedelta(days=1)
for day in (before_last, last):
    meeting = begin_meeting(Period(day.year, day.month), actor=ppid)
    if day == before_last:
        save_meeting(
            meeting,
            actor=ppid,
            held_on=last.replace(day=1),
            place="Ruang rapat",
            attendance="Kepala Kantor",
            obstacles=[("Loket sempit", "Loket ditambah")],
            agreed=[Agreed("Tambah kursi tunggu", ppid, today())],
        )
        sign_meeting(meeting, actor=ppid)
        assert meeting.pk == 1, meeting.pk

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

# A record that a decision may point at, and a request that is being worked on.
exclusion = Exclusion.objects.create(
    title="Data pribadi pemohon paspor",
    ground="h",
    legal_basis="UU 14/2008 Pasal 17 huruf h",
    if_opened="Mengungkap rahasia pribadi.",
    if_closed="Melindungi pemohon.",
    holder="Kantor Imigrasi",
    decree_number="SK-1",
    decree_on=today() - timedelta(days=90),
    tested_on=today() - timedelta(days=97),
    tested_at_place="Bandung",
    participants="PPID",
    starts_on=today() - timedelta(days=90),
    author=ppid,
)
request = lodge_request(
    subject="Jumlah paspor",
    narrative="Jumlah paspor yang terbit per bulan.",
    purpose="Penelitian",
    access="salinan",
    delivery="langsung",
    identity=actions.Identity(full_name="Siti Aminah", nik="3273014507900003", address="Jalan 1"),
    code=make_access_code(),
)
actions.verify(request, actor=verifier, section=section)
actions.assign(request, actor=verifier, section=section, assignee=first)
actions.start(request, actor=first)
# Blank forms of each state but used: the form for that is entered by the tests.
spoilt = print_forms(4, actor=clerk)[-1]
void_form(spoilt, actor=clerk, reason="Sobek di mesin cetak")

# Three requests of four weeks ago with known codes: one that was refused, and two that nobody
# answered; to the last of them an objection comes on paper.
ago = timezone.now() - timedelta(days=28)
known = {
    "Nama pemohon paspor": "FFFFGGGGHHHHJJJJ",
    "Anggaran kantor": "BBBBCCCCDDDDEEEE",
    "Anggaran rapat": "KKKKMMMMNNNNPPPP",
}
refused, unanswered, silent = (
    lodge_request(
        subject=subject,
        narrative=f"{subject} tahun 2025.",
        purpose="Penelitian",
        access="salinan",
        delivery="email",
        identity=actions.Identity(full_name="Budi Santoso", nik="3273010101900001"),
        code=code,
        at=ago,
    )
    for subject, code in known.items()
)
actions.verify(refused, actor=verifier, section=section, at=ago)
actions.assign(refused, actor=head, section=section, assignee=first, at=ago)
actions.start(refused, actor=first, at=ago)
requests.submit_decision(
    refused,
    actor=first,
    at=ago,
    outcome="ditolak_dikecualikan",
    is_held=True,
    ground="h",
    exclusion=exclusion,
    explanation="Memuat data pribadi orang lain.",
)
requests.check_decision(refused, actor=head, at=ago)
requests.sign_decision(refused, actor=ppid, at=ago)

# An objection that is being worked on, and one that nobody answered in time.
objection, lapsed = (
    requests.lodge_objection(
        request=None,
        grounds="b",
        periodic_information="Laporan keuangan 2025",
        narrative="Laporan itu tidak ada di situs kantor.",
        purpose="Penelitian",
        identity=actions.Identity(full_name="Siti Aminah", nik="3273014507900003"),
        code=make_access_code(),
        at=at,
    )
    for at in (timezone.now(), timezone.now() - timedelta(days=90))
)
actions.verify(objection, actor=verifier, section=section)
actions.assign(objection, actor=verifier, section=section, assignee=first)
actions.start(objection, actor=first)

# A request whose time may still be extended, and one whose decision waits for its check.
extended, decided = (
    lodge_request(
        subject=subject,
        narrative=f"{subject} tiap hari.",
        purpose="Penelitian",
        access="salinan",
        delivery="langsung",
        identity=actions.Identity(full_name="Siti Aminah", nik="3273014507900003", address="Kota"),
        code=make_access_code(),
    )
    for subject in ("Jumlah antrean", "Jumlah loket")
)
for case in (extended, decided):
    actions.verify(case, actor=verifier, section=section)
    actions.assign(case, actor=verifier, section=section, assignee=first)
actions.start(decided, actor=first)
requests.submit_decision(
    decided,
    actor=first,
    outcome="diberikan_seluruhnya",
    is_held=True,
    material="Tabel jumlah loket",
    delivery="langsung",
    form="hardcopy",
    explanation="Data kami susun per hari.",
)

# What a person asks about the own data, dates that a new holiday would move, and what is old
# enough to be destroyed.
protection.ask(refused, kind="tarik_persetujuan", detail="Saya menarik persetujuan saya.")
Holiday.objects.get_or_create(date=today() + timedelta(days=4), defaults={"name": "Libur uji"})
propose()
then = timezone.now() - timedelta(days=6 * 365)
old = lodge(
    subject="Antrean lama",
    narrative="Antrean terlalu lama.",
    requested_remedy="Jadwal",
    code=make_access_code(),
    at=then,
)
actions.verify(
    old, actor=verifier, section=section, service_class="tidak_berkadar_pengawasan", at=then
)
actions.assign(old, actor=head, section=section, assignee=first, at=then)
actions.start(old, actor=first, at=then)
actions.submit(old, actor=first, body="Sudah.", outcome="terbukti_diperbaiki", at=then)
actions.approve(old, actor=head, at=then)
actions.close(old, actor=head, outcome="terbukti_diperbaiki", reason="Selesai.", at=then)
batch = protection.make_batch(actor=ppid)

# A breach that concerns one case, and a letter of a later day.
breach = protection.open_breach(
    actor=ppid,
    title="Laptop hilang",
    known_at=timezone.now() - timedelta(hours=3),
    what="Nama dan alamat beberapa pemohon.",
    how="Laptop hilang di perjalanan.",
    handling="Sandi diganti.",
)
protection.add_cases(breach, actor=ppid, cases=[unanswered], source="daftar")
template = LetterTemplate.objects.create(
    code=LetterTemplate.Code.EXTENSION,
    language="id",
    valid_from=date(2027, 1, 1),
    title="Pemberitahuan perpanjangan",
    number_format="{urut}/PPID/{bulan}/{tahun}",
    body="Permohonan {nomor} diperpanjang.",
)

# A public month whose figures have changed since, so that it can be corrected once.
month = (today().replace(day=1) - timedelta(days=40)).replace(day=1)
Tally.objects.create(month=month, channel="whatsapp", count=140)
publish_due_months()
Tally.objects.create(month=month, channel="telepon", count=60)

numbers = {
    "MONTH": f"{month:%Y-%m}",
    "DRAFT": Item.objects.get(slug="uji-konsep").pk,
    "LIVE": Item.objects.get(slug="uji-terbit").pk,
    "REQUEST": request.pk,
    "OBJECTION": objection.pk,
    "LAPSED": lapsed.pk,
    "EXTENDED": extended.pk,
    "REFUSED": refused.reference,
    "UNANSWERED": unanswered.reference,
    "SILENT": silent.reference,
    "BREACH": breach.pk,
    "BATCH": batch.pk,
    "DECIDED": decided.pk,
    "TEMPLATE": template.pk,
    "PUBLISHED": report.pk,
}
if path := os.environ.get("NUMBERS"):
    Path(path).write_text("".join(f"s#@{name}@#{value}#g\n" for name, value in numbers.items()))
# A month of the recap that is frozen, so that its correction can be explained.
freeze_month(date(2025, 1, 1), actor=ppid)
# Contacts that are no cases: a line, a review, and figures of the month that the grid shows.
contacts.log_contact(actor=writer, channel="telepon", summary="Tanya syarat paspor anak")
contacts.import_comments(
    [Row(2, timezone.now() - timedelta(days=3), "Jadwal di aplikasi selalu kosong", 1.0)],
    channel="ulasan_aplikasi",
    actor=writer,
)
contacts.enter_figures(date(2025, 3, 1), None, {("whatsapp", None): 1234}, actor=writer, version=0)
# A case that its citizen has seen closed and may judge, a QR code with a known address, a comment.
judged = actions.register(
    kind="pertanyaan",
    subject="Syarat paspor anak",
    narrative="Apa saja syaratnya?",
    code="SSSSTTTTVVVVWWWW",
)
actions.verify(judged, actor=verifier, section=section)
actions.assign(judged, actor=head, section=section, assignee=first)
actions.start(judged, actor=first)
actions.submit(
    judged, actor=first, body="Syaratnya ada di halaman Informasi.", outcome="dijelaskan"
)
actions.approve(judged, actor=head)
actions.close(judged, actor=head, reason="Warga sudah menerima jawaban.")
counter = surveys.open_counter(actor=clerk, name="Loket 9")
SurveyCounter.objects.filter(pk=counter.pk).update(code="uji234567890")
spak = Instrument.objects.get(code="spak")
surveys.make_version(spak, actor=administrator, valid_from=date(2030, 1, 1))
# The words of the month, and the marks of what was lodged above.
call_command("mark_texts", stdout=StringIO())
call_command("count_phrases", stdout=StringIO())
