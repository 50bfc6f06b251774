"""Long tables: sections that fold, headings that stay in sight, rows one is led to, and paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.portal import Portal

LONG = ("real", "gknb/2017/index.html")
WIDE = ("demo", "gknb/2022/index.html")
WIDTHS = (1280, 390)
# Whether the first cell of a row is what one sees in its place, from its top to its bottom.
SEEN = """row => {
    const box = row.cells[0].getBoundingClientRect();
    return [box.top + 1, box.bottom - 2].every(
        y => row.contains(document.elementFromPoint(box.left + 8, y)));
}"""


def opened(
    portals: dict[str, Portal], page: Page, which: tuple[str, str], *, width: int, row: str = ""
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    name, path = which
    page.goto(portals[name].address(path) + (f"#{row}" if row else ""))


def section(page: Page, title: str) -> Locator:
    return page.locator("tbody", has=page.locator("tr:first-child", has_text=title))


def visible_rows(page: Page) -> int:
    return page.locator("table tbody tr:visible").count()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_section_folds_and_opens_without_a_script(
    portals: dict[str, Portal], plain: Page, width: int
) -> None:
    opened(portals, plain, LONG, width=width)
    part = section(plain, "三、依申请公开情况")
    inside = part.locator("tr").count()
    assert inside > 20
    part.locator("summary").click()
    assert part.locator("tr:visible").count() == 1
    assert visible_rows(plain) == 87 - inside + 1
    part.locator("summary").click()
    assert visible_rows(plain) == 87


def test_folding_leaves_the_columns_where_they_are(portals: dict[str, Portal], page: Page) -> None:
    opened(portals, page, LONG, width=1280)
    before = [cell.bounding_box() for cell in page.locator("thead th").all()]
    section(page, "一、主动公开情况").locator("summary").click()
    after = [cell.bounding_box() for cell in page.locator("thead th").all()]
    assert [box and (box["x"], box["width"]) for box in after] == [
        box and (box["x"], box["width"]) for box in before
    ]


def test_a_link_into_a_folded_section_shows_its_row(portals: dict[str, Portal], page: Page) -> None:
    opened(portals, page, LONG, width=1280)
    part = section(page, "一、主动公开情况")
    part.locator("summary").click()
    page.locator(".figures a").nth(1).click()
    assert part.locator("tr:visible th").all_inner_texts() == [
        "一、主动公开情况",
        "2.政府网站公开政府信息数",
    ]


def test_paper_shows_every_row_of_a_folded_section(portals: dict[str, Portal], page: Page) -> None:
    opened(portals, page, LONG, width=1280)
    for summary in page.locator("table summary").all():
        summary.click()
    assert visible_rows(page) == 11
    page.emulate_media(media="print")
    assert visible_rows(page) == 87


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("which", "row"), [(LONG, "r-C3-8"), (WIDE, "r-R3-6-2")])
def test_the_headings_of_the_columns_stay_in_sight(
    portals: dict[str, Portal], page: Page, which: tuple[str, str], row: str, width: int
) -> None:
    opened(portals, page, which, width=width, row=row)
    head = page.locator("table", has=page.locator(f"#{row}")).locator("thead")
    box = head.bounding_box()
    assert box is not None
    assert -2 <= box["y"] < box["y"] + box["height"] <= 250
    assert page.evaluate("scrollY") > 1000
    assert head.evaluate("""head => {
        const box = head.getBoundingClientRect();
        return head.contains(document.elementFromPoint(box.left + 20, box.bottom - 10));
    }""")


def test_the_section_one_reads_stays_named(portals: dict[str, Portal], page: Page) -> None:
    opened(portals, page, LONG, width=1280, row="r-C3-8")
    place = section(page, "三、依申请公开情况").locator("summary").bounding_box()
    head = page.locator("thead").bounding_box()
    assert place is not None
    assert head is not None
    assert head["y"] + head["height"] - 1 <= place["y"] <= 120


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("which", "row"),
    [
        *((LONG, f"r-{id}") for id in ("A", "A1", "B1", "C3-4a", "D", "D2", "F", "K10a")),
        *((WIDE, f"r-{id}") for id in ("P1-2", "R1", "R3-1", "R3-5-5", "R4", "D")),
    ],
)
def test_a_row_one_is_led_to_is_not_covered(
    portals: dict[str, Portal], page: Page, which: tuple[str, str], row: str, width: int
) -> None:
    opened(portals, page, which, width=width, row=row)
    place = page.locator(f"#{row}")
    box: Any = place.bounding_box()
    assert 0 <= box["y"] < box["y"] + box["height"] <= 800
    assert place.evaluate(SEEN)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_heading_and_a_row_with_a_value_look_different(
    portals: dict[str, Portal], page: Page, width: int
) -> None:
    opened(portals, page, LONG, width=width)
    look = "e => getComputedStyle(e).backgroundColor"
    heading, value = (page.locator(f"#{row} > th").evaluate(look) for row in ("r-B", "r-D"))
    assert heading != value
    opened(portals, page, WIDE, width=width)
    small, body = (page.locator(s) for s in ("#r-P5-1 > th", "#r-R3-1 > th"))
    weight = "e => [getComputedStyle(e).fontWeight, getComputedStyle(e).backgroundColor]"
    assert small.evaluate(weight) == body.evaluate(weight)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("which", "rows"), [(LONG, "A1 A1a"), (WIDE, "R3-3 R3-3-1")])
def test_what_belongs_to_a_row_stands_further_in(
    portals: dict[str, Portal], page: Page, which: tuple[str, str], rows: str, width: int
) -> None:
    opened(portals, page, which, width=width)
    start = "e => parseFloat(getComputedStyle(e).paddingLeft)"
    outer, inner = (page.locator(f"#r-{row} > th").evaluate(start) for row in rows.split())
    assert outer < inner


def test_a_wide_table_needs_no_scrolling_on_a_wide_screen(
    portals: dict[str, Portal], page: Page
) -> None:
    opened(portals, page, WIDE, width=1280)
    for region in page.locator(".statistics .scroll").all():
        assert region.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
