"""axe (WCAG 2.0 to 2.2, A and AA) on each page type and error state, wide and narrow; no sideways
scroll.
"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
    "/tanya/",
    "/tanya/pertanyaan/",
    "/tanya/kontak/",
    "/lacak/",
    "/lacak/lupa-kode/",
    "/lacak/kode-baru/tidak-ada/",
    "/privasi/",
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
    "/tanya/pertanyaan/",
    "/lacak/",
    "/lacak/lupa-kode/",
    "/admin/login/",
]
DESK = [
    ("verifikator", "/admin/"),
    ("verifikator", "/admin/cases/case/"),
    ("verifikator", "/admin/cases/case/1/change/"),
    ("kepala", "/admin/"),
    ("kepala", "/admin/cases/case/2/change/"),
    ("petugas", "/admin/cases/case/1/change/"),
    ("administrator", "/admin/"),
    ("administrator", "/admin/office/user/"),
    ("administrator", "/admin/office/holiday/add/"),
]


def violations(page: Page) -> list[str]:
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
    page.locator("main form, #login-form, #content form").last.locator(
        "button[type=submit]"
    ).last.click()

    assert re.match("Galat: ", page.title())
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


def test_no_page_asks_another_host_for_anything(visitor: Callable[..., Page], site):
    page = visitor()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PUBLIC:
        page.goto(address)

    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
