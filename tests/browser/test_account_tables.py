"""Tables of budgets and final accounts on a wide window, on a phone and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page

from tests.browser.portal import KINDS, Portal

DOCUMENTS = ("a budget", "a final account")
PAPER = 642  # A4 between its margins, in CSS pixels
SIDEWAYS = 971


def opened(portals: dict[str, Portal], page: Page, *, kind: str, width: int) -> None:
    name, path = KINDS[kind]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(portals[name].address(path))


def halves(page: Page) -> list[FloatRect]:
    """The boxes of the tables of the first printed table."""
    found = page.locator(".halves").first.locator("table")
    return [box for table in found.all() if (box := table.bounding_box())]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_halves_of_a_table_stand_side_by_side_where_there_is_room(
    portals: dict[str, Portal], page: Page, kind: str
) -> None:
    opened(portals, page, kind=kind, width=1280)
    left, right = halves(page)
    assert left["x"] + left["width"] < right["x"]
    assert left["y"] == right["y"]


@pytest.mark.parametrize("width", [390, 1000])
def test_the_halves_of_a_table_follow_each_other_on_a_narrow_window(
    portals: dict[str, Portal], page: Page, width: int
) -> None:
    opened(portals, page, kind="a final account", width=width)
    upper, lower = halves(page)
    assert upper["x"] == lower["x"]
    assert upper["y"] + upper["height"] < lower["y"]


def test_the_name_of_a_subject_stays_in_sight_on_a_phone(
    portals: dict[str, Portal], page: Page
) -> None:
    opened(portals, page, kind="a budget", width=390)
    region = page.locator(".scroll:has(#r-T3-2200101)")
    region.evaluate("e => { e.scrollLeft = e.scrollWidth }")
    label, last = (region.locator(f"#r-T3-2200101 {tag}").last for tag in ("th", "td"))
    assert inside(label, page, width=390)
    assert inside(last, page, width=390)


def inside(cell: Locator, page: Page, *, width: int) -> bool:
    box = cell.bounding_box()
    top = page.evaluate("document.documentElement.scrollWidth")
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width >= top


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_paper_cuts_no_column_off(portals: dict[str, Portal], page: Page, kind: str) -> None:
    opened(portals, page, kind=kind, width=PAPER)
    page.emulate_media(media="print")
    for section in page.locator(".statistics").all():
        turned = "sideways" in (section.get_attribute("class") or "")
        for table in section.locator("table").all():
            box = table.bounding_box()
            assert box is not None
            assert box["width"] <= (SIDEWAYS if turned else PAPER), section.inner_text()[:40]


def test_paper_holds_the_figures_and_no_download_links(
    portals: dict[str, Portal], page: Page
) -> None:
    opened(portals, page, kind="a final account", width=794)
    page.emulate_media(media="print")
    text = page.inner_text("main")
    assert "1,198.02" in text
    assert "下载本表" not in text
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 4 <= sheets <= 12
