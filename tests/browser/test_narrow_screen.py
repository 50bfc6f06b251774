"""Pages on a phone, and on the narrowest screen the accessibility rules name (320 px)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.portal import KINDS, Portal
from tests.sites import SMALL, built, copy_of, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"

WIDTHS = (390, 320)
TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const outside = element => element.getBoundingClientRect().right > root.clientWidth + 1;
    return ["the document", ...[...document.body.querySelectorAll("*")]
        .filter(outside).map(element => element.outerHTML.slice(0, 120))];
}"""
UNREADABLE_CELLS = """() => {
    const hidden = cell => {
        const box = cell.getBoundingClientRect(), region = cell.closest(".scroll");
        return !region && (box.left < -1 || box.right > innerWidth + 1);
    };
    const squeezed = cell => cell.tagName === "TH" && cell.textContent.length > 5
        && cell.clientWidth < 5 * parseFloat(getComputedStyle(cell).fontSize);
    const cut = cell => cell.scrollWidth > cell.clientWidth + 1;
    return [...document.querySelectorAll("table th, table td")]
        .filter(cell => cell.clientWidth && (hidden(cell) || squeezed(cell) || cut(cell)))
        .map(cell => cell.outerHTML);
}"""
REGIONS_OUT_OF_REACH = """() => [...document.querySelectorAll("main *")]
    .filter(element => element.scrollWidth > element.clientWidth + 1
        && ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
        && (element.tabIndex < 0 || !element.getAttribute("role")))
    .map(element => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_has_to_be_scrolled_sideways_on(
    portals: dict[str, Portal], page: Page, kind: str
) -> None:
    for width in WIDTHS:
        open_at(portals, page, kind=kind, width=width)
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(REGIONS_OUT_OF_REACH) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["a report", "a report of another year", "the account index"])
def test_every_cell_can_be_read_in_the_table_of(
    portals: dict[str, Portal], page: Page, kind: str, width: int
) -> None:
    open_at(portals, page, kind=kind, width=width)
    assert page.evaluate(UNREADABLE_CELLS) == []


@pytest.mark.parametrize("kind", ["a report", "the guide", "a document with a table and a file"])
def test_the_largest_text_still_fits_the_narrowest_screen_on(
    portals: dict[str, Portal], newcomer: Page, kind: str
) -> None:
    open_at(portals, newcomer, kind=kind, width=320)
    newcomer.get_by_role("button", name="特大").click()
    assert newcomer.evaluate(TOO_WIDE) == []


def test_units_stand_behind_the_numbers_where_their_column_has_no_room(
    portals: dict[str, Portal], page: Page
) -> None:
    open_at(portals, page, kind="a report", width=390)
    row = page.locator("table tr", has_text="2.政府网站公开政府信息数")
    assert ["".join(text.split()) for text in shown_in(row)] == ["2105条"]


def shown_in(row: Locator) -> list[str]:
    return row.locator("td:visible").all_inner_texts()


def open_at(portals: dict[str, Portal], page: Page, *, kind: str, width: int) -> None:
    name, path = KINDS[kind]
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(portals[name].address(path))


def test_a_picture_and_a_table_of_many_columns_stay_inside_the_page(
    tmp_path: Path, page: Page
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    Image.new("RGB", (1600, 900)).save(site.root / "content/附件/2024/现场.png")
    row = "| 示例名称 " * 12 + "|\n"
    text = f"![现场](附件/2024/现场.png)\n\n{row}{'| --- ' * 12}|\n{row}"
    replace_in(site.root / NOTICE, "为了演示版式，公告如下。", new=text)
    built(site)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((site.output / "wj/tz-2024-001.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.querySelector('.prose td').clientWidth") >= 60
