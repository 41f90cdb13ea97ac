import pytest

from cases.models import Case
from cases.workflow import Status
from office.roles import Role
from tests.factories import codes, make_case, make_desk, make_user

from .desk import act, page_of, see

pytestmark = pytest.mark.django_db

CHANGED = "Kasus ini diubah oleh"


def test_the_second_of_two_savers_is_told_and_keeps_the_typed_text():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    opened_by_head = Case.objects.get(pk=case.pk)

    first = act(desk.officer, case, "konsep", follow=True, body="Versi petugas")
    second = act(desk.head, opened_by_head, "konsep", body="Versi kepala")
    text = second.content.decode()

    assert "Konsep jawaban disimpan." in first.content.decode()
    assert second.status_code == 409
    assert f"{CHANGED} {desk.officer} pukul 10.00" in text
    assert "<title>Galat:" in text
    assert "Versi kepala</textarea>" in text
    assert "Versi petugas" in text
    assert "Versi kepala" not in see(desk.head, page_of(case))
    assert "Versi petugas</textarea>" in see(desk.head, page_of(case))


def test_after_looking_the_second_saver_can_save():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    stale = Case.objects.get(pk=case.pk)
    act(desk.officer, case, "konsep", body="Versi petugas")
    text = act(desk.head, stale, "konsep", body="Versi kepala").content.decode()
    now = Case.objects.get(pk=case.pk)

    assert f'name="version" value="{now.version}"' in text

    act(desk.head, now, "konsep", body="Versi kepala")

    assert "Versi kepala</textarea>" in see(desk.head, page_of(case))


def test_only_one_of_two_starters_gets_the_case():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.VERIFIED, desk=desk)
    act(desk.head, case, "disposisi", to=f"seksi-{desk.section.pk}")
    case.refresh_from_db()
    opened_by_colleague = Case.objects.get(pk=case.pk)

    won = act(desk.officer, case, "mulai", follow=True).content.decode()
    lost = act(colleague, opened_by_colleague, "mulai", follow=True)

    assert "Kasus ini sekarang Anda kerjakan." in won
    assert lost.status_code == 409
    assert "Kasus ini sekarang Anda kerjakan." not in lost.content.decode()
    assert CHANGED in lost.content.decode()
    assert codes(case).count("mulai_dikerjakan") == 1


def test_a_double_click_leaves_one_event():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    act(desk.officer, case, "catatan", text="Sekali saja")
    again = act(desk.officer, case, "catatan", text="Sekali saja")

    assert again.status_code == 409
    assert codes(case).count("catatan") == 1


def test_a_case_that_left_the_section_is_gone_for_the_slower_person():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    other = make_desk("lantaskim")
    opened = Case.objects.get(pk=case.pk)
    act(desk.verifier, case, "disposisi", to=f"seksi-{other.section.pk}")

    assert act(desk.officer, opened, "konsep", body="Terlambat").status_code == 404
