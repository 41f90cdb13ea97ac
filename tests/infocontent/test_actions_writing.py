"""Writing: created, saved, handed in, sent back, thrown away, brought back."""

from datetime import date, timedelta

import pytest

from infocontent import actions
from infocontent.models import CONTENT_FIELDS, Item, Kind, Origin, Topic, Version
from infocontent.workflow import ContentError, Incomplete, ItemState, VersionState
from office.roles import Role
from tests.factories import NOW, make_user

from .items import codes, content, make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


def missing_of(kind, **more):
    """What a draft of this kind is told when it is handed in."""
    item = make_draft(kind=kind, **more)
    with pytest.raises(Incomplete) as refused:
        actions.submit(item, actor=make_user(Role.HUMAS))
    assert item.open_version.state == VersionState.DRAFT
    return refused.value.missing


# Created


def test_a_new_item_is_a_draft_that_nobody_sees():
    item = make_draft(at=NOW)

    assert (item.state, item.published_at, item.created_at) == (ItemState.NEW, None, NOW)
    assert (item.open_version.number, item.open_version.state) == (1, VersionState.DRAFT)
    assert item not in Item.objects.published()
    assert item.events.get().data == {"version": 1, "origin": Origin.OWN}


def test_where_the_idea_came_from_is_kept(humas):
    item = actions.create(
        actor=humas,
        kind=Kind.FAQ,
        content=content(),
        origin=Origin.CASE,
        origin_note="PG-2026-000042",
    )

    assert (item.origin, item.origin_note) == (Origin.CASE, "PG-2026-000042")
    assert item.events.get().data["origin"] == "kasus"


def test_the_team_looks_after_what_it_writes_unless_somebody_else_is_named(humas):
    colleague = make_user(Role.HUMAS)

    own = make_draft("satu", author=humas)
    given = actions.create(actor=humas, kind=Kind.FAQ, content=content(), owner=colleague)

    assert (own.owner, given.owner) == (humas, colleague)


def test_every_version_has_a_secret_link_of_its_own(humas):
    item = make_item()
    actions.save(item, actor=humas, content=content())

    tokens = list(item.versions.values_list("preview_token", flat=True))

    assert len(set(tokens)) == 2
    assert all(len(token) == 43 for token in tokens)


# Saved


def test_a_draft_is_saved_in_place(humas):
    item = make_draft()

    version = actions.save(
        item, actor=humas, content=content(body="Lain."), note="Dasar hukum baru", at=NOW
    )

    assert item.versions.get() == version
    assert (version.body, version.note, version.author) == ("Lain.", "Dasar hukum baru", humas)
    assert Item.objects.get(pk=item.pk).body == "Lain."


def test_what_is_live_stays_as_it_is_while_somebody_writes(humas):
    item = make_item(body="Lama.")

    version = actions.save(item, actor=humas, content=content(body="Baru."))

    item.refresh_from_db()
    assert (item.body, item.state) == ("Lama.", ItemState.LIVE)
    assert (version.number, version.body, version.state) == (2, "Baru.", VersionState.DRAFT)
    assert item.versions.get(number=1).state == VersionState.LIVE


def test_a_new_version_keeps_what_was_not_typed_again(humas):
    item = make_item(body="Lama.", legal_source="UU 6/2011", keywords="paspor")

    version = actions.save(item, actor=humas, content={"title": "Judul baru"})

    assert (version.title, version.body) == ("Judul baru", "Lama.")
    assert (version.legal_source, version.keywords) == ("UU 6/2011", "paspor")


def test_after_a_draft_was_thrown_away_the_next_one_has_the_next_number(humas):
    item = make_draft(body="Satu.")
    actions.discard(item, actor=humas)

    version = actions.save(item, actor=humas, content=content(body="Dua."))

    assert version.number == 2
    assert Item.objects.get(pk=item.pk).body == "Dua."


def test_only_words_and_files_are_taken_from_what_was_typed(humas):
    item = make_draft()

    actions.save(item, actor=humas, content=content(state="terbit", slug="lain", lock=99))

    item.refresh_from_db()
    assert (item.state, item.slug, item.lock) == (ItemState.NEW, "syarat-paspor", 2)
    assert item.open_version.state == VersionState.DRAFT


@pytest.mark.parametrize(
    "field", ["title", "title_en", "body", "body_en", "transcript", "keywords", "alt"]
)
def test_control_and_direction_signs_are_never_stored(humas, field):
    item = make_draft()

    actions.save(item, actor=humas, content=content(**{field: "a\x00b\u202ec\r\x07d \x1b"}))

    expected = "abc\nd"
    assert getattr(item.open_version, field) == expected
    assert getattr(Item.objects.get(pk=item.pk), field) == expected


NEVER = [TOMORROW, TOMORROW - timedelta(minutes=1)]


@pytest.mark.parametrize("ends", NEVER)
def test_a_new_text_cannot_end_before_it_begins(ends):
    with pytest.raises(ContentError, match="Akhir tayang harus setelah waktu terbit"):
        make_draft(plan={"publish_at": TOMORROW, "expires_at": ends})


@pytest.mark.parametrize("ends", NEVER)
def test_a_draft_cannot_be_saved_so_that_it_ends_before_it_begins(humas, ends):
    item = make_draft()

    with pytest.raises(ContentError, match="Akhir tayang harus setelah waktu terbit"):
        actions.save(item, actor=humas, content=content(), publish_at=TOMORROW, expires_at=ends)


def test_the_plan_is_kept_with_the_draft(humas):
    plan = {
        "publish_at": TOMORROW,
        "expires_at": TOMORROW + timedelta(days=9),
        "review_by": date(2027, 3, 1),
    }
    item = make_draft(plan=plan)
    assert {name: getattr(item.open_version, name) for name in plan} == plan

    actions.save(item, actor=humas, content=content(), publish_at=None, expires_at=None)

    assert item.open_version.publish_at is item.open_version.expires_at is None
    assert item.open_version.review_by == date(2027, 3, 1)


# Handed in: what still misses


def test_a_question_needs_its_answer():
    assert missing_of(Kind.FAQ, body=" ") == ["Tulis jawabannya di kolom isi."]


def test_an_infographic_needs_a_picture_and_all_of_it_as_text():
    lacks = missing_of(Kind.INFOGRAPHIC, body="")

    assert [lack.split(":")[0].split(",")[0] for lack in lacks] == [
        "Unggah gambarnya",
        "Isi teks alternatif",
        "Tulis seluruh isi gambar sebagai teks di kolom isi",
    ]


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"alt": "", "body": "Isi."}, "Isi teks alternatif"),
        ({"alt": "  ", "body": "Isi."}, "Isi teks alternatif"),
        ({"alt": "Bagan.", "body": "\n "}, "Tulis seluruh isi gambar"),
    ],
)
def test_a_drawing_goes_out_with_alternative_text_and_full_text_only(given, lacks):
    assert missing_of(Kind.INFOGRAPHIC, drawing="tarif-paspor", **given)[0].startswith(lacks)


def test_a_video_needs_a_transcript_and_something_to_play():
    assert missing_of(Kind.VIDEO) == [
        "Unggah videonya, atau isi tautannya.",
        "Isi transkrip: semua yang diucapkan dan yang penting untuk dilihat.",
    ]


@pytest.mark.parametrize("kind", [Kind.BROCHURE, Kind.BANNER])
def test_what_is_printed_needs_its_file_and_its_text(kind):
    assert missing_of(kind, body="") == [
        "Unggah berkas PDF atau gambarnya.",
        "Tulis isinya sebagai teks di kolom isi, untuk pembaca layar.",
    ]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Kind.FAQ, {}),
        (Kind.INFOGRAPHIC, {"drawing": "tarif-paspor", "alt": "Bagan tarif."}),
        (Kind.VIDEO, {"link": "https://example.go.id/v", "transcript": "Selamat datang."}),
    ],
)
def test_what_is_complete_is_handed_in(humas, kind, given):
    item = make_draft(kind=kind, **given)

    actions.submit(item, actor=humas)

    assert item.open_version.state == VersionState.IN_REVIEW


# Sent back


def test_a_returned_version_says_what_has_to_change_until_it_is_handed_in_again(humas):
    item = make_draft()
    actions.submit(item, actor=humas)

    actions.return_draft(item, actor=make_user(Role.PPID), remark="Sebut dasar hukumnya.")
    assert item.open_version.remark == "Sebut dasar hukumnya."
    assert item.open_version.state == VersionState.DRAFT

    actions.submit(item, actor=humas)
    assert item.open_version.remark == ""


@pytest.mark.parametrize("remark", ["", "  \n"])
def test_nobody_sends_a_text_back_without_a_word(humas, remark):
    item = make_draft()
    actions.submit(item, actor=humas)

    with pytest.raises(ContentError, match="Tulis apa yang perlu diubah"):
        actions.return_draft(item, actor=make_user(Role.PPID), remark=remark)

    assert item.open_version.state == VersionState.IN_REVIEW


# Thrown away and brought back


def test_a_draft_that_is_thrown_away_leaves_what_is_live(humas):
    item = make_item(body="Lama.")
    actions.save(item, actor=humas, content=content(body="Baru."))

    actions.discard(item, actor=humas)

    assert item.open_version is None
    assert Item.objects.published().get(pk=item.pk).body == "Lama."
    assert [version.state for version in item.versions.all()] == ["dibuang", "terbit"]


def test_an_old_version_comes_back_as_a_draft_of_its_words(humas):
    item = make_item(body="Lama.", legal_source="UU 6/2011")
    actions.save(item, actor=humas, content=content(body="Baru."))
    put_out(item)

    version = actions.restore(item, actor=humas, number=1)

    old = item.versions.get(number=1)
    assert {name: getattr(version, name) for name in CONTENT_FIELDS} == {
        name: getattr(old, name) for name in CONTENT_FIELDS
    }
    assert (version.number, version.state) == (3, VersionState.DRAFT)
    assert (version.author, version.note) == (humas, "Memulihkan versi 1")
    assert Item.objects.get(pk=item.pk).body == "Baru."
    assert item.events.last().data == {"version": 3, "from": 1}


def test_what_is_restored_needs_a_second_person_again(humas):
    item = make_item(body="Lama.")
    actions.save(item, actor=humas, content=content(body="Baru."))
    put_out(item)
    actions.restore(item, actor=humas, number=1)

    put_out(item)

    assert Item.objects.published().get(pk=item.pk).body == "Lama."
    assert [version.state for version in item.versions.all()] == ["terbit", "lewat", "lewat"]


def test_a_version_that_never_was_is_not_restored(humas):
    item = make_item()

    with pytest.raises(ContentError, match="Versi itu tidak ada"):
        actions.restore(item, actor=humas, number=7)

    assert item.versions.count() == 1


def test_restoring_never_runs_over_a_draft(humas):
    item = make_item()
    actions.save(item, actor=humas, content=content(body="Sedang ditulis."))

    with pytest.raises(ContentError, match="Masih ada konsep"):
        actions.restore(item, actor=humas, number=1)

    assert item.open_version.body == "Sedang ditulis."


def test_a_thrown_away_draft_can_be_brought_back_before_anything_was_published(humas):
    item = make_draft(body="Pertama.")
    actions.discard(item, actor=humas)

    actions.restore(item, actor=humas, number=1)

    assert item.open_version.body == Item.objects.get(pk=item.pk).body == "Pertama."


def test_versions_are_never_changed_once_they_went_out(humas):
    item = make_item(body="Lama.")
    live = item.versions.get()
    actions.save(item, actor=humas, content=content(body="Baru."))
    actions.discard(item, actor=humas)

    assert Version.objects.get(pk=live.pk).body == "Lama."
    assert Version.objects.get(pk=live.pk).saved_at == live.saved_at


def test_a_text_moves_to_another_topic_with_its_version_only(humas):
    item, other = make_item(), Topic.objects.get(code="paspor-hilang")
    actions.save(item, actor=humas, content=content(topic=other.code))
    assert Item.objects.get(pk=item.pk).topic.code == "paspor-baru"

    put_out(item)

    assert Item.objects.get(pk=item.pk).topic == other


def test_the_history_says_who_did_what_in_which_order(humas):
    ppid = make_user(Role.PPID)
    item = make_draft(author=humas)
    actions.submit(item, actor=humas)
    actions.return_draft(item, actor=ppid, remark="Ubah.")
    actions.save(item, actor=humas, content=content())
    actions.discard(item, actor=humas)
    actions.restore(item, actor=humas, number=1)

    assert codes(item) == [
        "dibuat", "diajukan", "dikembalikan", "disimpan", "dibuang", "dipulihkan",
    ]  # fmt: skip
    assert [event.actor for event in item.events.all()] == [humas] * 2 + [ppid] + [humas] * 3
