import pytest
from django.core.management import call_command

from cases import actions, marks
from cases.models import Case, TextMark
from cases.models.redaction import MARK
from cases.similar import nearly_same, similar_to
from cases.workflow import Privacy, Status
from infocontent.models import Topic
from office.roles import Role
from tests.cases.desk import LIST, client_of, offered, page_of, see
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

QUEUE = "Mesin antrean di lobi rusak dan nomor saya dipanggil dua kali di loket berbeda."
NEAR = "Selamat pagi. Mesin antrean di lobi rusak, nomor saya dipanggil dua kali di loket lain."
OTHER = "Kode OTP untuk membuat akun tidak pernah masuk ke surat elektronik saya."


@pytest.fixture
def verifier():
    return make_user(Role.VERIFIER)


def complaint(text, **more):
    return make_case(subject=text[:40], narrative=text, **more)


def found(case, user, **more):
    return [one.case for one in similar_to(Case.objects.get(pk=case.pk), user, **more)]


@pytest.mark.parametrize("is_marked", [False, True], ids=["this hour", "after the job"])
def test_a_near_copy_is_found_and_another_matter_is_not(verifier, is_marked):
    first, other, near = complaint(QUEUE), complaint(OTHER), complaint(NEAR)
    if is_marked:
        marks.keep_new()

    assert found(near, verifier) == [first]
    assert found(first, verifier) == [near]
    assert found(other, verifier) == []


def test_the_likest_comes_first_and_says_why(verifier):
    same, near = complaint(QUEUE), complaint(NEAR)
    case = complaint(QUEUE)
    marks.keep_new()

    first, second = similar_to(case, verifier)

    assert (first.case, first.degree) == (same, "hampir sama")
    assert second.case == near
    assert first.likeness > second.likeness
    assert "antrean" in first.words


def test_nobody_learns_of_a_case_out_of_sight(verifier):
    hidden = complaint(QUEUE)
    case = complaint(NEAR)
    marks.keep_new()
    officer = make_user(Role.OFFICER, section="tikkim")

    assert found(case, verifier) == [hidden]
    assert found(case, officer) == []
    assert nearly_same([case], officer) == {}


def test_a_case_that_names_the_reader_as_reported_is_not_among_them():
    desk = make_desk()
    make_case(
        status=Status.VERIFIED, desk=desk, reported=[desk.verifier], subject="x", narrative=QUEUE
    )

    assert found(complaint(NEAR), desk.verifier) == []
    assert len(found(complaint(NEAR), desk.ppid)) == 2


def test_many_copies_of_one_text_cost_no_more_than_a_few(verifier, monkeypatch):
    monkeypatch.setattr("cases.similar.NEWEST", 4)
    copies = [complaint(QUEUE) for _ in range(8)]
    marks.keep_new()

    assert found(copies[0], verifier, limit=9) == copies[:-5:-1]


def test_a_text_of_one_word_is_like_nothing(verifier):
    complaint("Bagus", privacy=Privacy.ANONYMOUS)
    case = complaint("Bagus", privacy=Privacy.ANONYMOUS)
    marks.keep_new()

    assert found(case, verifier) == []


def test_finding_costs_five_queries_however_many_are_alike(verifier, django_assert_num_queries):
    cases = [complaint(QUEUE) for _ in range(7)]
    marks.keep_new()
    complaint(NEAR)

    # One more: what this person may see.
    with django_assert_num_queries(6):
        assert len(similar_to(cases[0], verifier)) == 5


def test_marks_are_kept_once_and_for_new_cases_only():
    complaint(QUEUE)
    kept = marks.keep_new()
    before = TextMark.objects.count()

    assert (kept, marks.keep_new()) == (1, 0)
    assert 0 < before <= marks.MOST
    complaint(OTHER)
    assert marks.keep_new() == 1


def test_the_hourly_job_keeps_the_marks(capsys):
    complaint(QUEUE)

    call_command("hourly")

    assert TextMark.objects.exists()
    assert "tanda kemiripan disimpan: 1" in capsys.readouterr().out


def test_a_redacted_text_takes_its_marks_away_and_gets_no_new_ones(verifier):
    desk = make_desk()
    case = make_case(status=Status.DONE, desk=desk, subject="Antrean", narrative=QUEUE)
    marks.keep_new()

    actions.redact(case, parts=["teks"], actor=desk.office_head)
    marks.keep_new()

    assert case.narrative == MARK
    assert not TextMark.objects.filter(case=case).exists()
    assert found(complaint(NEAR), verifier) == []


def test_all_marks_can_be_made_anew(capsys):
    complaint(QUEUE)
    marks.keep_new()
    before = set(TextMark.objects.values_list("mark", flat=True))

    call_command("mark_texts", all=True)

    assert set(TextMark.objects.values_list("mark", flat=True)) == before
    assert "1 kasus ditandai" in capsys.readouterr().out


def test_the_case_page_shows_them_and_leads_to_the_duplicate_form(verifier):
    first, case = complaint(QUEUE), complaint(NEAR)

    text = see(verifier, page_of(case))
    picked = see(verifier, f"{page_of(case)}?sama={first.reference}")

    assert first.reference in text
    assert "Kata yang sama:" in text
    assert f"?sama={first.reference}#langkah-duplikat" in text
    assert f'value="{first.reference}"' in picked


def test_the_case_page_says_when_nothing_is_alike(verifier):
    assert "Tidak ada kasus lain yang kata-katanya mirip" in see(
        verifier, page_of(complaint(OTHER))
    )


def test_who_may_not_mark_duplicates_is_offered_no_link():
    desk = make_desk()
    make_case(status=Status.VERIFIED, desk=desk, subject="Antrean", narrative=QUEUE)
    case = make_case(status=Status.VERIFIED, desk=desk, subject="Antrean", narrative=NEAR)

    text = see(desk.officer, page_of(case))

    assert "Kata yang sama:" in text
    assert "duplikat" not in offered(desk.officer, case)
    assert "?sama=" not in text


@pytest.mark.parametrize(("query", "is_shown"), [("todo=verifikasi", True), ("", False)])
def test_the_list_of_new_cases_tells_what_is_nearly_the_same(verifier, query, is_shown):
    complaint(QUEUE)
    complaint(QUEUE)
    marks.keep_new()

    assert ("Hampir sama dengan" in see(verifier, f"{LIST}?{query}")) is is_shown


def test_the_list_of_new_cases_costs_few_queries(verifier, django_assert_max_num_queries):
    for _ in range(4):
        complaint(QUEUE, topic=Topic.objects.get(code="antrean"))
    marks.keep_new()
    client = client_of(verifier)

    with django_assert_max_num_queries(15):
        client.get(f"{LIST}?todo=verifikasi")
