"""The portal in a browser whose scripts are switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, VISIBLE, Portal

# The search form leads to a page that says what to do without a script: see test_search.py.
BUTTONS = ":is(button, input, select, [role=button]):not(header *)"
# Of the whole page, and of each of its parts that a script needs.
TEXTS = """() => [document.body.innerText,
    [...document.querySelectorAll("[data-needs-script]")].map(part => part.innerText)]"""
SAME = [kind for kind in KINDS if kind != "the search page"]


@pytest.mark.parametrize("kind", SAME)
def test_the_same_text_is_there_without_a_script_and_no_button_that_does_nothing_on(
    portals: dict[str, Portal], plain: Page, page: Page, kind: str
) -> None:
    name, path = KINDS[kind]
    page.goto(portals[name].address(path))
    plain.goto(portals[name].address(path))
    with_script, needed = page.evaluate(TEXTS)
    for controls in needed:
        with_script = with_script.replace(controls, "", 1)
    assert plain.evaluate(TEXTS)[0].split() == with_script.split()
    assert plain.evaluate(VISIBLE, BUTTONS) == []


def test_nothing_depends_on_a_web_server_either(portals: dict[str, Portal], plain: Page) -> None:
    name, path = KINDS["a report"]
    plain.goto(portals[name].address(path, "file"))
    from_disk = plain.inner_text("body")
    plain.goto(portals[name].address(path, "http"))
    assert plain.inner_text("body") == from_disk
    assert plain.evaluate(VISIBLE, BUTTONS) == []


def test_every_row_of_a_report_can_be_read_and_reached_without_a_script(
    portals: dict[str, Portal], plain: Page
) -> None:
    name, path = KINDS["a report"]
    plain.goto(portals[name].address(path))
    assert plain.locator("table tbody tr:visible").count() == 87
    first = plain.locator(".figures a").first
    row = plain.locator(f"tr[id='{str(first.get_attribute('href')).partition('#')[2]}']")
    first.click()
    assert row.is_visible()
    assert first.inner_text().split()[0].replace(",", "") in row.inner_text().split()
