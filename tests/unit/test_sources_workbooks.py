"""Workbooks as WPS and Excel save them.

Promise: a clerk's figures arrive as they look in the cell, each with an address to find it by.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from site_builder.problems import Place, Problem
from site_builder.sources.sheets import cell_text, read_workbook
from tests.unit.workbooks import SHEET, changed, one_sheet, texts_of, with_rows, workbook


def cells_at_fault(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.cell) for problem in problems]


def test_values_arrive_as_they_look_in_the_cell() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, value in enumerate(["合计", 4.0, 0.1 + 0.2, 1e21, -0.0, True, False]):
            sheet.write(0, column, value)
        sheet.write_datetime(1, 0, datetime(2017, 1, 31), day)
        sheet.write_datetime(1, 1, datetime(2017, 1, 31, 8, 30), day)
        sheet.write(1, 2, "第一行\r\n第二行")
        sheet.write_formula(1, 3, "=1+1", None, 2)

    (sheet,), problems = read_workbook(one_sheet(fill), "统计.xlsx")
    assert texts_of(sheet) == [
        ["合计", "4", "0.3", "1000000000000000000000", "0", "是", "否"],
        ["2017-01-31", "2017-01-31 08:30:00", "第一行\n第二行", "2", "", "", ""],
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (123456789012345678, "123456789012346000"),
        (1234567890.12345, "1234567890.12345"),
        (1e-7, "0.0000001"),
        (-2.50, "-2.5"),
        (100.0, "100"),
        (0, "0"),
        (time(8, 5), "08:05:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_numbers_and_times_are_written_plainly(value: float, text: str) -> None:
    assert cell_text(value) == text


def test_a_cell_is_found_by_its_address() -> None:
    data = one_sheet(lambda _, sheet: (sheet.write("C5", "甲"), sheet.write("AB6", 1)))
    ((sheet),), _ = read_workbook(data, "统计.xlsx")
    assert sheet.rows[0][0].place == Place("统计.xlsx", cell="统计表!C5")
    assert sheet.rows[1][-1].place == Place("统计.xlsx", cell="统计表!AB6")
    assert sheet.rows[1][-1].text == "1"


def test_of_merged_cells_the_first_has_the_value() -> None:
    (sheet,), _ = read_workbook(
        one_sheet(lambda _, sheet: sheet.merge_range("B2:C3", "合并")), "a.xlsx"
    )
    assert texts_of(sheet)[0][0] == "合并"
    hidden = with_rows(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B1"/></mergeCells><sheetData>'
    )
    (sheet,), _ = read_workbook(hidden, "a.xlsx")
    assert texts_of(sheet) == [["1", ""]]


def test_hidden_sheets_are_left_out_with_a_note_and_charts_without() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("表").write("A1", 1)
        book.add_worksheet("底稿").hide()
        book.add_worksheet("密件").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=表!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)

    sheets, problems = read_workbook(workbook(fill), "a.xlsx")
    assert [sheet.name for sheet in sheets] == ["表"]
    assert [problem.code for problem in problems] == ["F404", "F404"]
    assert "底稿" in problems[0].message
    assert "密件" in problems[1].message


def test_an_empty_sheet_has_no_rows() -> None:
    sheets, problems = read_workbook(one_sheet(lambda *_: None), "a.xlsx")
    assert [sheet.rows for sheet in sheets] == [()]
    assert problems == ()


def test_cells_without_a_usable_value_are_named_by_their_address() -> None:
    data = with_rows(
        '<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>A1</f></c>'
        '<c r="D2"><f>A1</f><v></v></c><c r="E2"><v>nan</v></c>'
        '<c r="F2" t="str"><f>""</f><v></v></c><c r="G2"><f>1</f><v>1</v></c></row>'
    )
    (sheet,), problems = read_workbook(data, "a.xlsx")
    assert cells_at_fault(problems) == [
        ("F403", "统计表!B2"),
        ("F403", "统计表!C2"),
        ("F403", "统计表!D2"),
        ("F403", "统计表!E2"),
    ]
    assert "#REF!" in problems[0].message
    assert texts_of(sheet) == [["", "", "", "", "", "1"]]


def test_a_number_that_is_no_date_in_a_date_cell_is_named() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", -5, book.add_format({"num_format": "yyyy年m月d日"}))
        sheet.write("A2", 99999999, book.add_format({"num_format": '0"月"'}))

    (sheet,), problems = read_workbook(one_sheet(fill), "a.xlsx")
    assert cells_at_fault(problems) == [("F403", "统计表!A1")]
    assert texts_of(sheet) == [[""], ["99999999"]]


def test_a_hidden_character_in_a_cell_is_reported_and_left_out() -> None:
    (sheet,), problems = read_workbook(
        one_sheet(lambda _, sheet: sheet.write("B2", "4\u200b")), "a.xlsx"
    )
    assert cells_at_fault(problems) == [("F203", "统计表!B2")]
    assert texts_of(sheet) == [["4"]]


def test_cells_without_addresses_follow_one_another() -> None:
    data = with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    (sheet,), _ = read_workbook(data, "a.xlsx")
    assert texts_of(sheet) == [["1", "2"], ["3", ""]]
    assert sheet.rows[1][0].place.cell == "统计表!A2"


def test_part_names_in_other_letter_case_and_absolute_targets_are_found() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", "甲"))
    content = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    rels = zipfile.ZipFile(io.BytesIO(data)).read("xl/_rels/workbook.xml.rels")
    rels = rels.replace(b"worksheets/sheet1.xml", b"/xl/Worksheets/Sheet1.xml")
    data = changed(
        data,
        {SHEET: None, "xl/Worksheets/Sheet1.xml": content, "xl/_rels/workbook.xml.rels": rels},
    )
    (sheet,), problems = read_workbook(data, "a.xlsx")
    assert texts_of(sheet) == [["甲"]]
    assert problems == ()
