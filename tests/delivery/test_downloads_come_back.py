"""The workbook the site offers for download is one that a clerk can fill in and put back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from site_builder.model.tables import Table
from site_builder.pipeline import Site
from site_builder.sources.load import load
from tests.sites import built, reports_of_demo

AS_OF = date(2026, 11, 22)
REPORTS = "content/政府信息公开年报"
YEARS = (2017, 2020, 2024)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The demonstration, built."""
    site = reports_of_demo(tmp_path / "site")
    built(site, AS_OF)
    return site


@pytest.mark.parametrize("year", YEARS)
def test_a_workbook_of_several_sheets_reads_back_as_the_same_table(site: Site, year: int) -> None:
    before = table_of(site, year)
    folder = replaced(site, year)
    download = (site.output / f"gknb/{year}/tongji.xlsx").read_bytes()
    (folder / "统计.xlsx").write_bytes(download)
    assert values(table_of(site, year)) == values(before)


@pytest.mark.parametrize("year", YEARS)
def test_its_sheets_one_below_the_other_in_one_csv_read_back_as_well(site: Site, year: int) -> None:
    before = table_of(site, year)
    folder = replaced(site, year)
    text = io.StringIO()
    csv.writer(text).writerows(sheet_rows(site.output / f"gknb/{year}/tongji.xlsx"))
    (folder / "统计.csv").write_text(text.getvalue(), encoding="utf-8")
    assert values(table_of(site, year)) == values(before)


def test_a_sheet_that_was_deleted_is_named_and_nothing_else_is_said(site: Site) -> None:
    book = openpyxl.load_workbook(site.output / "gknb/2024/tongji.xlsx")
    del book["第二十条第（五）项"]
    book.save(replaced(site, 2024) / "统计.xlsx")
    _, problems = load(site.root, AS_OF)
    assert [p.message for p in problems] == ["缺少工作表“第二十条第（五）项”"]


def test_sheets_in_another_order_read_back_as_the_same_table(site: Site) -> None:
    before = table_of(site, 2024)
    book = openpyxl.load_workbook(site.output / "gknb/2024/tongji.xlsx")
    book.move_sheet("第二十条第（五）项", offset=2)
    book.save(replaced(site, 2024) / "统计.xlsx")
    assert values(table_of(site, 2024)) == values(before)


def test_a_column_that_was_deleted_is_named_and_nothing_else_is_said(site: Site) -> None:
    book = openpyxl.load_workbook(site.output / "gknb/2024/tongji.xlsx")
    book["收到和处理政府信息公开申请情况"].delete_cols(5)
    book.save(replaced(site, 2024) / "统计.xlsx")
    _, problems = load(site.root, AS_OF)
    (problem,) = problems
    assert (problem.code, problem.place.cell) == ("T212", "收到和处理政府信息公开申请情况!E4")
    assert "少了“法人或其他组织／科研机构”" in problem.message


def test_last_years_sheets_in_this_years_folder_are_noticed(site: Site) -> None:
    download = (site.output / "gknb/2024/tongji.xlsx").read_bytes()
    (replaced(site, 2020) / "统计.xlsx").write_bytes(download)
    _, problems = load(site.root, AS_OF)
    assert "统计表写的是 2024 年度，报告是 2020 年度" in [p.message for p in problems]


def replaced(site: Site, year: int) -> Path:
    """The year's folder, its table taken away."""
    folder = site.root / REPORTS / str(year)
    (folder / "统计.yaml").unlink()
    return folder


def sheet_rows(file: Path) -> Iterator[tuple[object, ...]]:
    for sheet in openpyxl.load_workbook(file).worksheets:
        yield from sheet.iter_rows(values_only=True)


def table_of(site: Site, year: int) -> Table:
    library, problems = load(site.root, AS_OF)
    assert [f"{p.place} {p.message}" for p in problems] == []
    assert library is not None
    table = next(report.table for report in library.reports if report.year == year)
    assert table is not None
    return table


def values(table: Table) -> dict[tuple[str, str], str]:
    return {key: cell.text for key, cell in table.cells.items() if cell.text}
