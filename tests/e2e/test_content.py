import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE

Visitor = Callable[..., Page]
ZONE = ZoneInfo("Asia/Jakarta")
BOTH = pytest.mark.parametrize("js", [True, False], ids=["js", "nojs"])


@BOTH
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_citizen_searches_reads_and_votes(visitor: Visitor, viewport, js):
    page = visitor(viewport=viewport, js=js)
    page.goto("/")

    page.fill("main [name=q]", "uji terbit")
    page.locator("main").get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Bahan uji uji-terbit").first.click()
    expect(page.locator("h1")).to_have_text("Bahan uji uji-terbit")
    page.locator("#membantu").get_by_role("button", name="Ya", exact=True).click()

    # Four browsers share one address here; all but the first have voted today already.
    thanks = re.compile("Terima kasih atas jawaban Anda|Anda sudah menjawab hari ini")
    expect(page.locator("#membantu-judul")).to_have_text(thanks)
    page.goto("/informasi/uji-terbit/")
    expect(page.locator("#membantu-judul")).to_have_text("Apakah ini membantu?")


def test_a_slip_of_the_finger_still_finds_the_answer(visitor: Visitor):
    page = visitor(viewport=PHONE)

    page.goto("/informasi/?q=pasport+hilag")

    expect(page.locator("main h2 a").first).to_contain_text(re.compile("hilang", re.I))
    expect(page.locator("main h2 mark").first).to_be_visible()


def test_the_answer_appears_while_the_citizen_types_and_nothing_is_lost(visitor: Visitor):
    page = visitor(viewport=PHONE)
    page.goto("/tanya/pertanyaan/")
    page.select_option("[name=topic]", "paspor-hilang")

    page.locator("[name=subject]").press_sequentially("Paspor saya hilang", delay=20)
    page.locator("#saran summary").first.click()
    expect(page.locator("#saran .isi-teks").first).to_be_visible()
    page.fill("[name=narrative]", "Paspor saya hilang di terminal minggu lalu.")
    page.get_by_role("button", name="Simpan dan lanjut").click()

    # What was shown while typing is not shown a second time.
    expect(page).to_have_url(re.compile("/tanya/lampiran/$"))
    page.goto("/tanya/pertanyaan/")
    expect(page.locator("[name=subject]")).to_have_value("Paspor saya hilang")


def test_without_javascript_the_answer_is_a_page_between_two_steps(visitor: Visitor):
    page = visitor(viewport=PHONE, js=False)
    page.goto("/tanya/pertanyaan/")
    page.select_option("[name=topic]", "paspor-hilang")
    page.fill("[name=subject]", "Paspor saya hilang")
    page.fill("[name=narrative]", "Paspor saya hilang di terminal minggu lalu.")
    page.get_by_role("button", name="Simpan dan lanjut").click()

    expect(page).to_have_url(re.compile("/tanya/saran/$"))
    page.locator("summary").first.click()
    page.get_by_role("button", name=re.compile("Ini menjawab pertanyaan saya")).first.click()

    expect(page.locator("h1")).to_contain_text("Syukurlah")


@BOTH
def test_what_was_said_is_said_everywhere(visitor: Visitor, js):
    page = visitor(viewport=PHONE, js=js)

    for address in ("/", "/tanya/pertanyaan/", "/yankomas/ambil/", "/yankomas/layar/"):
        page.goto(address)
        expect(page.get_by_text("Layanan prioritas pindah ke lantai dua").first).to_be_visible()


def move(page: Page, verb: str) -> None:
    """Open one of the things that can be done, and do it."""
    step = page.locator(f"#langkah-{verb}")
    step.wait_for()
    if step.get_attribute("open") is None:
        step.locator("summary").click()
    step.locator("button[type=submit]").click()


def now_at(page: Page) -> datetime:
    """The server's time; the tests' own clock stands still."""
    date = page.request.get("/healthz").headers["date"]
    return parsedate_to_datetime(date).astimezone(ZONE)


def test_an_editor_writes_a_second_approves_it_is_live_and_expires(visitor: Visitor):
    writer = visitor(staff="humas")
    writer.goto("/admin/infocontent/item/add/")
    writer.get_by_role("link", name="Tanya jawab").click()
    writer.select_option("[name=topic]", label="Paspor hilang")
    writer.fill("[name=title]", "Bolehkah paspor ditinggal di hotel?")
    writer.fill("[name=body]", "Boleh, **asal** disimpan di tempat aman.")
    # To the minute, in the office's zone: soon enough to wait for, late enough to read it before.
    ends = (now_at(writer) + timedelta(seconds=130)).replace(second=0)
    writer.fill("[name=expires_at]", f"{ends:%Y-%m-%dT%H:%M}")
    writer.get_by_role("button", name=re.compile("Simpan")).first.click()
    move(writer, "ajukan")
    expect(writer.get_by_text("Diajukan. Orang kedua")).to_be_visible()
    address = writer.url

    reader = visitor(viewport=PHONE)
    assert reader.goto("/informasi/bolehkah-paspor-ditinggal-di-hotel/").status == 404
    second = visitor(staff="humas2")
    second.goto(address)
    expect(second.get_by_text("Boleh, asal disimpan di tempat aman.").first).to_be_visible()
    move(second, "setujui")
    expect(second.get_by_text("Disetujui dan sekarang terbit.")).to_be_visible()

    reader.goto("/informasi/?q=paspor+ditinggal+di+hotel")
    reader.get_by_role("link", name="Bolehkah paspor ditinggal di hotel?").first.click()
    expect(reader.locator(".isi-teks strong")).to_have_text("asal")
    reader.wait_for_timeout(max(0, (ends - now_at(reader)).total_seconds() + 1) * 1000)
    assert reader.goto("/informasi/bolehkah-paspor-ditinggal-di-hotel/").status == 410
    reader.goto("/informasi/?q=paspor+ditinggal+di+hotel")
    expect(reader.get_by_role("link", name="Bolehkah paspor ditinggal di hotel?")).to_have_count(0)
