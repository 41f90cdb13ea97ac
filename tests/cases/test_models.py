from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from cases import actions
from cases.models import AccessLog, Applicant, Case, CaseEvent, Message, Notice, ReportedOfficer
from cases.workflow import Kind, Outcome, Status
from complaints.models import Complaint
from office.models import Section
from tests.factories import make_case, make_desk

pytestmark = pytest.mark.django_db


def impossible(case, **changes):
    """Write past the verbs, as a slip of the keyboard in a database shell would."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)
    return str(error.value)


@pytest.mark.parametrize(
    "status",
    [Status.DONE, Status.FORWARDED, Status.WITHDRAWN, Status.ARCHIVED],
)
def test_a_final_status_needs_the_moment_of_closing(status):
    case = make_case()

    error = impossible(
        case, status=status, outcome="x", closing_reason="x", answered_at=timezone.now()
    )

    assert "case_closed_exactly_when_final" in error


def test_an_open_case_has_no_moment_of_closing():
    error = impossible(
        make_case(), closed_at=timezone.now(), outcome="dijelaskan", closing_reason="x"
    )

    assert "case_closed_exactly_when_final" in error


def test_a_status_that_the_flow_does_not_know_is_refused():
    assert "case_closed_exactly_when_final" in impossible(make_case(), status="hilang")


@pytest.mark.parametrize("missing", [{"outcome": ""}, {"closing_reason": ""}])
@pytest.mark.parametrize(
    "status",
    [Status.DONE, Status.FORWARDED, Status.WITHDRAWN, Status.DUPLICATE, Status.ARCHIVED],
)
def test_no_case_ends_without_outcome_and_reason(status, missing):
    assert "case_final_has_outcome_and_reason" in impossible(make_case(status=status), **missing)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.DONE])
def test_no_case_is_answered_without_an_answer(status):
    assert "case_answered_has_answer" in impossible(make_case(status=status), answered_at=None)


def test_a_duplicate_names_the_other_case():
    duplicate = make_case(status=Status.DUPLICATE)

    assert "case_duplicate_names_the_other" in impossible(duplicate, duplicate_of=None)


def test_only_a_duplicate_names_another_case():
    case, other = make_case(), make_case()

    assert "case_duplicate_names_the_other" in impossible(case, duplicate_of=other)


def test_a_forwarded_case_names_the_body():
    forwarded = make_case(status=Status.FORWARDED)

    assert "case_forwarded_names_the_body" in impossible(forwarded, forwarded_to="")


def test_an_officer_holds_a_case_only_within_a_section():
    case = make_case(status=Status.ASSIGNED)

    assert "case_officer_only_within_a_section" in impossible(case, section=None)


def test_a_kind_that_does_not_exist_is_refused():
    assert "case_kind_known" in impossible(make_case(), kind="lamaran")


@pytest.mark.parametrize("twice", ["reference", "access_digest"])
def test_reference_and_access_code_are_unique(twice):
    first, second = make_case(code="ABCDEFGH12345678"), make_case()

    assert twice in impossible(second, **{twice: getattr(first, twice)})


def test_an_event_number_stands_once_in_a_case():
    event = make_case().events.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvent.objects.create(
            case=event.case, seq=1, code=event.code, at=event.at, hash=event.hash
        )


def test_one_event_owes_a_notice_once_to_one_person():
    case = make_case()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(case=case, code="diterima", recipient=None, event_seq=1)


def test_an_officer_is_reported_once_in_a_case():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, reported=[desk.officer])

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedOfficer.objects.create(case=case, user=desk.officer)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
    ],
)
def test_history_and_access_log_refuse_changes_in_the_code(change):
    desk, case = make_desk(), make_case()
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon")

    for row in (case.events.first(), AccessLog.objects.get()):
        with pytest.raises(TypeError):
            change(row)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(at=timezone.now()),
        lambda rows: rows.delete(),
        lambda rows: rows._raw_delete(rows.db),
        lambda rows: rows.bulk_update(list(rows), ["at"]),
    ],
)
def test_history_and_access_log_refuse_changes_through_the_orm(change):
    desk, case = make_desk(), make_case()
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon")

    for rows in (CaseEvent.objects.all(), AccessLog.objects.all()):
        before = list(rows.values())
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(rows)
        assert list(rows.values()) == before


@transaction.atomic
def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


STATEMENTS = [
    "UPDATE {table} SET at = at",
    "UPDATE {table} SET data = '{{}}' WHERE id > 0",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id IN (SELECT id FROM {table})",
]
OF_ONE_DATABASE = {
    "sqlite": [
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table} WHERE id = (SELECT max(id) FROM {table})",
        "UPDATE OR REPLACE {table} SET id = id + 1",
    ],
    "postgresql": [
        "TRUNCATE {table} CASCADE",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET at = now()",
        "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT * FROM gone",
    ],
}


@pytest.mark.parametrize("table", ["cases_caseevent", "cases_accesslog"])
def test_history_and_access_log_refuse_changes_in_sql(table):
    desk, case = make_desk(), make_case()
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon")

    def rows():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            return cursor.fetchall()

    before = rows()
    connection.check_constraints()  # PostgreSQL truncates nothing while checks are outstanding
    for statement in STATEMENTS + OF_ONE_DATABASE[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"):
            execute(statement.format(table=table))
    assert before
    assert rows() == before


def test_a_replaced_event_is_refused_by_its_place_in_the_history_too():
    event = make_case().events.get()
    if connection.vendor == "sqlite":
        statement = (
            "INSERT OR REPLACE INTO cases_caseevent (case_id, seq, code, at, data, hash) "
            "SELECT case_id, seq, 'catatan', at, data, hash FROM cases_caseevent"
        )
    else:
        statement = (
            "INSERT INTO cases_caseevent (case_id, seq, code, at, data, hash) "
            "SELECT case_id, seq, 'catatan', at, data, hash FROM cases_caseevent "
            "ON CONFLICT (case_id, seq) DO UPDATE SET code = excluded.code"
        )

    with pytest.raises(DatabaseError, match="append-only"):
        execute(statement)

    assert CaseEvent.objects.get().hash == event.hash


@pytest.mark.parametrize(
    "row",
    [
        lambda case: case,
        lambda case: case.section,
        lambda case: case.assignee,
    ],
)
def test_nothing_that_a_case_hangs_on_can_be_deleted(row):
    case = make_case(status=Status.ASSIGNED)

    with pytest.raises(ProtectedError):
        row(case).delete()


def test_the_identity_shows_itself_masked():
    applicant = Applicant.objects.get(case=make_case())

    assert str(applicant) == "S••• M••• K•••"
    assert "Sari" not in repr(applicant)


def test_the_public_messages_leave_out_what_is_internal():
    case = make_case()
    for kind in Message.Kind:
        Message.objects.create(case=case, kind=kind, body=kind)

    assert set(case.messages.public().values_list("body", flat=True)) == {
        "warga",
        "permintaan",
        "jawaban",
        "pemberitahuan",
    }


def test_the_list_reads_no_long_texts_and_no_secrets(django_assert_num_queries):
    make_case(status=Status.ASSIGNED, code="ABCDEFGH12345678")

    with django_assert_num_queries(1):
        case = Case.objects.for_list().get()
        assert str(case.section)
        assert str(case.assignee)

    assert {"narrative", "access_digest", "events_seal"} <= case.get_deferred_fields()


def test_open_overdue_and_due_cases_are_told_apart():
    desk = make_desk()
    running = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    answered = make_case(Kind.INFORMATION_REQUEST, Status.ANSWERED, desk=desk)
    done = make_case(Kind.INFORMATION_REQUEST, Status.DONE, desk=desk)
    due, after = date(2026, 12, 8), date(2026, 12, 9)

    assert set(Case.objects.open()) == {running, answered}
    assert list(Case.objects.overdue(due)) == []
    assert list(Case.objects.overdue(after)) == [running]
    assert list(Case.objects.due_by(due, date(2026, 12, 3))) == [running]
    assert list(Case.objects.due_by(date(2026, 12, 7), date(2026, 12, 3))) == []
    assert done.closed_at


def test_a_case_answers_for_its_detail_by_its_kind():
    complaint, question = make_case(Kind.COMPLAINT), make_case(Kind.QUESTION)

    assert isinstance(complaint.detail, Complaint)
    assert question.detail is None


def test_a_section_of_closed_cases_stays():
    desk = make_desk("lantaskim")
    make_case(status=Status.DONE, desk=desk)

    with pytest.raises(ProtectedError):
        Section.objects.get(code="lantaskim").delete()


def test_the_search_and_the_seals_survived_all_migrations():
    # Of cases, letters and due changes, of visits, contacts, paper forms, surveys, personal data,
    # meetings and reports; what marks a month of the recap (13 on SQLite, 5 on PostgreSQL).
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            assert cursor.fetchone()[0] == 100
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
            assert cursor.fetchone()[0] == 55


def test_no_outcome_is_needed_while_a_case_is_open():
    assert make_case(status=Status.IN_PROGRESS).outcome == Outcome.NONE
