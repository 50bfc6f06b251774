"""Last year's figures beside this year's, as the pages of the demonstration print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from site_builder.pipeline import Site
from tests.sites import built, replace_in, reports_of_demo, tree

REPORTS = "content/政府信息公开年报"
TOTALS = ("review-total", "direct-total", "after-total")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the demonstration site."""
    site = reports_of_demo(tmp_path_factory.mktemp("demo") / "site")
    built(site)
    return site.output


def report(output: Path, year: int) -> Element:
    content = (output / f"gknb/{year}/index.html").read_bytes()
    page: Element = html5lib.parse(content, namespaceHTMLElements=False)
    return page


def text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def of_class(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if name in e.get("class", "").split())


def anchored(page: Element, tag: str) -> dict[str, Element]:
    """Anchor → element."""
    return {id: e for e in page.iter(tag) if (id := e.get("id"))}


def figure(cell: Element) -> str:
    """This year's value of a cell, without unit and last year's."""
    return (cell.text or "").strip()


def beside(page: Element) -> dict[str, str]:
    """Anchor of a row → last year's figure in its column 上年."""
    rows = anchored(page, "tr").items()
    return {id: text(e) for id, row in rows for e in of_class(row, "last") if e.tag == "td"}


def beneath(page: Element) -> dict[str, str]:
    """Anchor of a cell → last year's figure under this year's."""
    cells = anchored(page, "td").items()
    return {id: text(e) for id, cell in cells for e in of_class(cell, "last")}


def headings(page: Element) -> set[str]:
    """The anchors of the rows that take no value."""
    rows = anchored(page, "tr").items()
    return {id for id, row in rows if next(of_class(row, "heading"), None) is not None}


def tables(page: Element) -> list[Element]:
    return list(of_class(page, "statistics"))


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018])
def test_every_row_has_the_figure_that_stands_in_last_years_table(demo: Path, year: int) -> None:
    last = {id: figure(cell) for id, cell in anchored(report(demo, year - 1), "td").items()}
    shown = beside(report(demo, year))
    assert len(shown) == 65
    assert shown == {id: last[f"{id}-value"] for id in shown}
    assert shown["r-A1"] == {2015: "120", 2016: "135", 2017: "150", 2018: "165"}[year]


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_a_wide_table_compares_its_totals_alone(demo: Path, year: int) -> None:
    last = {id: figure(cell) for id, cell in anchored(report(demo, year - 1), "td").items()}
    page = report(demo, year)
    values = [id for id in last if id.startswith("r-R") and id.endswith("-total")]
    rows = {id.removesuffix("-total") for id in values} - headings(page)
    requests = {id: value for id, value in beside(page).items() if id in rows}
    assert requests["r-R1"] == last["r-R1-total"]
    assert requests == {id: last[f"{id}-total"] for id in rows}
    disputes = {id: value for id, value in beneath(page).items() if id.startswith("r-D-")}
    assert disputes == {f"r-D-{column}": f"上年 {last[f'r-D-{column}']}" for column in TOTALS}


def test_a_row_that_last_year_did_not_have_has_no_figure_of_it(demo: Path) -> None:
    """In 2021 其他处理 became a heading over three rows, and 规章 was counted anew."""
    page = report(demo, 2021)
    assert {beside(page)[f"r-R3-6{part}"] for part in ("", "-1", "-2", "-3")} == {""}
    assert not [id for id in (*beside(page), *beneath(page)) if id.startswith("r-P")]


@pytest.mark.parametrize("year", [2014, 2019])
def test_the_first_year_of_a_way_of_counting_stands_alone(demo: Path, year: int) -> None:
    page = report(demo, year)
    assert beside(page) == beneath(page) == {}
    assert "上年" not in {text(cell) for table in tables(page) for cell in table.iter("th")}
    assert not [e for table in tables(page) for e in of_class(table, "source") if "取自" in text(e)]


def test_the_column_says_whose_figures_it_holds_and_leads_there(demo: Path) -> None:
    (table,) = tables(report(demo, 2016))
    heads = [(text(cell), cell.get("scope")) for cell in table.iter("th")][:4]
    assert heads == [(head, "col") for head in ("统计指标", "单位", "统计数", "上年")]
    (note,) = of_class(table, "source")
    (link,) = note.iter("a")
    assert (text(link), link.get("href")) == ("2015年年度报告", "../../gknb/2015/index.html")


def hide(site: Site) -> None:
    replace_in(
        site.root / REPORTS / "2015/报告.md", "公开日期: 2016-01-25", new="公开日期: 2030-01-25"
    )


def take_the_table_away(site: Site) -> None:
    (site.root / REPORTS / "2015/统计.yaml").unlink()


@pytest.mark.parametrize("change", [hide, take_the_table_away])
def test_without_a_public_table_of_last_year_the_rest_stays_as_it_is(
    demo: Path, tmp_path: Path, change: Callable[[Site], None]
) -> None:
    site = reports_of_demo(tmp_path / "site")
    change(site)
    built(site)
    page, whole = report(site.output, 2016), report(demo, 2016)
    assert beside(page) == {}
    assert "上年" not in {text(cell) for cell in page.iter("th")}
    values = {id: figure(cell) for id, cell in anchored(page, "td").items()}
    assert values == {id: figure(cell) for id, cell in anchored(whole, "td").items()}


def test_files_to_reuse_hold_the_official_table_alone(demo: Path, tmp_path: Path) -> None:
    site = reports_of_demo(tmp_path / "site")
    take_the_table_away(site)
    built(site)
    files = {
        p: c for p, c in tree(demo / "gknb").items() if p.startswith("2016/") and "html" not in p
    }
    alone = tree(site.output / "gknb")
    assert len(files) == 3
    assert [path for path, content in files.items() if alone[path] != content] == []


def test_no_anchor_stands_twice(demo: Path) -> None:
    ids = [e.get("id") for e in report(demo, 2023).iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_a_chapter_of_several_tables_names_filler_and_form_once(demo: Path) -> None:
    found = [(table, text(table)) for table in tables(report(demo, 2023))]
    assert len(found) == 6
    assert [("填报单位" in words, "表式：" in words) for _, words in found] == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
        (True, True),
        (True, True),
    ]


def test_long_tables_fold_and_short_ones_do_not(demo: Path) -> None:
    folding = {
        text(next(table.iter("caption"))).split()[0]: [text(e) for e in table.iter("summary")]
        for year in (2016, 2023)
        for table in tables(report(demo, year))
        if next(table.iter("summary"), None) is not None
    }
    assert {title: len(names) for title, names in folding.items()} == {
        "2016年度政府信息公开情况统计表": 7,
        "收到和处理政府信息公开申请情况": 1,
    }
    assert "七、依申请公开信息收取的费用" not in folding["2016年度政府信息公开情况统计表"]
    assert folding["收到和处理政府信息公开申请情况"] == ["三、本年度办理结果"]
