"""Workbooks in the older format, .xls, as Excel, WPS and other programs save them.

Promise: they are read like .xlsx files, cell by cell, with the same problems at the same places.
"""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from typing import Any

import pytest
import xlwt

from site_builder.problems import Place
from site_builder.sources.sheets import read_workbook
from tests.unit.old_workbooks import (
    BIFF5,
    BOOLERR,
    CODEPAGE,
    LABEL,
    LABELSST,
    MULRK,
    STRING,
    TEXT_FOLLOWS,
    formula,
    number,
    old_workbook,
    one_old_sheet,
    raw_workbook,
    record,
    shared,
)
from tests.unit.test_sources_workbooks import cells_at_fault
from tests.unit.workbooks import one_sheet, texts_of


def read(data: bytes) -> list[list[str]]:
    (sheet,), problems = read_workbook(data, "a.xls")
    assert problems == ()
    return texts_of(sheet)


def with_format(code: str) -> Any:
    return xlwt.easyxf(num_format_str=code)


def test_values_arrive_as_they_look_in_the_cell() -> None:
    def fill(sheet: Any) -> None:
        for column, value in enumerate(["合计", 4, 0.1 + 0.2, 1e21, -2.5, True, False, "𠮷"]):
            sheet.write(0, column, value)
        sheet.write(1, 0, date(2017, 1, 31), with_format("yyyy-mm-dd"))
        sheet.write(1, 1, datetime(2017, 1, 31, 8, 30), with_format("yyyy-mm-dd hh:mm"))
        sheet.write(1, 2, time(8, 5), with_format("h:mm"))
        sheet.write(1, 3, 1.25, with_format("[h]:mm:ss"))
        sheet.write(1, 4, 12.5, with_format("0.00"))

    assert read(one_old_sheet(fill)) == [
        ["合计", "4", "0.3", "1000000000000000000000", "-2.5", "是", "否", "𠮷"],
        ["2017-01-31", "2017-01-31 08:30:00", "08:05:00", "30:00:00", "12.5", "", "", ""],
    ]


@pytest.mark.parametrize("days", [1, 59, 60, 61, 43000, 43000.5, 2958464])
def test_a_day_is_the_same_as_in_an_xlsx_file(days: float) -> None:
    old = one_old_sheet(lambda sheet: sheet.write(0, 0, days, with_format("yyyy-mm-dd")))
    new = one_sheet(
        lambda book, sheet: sheet.write(0, 0, days, book.add_format({"num_format": "yyyy-mm-dd"}))
    )
    if days == 60:  # the day that never was
        assert read(old) == [["1900-02-28"]]
    assert read(old) == read(new)


def test_days_counted_from_1904_are_the_days_that_the_clerk_sees() -> None:
    def fill(book: Any) -> None:
        book.dates_1904 = True
        book.add_sheet("表").write(0, 0, date(2017, 1, 31), with_format("yyyy-mm-dd"))

    assert read(old_workbook(fill)) == [["2017-01-31"]]


def test_a_cell_is_found_by_its_address() -> None:
    def fill(sheet: Any) -> None:
        sheet.write(4, 2, "甲")
        sheet.write(5, 27, 1)

    (sheet,), _ = read_workbook(one_old_sheet(fill), "统计.xls")
    assert sheet.rows[0][0].place == Place("统计.xls", cell="统计表!C5")
    assert sheet.rows[1][-1].place == Place("统计.xls", cell="统计表!AB6")


def test_of_merged_cells_the_first_has_the_value() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_merge(1, 2, 1, 2, "合并")
        sheet.write(3, 3, 1)

    assert read(one_old_sheet(fill)) == [["合并", "", ""], ["", "", ""], ["", "", "1"]]


def test_hidden_sheets_are_left_out_with_a_note() -> None:
    def fill(book: Any) -> None:
        book.add_sheet("表").write(0, 0, 1)
        for name, visibility in (("底稿", 1), ("密件", 2)):
            sheet = book.add_sheet(name)
            sheet.write(0, 0, 2)
            sheet.visibility = visibility

    sheets, problems = read_workbook(old_workbook(fill), "a.xls")
    assert [sheet.name for sheet in sheets] == ["表"]
    assert [problem.code for problem in problems] == ["F404", "F404"]
    assert "底稿" in problems[0].message


def test_an_empty_sheet_has_no_rows() -> None:
    assert read(one_old_sheet(lambda _: None)) == []


def test_a_formula_that_was_never_computed_is_named_at_its_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet.write(1, 1, xlwt.Formula("1+1"))
        sheet.write(1, 2, 5)

    (sheet,), problems = read_workbook(one_old_sheet(fill), "a.xls")
    assert cells_at_fault(problems) == [("F403", "统计表!B2")]
    assert "计算结果是空的" in problems[0].message
    assert texts_of(sheet) == [["", "5"]]


def test_a_zero_that_a_program_wrote_instead_of_computing_is_no_result() -> None:
    (sheet,), problems = read_workbook(raw_workbook(formula(0, 0, bytes(8), flags=2)), "a.xls")
    assert cells_at_fault(problems) == [("F403", "表!A1")]
    assert texts_of(sheet) == [[""]]


def test_stored_results_of_formulas_are_taken() -> None:
    cells = (
        formula(0, 0, struct.pack("<d", 7.0))
        + formula(0, 1, TEXT_FOLLOWS)
        + record(STRING, struct.pack("<HB", 2, 1) + "甲乙".encode("utf-16-le"))
        + formula(0, 2, b"\x01\x00\x01\x00\x00\x00\xff\xff")
        + formula(0, 3, struct.pack("<d", 0.0))
    )
    assert read(raw_workbook(cells)) == [["7", "甲乙", "是", "0"]]


def test_cells_without_a_usable_value_are_named_by_their_address() -> None:
    cells = (
        record(BOOLERR, struct.pack("<HHHBB", 0, 0, 0, 0x17, 1))
        + formula(0, 1, b"\x02\x00\x07\x00\x00\x00\xff\xff")
        + formula(0, 2, TEXT_FOLLOWS)
        + number(0, 3, float("nan"))
        + number(0, 4, 1)
    )
    (sheet,), problems = read_workbook(raw_workbook(cells), "a.xls")
    assert cells_at_fault(problems) == [("F403", f"表!{cell}") for cell in ("A1", "B1", "C1", "D1")]
    assert "#REF!" in problems[0].message
    assert "#DIV/0!" in problems[1].message
    assert texts_of(sheet) == [["", "", "", "", "1"]]


def test_a_number_that_is_no_date_in_a_date_cell_is_named() -> None:
    day = with_format("yyyy年m月d日")
    data = one_old_sheet(lambda sheet: (sheet.write(0, 0, -5, day), sheet.write(1, 0, 1e300, day)))
    _, problems = read_workbook(data, "a.xls")
    assert cells_at_fault(problems) == [("F403", "统计表!A1"), ("F403", "统计表!A2")]


@pytest.mark.parametrize(
    ("packed", "text"),
    [(7 << 2 | 2, "7"), ((-7 << 2 | 2) & 0xFFFFFFFF, "-7"), (1234 << 2 | 3, "12.34")],
)
def test_packed_numbers_are_unpacked(packed: int, text: str) -> None:
    cells = record(MULRK, struct.pack("<HHHIHIH", 0, 1, 0, packed, 0, 5 << 2 | 2, 2))
    assert read(raw_workbook(cells)) == [[text, "5"]]


def test_a_text_that_goes_on_in_a_continuation_is_whole() -> None:
    first = struct.pack("<HB", 4, 0) + b"ab"
    rest = b"\x01" + "甲乙".encode("utf-16-le")
    second = struct.pack("<HBHI", 1, 0x0D, 1, 3) + "丙".encode("utf-16-le") + bytes(4) + b"xyz"
    cells = b"".join(record(LABELSST, struct.pack("<HHHI", 0, n, 0, n)) for n in (0, 1))
    assert read(raw_workbook(cells, shared([first, b""], rest + second))) == [["ab甲乙", "丙"]]


def test_texts_before_Excel_97_are_read_in_the_encoding_the_file_states() -> None:
    def data(codepage: int) -> bytes:
        label = struct.pack("<HHHH", 0, 0, 0, 4) + "合计".encode("gb18030")
        name = bytes([2]) + "表".encode("gb18030")
        before = record(CODEPAGE, struct.pack("<H", codepage))
        return raw_workbook(record(LABEL, label), before, version=BIFF5, name=name)

    assert read(data(936)) == [["合计"]]
    sheets, (problem,) = read_workbook(data(4242), "a.xls")
    assert (sheets, problem.code) == ((), "F402")
    assert "编码" in problem.message


def test_the_name_does_not_matter_the_content_does() -> None:
    old = one_old_sheet(lambda sheet: sheet.write(0, 0, "甲"))
    new = one_sheet(lambda _, sheet: sheet.write(0, 0, "甲"))
    for data, name in ((old, "统计.xlsx"), (new, "统计.xls")):
        (sheet,), problems = read_workbook(data, name)
        assert texts_of(sheet) == [["甲"]]
        assert problems == ()
