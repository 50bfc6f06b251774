"""What a browser complains of: broken policy, errors in the console, requests to elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.browser.portal import KINDS, SITES, WAYS, Portal, eventually

LISTEN = """
    window.broken = [];
    addEventListener("securitypolicyviolation", event =>
        broken.push(`${event.violatedDirective}: ${event.blockedURI}`));
    window.print = () => { window.printed = (window.printed || 0) + 1 };
"""


@dataclass
class Complaints:
    """Everything the browser had to say while pages were open."""

    base: str
    said: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """From now on, note what goes wrong on this page."""
        page.add_init_script(LISTEN)
        page.on("console", self._message)
        page.on("pageerror", self._error)
        page.on("request", self._request)
        page.on("requestfailed", self._failure)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.said.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.said.append(f"request to {request.url}")

    def _failure(self, request: Request) -> None:
        self.said.append(f"failed: {request.url}")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SITES)
def test_no_page_makes_the_browser_complain_or_ask_anywhere_else(
    portals: dict[str, Portal], page: Page, name: str, way: str
) -> None:
    portal = portals[name]
    complaints = Complaints(portal.base(way))
    complaints.listen(page)
    broken = {}
    for path in portal.pages():
        page.goto(portal.address(path, way))
        broken[path] = page.evaluate("broken")
    assert complaints.said == []
    assert {path: found for path, found in broken.items() if found} == {}


@pytest.mark.parametrize("way", WAYS)
def test_the_buttons_of_a_report_work_without_a_complaint(
    portals: dict[str, Portal], page: Page, way: str
) -> None:
    name, path = KINDS["a report"]
    complaints = Complaints(portals[name].base(way))
    complaints.listen(page)
    page.goto(portals[name].address(path, way))
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="特大").click()
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before
    assert page.evaluate("printed") == 1
    assert page.evaluate("broken") == []
    assert complaints.said == []


@pytest.mark.parametrize("way", WAYS)
def test_a_chosen_text_size_stays_on_the_next_page(
    portals: dict[str, Portal], page: Page, way: str
) -> None:
    name, path = KINDS["a report"]
    page.goto(portals[name].address(path, way))
    page.get_by_role("button", name="特大").click()
    chosen = page.evaluate("getComputedStyle(document.body).fontSize")
    page.goto(portals[name].address("zn/index.html", way))
    assert page.evaluate("getComputedStyle(document.body).fontSize") == chosen
    pressed = page.get_by_role("button", name="特大").get_attribute("aria-pressed")
    assert pressed == "true"


def test_a_page_may_load_nothing_from_another_place(portals: dict[str, Portal], page: Page) -> None:
    page.add_init_script(LISTEN)
    page.goto(portals["real"].address("index.html"))
    page.evaluate("""() => {
        const style = document.createElement("style");
        const picture = document.createElement("img");
        const script = document.createElement("script");
        picture.src = "http://example.invalid/picture.png";
        script.text = "window.intruder = true";
        document.body.append(style, picture, script);
    }""")
    eventually(page, "broken.length >= 2")
    assert page.evaluate("window.intruder") is None
