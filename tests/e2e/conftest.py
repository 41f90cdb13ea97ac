"""Chromium against a real server: gunicorn, production settings but for https, a database of its
own.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
# The one without windows first: it opens a page four times as fast.
CHROMIUM = ["chromium-headless-shell", "chromium"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "Sandi-uji-123456"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or next(filter(None, map(which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running portal with the accounts and two cases of blackbox/prepare.py."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "MEDIA_ROOT": str(folder / "files"),
        "STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "kanim_portal.settings",
        "SITE_URL": url,
        "RATE_LIMIT_FACTOR": "1000",
        "INTAKE_MIN_SECONDS": "0",
        "EMAIL_URL": "dummymail://",
    }

    def manage(*command: str, text: str | None = None) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=env,
            input=text,
            text=True,
            check=True,
        )

    manage("migrate", "--verbosity=0")
    manage("load_office")
    manage("collectstatic", "--noinput", "--verbosity=0")
    manage("shell", "--verbosity=0", text=(ROOT / "tests/blackbox/prepare.py").read_text())
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [
        gunicorn,
        "kanim_portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait_for(f"{url}/healthz", server)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser: visitor(viewport=PHONE, js=False) or, signed in,
    visitor(staff="kepala").
    """
    contexts: list[BrowserContext] = []

    def open_browser(
        *, viewport: dict[str, int] = DESKTOP, js: bool = True, staff: str = ""
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport=viewport,
            java_script_enabled=js,
            locale="id-ID",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if staff:
            page.goto("/admin/login/")
            page.fill("[name=username]", staff)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/admin/")
        return page

    yield open_browser
    for context in contexts:
        context.close()
