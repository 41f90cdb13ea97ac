import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from channels import actions
from channels.actions.tallying import figures
from channels.models import Comment, Contact
from channels.rows import Row
from complaints.actions import lodge
from office.roles import Role
from tests.factories import NOW, WIB, make_user

from .people import (
    AT,
    DAY,
    MONTH,
    OUTSIDERS,
    READERS,
    WRITERS,
    enter,
    make_contact,
    make_writer,
)

pytestmark = pytest.mark.django_db

SHEET = "/admin/channels/tallymonth/"
CONTACTS, COMMENTS = "/admin/channels/contact/", "/admin/channels/comment/"
CASE = {"subject": "A", "narrative": "B", "privacy": "anonim"}
OF_DAY = f"{SHEET}?hari=2026-11-23"


def as_(user):
    client = Client()
    client.force_login(user if not isinstance(user, Role) else make_user(user))
    return client


@pytest.fixture
def client():
    return as_(Role.HUMAS)


def text(response):
    return response.content.decode()


def value(response, name):
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', text(response))
    assert found, name
    typed = re.search(r'value="([^"]*)"', found[0])
    return typed[1] if typed else ""


@pytest.mark.parametrize("page", [SHEET, f"{SHEET}riwayat/", CONTACTS, COMMENTS])
@pytest.mark.parametrize("role", [*WRITERS, *READERS, *OUTSIDERS])
def test_who_sees_the_figures_sees_the_pages(page, role):
    is_seen = role not in OUTSIDERS

    assert (as_(role).get(page).status_code == 200) is is_seen


@pytest.mark.parametrize("page", [f"{CONTACTS}add/", f"{COMMENTS}impor/"])
@pytest.mark.parametrize("role", [*WRITERS, *READERS])
def test_only_who_enters_finds_the_forms(page, role):
    assert as_(role).get(page).status_code == (200 if role in WRITERS else 403)


def test_a_reader_cannot_post_a_sheet():
    response = as_(Role.OFFICE_HEAD).post(OF_DAY, {"version": "0", "n_whatsapp_0": "1"})

    assert response.status_code == 403
    assert figures(MONTH, DAY) == {}


def test_a_sheet_is_filled_in_and_shows_its_sums(client):
    posted = client.post(
        OF_DAY, {"version": "0", "n_whatsapp_0": "1.234", "n_telepon_0": "0"}, follow=True
    )

    assert "2 angka disimpan untuk Senin, 23 November 2026." in text(posted)
    assert figures(MONTH, DAY) == {("whatsapp", None): 1234, ("telepon", None): 0}
    assert value(posted, "n_telepon_0") == "0"
    assert value(posted, "n_email_0") == ""
    assert "data-semua>1.234</td>" in text(posted)


def test_saving_may_go_on_to_the_next_day(client):
    response = client.post(OF_DAY, {"version": "0", "n_email_0": "2", "lanjut": "1"})

    assert response["Location"] == f"{SHEET}?hari=2026-11-24"


@pytest.mark.parametrize("typed", ["abc", "-1", "1,5", "99999", "1" * 13, "٣"])
def test_a_figure_that_is_refused_stays_as_it_was_typed(client, typed):
    response = client.post(OF_DAY, {"version": "0", "n_whatsapp_0": typed, "n_email_0": "7"})

    assert "Ada yang perlu diperbaiki" in text(response)
    assert value(response, "n_whatsapp_0") == typed
    assert value(response, "n_email_0") == "7"
    assert figures(MONTH, DAY) == {}


def test_what_a_colleague_wrote_stands_beside_what_was_typed(client):
    enter({("whatsapp", None): 12})
    enter({("whatsapp", None): 13, ("telepon", None): 4}, version=1)

    response = client.post(
        OF_DAY, {"version": "1", "n_whatsapp_0": "14", "n_telepon_0": "", "n_email_0": "2"}
    )

    assert response.status_code == 409
    assert "yang tersimpan 13" in text(response)
    assert value(response, "n_whatsapp_0") == "14"
    assert value(response, "n_telepon_0") == "4"
    assert value(response, "version") == "2"
    again = {name: value(response, name) for name in ("version", "n_whatsapp_0", "n_telepon_0")}
    assert client.post(OF_DAY, {**again, "n_email_0": "2"}).status_code == 302
    assert figures(MONTH, DAY) == {
        ("whatsapp", None): 14,
        ("telepon", None): 4,
        ("email", None): 2,
    }


def test_a_channel_that_is_told_for_the_month_has_no_cells_by_the_day(client):
    enter({("whatsapp", None): 300}, day=None)

    page = text(client.get(OF_DAY))

    assert "n_whatsapp_0" not in page
    assert "n_telepon_0" in page


def test_the_parts_of_a_sheet_show_single_topics(client):
    page = text(client.get(f"{OF_DAY}&kelompok=paspor"))

    assert "Paspor anak" in page
    assert "Golden visa" not in page


@pytest.mark.parametrize(
    "query", ["hari=2026-11-25", "hari=x", "bulan=2026-12", "bulan=9999-99", "hari=%00"]
)
def test_a_day_that_is_none_or_has_not_begun_is_said(client, query):
    response = client.get(f"{SHEET}?{query}")

    assert response.status_code == 200
    assert "ini lembar hari ini" in text(response)


def test_the_history_shows_who_changed_what(client):
    rina = make_user(Role.HUMAS, first_name="Rina")
    enter({("whatsapp", None): 12}, actor=rina)
    enter({("whatsapp", None): 1300}, version=1, actor=rina)

    page = text(client.get(f"{SHEET}riwayat/?bulan=2026-11"))

    assert "Rina" in page
    assert re.search(r"12 <span[^>]*>→</span>.*?<strong>1\.300</strong>", page)


def test_a_contact_is_logged_in_one_line(client):
    page = client.get(f"{CONTACTS}add/")
    typed = {
        "halaman": value(page, "halaman"),
        "channel": "telepon",
        "summary": "Tanya syarat paspor anak",
        "topic": "paspor-anak",
        "happened_at": "2026-11-23T09:30",
    }

    said = client.post(f"{CONTACTS}add/", typed, follow=True)
    client.post(f"{CONTACTS}add/", typed)

    assert "dicatat" in text(said)
    contact = Contact.objects.get()
    assert (contact.at, contact.topic.code) == (AT, "paspor-anak")


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": ""},
        {"summary": ""},
        {"summary": "WA 0812-3456-7890"},
        {"happened_at": "2026-11-25T09:30"},
        {"happened_at": "0001-01-01T00:00"},
        {"topic": "tidak-ada"},
    ],
)
def test_a_line_that_is_refused_stays_as_it_was_typed(client, wrong):
    typed = {"channel": "telepon", "summary": "Tanya paspor", **wrong}

    response = client.post(f"{CONTACTS}add/", typed)

    assert "Ada yang perlu diperbaiki" in text(response)
    assert value(response, "summary") == typed["summary"]
    assert not Contact.objects.exists()


def test_a_contact_becomes_a_case_by_the_kinds_own_form(client):
    typed = {"channel": "whatsapp", "summary": "Antre tiga jam", "lalu": "pengaduan"}
    address = client.post(f"{CONTACTS}add/", typed)["Location"]
    form = client.get(address)
    assert value(form, "subject") == "Antre tiga jam"

    empty = client.post(address, {"version": "1", "subject": "Antre tiga jam"})
    assert "Ada yang perlu diperbaiki" in text(empty)
    filled = {
        "version": "1", "subject": "Antre tiga jam", "narrative": "Tiga jam menunggu foto.",
        "topic": "antrean", "happened_on": "2026-11-23", "place": "Loket 3",
        "requested_remedy": "Antrean dipisah", "privacy": "anonim",
    }  # fmt: skip
    receipt = client.post(address, filled, follow=True)

    case = Case.objects.get()
    assert case.reference in text(receipt)
    assert (case.channel, Contact.objects.get().case) == ("whatsapp", case)
    assert client.post(address, filled)["Location"] == Contact.objects.get().get_absolute_url()
    assert Case.objects.count() == 1


def test_the_steps_of_a_contact(client):
    contact = make_contact()
    act = f"{CONTACTS}{contact.pk}/lakukan"

    fixed = {"version": "1", "channel": "email", "summary": "Tanya biaya", "happened_at": ""}
    assert client.post(f"{act}/perbaiki/", fixed).status_code == 302
    stale = client.post(f"{act}/batalkan/", {"version": "1"})
    assert stale.status_code == 409
    assert "Sudah berubah" in text(stale)
    client.post(f"{act}/batalkan/", {"version": "2"})

    contact.refresh_from_db()
    assert (contact.channel, contact.at) == ("email", AT)
    assert contact.voided_at
    assert client.get(f"{act}/batalkan/").status_code == 302


def test_the_line_of_a_contact_with_a_case_is_for_those_who_may_know_of_it():
    writer = make_writer()
    contact = make_contact(writer, summary="Petugas meminta uang")
    case = actions.open_case(contact, lodge, actor=writer, **CASE)
    pages = (CONTACTS, contact.get_absolute_url())

    for user, is_read, is_told in (
        (writer, True, False),
        (make_user(Role.HUMAS), False, False),
        (make_user(Role.PPID), True, True),
    ):
        for page in pages:
            shown = text(as_(user).get(page))
            assert ("Petugas meminta uang" in shown) is is_read
            assert (case.reference in shown) is is_told


@pytest.mark.parametrize("page", [CONTACTS, COMMENTS])
def test_an_empty_list_says_what_to_do(client, page):
    assert "Belum ada" in text(client.get(page))
    assert "Longgarkan" in text(client.get(f"{page}?channel=ulasan_google"))
    assert "diabaikan" in text(client.get(f"{page}?channel=merpati&day_from=x&p=9"))


def upload(client, content=b"at,score,text\n2026-03-07 08:46:23,1,Antre lama\n", **more):
    file = SimpleUploadedFile("ulasan.csv", content)
    given = {"channel": "ulasan_aplikasi", "zone": "UTC", "file": file, **more}
    return client.post(f"{COMMENTS}impor/", given, follow=True)


def test_a_file_is_looked_at_and_then_taken(client):
    assert "belum ada yang disimpan" in text(upload(client, periksa="1"))
    assert not Comment.objects.exists()

    assert "1 komentar baru, 0 sudah ada" in text(upload(client))
    assert "Tidak ada yang berubah" in text(upload(client))
    assert Comment.objects.count() == 1


def test_lines_may_be_pasted_and_stay_where_they_are_refused(client):
    given = {"channel": "ulasan_google", "zone": "Asia/Jakarta"}
    lines = "at\ttext\n2026-03-07 08:46:23\tAntre lama"

    wrong = text(client.post(f"{COMMENTS}impor/", {**given, "pasted": "kapan\tapa\n1\t2"}))
    assert "Kolom “at” tidak ada" in wrong
    assert "kapan\tapa" in wrong
    nothing = text(client.post(f"{COMMENTS}impor/", given))
    assert "salah satu" in nothing
    client.post(f"{COMMENTS}impor/", {**given, "pasted": lines})
    assert Comment.objects.get().at == datetime(2026, 3, 7, 8, 46, 23, tzinfo=WIB)


def test_bad_rows_of_a_file_are_named(client):
    said = text(upload(client, b"at,score,text\n2026-03-07,1,Antre\n2026-03-08,9,Buruk\n"))

    assert "Baris 3: nilai 9 bukan 1 sampai 5" in said
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\x00\x01", b"bulan\n2024-01\n", b'"', b"\n\n"])
def test_a_file_that_is_no_such_table_is_refused(client, content):
    response = upload(client, content)

    assert response.status_code == 200
    assert "Ada yang perlu diperbaiki" in text(response)
    assert "/tmp" not in text(response)


def test_the_steps_of_a_comment(client):
    actions.import_comments([Row(2, AT, "Antre lama", 2.0)], channel="ulasan_google")
    comment = Comment.objects.get()
    act = f"{COMMENTS}{comment.pk}/lakukan"

    assert "Tulis balasannya." in text(client.post(f"{act}/balas/", {"version": "1"}))
    client.post(f"{act}/balas/", {"version": "1", "reply": "Terima kasih"})
    client.post(f"{act}/topik/", {"version": "2", "topic": "paspor-anak"})
    client.post(f"{act}/kasus/", {"version": "3"})

    comment.refresh_from_db()
    assert (comment.reply, comment.topic.code) == ("Terima kasih", "paspor-anak")
    assert comment.case.channel == "ulasan_google"
    assert "Langkah ini tidak bisa" in text(client.post(f"{act}/kasus/", {}, follow=True))
    assert "Antre lama" in text(client.get(f"{COMMENTS}?state=sudah&score=2&words=antre"))


@pytest.mark.parametrize("page", [CONTACTS, COMMENTS])
def test_a_list_costs_the_same_however_long_it_is(page, django_assert_max_num_queries):
    writer, reader = make_writer(), as_(Role.PPID)
    for n in range(3):
        contact = make_contact(writer, summary=f"Tanya {n}")
        actions.open_case(
            contact, lodge, actor=writer, subject="A", narrative="B", privacy="anonim"
        )
        actions.import_comments([Row(2, AT, f"Antre {n}", 1.0)], channel="ulasan_google")
        actions.take_as_case(Comment.objects.latest("pk"), actor=writer)

    with django_assert_max_num_queries(9):
        assert "PG-" in text(reader.get(page))


def test_a_sheet_costs_a_known_number_of_queries(client, django_assert_max_num_queries):
    enter({("whatsapp", None): 12}, at=NOW)

    with django_assert_max_num_queries(13):
        client.get(OF_DAY)
