import re
from datetime import date

import pytest
from django.urls import reverse

from cases.workflow import Status
from office.roles import Role
from reports.meetings import actions
from reports.meetings.models import Meeting, MeetingAction
from tests.cases.desk import client_of, see
from tests.factories import make_case, make_desk, make_user

from .meeting import NOVEMBER, WRITERS, make_draft, make_signed, promise
from .year import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

LIST = "/admin/reports/meeting/"
OWN = f"{LIST}tindak-lanjut/"
READERS = {*WRITERS, Role.PPID_SUPERIOR}
SIGNERS = {Role.PPID, Role.OFFICE_HEAD}


def page_of(meeting: Meeting) -> str:
    return reverse("admin:reports_meeting_change", args=[meeting.pk])


def typed(meeting: Meeting, **more) -> dict:
    """The draft's form as the page sends it: one row of each kind, and what the test says."""
    return {
        "version": meeting.version,
        "held_on": "2026-11-03",
        "place": "Aula",
        "attendance": "Rina Wijaya",
        "kendala-TOTAL_FORMS": 2,
        "kendala-INITIAL_FORMS": 0,
        "tindakan-TOTAL_FORMS": 2,
        "tindakan-INITIAL_FORMS": 0,
        **more,
    }


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_minutes(role):
    draft, reader = make_draft(), client_of(make_user(role, section="tikkim"))
    pages = [LIST, page_of(draft), f"{LIST}{draft.pk}/notula.pdf"]

    answers = {address: reader.get(address).status_code for address in pages}

    assert set(answers.values()) == ({200} if role in READERS else {403}), answers
    assert reader.get(OWN).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_is_refused_at_every_form(role):
    draft, stranger = make_draft(), client_of(make_user(role, section="tikkim"))
    forms = {
        LIST: (WRITERS, {"tahun": 2026, "bulan": 11}),
        page_of(draft): (WRITERS, typed(draft)),
        f"{LIST}{draft.pk}/catatan/": (WRITERS, {"text": "x"}),
        f"{LIST}{draft.pk}/tandatangani/": (SIGNERS, {"version": draft.version}),
    }

    for address, (roles, posted) in forms.items():
        status = stranger.post(address, posted).status_code
        assert (status == 403) is (role not in roles), address


def test_a_meeting_is_prepared_written_and_signed_on_these_pages():
    head = make_user(Role.OFFICE_HEAD)
    client = client_of(head)

    begun = client.post(LIST, {"tahun": 2026, "bulan": 10})
    meeting = Meeting.objects.get()
    assert begun["Location"] == page_of(meeting)
    rows = {
        "kendala-0-obstacle": "Loket sempit",
        "kendala-0-solution": "Pindah",
        "tindakan-1-text": "Tambah kursi",
        "tindakan-1-owner": head.pk,
        "tindakan-1-due_on": "2027-02-20",
    }
    saved = client.post(page_of(meeting), typed(meeting, **rows), follow=True)
    assert "Konsep disimpan." in saved.content.decode()
    assert (
        "Tandatangani sekarang" in client.get(f"{LIST}{meeting.pk}/tandatangani/").content.decode()
    )
    meeting.refresh_from_db()
    client.post(f"{LIST}{meeting.pk}/tandatangani/", {"version": meeting.version})

    meeting.refresh_from_db()
    text = client.get(page_of(meeting)).content.decode()
    assert meeting.is_signed
    assert "Loket sempit" in text
    assert meeting.sha256 in text
    assert "Simpan konsep" not in text
    assert [row.text for row in MeetingAction.objects.open()] == ["Tambah kursi"]


def test_a_row_is_taken_out_by_its_box_or_by_emptying_it():
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(actor=clerk, obstacles=[("Satu", "A"), ("Dua", "B"), ("Tiga", "C")])
    rows = {
        "kendala-TOTAL_FORMS": 3,
        "kendala-INITIAL_FORMS": 3,
        "kendala-0-obstacle": "Satu",
        "kendala-0-solution": "A",
        "kendala-0-DELETE": "on",
        "kendala-1-obstacle": "",
        "kendala-2-obstacle": "Tiga",
        "kendala-2-solution": "C",
    }

    client_of(clerk).post(page_of(meeting), typed(meeting, **rows))

    assert [row.obstacle for row in meeting.obstacles.all()] == ["Tiga"]


def test_what_was_typed_survives_every_refusal():
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(actor=clerk)
    rows = {
        "place": "Ruang yang saya ketik",
        "kendala-0-solution": "Solusi tanpa kendala",
        "tindakan-0-text": "Kerjakan tanpa orang",
    }

    page = client_of(clerk).post(page_of(meeting), typed(meeting, **rows)).content.decode()

    assert "<title>Galat: " in page
    for words in (
        *rows.values(),
        "Kendala 1, Kendala – Tuliskan kendala yang dijawab solusi ini.",
        "Tindak lanjut 1, Penanggung jawab – Pilih siapa yang mengerjakannya.",
        "Tindak lanjut 1, Selesai paling lambat – Isi sampai kapan.",
    ):
        assert words in page, words
    summary = re.findall(r'<li><a href="#(id_[^"]+)">', page)
    assert len(summary) == 3
    for target in summary:
        assert f'id="{target}"' in page


def test_a_draft_that_changed_meanwhile_is_not_overwritten():
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(actor=clerk)
    form = typed(meeting, place="Yang saya ketik")
    actions.save_meeting(meeting, actor=clerk, place="Dari orang lain")

    page = client_of(clerk).post(page_of(meeting), form).content.decode()

    assert "setelah halaman Anda dibuka" in page
    assert "Yang saya ketik" in page
    meeting.refresh_from_db()
    assert meeting.place == "Dari orang lain"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"outcome": "berlanjut"}, "Isi tanggal barunya."),
        ({"outcome": "selesai", "new_due_on": "2027-03-01"}, "hanya untuk yang berlanjut"),
        ({"outcome": "dihentikan"}, "Tuliskan mengapa dihentikan."),
        ({"note": "Kabar"}, "Pilih hasilnya."),
        ({"outcome": "lain"}, "lain"),
    ],
)
def test_a_follow_up_that_does_not_say_enough_is_refused(told, words):
    clerk = make_user(Role.VERIFIER)
    action = make_signed(agreed=[promise(clerk)]).actions.get()
    meeting = make_draft(NOVEMBER, actor=clerk, held_on=date(2026, 12, 3))
    rows = {f"lanjut-{action.pk}-{name}": value for name, value in told.items()}

    page = (
        client_of(clerk)
        .post(page_of(meeting), typed(meeting, held_on="2026-12-03", **rows))
        .content.decode()
    )

    assert words in page
    assert not meeting.follow_ups.exists()


def test_what_the_last_meeting_left_open_comes_back_with_its_news():
    clerk = make_user(Role.VERIFIER)
    action = make_signed(agreed=[promise(clerk)]).actions.get()
    client_of(clerk).post(OWN, {"action": action.pk, "text": "Kursi sudah dipesan"})
    meeting = make_draft(NOVEMBER, actor=clerk)

    page = see(clerk, page_of(meeting))
    assert "Tambah kursi" in page
    assert "Kursi sudah dipesan" in page
    rows = {f"lanjut-{action.pk}-outcome": "selesai"}
    client_of(clerk).post(page_of(meeting), typed(meeting, held_on="2026-12-03", **rows))

    assert meeting.follow_ups.get().action == action


def test_an_owner_sees_and_tells_of_the_own_actions_only():
    owner, other = make_user(Role.OFFICER), make_user(Role.HUMAS)
    meeting = make_signed(agreed=[promise(owner), promise(other, text="Cetak brosur")])
    theirs = meeting.actions.get(owner=other)

    page = see(owner, OWN)
    refused = client_of(owner).post(OWN, {"action": theirs.pk, "text": "x"})
    empty = client_of(owner).post(OWN, {"action": meeting.actions.get(owner=owner).pk, "text": ""})

    assert "Tambah kursi" in page
    assert "Cetak brosur" not in page
    assert refused.status_code == 404
    assert "Tuliskan apa yang sudah dikerjakan." in empty.content.decode()
    assert not theirs.reports.exists()


def test_a_note_stands_above_the_signed_minutes():
    clerk, meeting = make_user(Role.VERIFIER), make_signed()
    address = f"{LIST}{meeting.pk}/catatan/"

    assert (
        "Tuliskan apa yang keliru" in client_of(clerk).post(address, {"text": ""}).content.decode()
    )
    client_of(clerk).post(address, {"text": "Rapatnya di aula."})

    assert "Rapatnya di aula." in see(clerk, page_of(meeting))


def test_signed_minutes_take_nothing_more():
    clerk, meeting = make_user(Role.VERIFIER), make_signed()

    page = client_of(clerk).post(page_of(meeting), typed(meeting), follow=True).content.decode()

    assert "tidak diubah lagi" in page


def test_late_cases_are_linked_as_far_as_they_may_be_seen():
    desk, elsewhere = make_desk(), make_user(Role.SECTION_HEAD, section="lantaskim")
    case = make_case(status=Status.IN_PROGRESS, desk=desk, at=moment("2026-09-15"))
    meeting = make_draft()

    assert f'href="{case.get_absolute_url()}"' in see(desk.head, page_of(meeting))
    hidden = see(elsewhere, page_of(meeting))
    assert case.reference not in hidden
    assert "1 kasus lain" in hidden


@pytest.mark.parametrize(
    "posted",
    [{"tahun": "x", "bulan": 10}, {"tahun": 2026, "bulan": 13}, {"tahun": 2030, "bulan": 1}],
)
def test_a_month_that_cannot_be_is_refused(posted):
    page = client_of(make_user(Role.VERIFIER)).post(LIST, posted).content.decode()

    assert "<title>Galat: " in page
    assert not Meeting.objects.exists()


def test_rows_beyond_what_a_page_holds_are_refused():
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(actor=clerk)

    for number in ("5000", "x"):
        form = typed(meeting, **{"kendala-TOTAL_FORMS": number})
        page = client_of(clerk).post(page_of(meeting), form)
        assert page.status_code == 200
        assert "<title>Galat: " in page.content.decode()


def test_the_pages_cost_few_queries(django_assert_max_num_queries):
    clerk = make_user(Role.VERIFIER)
    people = [make_user(Role.OFFICER, section="tikkim") for _ in range(5)]
    make_signed(agreed=[promise(person) for person in people])
    meeting = make_draft(NOVEMBER, agreed=[promise(person) for person in people])
    client = client_of(clerk)
    client.get(page_of(meeting))

    with django_assert_max_num_queries(60):
        client.get(page_of(meeting))
    with django_assert_max_num_queries(10):
        client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(OWN)


@pytest.mark.parametrize("owner", ["1", "999999", "x", "-1"])
def test_an_owner_who_was_not_offered_is_refused(owner):
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(actor=clerk)
    row = {"tindakan-0-text": "x", "tindakan-0-owner": owner, "tindakan-0-due_on": "2027-02-20"}
    stranger = make_user(Role.OFFICER, is_active=False)
    row["tindakan-0-owner"] = stranger.pk if owner == "1" else owner

    page = client_of(clerk).post(page_of(meeting), typed(meeting, **row))

    assert page.status_code == 200
    assert "<title>Galat: " in page.content.decode()
