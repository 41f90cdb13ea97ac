from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from cases.models import Case
from cases.workflow import CaseError, NotAllowed
from channels import actions
from channels.models import ChannelEvent, Comment
from channels.refusals import HasCase, MovedOn
from channels.rows import Row
from infocontent.models import Topic
from office.roles import Role
from tests.factories import make_user

from .people import codes, make_writer

pytestmark = pytest.mark.django_db

FILE = "\n".join(
    [
        "at,score,text,reply",
        "2026-03-09 05:08:17,2,Tidak bisa pilih tanggal kedatangan,",
        '2026-03-08 23:30:00,1,"Kode otp tidak masuk, WA 0812-3456-7890",Terima kasih',
        "2026-03-07 08:46:23,5,Bagus sekali,",
        "",
    ]
)
AT = datetime(2026, 3, 9, 5, 8, 17, tzinfo=UTC)


@pytest.fixture
def reviews(tmp_path):
    def write(text=FILE, encoding="utf-8"):
        path = tmp_path / "ulasan.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def bring(path, **options):
    out, err = StringIO(), StringIO()
    options = {"channel": "ulasan_aplikasi", **options}
    call_command("import_comments", path, stdout=out, stderr=err, **options)
    return out.getvalue()


def make_comment(text="Tidak bisa pilih tanggal kedatangan", **more):
    row = Row(2, more.pop("at", AT), text, **more)
    actions.import_comments([row], channel="ulasan_aplikasi")
    return Comment.objects.latest("pk")


def test_each_row_is_one_comment_with_a_guessed_topic(reviews):
    said = bring(reviews())

    assert "3 komentar baru, 0 sudah ada" in said
    comment = Comment.objects.get(at=AT)
    assert comment.text == "Tidak bisa pilih tanggal kedatangan"
    assert (comment.score, comment.channel, comment.topic.code) == (
        2, "ulasan_aplikasi", "mpaspor-kuota",
    )  # fmt: skip
    assert comment.month == date(2026, 3, 1)
    assert Case.objects.count() == 0
    event = ChannelEvent.objects.get()
    assert (event.code, event.data["new"]) == ("komentar_diimpor", 3)


def test_numbers_of_people_are_not_kept(reviews):
    bring(reviews())

    assert Comment.objects.get(score=1).text == "Kode otp tidak masuk, WA …"


def test_a_reply_in_the_file_counts_as_an_answer(reviews):
    bring(reviews())

    comment = Comment.objects.get(score=1)
    assert (comment.reply, comment.answered_at, comment.answered_by) == ("Terima kasih", None, None)
    assert Comment.objects.unanswered().count() == 2


def test_a_second_import_changes_nothing_and_says_so(reviews):
    bring(reviews())

    said = bring(reviews())

    assert "0 komentar baru, 3 sudah ada" in said
    assert "Tidak ada yang berubah." in said
    assert codes() == ["komentar_diimpor"]


def test_a_reply_that_came_later_is_taken_and_ours_is_kept(reviews):
    bring(reviews())
    actions.answer(Comment.objects.get(score=2), actor=make_writer(), reply="Sudah diperbaiki")

    later = FILE.replace("kedatangan,", "kedatangan,Lain").replace("sekali,", "sekali,Siap")
    said = bring(reviews(later))

    assert "1 balasan baru" in said
    assert Comment.objects.get(score=5).reply == "Siap"
    assert Comment.objects.get(score=2).reply == "Sudah diperbaiki"


def test_a_trial_writes_nothing(reviews):
    assert "3 komentar baru" in bring(reviews(), dry_run=True)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("text;score;at\r\nBagus;5;2026-03-07 08:46:23\r\n", "utf-8-sig"),
        ("at\ttext\n2026-03-07 08:46:23\tBagus\n", "utf-16"),
    ],
)
def test_a_file_may_be_written_as_spreadsheets_write_it(reviews, text, encoding):
    bring(reviews(text, encoding), channel="ulasan_google")

    assert Comment.objects.get().text == "Bagus"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2030-01-01 00:00:00,1,x,", "waktunya belum terjadi"),
        ("kemarin,1,x,", "waktu tidak ada"),
        ("0001-01-02 00:00:00,1,x,", "waktunya sebelum 2000"),
        ("1999-12-31 10:00:00,1,x,", "waktunya sebelum 2000"),
        ("2026-01-01 00:00:00,6,x,", "nilai 6 bukan 1 sampai 5"),
        ("2026-01-01 00:00:00,4.5,x,", "nilai 4.5 bukan"),
        ("2026-01-01 00:00:00,a,x,", "nilai bukan angka"),
        ("2026-01-01 00:00:00,1, ,", "teks kosong"),
        ("2026-01-01 00:00:00,1,x", "ada 3 kolom, seharusnya 4"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_taken(reviews, row, reason):
    err = StringIO()

    with pytest.raises(CommandError, match="1 baris salah"):
        call_command(
            "import_comments",
            reviews(f"{FILE}{row}\n"),
            channel="ulasan_aplikasi",
            stdout=StringIO(),
            stderr=err,
        )

    assert f"baris 5: {reason}" in err.getvalue()
    assert Comment.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("", "utf-8", "kosong"),
        ("bulan,WhatsApp\n", "utf-8", "Kolom “at” tidak ada"),
        ("at,text\nü\n", "cp1252", "bukan teks"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(reviews, text, encoding, reason):
    with pytest.raises(CommandError, match=reason):
        bring(reviews(text, encoding))


def test_only_what_stands_in_public_is_a_comment():
    with pytest.raises(CaseError):
        actions.import_comments([Row(2, AT, "Halo")], channel="whatsapp")


def test_an_answer_says_who_and_when():
    comment, officer = make_comment(), make_writer()

    actions.answer(comment, actor=officer, reply=" Terima kasih ", version=1, at=AT)

    comment.refresh_from_db()
    assert (comment.reply, comment.answered_by, comment.answered_at) == (
        "Terima kasih", officer, AT,
    )  # fmt: skip
    assert codes() == ["komentar_diimpor", "komentar_dibalas"]
    with pytest.raises(MovedOn):
        actions.answer(comment, actor=officer, reply="Lain", version=1)


@pytest.mark.parametrize("reply", [" ", "x" * 4001])
def test_an_empty_or_endless_answer_is_refused(reply):
    with pytest.raises(CaseError):
        actions.answer(make_comment(), actor=make_writer(), reply=reply)


def test_a_topic_that_was_guessed_is_corrected():
    comment, topic = make_comment(), Topic.objects.get(code="paspor-anak")

    actions.set_topic(comment, actor=make_writer(), topic=topic)
    actions.set_topic(comment, actor=make_writer(), topic=topic)

    comment.refresh_from_db()
    assert comment.topic == topic
    assert ChannelEvent.objects.get(code="topik_diubah").data == {
        "topic": ["mpaspor-kuota", "paspor-anak"]
    }


def test_a_comment_becomes_an_anonymous_complaint_of_its_own_time():
    comment = make_comment()

    case = actions.take_as_case(comment, actor=make_writer(), version=1)

    assert (case.kind, case.privacy, case.channel) == ("pengaduan", "anonim", "ulasan_aplikasi")
    assert (case.received_at, case.narrative) == (AT, comment.text)
    assert codes() == ["komentar_diimpor", "kasus_dibuka"]
    with pytest.raises(HasCase, match=case.reference):
        actions.take_as_case(comment, actor=make_writer())


@pytest.mark.parametrize(
    "verb",
    [
        lambda comment, actor: actions.answer(comment, actor=actor, reply="Ya"),
        lambda comment, actor: actions.set_topic(comment, actor=actor, topic=None),
        lambda comment, actor: actions.take_as_case(comment, actor=actor),
        lambda comment, actor: actions.import_comments([], channel="ulasan_google", actor=actor),
    ],
)
def test_who_may_not_enter_changes_no_comment(verb):
    comment = make_comment()

    with pytest.raises(NotAllowed):
        verb(comment, make_user(Role.SECTION_HEAD))

    assert codes() == ["komentar_diimpor"]


def test_a_row_that_was_a_case_before_is_linked_and_not_taken_twice(reviews):
    call_command("import_cases", reviews(), source="toko", stdout=StringIO(), stderr=StringIO())
    assert Case.objects.count() == 2

    said = bring(reviews())

    assert "2 ditautkan dengan kasusnya" in said
    assert Comment.objects.filter(case__isnull=False).count() == 2
    assert Case.objects.count() == 2


def test_cases_that_are_imported_later_find_their_comments(reviews):
    bring(reviews())
    taken = actions.take_as_case(Comment.objects.get(score=2), actor=make_writer())

    out = StringIO()
    call_command("import_cases", reviews(), source="toko", stdout=out, stderr=StringIO())

    assert "1 kasus dibuat, 1 sudah pernah diimpor" in out.getvalue()
    assert Case.objects.count() == 2
    assert Comment.objects.get(score=1).case not in (None, taken)
    assert ChannelEvent.objects.filter(code="kasus_ditautkan").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"score": 6}, {"text": ""}, {"answered_at": AT}, {"channel": "merpati"}]
)
def test_the_database_keeps_out_what_the_verbs_keep_out(wrong):
    comment = make_comment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**wrong)


def test_a_file_without_titles_is_not_said_back_in_full(reviews):
    with pytest.raises(CommandError) as refusal:
        bring(reviews("kata " * 100_000))

    assert len(str(refusal.value)) < 500


def test_a_file_of_more_rows_than_can_be_held_is_refused(reviews):
    with pytest.raises(CommandError, match=r"lebih dari 50\.000 baris"):
        bring(reviews("at,text\n" + "kemarin,x\n" * 50_001))

    assert not Comment.objects.exists()


def test_a_file_of_as_many_rows_as_can_be_held_is_read(reviews):
    with pytest.raises(CommandError, match="50000 baris salah"):
        bring(reviews("at,text\n" + "kemarin,x\n" * 50_000))
