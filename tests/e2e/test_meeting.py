"""The evaluation meeting on the desk's pages: from the prepared draft to the signed minutes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.office.paper import accessibility_of, text_of

Visitor = Callable[..., Page]


def test_minutes_are_filled_signed_and_printed(visitor: Visitor):
    today = timezone.localdate()
    head = visitor(staff="ppid")
    head.goto("/admin/reports/meeting/")
    head.locator("tr", has_text="Konsep").get_by_role("link").first.click()
    expect(head.get_by_text("Masih kurang: tanggal rapat")).to_be_visible()

    head.fill("[name=held_on]", f"{today}")
    head.fill("[name=place]", "Aula lantai dua")
    head.fill("[name=attendance]", "Rina Wijaya, Kepala Kantor\nDedi Gunawan, Kepala Seksi")
    carried = head.get_by_role("group", name="Tambah kursi tunggu")
    carried.get_by_label("Hasil").select_option("selesai")
    head.fill("[name=kendala-0-obstacle]", "Antrean foto panjang")
    head.fill("[name=kendala-0-solution]", "Jadwal foto dipisah")
    head.fill("[name=tindakan-0-text]", "Pasang papan jadwal")
    head.select_option("[name=tindakan-0-owner]", index=1)
    head.fill("[name=tindakan-0-due_on]", f"{today + timedelta(days=30)}")
    head.get_by_role("button", name="Simpan konsep").click()
    expect(head.get_by_text("Konsep disimpan.")).to_be_visible()
    head.get_by_role("button", name="Tandatangani…").click()
    head.get_by_role("button", name="Tandatangani sekarang").click()
    expect(head.get_by_text("Notula ditandatangani dan tidak berubah lagi.")).to_be_visible()
    expect(head.get_by_role("button", name="Simpan konsep")).to_have_count(0)

    with head.expect_download() as download:
        head.get_by_role("link", name="Unduh notula").click()
    paper = Path(download.value.path()).read_bytes()
    said, text = accessibility_of(paper), text_of(paper)
    assert said["is_tagged"]
    assert said["claims_ua"]
    for words in ("Aula lantai dua", "Jadwal foto dipisah", "Pasang papan jadwal", "Selesai"):
        assert words in text, words
