"""Announcements at the desk: who may do what, and that every dangerous step asks."""

from datetime import timedelta

import pytest
from django.test import Client

from infocontent.models import Announcement, AnnouncementState
from office.roles import Role
from tests.factories import NOW, make_user

from .announcements import make_announcement, make_announcement_draft, withdraw
from .shelf import text

pytestmark = pytest.mark.django_db

LIST = "/admin/infocontent/announcement/"
NOW_FORM = f"{LIST}darurat/"
HEADS = [Role.SECTION_HEAD, Role.PPID, Role.OFFICE_HEAD]
WRITERS = [*HEADS, Role.HUMAS]
OUTSIDERS = [role for role in Role if role not in WRITERS]
WORDS = {"level": "3", "title": "Mati listrik", "body": "Tunggu di rumah.", "ends_at": ""}
DRAFT = {**WORDS, "level": "1", "starts_at": "2026-11-24T12:00", "title_en": "", "body_en": ""}


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


def desk(*roles):
    return desk_of(make_user(*roles))


def address(announcement, page="change"):
    return f"{LIST}{announcement.pk}/{page}/"


def seen(announcement):
    return announcement.changed_at.isoformat()


def state_of(announcement):
    announcement.refresh_from_db()
    return announcement.state


# An emergency


@pytest.mark.parametrize("role", HEADS)
@pytest.mark.parametrize("page", ["/admin/", LIST])
def test_a_head_finds_the_short_form(role, page):
    shown = text(desk(role).get(page))

    assert NOW_FORM in shown
    assert "Terbitkan sekarang" in shown


@pytest.mark.parametrize("role", [role for role in Role if role not in HEADS])
def test_nobody_else_finds_it_or_may_use_it(role):
    client = desk(role)

    assert NOW_FORM not in text(client.get("/admin/"))
    assert client.get(NOW_FORM).status_code == 403
    assert client.post(NOW_FORM, WORDS).status_code == 403
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("role", HEADS)
def test_a_head_tells_everybody_with_one_click(client, role):
    response = desk(role).post(NOW_FORM, WORDS, follow=True)

    announcement = Announcement.objects.get()
    assert "Sudah terbit" in text(response)
    assert (announcement.state, announcement.is_emergency) == (AnnouncementState.LIVE, True)
    assert [event.code for event in announcement.events.all()] == ["dibuat", "diterbitkan"]
    assert "Mati listrik" in text(client.get("/"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Bagian “Judul” belum diisi."),
        ({"title": "\u202e \u200b"}, "Tulis kata-katanya."),
        ({"ends_at": "2026-11-24T09:00"}, "Waktu selesai sudah lewat."),
        ({"ends_at": "9999-12-31T23:59"}, "Tahunnya tidak mungkin."),
        ({"body": "[x](javascript:alert(1))"}, "Tautan “javascript:” tidak dapat dipakai."),
        ({"body": "Biayanya [[tarif paspor-emas]]."}, "[[tarif paspor-emas]] tidak dikenal."),
    ],
)
def test_a_mistake_keeps_all_that_was_typed(wrong, sentence):
    typed = {"title": "Mati listrik", "body": "Tunggu di rumah.", **wrong}

    page = text(desk(Role.PPID).post(NOW_FORM, {**WORDS, **wrong}))

    assert sentence in page
    kept = typed["body"] if "body" not in wrong else typed["title"]
    assert kept in page
    assert not Announcement.objects.exists()


# Drafts


@pytest.mark.parametrize("role", WRITERS)
def test_a_writer_drafts_and_nobody_sees_it_yet(client, role):
    response = desk(role).post(f"{LIST}add/", DRAFT, follow=True)

    announcement = Announcement.objects.get()
    assert "Konsep disimpan" in text(response)
    assert announcement.starts_at == NOW.replace(hour=12)
    assert "Mati listrik" not in text(client.get("/"))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_see_and_write_nothing(role):
    draft, client = make_announcement_draft(), desk(role)

    for page in (LIST, f"{LIST}add/", address(draft), address(draft, "terbitkan")):
        assert client.get(page).status_code == 403
        assert client.post(page, DRAFT).status_code == 403


def test_it_cannot_end_before_it_starts():
    page = text(desk(Role.HUMAS).post(f"{LIST}add/", {**DRAFT, "ends_at": "2026-11-24T11:00"}))

    assert "Selesai harus setelah mulai." in page
    assert "Tunggu di rumah." in page


def test_a_draft_is_changed():
    draft = make_announcement_draft()

    desk(Role.HUMAS).post(address(draft), {**DRAFT, "seen": seen(draft)})

    draft.refresh_from_db()
    assert draft.title == "Mati listrik"
    assert draft.events.last().code == "disimpan"


def test_two_who_change_at_once_do_not_overwrite_each_other_unseen():
    draft = make_announcement_draft()
    old, client = seen(draft), desk(Role.HUMAS)
    desk(Role.HUMAS).post(address(draft), {**DRAFT, "title": "Dari rekan", "seen": old})

    page = client.post(address(draft), {**DRAFT, "title": "Dari saya", "seen": old})

    draft.refresh_from_db()
    assert draft.title == "Dari rekan"
    assert "Periksa dulu, lalu ulangi." in text(page)
    assert 'value="Dari saya"' in text(page)
    # Having seen the other text, the person may insist.
    newer = page.context["form"]["seen"].value()
    client.post(address(draft), {**DRAFT, "title": "Dari saya", "seen": newer})
    draft.refresh_from_db()
    assert draft.title == "Dari saya"


# Publication


def test_humas_needs_a_second_person_and_is_told():
    author = make_user(Role.HUMAS)
    draft = make_announcement_draft(author=author)
    client = desk_of(author)

    assert "Orang lain yang harus menerbitkannya" in text(client.get(address(draft)))
    assert client.get(address(draft, "terbitkan")).status_code == 403
    answer = client.post(address(draft, "terbitkan"), {"seen": seen(draft)}, follow=True)
    assert "Orang lain yang harus menerbitkannya" in text(answer)
    assert state_of(draft) == AnnouncementState.DRAFT


@pytest.mark.parametrize("role", WRITERS)
def test_a_second_person_publishes(role):
    draft, client = make_announcement_draft(), desk(role)
    assert "Anda orang kedua" in text(client.get(address(draft)))

    client.post(address(draft, "terbitkan"), {"seen": seen(draft)})

    assert state_of(draft) == AnnouncementState.LIVE
    assert not draft.is_emergency


@pytest.mark.parametrize("role", HEADS)
def test_a_head_who_wrote_it_is_asked_first(role):
    head = make_user(role)
    draft, client = make_announcement_draft(author=head), desk_of(head)

    question = text(client.get(address(draft, "terbitkan")))

    assert "tanpa orang kedua" in question
    assert state_of(draft) == AnnouncementState.DRAFT
    client.post(address(draft, "terbitkan"), {"seen": seen(draft)})
    assert state_of(draft) == AnnouncementState.LIVE
    assert draft.is_emergency


def test_what_changed_since_it_was_read_is_not_published():
    draft = make_announcement_draft()
    old = seen(draft)
    desk(Role.HUMAS).post(address(draft), {**DRAFT, "seen": old})

    answer = desk(Role.PPID).post(address(draft, "terbitkan"), {"seen": old}, follow=True)

    assert "Periksa dulu, lalu ulangi." in text(answer)
    assert state_of(draft) == AnnouncementState.DRAFT


def test_without_saying_what_was_read_nothing_is_published():
    draft = make_announcement_draft()

    desk(Role.PPID).post(address(draft, "terbitkan"))

    assert state_of(draft) == AnnouncementState.DRAFT


def test_what_is_out_is_not_changed():
    announcement, client = make_announcement(), desk(Role.HUMAS)
    assert "Ubah konsep" not in text(client.get(address(announcement)))

    page = client.post(address(announcement), {**DRAFT, "seen": seen(announcement)})

    assert "Tarik dulu, lalu tulis yang baru." in text(page)
    announcement.refresh_from_db()
    assert announcement.title == "Sistem paspor terganggu"


# Withdrawal


@pytest.mark.parametrize("role", WRITERS)
def test_withdrawing_asks_and_then_does(client, role):
    announcement, person = make_announcement(), desk(role)

    assert "Tarik sekarang" in text(person.get(address(announcement, "tarik")))
    assert state_of(announcement) == AnnouncementState.LIVE
    person.post(address(announcement, "tarik"))

    assert state_of(announcement) == AnnouncementState.WITHDRAWN
    assert announcement.title not in text(client.get("/"))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_withdraw_nothing(role):
    announcement = make_announcement()

    assert desk(role).post(address(announcement, "tarik")).status_code == 403
    assert state_of(announcement) == AnnouncementState.LIVE


def test_a_second_withdrawal_is_told_why_not():
    announcement = withdraw(make_announcement())

    answer = desk(Role.PPID).post(address(announcement, "tarik"), follow=True)

    assert "Pengumuman ini tidak sedang terbit." in text(answer)


# The list and the history


def test_the_page_tells_what_happened_and_who_did_it():
    head = make_user(Role.PPID, first_name="Ratna")
    draft = make_announcement_draft(author=make_user(Role.HUMAS, first_name="Bayu"))
    desk_of(head).post(address(draft, "terbitkan"), {"seen": seen(draft)})

    page = text(desk_of(head).get(address(draft))).partition("Riwayat")[2]

    assert page.index("Diterbitkan") < page.index("Ratna") < page.index("Dibuat")
    assert "Bayu" in page


@pytest.mark.parametrize(
    ("choice", "title"),
    [("tayang", "Sedang"), ("konsep", "Tulisan"), ("lewat", "Dahulu")],
)
def test_the_list_is_narrowed_by_where_it_stands(choice, title):
    make_announcement("Sedang")
    make_announcement_draft("Tulisan")
    withdraw(make_announcement("Dahulu", at=NOW - timedelta(hours=1)))

    page = text(desk(Role.HUMAS).get(f"{LIST}?keadaan={choice}")).partition("result_list")[2]

    for other in ("Sedang", "Tulisan", "Dahulu"):
        assert (f">{other}</a>" in page) is (other == title)


def test_the_list_needs_no_more_queries_for_more_rows(django_assert_max_num_queries):
    client = desk(Role.HUMAS)
    for number in range(12):
        make_announcement_draft(f"Konsep {number}")

    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_nobody_deletes_one():
    announcement = make_announcement()

    answer = desk(Role.PPID).post(f"{LIST}{announcement.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 404
    assert Announcement.objects.exists()
