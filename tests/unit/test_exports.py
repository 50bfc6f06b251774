"""Exports: the table of a report as CSV, XLSX and JSON, safe to open and the same every time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.pages.table_pieces import ExportRow, ExportTable
from site_builder.pages.views import TableExportView
from site_builder.render.exports import render_csv, render_json, render_xlsx

HOSTILE = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1")
VALUES = ("12", "0", "", "1.50", "—", "2（甲县、乙旗）")


def export(
    values: tuple[str, ...] = VALUES, *, label: str = "收到申请数", kind: str = "count"
) -> TableExportView:
    """A table with a heading and one row for each value."""
    rows = [ExportRow("A", "一、情况", (), "—", "heading", ("",))]
    rows += [
        ExportRow(f"A{n}", label, ("一、情况",), "件", kind, (value,))
        for n, value in enumerate(values, 1)
    ]
    title = "2017年度政府信息公开情况统计表"
    table = ExportTable("main", title, ("统计数",), tuple(rows))
    return TableExportView(title, "某局", 2017, "《表》", (table,))


def as_rows(view: TableExportView) -> list[list[str]]:
    text = render_csv(view).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_sheet(view: TableExportView) -> Worksheet:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(render_xlsx(view))).worksheets
    return sheet


def as_json(view: TableExportView) -> Any:
    return json.loads(render_json(view))


@pytest.mark.parametrize("render", [render_csv, render_json, render_xlsx])
def test_two_runs_give_the_same_bytes(render: Callable[[TableExportView], bytes]) -> None:
    assert render(export()) == render(export())


def test_csv_opens_in_chinese_with_a_mark_and_windows_line_ends() -> None:
    content = render_csv(export())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == len(VALUES) + 2
    assert as_rows(export())[0] == ["行编号", "统计指标", "上级指标", "单位", "统计数"]


def test_csv_keeps_every_value_as_it_is_written() -> None:
    assert [row[-1] for row in as_rows(export())[2:]] == list(VALUES)
    assert as_rows(export())[2][:4] == ["A1", "收到申请数", "一、情况", "件"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_csv_acts_as_a_formula(text: str) -> None:
    for row in as_rows(export((text,), label=text))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_csv_quotes_what_would_break_a_row() -> None:
    label = '甲,"乙"\n丙'
    assert as_rows(export(label=label))[2][1] == label


def test_json_tells_a_blank_from_zero_and_a_number_from_a_text() -> None:
    values = [row["values"] for row in as_json(export())["tables"][0]["rows"]]
    assert values == [[12], [0], [None], [1.5], ["—"], ["2（甲县、乙旗）"]]


def test_json_says_what_it_is_and_leaves_headings_to_the_paths() -> None:
    whole = as_json(export())
    (table,) = whole["tables"]
    assert (whole["year"], whole["publisher"], table["columns"]) == (2017, "某局", ["统计数"])
    assert {tuple(row["path"]) for row in table["rows"]} == {("一、情况",)}
    assert "\\u" not in render_json(export()).decode()


def test_a_workbook_holds_numbers_as_numbers_and_blanks_as_nothing() -> None:
    cells = [cell.value for (cell,) in as_sheet(export()).iter_rows(6, min_col=3)]
    assert cells == [12, 0, None, 1.5, "—", "2（甲县、乙旗）"]


def test_digits_in_a_row_of_text_stay_text() -> None:
    view = export(("0471", ""), kind="text")
    assert [row["values"] for row in as_json(view)["tables"][0]["rows"]] == [["0471"], [None]]
    assert [as_sheet(view).cell(row, 3).value for row in (6, 7)] == ["0471", None]


def test_the_heading_of_a_workbook_stays_in_view() -> None:
    sheet = as_sheet(export())
    assert sheet.freeze_panes == "B5"
    assert [cell.value for cell in sheet[4]] == ["统计指标", "单位", "统计数"]
    assert sheet["A1"].value == "2017年度政府信息公开情况统计表"


@pytest.mark.parametrize("text", [*HOSTILE, "https://example.invalid/", "{=1}"])
def test_no_text_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    sheet = as_sheet(export((text,), label=text))
    for row in sheet.iter_rows():
        assert not any(cell.data_type == "f" or cell.hyperlink for cell in row)
    assert str(sheet["A6"].value).replace("_x000D_", "\r").strip() == text.strip()


def test_a_workbook_says_nothing_of_the_day_it_was_made() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(export())))
    assert book.properties.created.year == 2000
    assert book.properties.title == "2017年度政府信息公开情况统计表"
