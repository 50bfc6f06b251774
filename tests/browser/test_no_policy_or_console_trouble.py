"""Buttons without a complaint of the browser, and a policy that holds.

That no page makes it complain when it is opened is shown in test_every_page.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.complaints import LISTEN, Complaints
from tests.browser.portal import KINDS, WAYS, Portal, eventually


@pytest.mark.parametrize("way", WAYS)
def test_the_buttons_of_a_report_work_without_a_complaint(
    portals: dict[str, Portal], newcomer: Page, way: str
) -> None:
    name, path = KINDS["a report"]
    complaints = Complaints(portals[name].base(way))
    complaints.listen(newcomer)
    newcomer.goto(portals[name].address(path, way))
    before = newcomer.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    newcomer.get_by_role("button", name="特大").click()
    newcomer.get_by_role("button", name="打印").click()
    assert newcomer.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before
    assert newcomer.evaluate("printed") == 1
    assert newcomer.evaluate("broken") == []
    assert complaints.said == []


@pytest.mark.parametrize("way", WAYS)
def test_a_chosen_text_size_stays_on_the_next_page(
    portals: dict[str, Portal], newcomer: Page, way: str
) -> None:
    name, path = KINDS["a report"]
    newcomer.goto(portals[name].address(path, way))
    newcomer.get_by_role("button", name="特大").click()
    chosen = newcomer.evaluate("getComputedStyle(document.body).fontSize")
    newcomer.goto(portals[name].address("zn/index.html", way))
    assert newcomer.evaluate("getComputedStyle(document.body).fontSize") == chosen
    pressed = newcomer.get_by_role("button", name="特大").get_attribute("aria-pressed")
    assert pressed == "true"


def test_a_page_may_load_nothing_from_another_place(
    portals: dict[str, Portal], newcomer: Page
) -> None:
    newcomer.add_init_script(LISTEN)
    newcomer.goto(portals["real"].address("index.html"))
    newcomer.evaluate("""() => {
        const style = document.createElement("style");
        const picture = document.createElement("img");
        const script = document.createElement("script");
        picture.src = "http://example.invalid/picture.png";
        script.text = "window.intruder = true";
        document.body.append(style, picture, script);
    }""")
    eventually(newcomer, "broken.length >= 2")
    assert newcomer.evaluate("window.intruder") is None
