"""Pages on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.portal import KINDS, VISIBLE, Portal

CONTROLS = ("跳到正文", "字号", "特大", "打印", "目录", "网站地图")
A4: ViewportSize = {"width": 794, "height": 1123}  # CSS pixels
NAVIGATION = "nav, button, .skip, .tools, .pager"


@pytest.mark.parametrize("kind", KINDS)
def test_paper_shows_who_publishes_and_no_controls_on(
    portals: dict[str, Portal], page: Page, kind: str
) -> None:
    on_paper(portals, page, kind=kind)
    assert len(page.evaluate(VISIBLE, ".brand b")) == 1
    assert page.evaluate(VISIBLE, NAVIGATION) == []


def test_a_printed_report_holds_the_bureau_the_text_and_every_row_but_no_controls(
    portals: dict[str, Portal], page: Page
) -> None:
    on_paper(portals, page, kind="a report")
    text = page.inner_text("body")
    assert "呼和浩特市国土资源局" in text
    assert "切实加强政府信息公开组织领导" in text
    assert "努力提升政府信息公开工作水平" in text
    assert page.locator("table tbody tr:visible").count() == 87
    assert [word for word in CONTROLS if re.search(rf"^{word}$", text, re.MULTILINE)] == []


def test_units_keep_their_column_on_paper(portals: dict[str, Portal], page: Page) -> None:
    on_paper(portals, page, kind="a report")
    page.set_viewport_size(A4)
    row = page.locator("table tr", has_text="2.政府网站公开政府信息数")
    assert " ".join(row.inner_text().split()) == "2.政府网站公开政府信息数 条 2105"


def test_the_head_of_a_table_is_repeated_on_each_sheet(
    portals: dict[str, Portal], page: Page
) -> None:
    on_paper(portals, page, kind="a report")
    displays = page.evaluate(
        "[...document.querySelectorAll('thead')].map(e => getComputedStyle(e).display)"
    )
    assert displays == ["table-header-group"]
    assert page.evaluate("""[...document.querySelectorAll('tr')]
        .every(row => getComputedStyle(row).breakInside === 'avoid')""")


def test_paper_is_white_in_the_dark_too(portals: dict[str, Portal], page: Page) -> None:
    name, path = KINDS["a report"]
    page.goto(portals[name].address(path))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_report_takes_a_sensible_number_of_sheets(portals: dict[str, Portal], page: Page) -> None:
    name, path = KINDS["a report"]
    page.goto(portals[name].address(path))
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 4 <= sheets <= 9


def on_paper(portals: dict[str, Portal], page: Page, *, kind: str) -> None:
    name, path = KINDS[kind]
    page.goto(portals[name].address(path))
    page.emulate_media(media="print")
