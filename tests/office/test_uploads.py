import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from office import uploads
from office.uploads import UploadRefused, accept
from tests.pictures import PDF, archive, docx, picture, picture_with_place


def stored(name: str, content: bytes) -> bytes:
    with default_storage.open(accept(SimpleUploadedFile(name, content)).file) as file:
        return file.read()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.jpg", picture("JPEG"), "image/jpeg"),
        ("FOTO.JPG", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.docx", docx(), uploads.DOCX),
        ("tanpa-akhiran", PDF, "application/pdf"),
    ],
)
def test_what_is_promised_is_taken(name, content, content_type):
    assert accept(SimpleUploadedFile(name, content)).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<!doctype html><script>1</script>"),
        ("a.jpg", b"<!doctype html><script>1</script>"),
        ("a.svg", b"<svg onload='1'/>"),
        ("a.png", b"<svg onload='1'/>"),
        ("a.jpg.html", picture("JPEG")),
        ("a.php.jpg", picture("JPEG")),
        ("a.exe", b"MZ" + b"\0" * 200),
        ("a.pdf", b"MZ" + b"\0" * 200),
        ("a.zip", archive(**{"a.txt": b"x"})),
        ("a.docx", archive(**{"evil.html": b"<script>"})),
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"})),
        ("a.docx", docx(**{"word/media/big.bin": b"\0" * (uploads.MAX_UNPACKED + 1)})),
        ("a.jpg", picture("JPEG")[:60]),
        ("a.gif", picture("GIF")),
        ("kosong.pdf", b""),
        ("besar.pdf", PDF + b"\0" * uploads.MAX_BYTES),
    ],
)
def test_what_could_hurt_is_refused_with_a_sentence(name, content):
    with pytest.raises(UploadRefused) as refusal:
        accept(SimpleUploadedFile(name, content))

    assert name.split(".")[0] in str(refusal.value)


def test_a_pixel_flood_is_refused_from_its_header(monkeypatch):
    flood = bytearray(picture("PNG"))
    flood[16:24] = (60_000).to_bytes(4, "big") * 2  # IHDR width and height

    with pytest.raises(UploadRefused):
        accept(SimpleUploadedFile("banjir.png", bytes(flood)))


def test_a_webp_is_taken_as_large_as_a_phone_makes_it_and_no_larger():
    # Reading one takes four times its pixels: 25 million of one colour are a file of 45 kB.
    stored("ponsel.webp", picture("WEBP", (4032, 3024)))

    with pytest.raises(UploadRefused, match="terlalu besar"):
        accept(SimpleUploadedFile("banjir.webp", picture("WEBP", (4000, 3200))))


def test_a_photo_loses_who_took_it_and_where():
    original = picture_with_place()
    assert b"ZQARTIST" in original

    clean = stored("lokasi.jpg", original)

    assert b"ZQARTIST" not in clean
    assert b"Exif" not in clean


def test_bytes_behind_a_picture_do_not_survive():
    assert b"<script>" not in stored("a.jpg", picture("JPEG") + b"<script>alert(1)</script>")


def test_a_document_is_kept_byte_for_byte():
    assert stored("a.pdf", PDF) == PDF


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\boot.jpg", "boot.jpg"),
        ("foto\u202egpj.jpg", "fotogpj.jpg"),
        ('a";x="b.jpg', "ax=b.jpg"),
        ("x" * 300 + ".jpg", "x" * 90 + ".jpg"),
    ],
)
def test_names_are_cut_down_to_a_name(sent, shown):
    upload = SimpleUploadedFile("x", picture("JPEG"))
    upload._name = sent  # past Django's own cleaning

    assert accept(upload).name == shown


def test_a_full_disk_is_said_and_not_a_crash(monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    with pytest.raises(UploadRefused, match="penuh"):
        accept(SimpleUploadedFile("a.pdf", PDF))
