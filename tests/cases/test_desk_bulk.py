import pytest

from cases.models import AccessLog, Case
from cases.workflow import Kind, Status
from infocontent.models import Topic
from office.roles import Role
from tests.factories import codes, make_case, make_desk, make_section, make_user

from .desk import LIST, client_of

pytestmark = pytest.mark.django_db


def choose(user, verb, cases, query="", **more):
    data = {"action": verb, "_selected_action": [case.pk for case in cases], **more}
    return client_of(user).post(f"{LIST}?{query}", data)


def confirm(user, verb, cases, **typed):
    picked = ",".join(f"{case.pk}:{case.version}" for case in cases)
    return client_of(user).post(LIST, {"action": verb, "picked": picked, **typed})


def test_the_picked_cases_are_shown_before_anything_happens():
    desk = make_desk()
    cases = [make_case(status=Status.VERIFIED, desk=desk) for _ in range(2)]

    text = choose(desk.head, "disposisi", cases).content.decode()

    assert all(case.reference in text for case in cases)
    assert "Disposisi 2 kasus" in text
    assert set(Case.objects.values_list("status", flat=True)) == {Status.VERIFIED}


def test_many_cases_are_assigned_by_the_verb_itself():
    desk = make_desk()
    cases = [make_case(status=Status.VERIFIED, desk=desk) for _ in range(3)]

    confirm(desk.head, "disposisi", cases, to=f"petugas-{desk.officer.pk}", note="Tolong")

    for case in cases:
        assert Case.objects.get(pk=case.pk).assignee == desk.officer
        assert codes(case)[-1] == "didisposisi"


def test_each_refusal_is_reported_and_the_others_go_through():
    desk = make_desk()
    fine = make_case(status=Status.VERIFIED, desk=desk)
    closed = make_case(status=Status.DONE, desk=desk)
    changed = make_case(status=Status.VERIFIED, desk=desk)
    stale = Case.objects.get(pk=changed.pk)
    confirm(desk.verifier, "disposisi", [changed], to=f"seksi-{desk.section.pk}")

    text = confirm(
        desk.head, "disposisi", [fine, closed, stale], to=f"petugas-{desk.officer.pk}"
    ).content.decode()

    assert "1 kasus didisposisi, 2 tidak dapat diproses" in text
    assert f"<strong>{closed.reference}</strong> Langkah ini tidak bisa dilakukan" in text
    assert f"<strong>{stale.reference}</strong> Kasus ini diubah oleh {desk.verifier}" in text
    assert Case.objects.get(pk=fine.pk).status == Status.ASSIGNED


def test_many_cases_are_verified_for_the_section_of_their_topic():
    desk = make_desk()
    passport = make_case(Kind.QUESTION, topic=Topic.objects.get(code="paspor-baru"))
    stay = make_case(Kind.QUESTION, topic=Topic.objects.get(code="itas"))
    none = make_case(Kind.QUESTION)

    text = confirm(desk.verifier, "verifikasi", [passport, stay, none]).content.decode()

    assert Case.objects.get(pk=passport.pk).section.code == "lantaskim"
    assert Case.objects.get(pk=stay.pk).section.code == "intaltuskim"
    assert f"<strong>{none.reference}</strong> Topiknya belum punya seksi" in text


def test_forged_numbers_are_not_touched_not_named_and_put_on_record():
    desk = make_desk()
    stranger = make_user(Role.SECTION_HEAD, section=make_section())
    case = make_case(status=Status.VERIFIED, desk=desk)

    shown = choose(stranger, "disposisi", [case]).content.decode()
    done = confirm(
        stranger, "disposisi", [case], to=f"seksi-{stranger.section_id}"
    ).content.decode()

    assert case.reference not in shown + done
    assert Case.objects.get(pk=case.pk).status == Status.VERIFIED
    assert set(AccessLog.objects.values_list("what", "user")) == {("ditolak", stranger.pk)}


@pytest.mark.parametrize("verb", ["verifikasi", "disposisi"])
def test_a_bulk_verb_is_for_its_duty_only(verb):
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, desk=desk)

    assert choose(desk.officer, verb, [case]).status_code == 403
    assert confirm(desk.officer, verb, [case], to=f"seksi-{desk.section.pk}").status_code == 403


def test_all_results_of_a_filter_can_be_taken_at_once():
    desk = make_desk()
    for _ in range(3):
        make_case(status=Status.VERIFIED, desk=desk)
    make_case()

    text = choose(desk.verifier, "disposisi", [], "status=terverifikasi", select_across="1")

    assert "Disposisi 3 kasus" in text.content.decode()


def test_no_more_than_the_cap_at_once(monkeypatch):
    monkeypatch.setattr("cases.desk.bulk.MOST", 2)
    desk = make_desk()
    cases = [make_case(status=Status.VERIFIED, desk=desk) for _ in range(3)]

    response = confirm(desk.head, "disposisi", cases, to=f"seksi-{desk.section.pk}")

    assert response.status_code == 302
    assert set(Case.objects.values_list("status", flat=True)) == {Status.VERIFIED}


def test_an_error_keeps_the_versions_that_were_first_shown():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, desk=desk)

    text = confirm(desk.head, "disposisi", [case], to="").content.decode()

    assert "<title>Galat:" in text
    assert f'name="picked" value="{case.pk}:{case.version}"' in text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "hapus"},
        {"action": "disposisi"},
        {"action": "disposisi", "_selected_action": ["x", "²", "\0", "9" * 400, "-1"]},
        {"action": "disposisi", "picked": "1:2:3,::,a:b,9999999999999999999999:1"},
        {"action": "disposisi", "picked": "\0"},
    ],
)
def test_mangled_picks_are_never_a_server_error(data):
    desk = make_desk()

    assert client_of(desk.head).post(LIST, data).status_code in {200, 302}
