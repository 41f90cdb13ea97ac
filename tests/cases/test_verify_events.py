from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases import actions, chain
from cases.management.commands import verify_events
from cases.models import Case, CaseEvent
from cases.workflow import Status
from tests.factories import NOW, make_case, make_desk, make_stored_file
from tests.sealed import unsealed

pytestmark = pytest.mark.django_db


def verify(*args):
    """Exit code and everything said."""
    out = StringIO()
    try:
        call_command("verify_events", *args, stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def execute(sql, *params):
    # PostgreSQL alters no table that has foreign keys still to be checked.
    connection.check_constraints()
    with unsealed(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        connection.check_constraints()


def test_every_story_that_the_verbs_tell_is_sound():
    desk = make_desk()
    for status in Status:
        make_case(status=status, desk=desk)

    code, said = verify()

    assert code == 0
    assert "Semua utuh." in said
    assert f"{Case.objects.count()} kasus dan {CaseEvent.objects.count()} baris" in said


@pytest.mark.parametrize(
    "change",
    [
        "code = 'catatan'",
        'data = \'{"kind": "pertanyaan"}\'',
        "at = '2020-01-01 00:00:00+00:00'",
        "actor_id = NULL",
    ],
)
def test_a_changed_line_is_named(change):
    case, other = make_case(status=Status.IN_PROGRESS), make_case()
    execute(f"UPDATE cases_caseevent SET {change} WHERE case_id = %s AND seq = 2", case.pk)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: baris 2 diubah" in said
    assert said.count("baris 2") == 1
    assert other.reference not in said


def test_a_line_cut_off_at_the_end_is_named():
    case = make_case(status=Status.IN_PROGRESS)
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND seq = 4", case.pk)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: baris 4 hilang" in said


def test_cutting_the_count_along_with_the_line_does_not_help():
    case = make_case(status=Status.IN_PROGRESS)
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND seq = 4", case.pk)
    execute("UPDATE cases_case SET events_count = 3 WHERE id = %s", case.pk)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: segel tidak cocok dengan baris 3" in said


def test_a_line_taken_out_of_the_middle_is_named():
    case = make_case(status=Status.IN_PROGRESS)
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND seq = 2", case.pk)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: baris 2 hilang" in said


def test_a_history_taken_away_as_a_whole_is_named():
    case = make_case()
    execute("DELETE FROM cases_caseevent WHERE case_id = %s", case.pk)
    execute("UPDATE cases_case SET events_count = 0, events_seal = '' WHERE id = %s", case.pk)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: baris 1 hilang" in said


def test_a_line_slipped_in_is_named():
    case = make_case()
    CaseEvent.objects.create(case=case, seq=2, code="catatan", at=NOW, data={}, hash="0" * 64)

    code, said = verify()

    assert code == 1
    assert f"{case.reference}: baris 2 diubah" in said
    assert "tidak tercatat di kasus" in said


def test_a_line_moved_to_another_case_does_not_fit():
    first, second = make_case(), make_case()
    execute(
        "UPDATE cases_caseevent SET case_id = %s, seq = 2 WHERE case_id = %s", first.pk, second.pk
    )
    execute("UPDATE cases_case SET events_count = 2 WHERE id = %s", first.pk)

    _, said = verify()

    assert f"{first.reference}: baris 2 diubah" in said
    assert f"{second.reference}: baris 1 hilang" in said


def test_a_seal_of_todays_key_only():
    case = make_case()
    forged = chain.seal("PG-2026-999999", 1, case.events.get().hash)
    Case.objects.filter(pk=case.pk).update(events_seal=forged)

    assert f"{case.reference}: segel tidak cocok" in verify()[1]


def test_a_missing_trigger_is_named():
    make_case()
    name = {"sqlite": "cases_caseevent_no_update", "postgresql": "cases_caseevent_append_only"}
    trigger = name[connection.vendor]
    table = "" if connection.vendor == "sqlite" else " ON cases_caseevent"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {trigger}{table}")
        code, said = verify()
        transaction.set_rollback(True)

    assert code == 1
    assert trigger in said


def test_the_database_itself_refuses_to_change_or_delete():
    event = make_case().events.get()

    for sql in ("UPDATE cases_caseevent SET seq = 9", "DELETE FROM cases_caseevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{sql} WHERE id = %s", [event.pk])


def test_one_case_or_the_recent_ones_may_be_chosen():
    broken, sound = make_case(at=NOW.replace(month=9)), make_case(at=NOW)
    execute("UPDATE cases_caseevent SET code = 'catatan' WHERE case_id = %s", broken.pk)

    assert verify()[0] == 1
    assert verify("--case", sound.reference)[0] == 0
    assert verify("--case", broken.reference)[0] == 1
    assert verify("--since", "2026-11-01")[0] == 0
    assert verify("--case", "PG-1999-000001")[0] == 1


def test_cases_are_read_a_batch_at_a_time(monkeypatch):
    monkeypatch.setattr(verify_events, "BATCH", 2)
    cases = [make_case(at=NOW) for _ in range(5)]
    execute("UPDATE cases_caseevent SET code = 'catatan' WHERE case_id = %s", cases[4].pk)

    _, said = verify()

    assert "5 kasus dan 5 baris" in said
    assert f"{cases[4].reference}: baris 1 diubah" in said


def test_a_verb_between_the_two_reads_is_no_fault(monkeypatch):
    case = make_case()
    real = verify_events._lines

    def read_late(pks):
        if case.events_count == 1:
            actions.add_facts(case, text="Di antara dua bacaan")
        return real(pks)

    monkeypatch.setattr(verify_events, "_lines", read_late)

    assert verify()[0] == 0


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.write_bytes(b"%PDF lain"), "berubah sesudah ditandatangani"),
        (lambda path: path.unlink(), "hilang"),
    ],
)
def test_a_letter_that_is_not_the_signed_one_is_named(harm, said, plain_paper):
    case = make_case("permohonan", Status.ANSWERED)
    letter = case.letters.get()
    assert verify()[0] == 0

    harm(Path(default_storage.path(letter.attachment.file)))

    code, words = verify()
    assert code == 1
    assert letter.number in words
    assert said in words


def half_written(*args):
    out = StringIO()
    call_command("count_half_written", *args, stdout=out, stderr=StringIO())
    return int(out.getvalue())


def test_nothing_is_half_written_after_ordinary_work():
    desk = make_desk()
    for kind in ("pengaduan", "permohonan", "pertanyaan"):
        make_case(kind, Status.ANSWERED, desk=desk, files=[make_stored_file()])

    assert half_written() == 0


def test_every_kind_of_half_written_record_is_counted():
    no_event, no_detail, no_file = make_case(), make_case(), make_case(files=[make_stored_file()])
    execute("DELETE FROM cases_caseevent WHERE case_id = %s", no_event.pk)
    no_detail.detail.delete()
    default_storage.delete(no_file.attachments.get().file)

    # The case without an event counts twice: its first event is gone and its count is wrong.
    assert half_written("--explain") == 4
