"""The portal in a browser whose scripts are switched off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.portal import KINDS, WAYS, Portal


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A visitor without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_text_is_there_without_a_script_on(
    portals: dict[str, Portal], plain: Page, page: Page, kind: str
) -> None:
    name, path = KINDS[kind]
    plain.goto(portals[name].address(path))
    page.goto(portals[name].address(path))
    page.wait_for_load_state()
    with_script = page.inner_text("body")
    for controls in page.locator(".buttons").all_inner_texts():
        with_script = with_script.replace(controls, "", 1)
    assert plain.inner_text("body").split() == with_script.split()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_button_that_does_nothing_is_shown_without_a_script_on(
    portals: dict[str, Portal], plain: Page, kind: str, way: str
) -> None:
    name, path = KINDS[kind]
    plain.goto(portals[name].address(path, way))
    assert plain.locator(":is(button, input, select, [role=button]):visible").count() == 0
    assert plain.locator("h1").count() == 1
    assert len(plain.inner_text("main")) > len(plain.inner_text("h1"))


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
