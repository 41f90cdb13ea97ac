"""axe (WCAG 2.0 to 2.2, A and AA) on each page type and error state, wide and narrow; no sideways
scroll.
"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .test_journey import file_complaint, track

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}
WIDTHS = [{"width": 1280, "height": 900}, {"width": 320, "height": 640}]
PUBLIC = [
    "/",
    "/pengaduan/",
    "/pengaduan/peristiwa/",
    "/pengaduan/harapan/",
    "/pengaduan/lampiran/",
    "/pengaduan/pelapor/",
    "/permohonan/",
    "/permohonan/urusan-sendiri/",
    "/permohonan/informasi/",
    "/permohonan/pemohon/",
    "/permohonan/identitas/",
    "/permohonan/lampiran/",
    "/keberatan/",
    "/keberatan/berkala/",
    "/keberatan/berkala/informasi/",
    "/keberatan/berkala/pemohon/",
    "/keberatan/berkala/identitas/",
    "/keberatan/berkala/lampiran/",
    "/tanya/",
    "/tanya/pertanyaan/",
    "/tanya/lampiran/",
    "/tanya/kontak/",
    "/lacak/",
    "/lacak/lupa-kode/",
    "/lacak/kode-baru/tidak-ada/",
    "/privasi/",
    "/yankomas/",
    "/yankomas/ambil/",
    "/yankomas/ambil/prioritas/",
    "/yankomas/layar/",
    "/yankomas/antrean/tidak-ada/",
    "/informasi/",
    "/informasi/?q=paspor",
    "/informasi/?q=zzzzqqq",
    "/informasi/faq/",
    "/informasi/video/",
    "/informasi/topik/paspor/",
    "/informasi/tarif/",
    "/informasi/uji-terbit/",
    "/informasi/uji-video/",
    "/informasi/uji-arsip/",
    "/informasi/infografis-tarif-paspor/",
    "/informasi/dip/",
    "/informasi/dip/1/",
    "/informasi/dikecualikan/",
    "/statistik/",
    "/laporan/",
    "/laporan/2025/edisi-1/",
    "/survei/hasil/",
    "/survei/hasil/skm/2025/edisi-1/",
    "/pengumuman/",
    "/pengumuman/layanan-prioritas-pindah-ke-lantai-dua/",
    "/tidak-ada/",
    "/admin/login/",
]
ERRORS = [
    "/pengaduan/peristiwa/",
    "/pengaduan/harapan/",
    "/pengaduan/pelapor/",
    "/permohonan/informasi/",
    "/permohonan/pemohon/",
    "/permohonan/identitas/",
    "/keberatan/berkala/informasi/",
    "/tanya/pertanyaan/",
    "/lacak/",
    "/lacak/lupa-kode/",
    "/admin/login/",
]
DESK = [
    ("verifikator", "/admin/"),
    ("verifikator", "/admin/cases/case/"),
    ("verifikator", "/admin/cases/case/1/change/"),
    ("yankomas", "/yankomas/loket/buka/"),
    ("yankomas", "/yankomas/loket/ambilkan/"),
    ("yankomas2", "/yankomas/loket/"),
    ("yankomas2", "/yankomas/loket/kasus/pengaduan/"),
    ("yankomas2", "/admin/inforequests/paperform/"),
    ("yankomas2", "/admin/inforequests/paperform/?number=F-2000-0001"),
    ("yankomas2", "/admin/inforequests/paperform/catat/"),
    ("yankomas2", "/admin/inforequests/paperform/cetak/"),
    ("yankomas2", "/admin/inforequests/paperform/1/batalkan/"),
    ("yankomas2", "/admin/yankomas/visit/"),
    ("yankomas2", "/admin/yankomas/visit/angka/"),
    ("yankomas2", "/admin/yankomas/visit/bulan/"),
    ("kepala", "/admin/"),
    ("kepala", "/admin/cases/case/2/change/"),
    ("petugas", "/admin/cases/case/1/change/"),
    ("verifikator", "/admin/cases/case/?status=tidak-ada&received_from=2026-02-30"),
    ("verifikator", "/admin/cases/case/?q=tidak-ada-yang-cocok"),
    ("verifikator", "/admin/cases/dueproposal/"),
    ("verifikator", "/admin/cases/case/1/tenggat/"),
    ("verifikator", "/admin/cases/accesslog/"),
    ("verifikator", "/admin/cases/notice/"),
    ("verifikator", "/admin/tidak-ada/"),
    ("humas", "/admin/"),
    ("humas", "/admin/gagasan/"),
    ("humas", "/admin/infocontent/item/"),
    ("humas", "/admin/infocontent/item/?q=tidak-ada-yang-cocok"),
    ("humas", "/admin/infocontent/item/add/"),
    ("humas", "/admin/infocontent/item/add/?kind=infografis"),
    ("humas", "/admin/infocontent/item/1/change/"),
    ("humas", "/admin/infocontent/item/1/tulis/"),
    ("humas", "/admin/infocontent/placement/kalender/"),
    ("humas", "/admin/infocontent/announcement/"),
    ("humas", "/admin/infocontent/announcement/add/"),
    ("humas", "/admin/infocontent/publicinformation/add/"),
    ("humas", "/admin/infocontent/tariff/"),
    ("ppid", "/admin/infocontent/exclusion/add/"),
    ("ppid", "/admin/reports/report/"),
    ("ppid", "/admin/reports/report/angka/"),
    ("ppid", "/admin/reports/report/kasus/?tahun=2025&angka=permohonan"),
    ("ppid", "/admin/reports/report/1/change/"),
    ("ppid", "/admin/reports/report/1/betulkan/"),
    ("ppid", "/admin/reports/report/2/change/"),
    ("ppid", "/admin/reports/report/2/terbitkan/"),
    ("ppid", "/admin/rekap/"),
    ("ppid", "/admin/rekap/bulan/?bulan=2025-01"),
    ("ppid", "/admin/rekap/bekukan/?bulan=2025-02"),
    ("kepala", "/admin/reports/report/"),
    ("ppid", "/admin/surveys/surveyreport/"),
    ("ppid", "/admin/surveys/surveyreport/hasil/?tahun=2024&masa="),
    ("ppid", "/admin/surveys/surveyreport/hasil/?instrumen=spak"),
    ("ppid", "/admin/surveys/surveyreport/1/change/"),
    ("ppid", "/admin/surveys/surveyreport/1/betulkan/"),
    ("ppid", "/admin/surveys/surveyreport/2/change/"),
    ("ppid", "/admin/surveys/surveyreport/2/terbitkan/"),
    ("kepala", "/admin/cases/case/3/jadikan-konsep/"),
    ("administrator", "/admin/"),
    ("administrator", "/admin/office/user/"),
    ("administrator", "/admin/office/holiday/add/"),
]


def violations(page: Page) -> list[str]:
    # A click returns as soon as the next page begins to arrive.
    page.wait_for_load_state()
    found = Axe().run(page, options=RULES).response["violations"]
    problems = [
        f"{rule['id']} {[node['html'][:120] for node in rule['nodes'][:2]]}" for rule in found
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 1:
        problems.append(f"{wide} px wider than the window")
    if page.locator("h1").count() != 1:
        problems.append(f"{page.locator('h1').count()} h1")
    return problems


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_clean(visitor: Callable[..., Page], address, viewport):
    page = visitor(viewport=viewport)
    page.goto(address)

    assert violations(page) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
@pytest.mark.parametrize("address", ERRORS)
def test_error_states_are_clean(visitor: Callable[..., Page], address, viewport):
    page = visitor(viewport=viewport)
    page.goto(address)
    # Beside the form of a step stands the small one of a suggestion.
    forms = page.locator("main form:not(#terjawab-form), #login-form, #content form")
    forms.last.locator("button[type=submit]").last.click()

    expect(page).to_have_title(re.compile("^Galat: "))
    assert violations(page) == []
    undescribed = page.evaluate(
        """[...document.querySelectorAll('[aria-invalid=true]')].filter(field =>
           !(field.getAttribute('aria-describedby') || '').split(' ')
             .some(id => document.getElementById(id)?.innerText.trim())).map(field => field.name)"""
    )
    assert undescribed == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_check_receipt_and_tracking_are_clean(visitor: Callable[..., Page], viewport):
    page = visitor(viewport=viewport)
    reference, code = file_complaint(page)
    assert violations(page) == []

    track(page, reference, code)

    assert violations(page) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
@pytest.mark.parametrize(("staff", "address"), DESK)
def test_the_desk_is_clean(visitor: Callable[..., Page], staff, address, viewport):
    page = visitor(viewport=viewport, staff=staff)
    page.goto(address)

    assert violations(page) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_slip_place_and_refusals_at_the_counter_are_clean(visitor: Callable[..., Page], viewport):
    page = visitor(viewport=viewport)
    page.goto("/yankomas/ambil/")
    page.locator("#ambil-informasi button").click()
    expect(page.locator("#nomor")).to_have_text(re.compile("^D[0-9]{3}$"))
    assert violations(page) == []
    page.get_by_role("link", name="Lihat antrean saya").click()
    expect(page.locator("#keadaan")).to_be_visible()
    assert violations(page) == []

    officer = visitor(viewport=viewport, staff="yankomas2")
    officer.goto("/yankomas/loket/")
    officer.get_by_role("button", name=re.compile("^Selesai")).click()
    expect(officer).to_have_title(re.compile("^Galat: "))
    assert violations(officer) == []
    officer.goto("/yankomas/loket/susulan/")
    officer.get_by_role("button", name="Catat kunjungan").click()
    expect(officer).to_have_title(re.compile("^Galat: "))
    assert violations(officer) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_refusals_on_the_desk_are_clean(visitor: Callable[..., Page], viewport):
    officer = visitor(viewport=viewport, staff="petugas")
    officer.goto("/admin/cases/case/2/change/")
    officer.fill("#form-konsep [name=body]", "")
    officer.locator("#form-konsep button", has_text="Ajukan").click()
    expect(officer).to_have_title(re.compile("^Galat: "))
    assert violations(officer) == []

    officer.goto("/admin/cases/case/2/change/")
    officer.fill("#form-konsep [name=body]", "Loket ditambah.")
    colleague = visitor(staff="kepala")
    colleague.goto("/admin/cases/case/2/change/")
    colleague.locator("#langkah-catatan summary").click()
    colleague.fill("#form-catatan [name=text]", "Sudah ditelepon.")
    colleague.locator("#form-catatan button").click()
    officer.locator("#form-konsep button", has_text="Simpan").click()

    expect(officer.get_by_text(re.compile("Kasus ini diubah oleh")).first).to_be_visible()
    assert violations(officer) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_replying_and_withdrawing_are_clean(visitor: Callable[..., Page], viewport):
    page = visitor(viewport=viewport)
    reference, code = file_complaint(page)
    track(page, reference, code)
    page.locator("#balas button[type=submit]").last.click()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert violations(page) == []

    page.get_by_role("link", name="Cabut kiriman ini").click()

    assert violations(page) == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_bulk_assignment_is_clean(visitor: Callable[..., Page], viewport):
    page = visitor(viewport=viewport, staff="kepala")
    page.goto("/admin/cases/case/")
    page.locator("input[type=checkbox][name=_selected_action]").first.check()
    page.select_option("#massal-action", "disposisi")
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_load_state()

    assert violations(page) == []


def test_no_page_asks_another_host_for_anything(visitor: Callable[..., Page], site):
    page = visitor()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PUBLIC:
        page.goto(address)

    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


@pytest.mark.parametrize("viewport", WIDTHS, ids=["1280", "320"])
def test_refusals_of_oral_requests_and_the_run_of_forms_are_clean(
    visitor: Callable[..., Page], viewport
):
    page = visitor(viewport=viewport, staff="yankomas2")
    page.goto("/admin/inforequests/paperform/catat/")
    page.get_by_role("button", name="Simpan dan buat tanda terima").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    assert violations(page) == []

    page.goto("/admin/inforequests/paperform/cetak/")
    page.get_by_role("button", name="Beri nomor dan siapkan PDF").click()
    expect(page.get_by_role("link", name="Unduh PDF untuk dicetak")).to_be_visible()
    assert violations(page) == []
