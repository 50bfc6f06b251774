"""The page of all years: breaks and gaps one can see, and charts whole on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, Portal, opened
from tests.sites import reports_of_demo

TRENDS = KINDS["the years side by side"]
REPORTS = "content/政府信息公开年报"


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demonstration without its reports of 2016 and 2021."""
    site = reports_of_demo(tmp_path_factory.mktemp("gaps") / "site")
    for year in (2016, 2021):
        shutil.rmtree(site.root / REPORTS / str(year))
    with opened(site, "gaps") as portal:
        yield portal


@pytest.mark.parametrize("width", [1280, 390])
def test_a_change_of_form_is_drawn_named_and_explained(
    portals: dict[str, Portal], page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(portals[TRENDS[0]].address(TRENDS[1]))
    assert "2019年起采用国办公开办函〔2019〕60号的表式" in page.locator(".notice").inner_text()
    chart = page.locator("#c-received")
    line, name = chart.locator("line.break"), chart.locator("text.break")
    assert name.text_content() == "表式改变"
    bars = [box["x"] for bar in chart.locator("rect").all() if (box := bar.bounding_box())]
    place = line.bounding_box()
    assert place is not None
    assert bars[4] < place["x"] < bars[5]
    between = chart.locator("tbody tr").nth(5).inner_text()
    assert between == "表式改变，上下不能直接比较"
    assert page.locator("#c-carried .break").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_no_two_words_of_a_chart_overlap(
    portals: dict[str, Portal], page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(portals[TRENDS[0]].address(TRENDS[1]))
    assert (
        page.evaluate("""() => [...document.querySelectorAll("svg")].flatMap(svg => {
        const boxes = [...svg.querySelectorAll("text")].map(e => [e, e.getBoundingClientRect()]);
        return boxes.flatMap(([one, a], n) => boxes.slice(n + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right
                && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
            .map(([other]) => one.textContent + " over " + other.textContent));
    })""")
        == []
    )


def test_a_year_without_a_report_is_a_gap_that_says_so(gaps: Portal, page: Page) -> None:
    page.goto(gaps.address(TRENDS[1]))
    chart = page.locator("#c-received")
    assert chart.locator("rect").count() == 8
    assert chart.locator("text.gap").all_text_contents() == ["缺", "缺"]
    assert "2016年没有数据" in str(chart.locator("desc").text_content())
    rows = dict(
        row.split(None, 1) for row in chart.locator("tbody tr:not(.break)").all_inner_texts()
    )
    assert {rows["2016年"].strip(), rows["2021年"].strip()} == {"没有数据"}
    assert rows["2017年"].split() == ["6"]


def test_paper_keeps_every_chart_whole_and_shows_its_figures(
    portals: dict[str, Portal], page: Page
) -> None:
    page.goto(portals[TRENDS[0]].address(TRENDS[1]))
    count = page.locator(".chart").count()
    for summary in page.locator("summary").all():
        summary.click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 642, "height": 900})
    breaks = page.evaluate(
        "[...document.querySelectorAll('.chart')].map(e => getComputedStyle(e).breakInside)"
    )
    assert breaks == ["avoid"] * count
    charts = [chart.bounding_box() for chart in page.locator(".chart").all()]
    assert all(box and box["height"] < 900 for box in charts)
    shown = [row.bounding_box() for row in page.locator(".chart tbody tr").all()]
    assert all(box and box["height"] > 0 for box in shown)
