from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from infocontent import actions
from infocontent.models import Item, Kind, Media
from infocontent.workflow import ItemState
from office.roles import Role
from tests.factories import make_user
from tests.pictures import PDF

from .desk import LIST, address, client_of, draft_of, png, see, text, typed, write
from .items import content, make_draft, make_item

pytestmark = pytest.mark.django_db

NEW = f"{LIST}add/"


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


def test_the_kind_comes_first(humas):
    page = see(humas, NEW)

    for kind in Kind:
        assert f"?kind={kind.value}" in page


def test_a_new_item_is_written_in_one_form(humas):
    data = typed(kind="faq", title="Berapa lama?", keywords="lama, durasi", note="Baru")

    response = client_of(humas).post(NEW, data, follow=True)

    item = Item.objects.get(title="Berapa lama?")
    assert "Konsep disimpan." in text(response)
    assert (item.state, item.owner, item.kind) == (ItemState.NEW, humas, "faq")
    assert (draft_of(item).keywords, draft_of(item).note) == ("lama, durasi", "Baru")


def test_a_link_from_elsewhere_begins_a_draft_with_its_origin(humas):
    words = "origin=pencarian&origin_note=dicari+9+kali&title=Visa+nikah&topic=voa"

    page = see(humas, f"{NEW}?kind=faq&{words}")
    assert 'value="Visa nikah"' in page
    assert '<option value="voa" selected>' in page
    assert "kind=faq" in see(humas, f"{NEW}?{words}")
    data = typed(kind="faq", title="Visa nikah", origin="pencarian", origin_note="dicari 9 kali")
    client_of(humas).post(NEW, data)

    item = Item.objects.get(title="Visa nikah")
    assert (item.origin, item.origin_note) == ("pencarian", "dicari 9 kali")


def test_an_origin_that_does_not_exist_is_refused(humas):
    response = client_of(humas).post(NEW, typed(kind="faq", title="Aneh", origin="mars"))

    assert response.status_code == 200
    assert not Item.objects.filter(title="Aneh").exists()


def test_the_draft_comes_back_into_the_form_as_it_was_saved(humas):
    item = make_draft(author=humas)
    soon = timezone.localtime(timezone.now() + timedelta(days=3))

    write(
        humas,
        item,
        body="Isi baru.",
        body_en="New text.",
        valid_from="2024-12-17",
        publish_at=f"{soon:%Y-%m-%dT%H:%M}",
        review_by="2027-01-31",
        link="https://www.imigrasi.go.id/",
    )

    page = see(humas, address(item, "write"))
    for value in (
        "Isi baru.</textarea>",
        "New text.</textarea>",
        'value="2024-12-17"',
        f'value="{soon:%Y-%m-%dT%H:%M}"',
        'value="2027-01-31"',
        'value="https://www.imigrasi.go.id/"',
    ):
        assert value in page


def test_writing_on_begins_with_what_is_live(humas):
    item = make_item(body="Yang terbit.", author=humas)

    assert "Yang terbit.</textarea>" in see(humas, address(item, "write"))
    write(humas, item, body="Yang berikutnya.")

    item.refresh_from_db()
    assert item.body == "Yang terbit."
    assert (draft_of(item).number, draft_of(item).body) == (2, "Yang berikutnya.")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Bagian “Judul” belum diisi."),
        ("topic", "", "Bagian “Topik” belum diisi."),
        ("topic", "paspor", "paspor"),
        ("body", "[klik](javascript:alert(1))", "Tautan “javascript:” tidak dapat dipakai."),
        ("body_en", "[x](data:text/html,a)", "Tautan “data:” tidak dapat dipakai."),
        ("body", "Biaya [[tarif tidak-ada]].", "[[tarif tidak-ada]] tidak dikenal."),
        ("transcript", "[[jam-layan]]", "[[jam-layan]] tidak dikenal."),
        ("link", "http://contoh.id/", "tautan dimulai dengan https://."),
        ("link", "javascript:alert(1)", "Tulis alamatnya lengkap"),
        ("publish_at", "2026-11-01T10:00", "Waktu itu sudah lewat."),
        ("expires_at", "2026-11-01T10:00", "Waktu itu sudah lewat."),
        ("expires_at", "9999-12-31T23:59", "Tahunnya tidak mungkin."),
        ("review_by", "2026-11-24", "Isi tanggal setelah hari ini"),
        ("valid_from", "0001-01-01", "Tahunnya tidak mungkin."),
        ("picture", "x" * 44, "44"),
        ("audience", "marsian", "marsian"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(humas, field, value, words):
    item = make_draft(author=humas, body="Yang tersimpan.")
    long_text = "Kalimat panjang yang tidak boleh hilang.\n\n" * 20

    response = write(humas, item, **{"body": long_text, "alt_en": "Passport", field: value})

    page = text(response)
    assert response.status_code == 200
    assert words in page
    assert "galat-ringkasan" in page
    kept = [long_text.strip(), "Passport"] if field != "body" else [value, "Passport"]
    for typed_text in kept:
        assert typed_text in page
    assert draft_of(item).body == "Yang tersimpan."


def test_the_end_of_showing_comes_after_its_beginning(humas):
    item = make_draft(author=humas)

    response = write(humas, item, publish_at="2026-12-10T08:00", expires_at="2026-12-09T08:00")

    assert "Akhir tayang harus setelah waktu terbit." in text(response)


def test_a_stale_form_shows_both_texts_and_overwrites_nothing(humas):
    item = make_draft(author=humas)
    seen = item.lock
    other = make_user(Role.HUMAS, first_name="Bayu")
    actions.save(item, actor=other, content=content(body="Tulisan Bayu."))

    response = write(humas, item, seen=seen, body="Tulisan saya.")

    page = text(response)
    assert response.status_code == 409
    assert "Bayu mengubah bahan ini" in page
    assert "Tulisan saya.</textarea>" in page
    assert "<p>Tulisan Bayu.</p>" in page
    assert draft_of(item).body == "Tulisan Bayu."
    assert f'name="seen" value="{item.lock}"' in page


def test_what_is_under_review_cannot_be_changed_and_the_text_is_kept(humas):
    item = make_draft(author=humas)
    actions.submit(item, actor=humas)

    assert client_of(humas).get(address(item, "write")).status_code == 302
    response = write(humas, item, body="Terlambat datang.")

    assert response.status_code == 409
    assert "Minta dikembalikan dulu" in text(response)
    assert "Terlambat datang.</textarea>" in text(response)


def test_a_picture_is_sent_shown_and_taken_off(humas):
    item = make_draft(kind=Kind.INFOGRAPHIC, author=humas)

    write(humas, item, picture_baru=png(), alt="Antrean")
    media = draft_of(item).picture
    assert (media.kind, media.uploader) == (Media.Kind.PICTURE, humas)
    item.refresh_from_db()
    page = see(humas, address(item, "write"))
    assert f'name="picture" value="{media.token}"' in page
    assert "foto.png" in page
    assert "40 × 30" in page

    write(humas, item, picture=media.token)
    assert draft_of(item).picture == media
    item.refresh_from_db()
    write(humas, item, picture=media.token, picture_hapus="on")
    assert draft_of(item).picture is None


def test_a_file_is_kept_when_another_field_is_wrong(humas):
    item = make_draft(kind=Kind.BROCHURE, author=humas)
    pdf = SimpleUploadedFile("brosur.pdf", PDF, "application/pdf")

    response = write(humas, item, title="", document_baru=pdf)
    media = Media.objects.get()
    page = text(response)
    assert "Bagian “Judul” belum diisi." in page
    assert "Berkas ini sudah diterima." in page
    assert f'name="document" value="{media.token}"' in page
    write(humas, item, document=media.token)

    assert draft_of(item).document == media
    assert Media.objects.count() == 1


def test_a_file_of_the_wrong_kind_is_refused_beside_its_field(humas):
    item = make_draft(kind=Kind.INFOGRAPHIC, author=humas)
    fake = SimpleUploadedFile("foto.png", b"<?php echo 1;", "image/png")

    response = write(humas, item, picture_baru=fake)

    assert "tidak dapat diterima" in text(response)
    assert not Media.objects.exists()
    assert draft_of(item).picture is None


def test_of_two_files_for_one_place_none_is_silently_dropped(humas):
    item = make_draft(kind=Kind.INFOGRAPHIC, author=humas)

    response = write(humas, item, picture_baru=[png("satu.png"), png("dua.png")])

    assert "satu berkas" in text(response)
    assert draft_of(item).picture is None


def test_a_token_of_another_kind_of_file_names_nothing(humas):
    item = make_draft(kind=Kind.BROCHURE, author=humas)
    write(humas, item, picture_baru=png())
    token = draft_of(item).picture.token
    item.refresh_from_db()

    write(humas, item, video=token, document="tidak-ada")

    version = draft_of(item)
    assert (version.picture, version.video, version.document) == (None, None, None)


def test_the_preview_shows_the_text_and_keeps_the_form(humas):
    item = make_draft(author=humas, body="Yang tersimpan.")

    response = write(humas, item, body="**Tebal** [[tarif paspor-biasa-5]]", pratinjau="1")

    page = text(response)
    assert "<strong>Tebal</strong> Rp350.000" in page
    assert "**Tebal** [[tarif paspor-biasa-5]]</textarea>" in page
    assert draft_of(item).body == "Yang tersimpan."


def test_the_preview_of_a_new_item_creates_nothing(humas):
    response = client_of(humas).post(NEW, typed(kind="faq", title="Belum ada", pratinjau="1"))

    assert "<p>Bawa KTP.</p>" in text(response)
    assert not Item.objects.filter(title="Belum ada").exists()


def test_the_script_gets_a_clean_fragment(humas):
    source = "# Judul\n\n<script>alert(1)</script>\n\n[[tarif tidak-ada]] [x](javascript:a)"

    response = client_of(humas).post(f"{LIST}pratinjau/", {"text": source})

    page = response.content.decode()
    assert "<h2>Judul</h2>" in page
    assert "<script" not in page
    assert "<html" not in page
    assert "[[tarif tidak-ada]] tidak dikenal" in page
    assert "Tautan “javascript:” tidak dapat dipakai" in page


def test_the_fragment_speaks_the_language_of_the_text(humas):
    post = client_of(humas).post

    page = post(f"{LIST}pratinjau/", {"text": "[[jam-layanan]]", "lang": "en"}).content.decode()

    assert "Monday" in page
    assert 'lang="en"' in page


def test_the_fragment_is_asked_for_by_post_only(humas):
    assert client_of(humas).get(f"{LIST}pratinjau/").status_code == 405


def test_the_facts_to_put_in_are_listed_with_what_they_say(humas):
    page = see(humas, f"{NEW}?kind=faq")

    assert "[[tarif paspor-biasa-5]]" in page
    assert "Rp350.000" in page
    assert "[[jam-layanan]]" in page
