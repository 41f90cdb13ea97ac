"""What the office tells everybody at once: by two people, or by one head in an emergency."""

from datetime import timedelta

import pytest

from infocontent import actions
from infocontent.models import Announcement, AnnouncementState, Document
from infocontent.search import find
from infocontent.workflow import ContentError, EventCode, NotAllowed, StaleItem
from office.roles import Role
from tests.factories import NOW, make_user

from .items import codes, make_announcement

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ALONE = {Role.SECTION_HEAD, Role.PPID, Role.OFFICE_HEAD}
TEAM = {Role.HUMAS}


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


@pytest.fixture
def head():
    return make_user(Role.OFFICE_HEAD)


def draft(**more):
    given = {"actor": make_user(Role.HUMAS), "title": "Sistem paspor terganggu", **more}
    return actions.draft_announcement(**given)


def again(announcement):
    return Announcement.objects.get(pk=announcement.pk)


# Written


@pytest.mark.parametrize("role", Role)
def test_the_team_and_the_heads_write_announcements(role):
    actor = make_user(role)

    if role in TEAM | ALONE:
        announcement = draft(actor=actor, at=NOW)
        assert (announcement.state, announcement.author) == (AnnouncementState.DRAFT, actor)
        assert announcement.starts_at == NOW
        assert codes(announcement) == [EventCode.CREATED]
    else:
        with pytest.raises(NotAllowed):
            draft(actor=actor)
        assert not Announcement.objects.exists()


def test_a_draft_is_shown_to_nobody():
    announcement = draft(title="Cendrawasih")

    assert announcement not in Announcement.objects.current()
    assert Announcement.objects.on_show() == []
    assert find("cendrawasih").total == 0


def test_the_same_title_twice_has_two_addresses():
    assert [draft(title="Libur!").slug for _ in range(3)] == ["libur", "libur-2", "libur-3"]
    assert draft(title="!!!").slug == "pengumuman"


@pytest.mark.parametrize("ends_at", [NOW, NOW - HOUR])
def test_nothing_ends_before_it_begins(humas, ends_at):
    with pytest.raises(ContentError, match="Selesai harus setelah mulai"):
        draft(starts_at=NOW, ends_at=ends_at)
    announcement = draft(starts_at=NOW)

    with pytest.raises(ContentError, match="Selesai harus setelah mulai"):
        actions.change_announcement(announcement, actor=humas, ends_at=ends_at)


def test_control_and_direction_signs_are_never_stored(humas):
    announcement = draft(title="Sistem\u202e", body="a\x00b", title_en="x\x1b", body_en="c\r\nd")
    assert (announcement.title, announcement.body) == ("Sistem", "ab")
    assert (announcement.title_en, announcement.body_en) == ("x", "c\nd")

    actions.change_announcement(announcement, actor=humas, title="Baru\x07", body="e\u2066f")

    assert (again(announcement).title, again(announcement).body) == ("Baru", "ef")


# Changed


@pytest.mark.parametrize("role", Role)
def test_the_team_and_the_heads_change_a_draft(role):
    announcement, actor = draft(), make_user(role)

    if role in TEAM | ALONE:
        actions.change_announcement(announcement, actor=actor, title="Baru")
        assert (again(announcement).title, again(announcement).author) == ("Baru", actor)
        assert codes(announcement) == [EventCode.CREATED, EventCode.SAVED]
    else:
        with pytest.raises(NotAllowed):
            actions.change_announcement(announcement, actor=actor, title="Baru")
        assert again(announcement).title == "Sistem paspor terganggu"


def test_what_is_out_is_not_changed_under_its_readers(humas):
    announcement = make_announcement(title="Lama")

    with pytest.raises(ContentError, match="Tarik dulu, lalu tulis yang baru"):
        actions.change_announcement(announcement, actor=humas, title="Baru")

    assert again(announcement).title == "Lama"


def test_a_late_page_changes_nothing(humas):
    announcement = draft()
    seen = announcement.changed_at - HOUR

    with pytest.raises(StaleItem, match=r"mengubah pengumuman ini pukul 10\.00"):
        actions.change_announcement(announcement, actor=humas, seen=seen, title="Baru")
    with pytest.raises(StaleItem):
        actions.publish_announcement(announcement, actor=make_user(Role.PPID), seen=seen)

    assert codes(announcement) == [EventCode.CREATED]


# Out


@pytest.mark.parametrize("role", Role)
def test_the_second_person_puts_it_out(role):
    announcement, actor = draft(), make_user(role)

    if role in TEAM | ALONE:
        actions.publish_announcement(announcement, actor=actor, at=NOW)
        announcement = again(announcement)
        assert (announcement.state, announcement.published_at) == (AnnouncementState.LIVE, NOW)
        assert (announcement.approver, announcement.is_emergency) == (actor, False)
        assert codes(announcement) == [EventCode.CREATED, EventCode.PUBLISHED]
    else:
        with pytest.raises(NotAllowed):
            actions.publish_announcement(announcement, actor=actor)
        assert codes(announcement) == [EventCode.CREATED]


@pytest.mark.parametrize("hand", ["wrote it", "saved it before"])
def test_the_team_needs_a_second_person(humas, hand):
    announcement = draft(actor=humas)
    if hand == "saved it before":
        actions.change_announcement(announcement, actor=make_user(Role.HUMAS), title="Baru")

    with pytest.raises(NotAllowed, match="Orang lain yang harus menerbitkannya"):
        actions.publish_announcement(announcement, actor=humas)

    assert again(announcement).state == AnnouncementState.DRAFT


@pytest.mark.parametrize("role", sorted(ALONE))
def test_a_head_does_not_wait_for_anybody(role):
    actor = make_user(role)

    announcement = actions.announce_now(
        actor=actor, title="Gangguan", level=Announcement.Level.EMERGENCY, at=NOW
    )

    assert announcement in Announcement.objects.current(NOW)
    assert (announcement.author, announcement.approver) == (actor, actor)
    assert announcement.is_emergency
    assert codes(announcement) == [EventCode.CREATED, EventCode.PUBLISHED]


@pytest.mark.parametrize("role", sorted(set(Role) - ALONE))
def test_nobody_else_announces_alone(role):
    with pytest.raises(NotAllowed):
        actions.announce_now(actor=make_user(role), title="Gangguan")

    assert not Announcement.objects.exists()


def test_a_head_who_changed_the_words_counts_as_one_person(head):
    announcement = draft()
    actions.change_announcement(announcement, actor=head, title="Kata kepala kantor")
    actions.change_announcement(announcement, actor=make_user(Role.HUMAS), body="Isi.")

    actions.publish_announcement(announcement, actor=head)

    assert again(announcement).is_emergency


def test_what_is_over_is_not_put_out(head):
    announcement = draft(starts_at=NOW - HOUR, ends_at=NOW)

    with pytest.raises(ContentError, match="Waktu selesainya sudah lewat"):
        actions.publish_announcement(announcement, actor=head, at=NOW)


def test_twice_is_once(head):
    announcement = make_announcement()

    with pytest.raises(ContentError, match="sudah terbit atau sudah ditarik"):
        actions.publish_announcement(announcement, actor=head)

    assert codes(announcement).count(EventCode.PUBLISHED) == 1


def test_it_is_found_from_its_start_to_its_end():
    make_announcement(title="Cendrawasih", starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR, at=NOW)

    moments = [NOW, NOW + HOUR, NOW + 1.5 * HOUR, NOW + 2 * HOUR]

    assert [find("cendrawasih", at=at).total for at in moments] == [0, 1, 1, 0]


# Withdrawn


@pytest.mark.parametrize("role", Role)
def test_the_team_and_the_heads_withdraw(role):
    announcement, actor = make_announcement(title="Cendrawasih"), make_user(role)

    if role in TEAM | ALONE:
        actions.withdraw_announcement(announcement, actor=actor, at=NOW + HOUR)
        assert again(announcement).withdrawn_at == NOW + HOUR
        assert announcement not in Announcement.objects.current(NOW + HOUR)
        assert not Document.objects.filter(announcement=announcement).exists()
        assert codes(announcement)[-1] == EventCode.WITHDRAWN
    else:
        with pytest.raises(NotAllowed):
            actions.withdraw_announcement(announcement, actor=actor)
        assert announcement in Announcement.objects.current()


@pytest.mark.parametrize("is_draft", [True, False])
def test_only_what_is_out_is_withdrawn(head, is_draft):
    announcement = draft() if is_draft else make_announcement()
    if not is_draft:
        actions.withdraw_announcement(announcement, actor=head)
    before = codes(announcement)

    with pytest.raises(ContentError, match="tidak sedang terbit"):
        actions.withdraw_announcement(announcement, actor=head)

    assert codes(announcement) == before


def test_what_was_withdrawn_is_not_put_out_again(head):
    announcement = make_announcement()
    actions.withdraw_announcement(announcement, actor=head)

    with pytest.raises(ContentError):
        actions.publish_announcement(announcement, actor=head)
    with pytest.raises(ContentError):
        actions.change_announcement(announcement, actor=head, title="Baru")


# What every page shows


def on_show():
    return [announcement.title for announcement in Announcement.objects.on_show()]


def test_pages_read_it_from_memory(django_assert_num_queries):
    make_announcement(title="Satu")
    on_show()

    with django_assert_num_queries(0):
        assert on_show() == ["Satu"]


def test_it_is_on_show_at_once_and_gone_at_once(head, django_capture_on_commit_callbacks):
    assert on_show() == []
    with django_capture_on_commit_callbacks(execute=True):
        announcement = make_announcement(title="Satu")
    assert on_show() == ["Satu"]

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_announcement(announcement, actor=head)

    assert on_show() == []


def test_another_process_knows_within_ten_seconds(time_machine):
    make_announcement(title="Satu")
    assert on_show() == ["Satu"]
    # As if another process had withdrawn it: nobody emptied this memory.
    Announcement.objects.update(state=AnnouncementState.WITHDRAWN, withdrawn_at=NOW)

    time_machine.move_to(NOW + timedelta(seconds=9))
    assert on_show() == ["Satu"]
    time_machine.move_to(NOW + timedelta(seconds=11))
    assert on_show() == []


def test_memory_does_not_make_it_late_or_long(time_machine):
    time_machine.move_to(NOW)
    make_announcement(
        title="Satu",
        starts_at=NOW + timedelta(seconds=3),
        ends_at=NOW + timedelta(seconds=6),
        at=NOW,
    )

    shown = []
    for seconds in (0, 2, 3, 5, 6, 8):
        time_machine.move_to(NOW + timedelta(seconds=seconds))
        shown.append(on_show())

    assert shown == [[], [], ["Satu"], ["Satu"], [], []]


def test_the_most_urgent_stands_first_and_then_the_newest():
    Level = Announcement.Level  # noqa: N806 - a class
    make_announcement(title="info lama", level=Level.INFO, starts_at=NOW - 3 * HOUR)
    make_announcement(title="darurat", level=Level.EMERGENCY, starts_at=NOW - 2 * HOUR)
    make_announcement(title="info baru", level=Level.INFO, starts_at=NOW - HOUR)

    order = ["darurat", "info baru", "info lama"]

    assert on_show() == order
    assert [one.title for one in Announcement.objects.current()] == order
