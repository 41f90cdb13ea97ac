"""A citizen judges a closed case on a phone, and goes on to the second questionnaire."""

import re
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from .conftest import PHONE

Visitor = Callable[..., Page]
# The case of blackbox/prepare.py that its citizen has seen closed.
CODE = "SSSS-TTTT-VVVV-WWWW"


def test_a_closed_case_is_judged_by_the_link_of_the_tracking_page(visitor: Visitor):
    page = visitor(viewport=PHONE)
    page.goto("/lacak/")
    page.fill("main [name=reference]", f"TL-{timezone.localdate().year}-000001")
    page.fill("main [name=code]", CODE)
    page.get_by_role("button", name="Buka kasus").click()
    page.get_by_role("link", name="Isi survei").click()
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.get_by_text("0 dari 9 terjawab")).to_be_visible()

    answer(page, [f"U{n}" for n in range(1, 9)], "3")
    page.fill("[name=comment]", "Kursi di ruang tunggu kurang.")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page).to_have_title(re.compile("^Galat: "))
    page.get_by_role("link", name=re.compile("Pertanyaan 8 belum dijawab")).click()
    expect(page.locator("#id_U9_0")).to_be_focused()
    expect(page.locator("input:checked")).to_have_count(8)
    # By keyboard alone.
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("9 dari 9 terjawab")).to_be_visible()
    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.locator("h1")).to_have_text("Terima kasih")
    page.get_by_role("link", name="Survei Persepsi Kualitas Pelayanan").click()
    answer(page, [f"K{n}" for n in range(1, 9)], "5")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("link", name="Survei Persepsi Anti Korupsi")).to_be_visible()
    page.goto("/lacak/kasus/")
    expect(page.locator("h1")).to_have_text("Syarat paspor anak")
    expect(page.get_by_role("link", name="Isi survei")).to_have_count(0)


def test_the_code_at_the_counter_works_without_javascript(visitor: Visitor):
    page = visitor(viewport=PHONE, js=False)
    page.goto("/survei/loket/uji234567890/")
    page.locator("label[for=id_service_0]").click()
    answer(page, [f"U{n}" for n in range(1, 10)], "4")
    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.locator("h1")).to_have_text("Terima kasih")


def answer(page: Page, codes: list[str], value: str) -> None:
    for code in codes:
        page.locator(f"label[for=id_{code}_{int(value) - 1}]").click()
