from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from cases import access_code, actions
from cases.models import Applicant, Case, CaseEvent, Redaction
from cases.receipt import render_receipt
from cases.workflow import CaseError, Kind, NotAllowed, Privacy, Status
from dataprotection.actions import (
    ask,
    cancel_batch,
    make_batch,
    order_batch,
    run_batch,
    sign_batch,
)
from dataprotection.export import held_about
from dataprotection.models import DisposalBatch, ProtectionEvent, RetentionRule
from dataprotection.retaining import due
from dataprotection.workflow import NotReady
from tests.cases.citizens import page, unlock
from tests.cases.desk import page_of, see
from tests.dataprotection.past import (
    LONG_AGO,
    SECRET,
    destroy,
    holds_bytes,
    make_past,
    reopen,
)
from tests.factories import IDENTITY, NOW, codes, make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def said(*args):
    out = StringIO()
    call_command("retention", *args, stdout=out)
    return out.getvalue()


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def counted(today=TODAY):
    return {(found.kind, found.rule.part): found.cases.count() for found in due(today)}


def test_a_case_is_kept_through_the_last_day_of_its_term():
    RetentionRule.objects.exclude(part="identitas").delete()
    case = make_past()
    closed = case.closed_at.date()

    last = counted(closed + timedelta(days=1825))
    after = counted(closed + timedelta(days=1826))

    assert last["pengaduan", "identitas"] == 0
    assert after["pengaduan", "identitas"] == 1


def test_open_and_anonymous_cases_give_nothing_to_destroy():
    make_case(at=LONG_AGO)
    make_past(privacy=Privacy.ANONYMOUS)

    found = counted()

    assert found["pengaduan", "identitas"] == 0
    assert found["pengaduan", "teks"] == 1


def test_a_rule_of_the_own_kind_counts_before_the_general_one_and_a_later_before_an_earlier():
    rules = RetentionRule.objects
    rules.all().delete()
    old, new = NOW.date() - timedelta(days=900), NOW.date() - timedelta(days=30)
    general = rules.create(part="teks", days=10, law="A", valid_from=new)
    own = rules.create(part="teks", kind="pengaduan", days=20, law="B", valid_from=old)
    rules.create(part="teks", kind="pengaduan", days=1, law="C", valid_from=TODAY, is_active=False)
    rules.create(part="teks", days=1, law="D", valid_from=TODAY + timedelta(days=1))

    in_force = rules.in_force(TODAY)

    assert in_force["pengaduan", "teks"] == own
    assert in_force["permohonan", "teks"] == general


def test_the_dry_run_counts_and_makes_nothing():
    make_past()

    words = said("--dry-run")

    assert "1  Uraian dan pesan: 1825 hari" in words
    assert not DisposalBatch.objects.exists()


def test_the_command_puts_what_is_past_on_a_batch_once():
    case = make_past()

    first, second = said(), said()

    batch = DisposalBatch.objects.get()
    assert f"Berkas pemusnahan {batch.pk} disusun" in first
    assert "Tidak ada data" in second
    assert batch.made_by is None
    assert set(batch.lines.values_list("case", "part")) == {
        (case.pk, part) for part in Redaction.Part.values
    }
    assert holds_bytes(case) == [True]


@pytest.mark.parametrize("who", ["officer", "head", "verifier"])
def test_only_who_signs_may_touch_a_batch(who):
    desk = make_desk()
    make_past(desk=desk)
    batch = make_batch(actor=desk.ppid)

    for verb in (sign_batch, cancel_batch, order_batch):
        with pytest.raises(NotAllowed):
            verb(batch, actor=getattr(desk, who))
    with pytest.raises(NotAllowed):
        make_batch(actor=getattr(desk, who))

    assert batch.events.count() == 1


def test_nothing_is_destroyed_before_two_different_people_signed():
    desk = make_desk()
    case = make_past(desk=desk)
    batch = make_batch(actor=desk.ppid)

    for attempt in (
        lambda: order_batch(batch, actor=desk.ppid),
        lambda: run_batch(batch),
        lambda: sign_batch(batch, actor=desk.ppid),
        lambda: order_batch(batch, actor=desk.ppid),
        lambda: sign_batch(batch, actor=desk.ppid),
        lambda: run_batch(batch),
    ):
        before = batch.first_signer_id
        try:
            attempt()
        except NotReady:
            continue
        assert before is None
        assert batch.first_signer == desk.ppid

    batch.refresh_from_db()
    assert batch.second_signer is None
    assert Case.objects.get(pk=case.pk).narrative == f"Uraian {SECRET}"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda desk: {"second_signer": desk.ppid},
        lambda desk: {"second_signer": desk.ppid, "first_signer": desk.ppid},
        lambda desk: {"run_at": NOW, "first_signer": desk.ppid},
        lambda desk: {"ordered_at": NOW},
    ],
)
def test_the_database_wants_two_different_signers(wrong):
    desk = make_desk()
    make_past(desk=desk)
    batch = make_batch(actor=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalBatch.objects.filter(pk=batch.pk).update(**wrong(desk))


def test_a_signed_batch_destroys_identity_files_and_texts(django_capture_on_commit_callbacks):
    desk, code = make_desk(), access_code.make_access_code()
    case = make_past(desk=desk, code=code)
    file = case.attachments.get()

    with django_capture_on_commit_callbacks(execute=True):
        batch = destroy(desk)

    case, applicant = Case.objects.get(pk=case.pk), Applicant.objects.get(case=case)
    kept = case.attachments.get()
    assert {getattr(applicant, name) for name in ("full_name", "nik", "email", "address")} == {""}
    assert (applicant.nik_index, applicant.email_index) == ("", "")
    assert (kept.name, kept.sha256, kept.size) == ("", file.sha256, file.size)
    assert holds_bytes(case) == [False]
    assert {case.subject, case.narrative, case.closing_reason, case.pengaduan.place} == {
        "[data dimusnahkan]"
    }
    assert set(case.messages.values_list("body", flat=True)) == {"[data dimusnahkan]"}
    assert codes(case).count("data_dimusnahkan") == 1
    assert case.events.last().data == {"parts": Redaction.Part.values, "batch": batch.pk}
    assert set(batch.lines.values_list("state", flat=True)) == {"dimusnahkan"}


def test_after_it_the_chain_verifies_the_search_finds_nothing_and_every_page_opens():
    desk, code = make_desk(), access_code.make_access_code()
    case = make_past(Kind.INFORMATION_REQUEST, desk=desk, code=code)
    assert Case.objects.matching(SECRET).exists()

    destroy(desk)

    case = Case.objects.get(pk=case.pk)
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert "Semua utuh." in out.getvalue()
    assert not Case.objects.matching(SECRET).exists()
    assert case.reference in see(desk.ppid, page_of(case))
    assert "Berkas sudah dimusnahkan" in see(desk.ppid, page_of(case))
    assert SECRET not in see(desk.ppid, f"/admin/cases/case/?q={case.reference}")
    client = Client()
    unlock(client, case, code)
    shown = page(client)
    assert SECRET not in shown
    assert "masa simpannya habis" in shown
    # The citizen's paper and the office's letter alike.
    assert [
        client.get(f"/berkas/{file.token}/").status_code for file in case.attachments.all()
    ] == [
        404,
        404,
    ]
    assert render_receipt(case)
    assert SECRET not in str(held_about(case))
    assert IDENTITY.full_name not in str(held_about(case))
    with pytest.raises(CaseError):
        actions.reveal_identity(case, actor=desk.ppid, purpose="Menelepon pelapor")


def test_no_row_is_deleted():
    desk = make_desk()
    case = make_past(desk=desk)
    models = [Case, Applicant, CaseEvent, type(case.attachments.get()), case.messages.model]
    before = [model.objects.count() for model in models]

    destroy(desk)

    after = [model.objects.count() for model in models]
    assert after == [before[0], before[1], before[2] + 1, *before[3:]]


def _touch(case, desk):
    actions.note(case, actor=desk.head, text="Ada telepon.")


def _ask(case, desk):
    ask(case, kind="pembatasan", detail="Tunda dulu.")


def _longer(case, desk):
    RetentionRule.objects.update(days=9000)


def _other_rule(case, desk):
    RetentionRule.objects.update(is_active=False)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (reopen, "dibuka"),
        (_touch, "berubah"),
        (_ask, "permintaan"),
        (_longer, "aturan"),
        (_other_rule, "aturan"),
    ],
)
def test_what_changed_since_the_list_was_made_is_skipped_with_a_reason(meanwhile, reason):
    desk = make_desk()
    case, other = make_past(desk=desk), make_past(desk=desk)
    batch = make_batch(actor=None)
    sign_batch(batch, actor=desk.ppid)
    sign_batch(batch, actor=desk.office_head)
    meanwhile(case, desk)
    order_batch(batch, actor=desk.office_head)

    run_batch(batch)

    assert set(batch.lines.filter(case=case).values_list("state", "reason")) == {
        ("dilewati", reason)
    }
    assert SECRET in Case.objects.get(pk=case.pk).narrative
    assert codes(case).count("data_dimusnahkan") == 0
    is_about_all = reason == "aturan"
    assert (SECRET in Case.objects.get(pk=other.pk).narrative) is is_about_all


def test_a_case_that_was_reopened_after_its_destruction_comes_up_again():
    desk = make_desk()
    case = make_past(desk=desk)
    destroy(desk)
    assert counted()["pengaduan", "teks"] == 0
    Case.objects.filter(pk=case.pk).update(closed_at=NOW + timedelta(days=1))

    assert counted(TODAY + timedelta(days=1900))["pengaduan", "teks"] == 1


def test_a_run_that_was_broken_off_goes_on_and_repeats_nothing():
    desk = make_desk()
    first, second = make_past(desk=desk), make_past(desk=desk)
    batch = make_batch(actor=None)
    sign_batch(batch, actor=desk.ppid)
    sign_batch(batch, actor=desk.office_head)
    order_batch(batch, actor=desk.ppid)
    batch.lines.filter(case=first).update(state="dimusnahkan")

    run_batch(batch)
    run_batch(batch)

    assert codes(first).count("data_dimusnahkan") == 0
    assert codes(second).count("data_dimusnahkan") == 1
    assert batch.events.filter(code="pemusnahan_selesai").count() == 1


def test_a_cancelled_batch_destroys_nothing_and_frees_its_cases():
    desk = make_desk()
    make_past(desk=desk)
    batch = make_batch(actor=desk.ppid)

    cancel_batch(batch, actor=desk.ppid)

    with pytest.raises(NotReady):
        sign_batch(batch, actor=desk.office_head)
    assert make_batch(actor=desk.office_head).lines.count() == batch.lines.count()


def test_the_log_says_what_and_never_who():
    desk = make_desk()
    case = make_past(desk=desk)

    batch = destroy(desk)

    events = list(batch.events.order_by("pk"))
    assert [event.code for event in events] == [
        "berkas_disusun",
        "berkas_disetujui",
        "berkas_disetujui",
        "pemusnahan_diperintahkan",
        "pemusnahan_selesai",
    ]
    told = str([event.data for event in events])
    assert "'count': 1" in told
    for word in (case.reference, IDENTITY.full_name, IDENTITY.nik, SECRET, "case"):
        assert word not in told


@pytest.mark.parametrize("change", ["UPDATE {t} SET code = 'x'", "DELETE FROM {t}"])
def test_the_database_refuses_to_change_the_log(change):
    make_past()
    make_batch(actor=None)
    table = ProtectionEvent._meta.db_table

    with pytest.raises(DatabaseError), transaction.atomic():
        execute(change.format(t=table))
    with pytest.raises(TypeError):
        ProtectionEvent.objects.get().delete()


def test_papers_of_identity_go_earlier_than_the_rest():
    desk = make_desk()
    case = make_past(Kind.INFORMATION_REQUEST, desk=desk, at=NOW - timedelta(days=120))

    destroy(desk)

    case = Case.objects.get(pk=case.pk)
    assert case.attachments.get(uploader=None).name == ""
    assert SECRET in case.narrative
    assert case.identity.full_name == IDENTITY.full_name


def test_an_open_case_is_refused_by_the_verb_itself():
    head = make_user("kepala_kantor")

    for status in (Status.RECEIVED, Status.ANSWERED):
        case = make_case(status=status)
        with pytest.raises(CaseError):
            actions.redact(case, actor=head, parts=["teks"])
        with pytest.raises(CaseError):
            actions.redact(case, actor=None, parts=["teks"], batch=1)
