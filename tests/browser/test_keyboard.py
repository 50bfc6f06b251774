"""The portal without a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, Portal, eventually

PHONE = ("the home page", "a report", "a listing")
# Every visible thing one can use, numbered in the order of the page.
NUMBER = """() => {
    const all = document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex='0']");
    const usable = [...all].filter(e => !e.disabled && e.getClientRects().length);
    usable.forEach((element, number) => { element.dataset.number = number });
    return usable.length;
}"""
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        number: Number(element.dataset.number ?? -1),
        html: element.outerHTML.slice(0, 120),
        marked: outlined || style.boxShadow !== "none",
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


@pytest.mark.parametrize(
    ("kind", "width"), [*((k, 1280) for k in KINDS), *((k, 390) for k in PHONE)]
)
def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is_on(
    portals: dict[str, Portal], page: Page, kind: str, width: int
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    open_kind(portals, page, kind=kind)
    count: int = page.evaluate(NUMBER)
    reached = [step(page) for _ in range(count)]
    assert [place["number"] for place in reached] == list(range(count))
    assert [place["html"] for place in reached if not place["marked"]] == []
    assert [place["html"] for place in reached if not place["onScreen"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_tab_offers_to_skip_to_the_text_of(
    portals: dict[str, Portal], page: Page, kind: str
) -> None:
    open_kind(portals, page, kind=kind)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    eventually(page, "document.activeElement.tagName === 'MAIN'")
    page.keyboard.press("Tab")
    assert page.evaluate("""() => {
        const next = document.activeElement, main = document.querySelector("main");
        return main.contains(next) || !main.querySelector("a, button:not([hidden] *)");
    }""")


def test_the_text_size_changes_with_the_keyboard(
    portals: dict[str, Portal], newcomer: Page
) -> None:
    open_kind(portals, newcomer, kind="a report")
    newcomer.get_by_role("button", name="大", exact=True).focus()
    newcomer.keyboard.press("Enter")
    assert pressed(newcomer) == ["大"]
    newcomer.keyboard.press("Tab")
    newcomer.keyboard.press("Space")
    assert pressed(newcomer) == ["特大"]


def open_kind(portals: dict[str, Portal], page: Page, *, kind: str) -> None:
    name, path = KINDS[kind]
    page.goto(portals[name].address(path))


def step(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    place: dict[str, Any] | None = page.evaluate(FOCUSED)
    return place or {"number": None, "html": "nothing", "marked": False, "onScreen": False}


def pressed(page: Page) -> list[str]:
    return page.locator("[aria-pressed=true]").all_inner_texts()
