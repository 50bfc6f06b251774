"""The bureau's 2017 report as printed, beside the source it was taken from.

The page is read by a parser of its own, so that a fault of the product's reader cannot hide one
of its writer.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.browser.portal import KINDS, Portal
from tests.sites import TESTS

TABLE_TITLE = "2017年度盟市政府信息公开情况统计表"
SMALL_PRINT = "small"  # repeats the unit behind a number, for phones


@pytest.fixture(scope="module")
def report(portals: dict[str, Portal]) -> Element:
    """The page of the report, parsed as a browser would."""
    name, path = KINDS["a report"]
    content = (portals[name].output / path).read_bytes()
    parsed: Element = html5lib.parse(content, namespaceHTMLElements=False)
    return parsed


def test_every_sentence_of_the_source_stands_on_the_page_once(report: Element) -> None:
    page = "".join("".join(body(report).itertext()).split())
    sentences = [s for line in source_paragraphs() for s in re.findall(r"[^。:]+[。:]", line)]
    assert len(sentences) > 20
    assert [(s, page.count(s)) for s in sentences if page.count(s) != 1] == []


def test_the_text_of_the_page_is_that_of_the_source_in_its_order(report: Element) -> None:
    printed = [
        "".join(element.itertext()).strip()
        for part in report.findall(".//*[@class='prose']")
        for element in part.iter()
        if element.tag in ("h2", "p")
    ]
    assert printed == source_prose()


def test_the_table_of_the_page_is_that_of_the_source_cell_by_cell(report: Element) -> None:
    rows = report.findall(".//table/tbody/tr")
    assert len(rows) == 87
    assert [cells(row) for row in rows] == source_rows()


def test_a_blank_cell_a_dash_and_a_zero_stay_what_they_are(report: Element) -> None:
    printed = [cells(row) for row in report.findall(".//table/tbody/tr")]
    kinds = [(unit == "—", value) for _, unit, value in printed]
    expected = [(unit == "—", value) for _, unit, value in source_rows()]
    for kind in ((True, ""), (False, ""), (False, "0")):
        assert kinds.count(kind) == expected.count(kind)


def test_the_title_and_the_filling_unit_of_the_table_are_those_of_the_source(
    report: Element,
) -> None:
    caption = "".join("".join(report.findall(".//caption")[0].itertext()).split())
    assert TABLE_TITLE in caption
    assert "填报单位：呼和浩特市国土资源局" in caption
    heads = ["".join(cell.itertext()) for cell in report.findall(".//thead//th")]
    assert heads == ["统计指标", "单位", "统计数"]


def body(report: Element) -> Element:
    found = report.find("body")
    assert found is not None
    return found


def cells(row: Element) -> tuple[str, ...]:
    """Label, unit and value of a printed row, without what only phones show."""
    for cell in row:
        for small in cell.findall(SMALL_PRINT):
            small.text = ""
    return tuple("".join(cell.itertext()).strip() for cell in row)


def source_copy() -> str:
    """The first of the copies of the report that the source file holds."""
    text = (TESTS / "seed" / "source.txt").read_text(encoding="utf-8")
    opening = text.split(",", 1)[0] + ",按照"
    return text[: text.index(opening, 1)]


def source_prose() -> list[str]:
    """Chapter headings and paragraphs."""
    lines = source_copy().split(TABLE_TITLE)[0].split("\n")
    return [line.strip() for line in lines if line.strip()]


def source_paragraphs() -> list[str]:
    return [line for line in source_prose() if line.endswith(("。", ":"))]


def source_rows() -> list[tuple[str, ...]]:
    """(label, unit, value) of the source's table; a row may be broken over lines."""
    found = source_copy().split("统计数 |", 1)[1].replace("\n", "").split("|")
    assert found.pop() == ""
    texts = [cell.strip() for cell in found]
    return list(zip(texts[0::3], texts[1::3], texts[2::3], strict=True))
