"""Chromium, and the sites it visits, once for all tests of this folder.

What is missing fails the tests by name: a browser test that does not run has shown nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.accounts import with_accounts
from tests.browser.portal import TOOLS, Portal, opened
from tests.sites import SMALL, copy_of, real_site, some_of_demo

WIDE: ViewportSize = {"width": 1280, "height": 900}
AXE = TOOLS / "axe-core" / "axe.min.js"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Portal]]:
    """The real site, some of the demo, the small one, and that with budgets and accounts."""
    top = tmp_path_factory.mktemp("sites")
    sites = {
        "real": real_site(top / "本局 网站"),
        "demo": some_of_demo(top / "demo"),
        "small": copy_of(SMALL, top / "small"),
        "accounts": with_accounts(copy_of(SMALL, top / "accounts")),
    }
    with ExitStack() as stack:
        yield {name: stack.enter_context(opened(site, name)) for name, site in sites.items()}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium is missing; tests/setup.sh installs it", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """A window that stays: to open another costs more than most tests."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """A wide window in which nothing has been done yet; whoever listens to what it does, or makes
    it remember something, takes a `newcomer`.
    """
    yield from emptied(window)


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Page]:
    """A visitor of this test alone, with a wide window."""
    with browser.new_context(viewport=WIDE) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def plain_window(browser: Browser) -> Iterator[Page]:
    """A window that stays, without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def plain(plain_window: Page) -> Iterator[Page]:
    """A visitor without scripts."""
    yield from emptied(plain_window)


def emptied(window: Page) -> Iterator[Page]:
    """The window as a new one would be, and nothing on it afterwards."""
    window.set_viewport_size(WIDE)
    window.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
    window.mouse.move(-1, -1)
    yield window
    window.goto("about:blank")


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.fail("axe-core is missing; tests/setup.sh installs it", pytrace=False)
    return AXE.read_text(encoding="utf-8")
