"""A file of comments has its columns named in English or Indonesian."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from channels.headings import HEADINGS, columns_of
from channels.models import Comment
from channels.rows import UnreadableFile
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import make_user

PAGE = "/admin/channels/comment/impor/"
ROW = "2026-03-07 08:46:23,Antre lama,2,Terima kasih"


def bring(tmp_path, text: str) -> Comment:
    path = tmp_path / "ulasan.csv"
    path.write_text(text)
    call_command("import_comments", path, channel="ulasan_google", stdout=StringIO())
    return Comment.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "titles",
    [
        "at,text,score,reply",
        "waktu,isi,nilai,balasan",
        "Tanggal,Ulasan,Bintang,Balasan",
        "TANGGAL , Komentar,skor,tanggapan",
        '" wak tu ","I S I",Nilai,"BALASAN"',
        "waktu,text,bintang,reply",
    ],
)
def test_the_columns_have_english_or_indonesian_names(tmp_path, titles):
    comment = bring(tmp_path, f"{titles}\n{ROW}\n")

    assert (comment.text, comment.score, comment.reply) == ("Antre lama", 2, "Terima kasih")
    assert comment.at.isoformat() == "2026-03-07T08:46:23+00:00"


@pytest.mark.django_db
def test_columns_of_whoever_wrote_it_are_not_read(tmp_path):
    comment = bring(
        tmp_path, f"waktu,isi,nilai,balasan,nama,tautan\n{ROW},Budi,https://x.example\n"
    )

    assert "Budi" not in f"{comment.text}{comment.reply}"


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["kapan", "isi"], "Kolom “at” tidak ada. Yang ada: kapan, isi."),
        (["waktu", "apa"], "Kolom “text” tidak ada. Yang ada: waktu, apa."),
        (["waktu", "Tanggal ", "isi"], "Kolom “at” ganda: “waktu” dan “Tanggal”."),
        (["at", "AT", "isi"], "Kolom “at” ganda"),
        (["waktu", "isi", "nilai", "bintang"], "Kolom “score” ganda"),
        ([], "Kolom “at” tidak ada"),
    ],
)
def test_titles_that_are_not_understood_are_told_of(titles, told):
    with pytest.raises(UnreadableFile) as refusal:
        columns_of(titles)

    assert str(refusal.value).startswith(told)


def test_the_refusal_names_every_known_title_in_both_languages():
    with pytest.raises(UnreadableFile) as refusal:
        columns_of(["bulan", "WhatsApp"])

    for heading in HEADINGS:
        assert all(name in str(refusal.value) for name in heading.names)


def test_the_english_title_wins_over_another_one():
    assert columns_of(["tanggal", "at", "review", "text"])["at"] == "at"
    assert columns_of(["tanggal", "at", "review", "text"])["text"] == "text"


def test_no_title_means_two_things():
    names = [name for heading in HEADINGS for name in heading.names]

    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_the_command_names_what_it_knows(tmp_path):
    with pytest.raises(CommandError, match="Nama yang dikenal: at = waktu, tanggal"):
        bring(tmp_path, "kapan,apa\n1,2\n")


@pytest.mark.django_db
def test_the_page_shows_an_example_that_can_be_taken_as_it_stands():
    verifier = make_user(Role.VERIFIER)
    page = see(verifier, PAGE)
    example = page.split('<pre class="contoh-berkas"')[1].split(">", 1)[1].split("</pre>")[0]

    taken = client_of(verifier).post(
        PAGE,
        {
            "channel": "ulasan_google",
            "zone": "Asia/Jakarta",
            "pasted": example.replace("&quot;", '"'),
        },
        follow=True,
    )

    assert "2 komentar baru" in taken.content.decode()
    assert all(name in page for heading in HEADINGS for name in heading.names)
