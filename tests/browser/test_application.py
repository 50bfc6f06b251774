"""依申请公开 in a browser: the calculator of terms, and the form on paper."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.portal import KINDS, Portal
from tests.sites import TESTS

VECTORS: dict[str, Any] = json.loads((TESTS / "golden/terms.json").read_text(encoding="utf-8"))
COUNT = """cases => {
    const kept = document.getElementById("terms").dataset;
    const counts = Object.fromEntries(
        ["notice", "opinion", "answer", "extended"].map(term => [term, Number(kept[term])]));
    const days = given => Object.fromEntries(["received", "corrected", "asked", "heard"]
        .map(name => [name, given[name] ? Terms.day(given[name]) : null]));
    const text = at => at === null ? null : new Date(at * 86400000).toISOString().slice(0, 10);
    return cases.map(given => Terms.outOfOrder(days(given)) ? "out of order"
        : Object.fromEntries(Object.entries(
            Terms.lastDays(Terms.calendar(kept), counts, days(given)))
            .map(([term, at]) => [term, text(at)])));
}"""


@pytest.fixture
def terms(portals: dict[str, Portal], page: Page) -> Page:
    """The page of terms on a phone, from a disk."""
    name, path = KINDS["the terms"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(portals[name].address(path, "file"))
    return page


def test_the_script_counts_as_the_program_does(terms: Page) -> None:
    found = terms.evaluate(COUNT, VECTORS["cases"])
    names = ("notice", "opinion", "answer", "extended")
    assert found == [{name: case.get(name) for name in names} for case in VECTORS["cases"]]
    refused = terms.evaluate(COUNT, VECTORS["out_of_order"])
    assert refused == ["out of order"] * len(VECTORS["out_of_order"])


def test_the_calculator_answers_to_the_keyboard_alone(terms: Page) -> None:
    terms.focus("#received")
    terms.keyboard.type("20240920")
    terms.keyboard.press("Enter")
    said = terms.inner_text("#result")
    assert "2024年9月30日（星期一）" in said
    assert "2024年10月23日（星期三）" in said
    assert "2024年11月20日（星期三）" in said
    assert terms.locator("[data-term=opinion]").is_hidden()
    assert terms.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "written", ["2024-9-20", "2024年9月20日", "２０２４０９２０", "2024/09/20"]
)
def test_a_date_may_be_written_in_any_usual_way(terms: Page, written: str) -> None:
    terms.fill("#received", written)
    terms.keyboard.press("Enter")
    assert "2024年9月30日（星期一）" in terms.inner_text("#result")


def test_a_day_no_notice_decides_is_not_guessed(terms: Page) -> None:
    terms.fill("#received", "2026-12-01")
    terms.click("#terms button")
    assert "算不出" in terms.inner_text("[data-term=answer]")
    assert "2026年12月10日" in terms.inner_text("[data-term=notice]")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, "请填收到申请的日期"),
        ({"received": "2018-01-02"}, "以前收到的申请适用当时施行的条例"),
        ({"received": "2024-03-01", "corrected": "2024-02-01"}, "日期的先后不对"),
        ({"received": "2024-02-30"}, "“收到申请的日期”不是日期"),
        ({"received": "2024-03-01", "heard": "2024-03-02"}, "日期的先后不对"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(
    terms: Page, days: dict[str, str], said: str
) -> None:
    for field, day in days.items():
        terms.fill(f"#{field}", day)
    terms.click("#terms button")
    assert said in terms.inner_text("[role=status]")
    assert terms.locator("[data-term]:visible").count() == 0


@pytest.mark.parametrize("site", ["small", "real"])
def test_the_form_takes_two_sheets_at_most(
    portals: dict[str, Portal], page: Page, site: str
) -> None:
    page.goto(portals[site].address("ysqgk/biaoge.html"))
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 1 <= sheets <= 2


def test_paper_says_when_it_was_printed(portals: dict[str, Portal], page: Page) -> None:
    page.goto(portals["small"].address("wj/tz-2024-001.html"))
    assert page.locator("[data-printed]").is_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", page.inner_text("[data-printed]"))
