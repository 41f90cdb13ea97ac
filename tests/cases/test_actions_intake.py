from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

import inforequests.actions
from cases import access_code, actions
from cases.actions import Identity
from cases.deadlines import DeadlineRuleMissing
from cases.models import Applicant, Attachment, Case, PrivacyNotice, ReferenceCounter
from cases.workflow import CaseError, Channel, Kind, Privacy, Status
from infocontent.models import Topic
from office.models import Holiday
from tests.factories import IDENTITY, NOW, WIB, codes, make_case, make_stored_file, notices

pytestmark = pytest.mark.django_db

CITIZEN = None


def test_a_received_case_has_its_number_its_clock_and_one_event():
    case = make_case(Kind.COMPLAINT, at=NOW)

    assert case.reference == "PG-2026-000001"
    assert case.status == Status.RECEIVED
    assert case.received_at == NOW
    assert case.due_on == date(2026, 12, 14)
    assert case.due_calendar_on == date(2027, 1, 23)
    assert codes(case) == ["diterima"]
    assert case.events.get().data == {"kind": "pengaduan", "channel": "web", "privacy": "terbuka"}
    assert notices(case) == [("diterima", CITIZEN)]


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Kind.COMPLAINT, date(2026, 12, 14)),
        (Kind.INFORMATION_REQUEST, date(2026, 12, 8)),
        (Kind.QUESTION, date(2026, 12, 1)),
        (Kind.OBJECTION, date(2027, 1, 11)),
    ],
)
def test_each_kind_has_the_clock_of_its_own_law(kind, due):
    assert make_case(kind, at=NOW).due_on == due


def test_numbers_run_per_kind_and_year_without_gaps():
    new_year = datetime(2027, 1, 1, tzinfo=WIB)
    moments = [NOW, NOW, new_year - timedelta(seconds=1), new_year]
    complaints = [make_case(Kind.COMPLAINT, at=at).reference for at in moments]
    questions = [make_case(Kind.QUESTION, at=at).reference for at in moments]

    assert complaints == ["PG-2026-000001", "PG-2026-000002", "PG-2026-000003", "PG-2027-000001"]
    assert questions == ["TL-2026-000001", "TL-2026-000002", "TL-2026-000003", "TL-2027-000001"]


def test_a_failed_intake_leaves_no_gap_and_no_case():
    make_case(Kind.INFORMATION_REQUEST)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_case(Kind.INFORMATION_REQUEST, purpose=None)

    assert Case.objects.count() == 1
    assert make_case(Kind.INFORMATION_REQUEST).reference == "PI-2026-000002"


def test_a_block_of_numbers_is_taken_at_once():
    assert ReferenceCounter.next_reference(Kind.QUESTION, 2026, count=500) == "TL-2026-000001"
    assert ReferenceCounter.next_reference(Kind.QUESTION, 2026) == "TL-2026-000501"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        # Received on a Tuesday until the last second; then on a Wednesday.
        (datetime(2026, 11, 24, 23, 59, 59, tzinfo=WIB), date(2026, 12, 8)),
        (datetime(2026, 11, 25, 0, 0, 0, tzinfo=WIB), date(2026, 12, 9)),
        # A Saturday night counts from Monday like a Sunday.
        (datetime(2026, 11, 28, 23, 50, tzinfo=WIB), date(2026, 12, 11)),
        (datetime(2026, 11, 29, 0, 0, tzinfo=WIB), date(2026, 12, 11)),
    ],
)
def test_the_day_of_receipt_is_the_offices_day(at, due):
    assert make_case(Kind.INFORMATION_REQUEST, at=at).due_on == due


def test_a_case_is_taken_even_when_next_years_holidays_are_not_decreed():
    case = make_case(Kind.COMPLAINT, at=datetime(2027, 12, 20, 9, tzinfo=WIB))

    assert case.due_working_on is None
    assert case.due_on == case.due_calendar_on == date(2028, 2, 18)


def test_a_question_is_taken_even_when_nothing_can_be_computed():
    Holiday.objects.all().delete()

    assert make_case(Kind.QUESTION).due_on is None


def test_only_a_digest_of_the_access_code_is_stored():
    code = access_code.make_access_code()

    case = make_case(code=code)

    assert case.access_digest == access_code.digest(code)
    assert code not in str(Case.objects.filter(pk=case.pk).values().get())


def test_a_case_without_a_code_cannot_be_followed_on_the_web():
    assert make_case().access_digest is None


def test_two_cases_never_share_an_access_code():
    make_case(code="ABCDEFGH12345678")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_case(code="ABCDEFGH12345678")


def test_identity_is_kept_apart_with_its_blind_indexes():
    case = make_case()

    applicant = Applicant.objects.get(case=case)
    assert (applicant.full_name, applicant.nik) == (IDENTITY.full_name, IDENTITY.nik)
    assert len(applicant.nik_index) == len(applicant.email_index) == 64
    assert applicant.masked_name == "S••• M••• K•••"
    assert applicant.masked_nik == "3273••••••••0003"
    assert applicant.masked_email == "s•••@example.com"
    assert applicant.masked_phone == "•••890"


def test_a_blank_identity_makes_no_row():
    case = make_case(identity=Identity())

    assert case.identity is None
    assert notices(case) == []


def test_without_an_address_no_receipt_is_owed():
    assert notices(make_case(identity=Identity(full_name="Sari"))) == []


def test_an_anonymous_case_stores_nobody():
    case = make_case(privacy=Privacy.ANONYMOUS)

    assert case.identity is None
    assert case.events.get().actor is None
    assert notices(case) == []


def test_an_anonymous_case_with_an_identity_is_refused_whole():
    with pytest.raises(CaseError), transaction.atomic():
        actions.register(
            kind=Kind.QUESTION,
            subject="Perihal",
            narrative="Uraian",
            privacy=Privacy.ANONYMOUS,
            identity=Identity(phone="0812"),
        )

    assert not Case.objects.exists()
    assert not ReferenceCounter.objects.exists()


def test_an_open_case_keeps_the_names_of_its_files():
    stored = make_stored_file("KTP Sari.jpg")

    case = make_case(files=[stored])

    attachment = case.attachments.get()
    assert (attachment.name, attachment.file) == ("KTP Sari.jpg", stored.file)
    assert attachment.sha256 == stored.sha256
    assert default_storage.exists(attachment.file)


@pytest.mark.parametrize(
    "name", ["KTP Sari Melati.jpg", "Sari Melati", "KTP.Sari Melati", "a.Sari"]
)
def test_the_files_of_an_anonymous_case_get_neutral_names(name):
    files = [replace(make_stored_file(), name=name), make_stored_file("Sari Melati.jpg")]

    case = make_case(privacy=Privacy.ANONYMOUS, files=files)

    names = [attachment.name for attachment in case.attachments.all()]
    assert names == ["lampiran-1.jpg", "lampiran-2.jpg"]


def test_the_shown_privacy_notice_is_kept_with_the_case():
    notice = PrivacyNotice.objects.get()

    assert make_case(notice=notice).privacy_notice == notice


def test_what_was_given_is_what_is_stored():
    topic = Topic.objects.get(code="antrean")

    case = make_case(topic=topic, channel=Channel.APP_REVIEW, language="en", place="Loket 3")

    assert (case.topic, case.channel, case.language) == (topic, "ulasan_aplikasi", "en")
    assert case.detail.place == "Loket 3"


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.INFORMATION_REQUEST])
def test_a_kind_with_a_detail_has_its_detail(kind):
    assert make_case(kind).detail.case.kind == kind


def test_a_question_has_no_detail():
    assert make_case(Kind.QUESTION).detail is None


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(DeadlineRuleMissing), transaction.atomic():
        actions.register(kind="lamaran", subject="Perihal", narrative="Uraian")

    assert not Case.objects.exists()


def test_a_request_by_proxy_says_so():
    case = inforequests.actions.lodge(
        purpose="Penelitian",
        access="salinan",
        delivery="email",
        by_proxy=True,
        subject="Data antrean",
        narrative="Data antrean tahun 2026",
        identity=IDENTITY,
    )

    assert Case.objects.get(pk=case.pk).detail.by_proxy


def test_no_attachment_is_left_without_a_case():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_case(Kind.INFORMATION_REQUEST, purpose=None, files=[make_stored_file()])

    assert not Attachment.objects.exists()
