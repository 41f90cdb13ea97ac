"""The head of the office reads the recap, opens a number, and freezes a month."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE

Visitor = Callable[..., Page]


@pytest.mark.parametrize(
    ("viewport", "js"), [(DESKTOP, True), (PHONE, False)], ids=["desk", "phone"]
)
def test_a_number_of_the_recap_opens_what_it_counts(visitor: Visitor, viewport, js: bool):
    page = visitor(staff="ppid", viewport=viewport, js=js)
    page.goto("/admin/rekap/")
    table = page.get_by_role("table", name="Kontak menurut bulan dan kanal")
    total = table.get_by_role("row", name=re.compile("^Jumlah")).get_by_role("link").last
    said = re.sub(r"\D", "", total.inner_text().split()[0])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    total.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di balik angka")
    tabs = page.get_by_role("navigation", name="Asal angka").get_by_role("link").all_inner_texts()
    assert sum(int(re.sub(r"\D", "", tab.partition(":")[2])) for tab in tabs) == int(said)

    number = page.locator("tbody th a").first
    reference = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
