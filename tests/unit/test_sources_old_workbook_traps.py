"""Files named .xls that are no workbook, and workbooks made to do harm.

Promise: each is refused before it takes memory, and the message says what it is.
"""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.problems import Place
from site_builder.sources.blocks import Grid
from site_builder.sources.intake import read_intake
from site_builder.sources.sheets import read_workbook
from site_builder.sources.statistics_files import read_statistics
from tests.unit.old_workbooks import (
    DIMENSIONS,
    FILEPASS,
    LABELSST,
    in_container,
    number,
    old_workbook,
    one_old_sheet,
    raw_workbook,
    record,
    shared,
)
from tests.unit.workbooks import one_sheet, texts_of

SECTOR = 512
FIRST_IN_TABLE, DIRECTORY, LISTS, COUNT_OF_LISTS = 0x4C, 0x30, 0x44, 0x48


def refusal(data: bytes) -> str:
    sheets, (problem,) = read_workbook(data, "统计.xls")
    assert sheets == ()
    assert problem.code == "F402"
    assert problem.place == Place("统计.xls")
    return problem.message


def small() -> bytes:
    return one_old_sheet(lambda sheet: [sheet.write(n, n % 3, f"甲{n}") for n in range(40)])


def changed(data: bytes, at: int, *numbers: int) -> bytes:
    """The file with some numbers of four bytes written over it."""
    content = struct.pack(f"<{len(numbers)}I", *numbers)
    return data[:at] + content + data[at + len(content) :]


def table_of_sectors(data: bytes) -> int:
    """Where the file says which sector follows which."""
    first: int = struct.unpack_from("<I", data, FIRST_IN_TABLE)[0]
    return (first + 1) * SECTOR


def test_a_file_cut_short_anywhere_is_refused() -> None:
    data = small()
    for size in [*range(8, 600, 7), *range(600, len(data) - SECTOR, 211)]:
        assert "损坏" in refusal(data[:size])


SMALL = small()


@settings(max_examples=300, deadline=None)
@example([(11946, b"\0\0\xed")])  # the one worksheet turned into a sheet of another kind
@given(st.lists(st.tuples(st.integers(0), st.binary(min_size=1, max_size=4)), max_size=6))
def test_a_damaged_file_ends_in_sheets_or_a_problem(edits: list[tuple[int, bytes]]) -> None:
    data = SMALL
    for position, content in edits:
        at = 8 + position % (len(data) - 8)
        data = data[:at] + content + data[at + len(content) :]
    sheets, problems = read_workbook(data, "a.xls")
    assert sheets or problems


def test_a_password_is_named() -> None:
    assert "加密" in refusal(raw_workbook(number(0, 0, 1), record(FILEPASS, bytes(6))))


def test_one_cell_in_a_giant_extent_costs_one_cell() -> None:
    extent = record(DIMENSIONS, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    data = raw_workbook(extent + number(65535, 255, 7))
    tracemalloc.start()
    (sheet,), problems = read_workbook(data, "a.xls")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert texts_of(sheet) == [["7"]]
    assert sheet.rows[0][0].place.cell == "表!IV65536"
    assert problems == ()
    assert most < 1 << 20


def test_two_far_cells_cannot_ask_for_a_giant_grid() -> None:
    assert "IV65536" in refusal(raw_workbook(number(0, 0, 1) + number(65535, 255, 7)))


def test_one_long_text_in_many_cells_is_refused() -> None:
    text = struct.pack("<HB", 8000, 0) + b"x" * 8000
    cells = b"".join(
        record(LABELSST, struct.pack("<HHHI", row, column, 0, 0))
        for row in range(100)
        for column in range(11)
    )
    assert "文字太多" in refusal(raw_workbook(cells, shared([text])))


def test_more_texts_than_the_file_can_hold_are_refused() -> None:
    texts = record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))
    assert "太多" in refusal(raw_workbook(number(0, 0, 1), texts))


def test_sheets_that_lie_inside_one_another_are_not_read_without_end() -> None:
    begin = struct.pack("<HH", 0x0809, 16) + struct.pack("<HH12x", 0x0600, 16)
    listed = b"".join(
        record(0x0085, struct.pack("<IHBB", 2000 + n * len(begin), 0, 3, 0) + b"%03d" % n)
        for n in range(100)
    )
    start = record(0x0809, struct.pack("<HH12x", 0x0600, 5)) + listed + record(0x000A)
    filler = b"".join(record(0x01B7, bytes(7000)) for _ in range(30))
    content = start.ljust(2000, b"\0") + begin * 100 + filler + record(0x000A) * 100
    assert "太多" in refusal(in_container(content))


def test_sectors_that_follow_one_another_in_a_circle_are_refused() -> None:
    data = small()
    (directory,) = struct.unpack_from("<I", data, DIRECTORY)
    table = table_of_sectors(data)
    assert "损坏" in refusal(changed(data, table + 4 * directory, directory))
    assert "损坏" in refusal(changed(data, table, 0))


def test_a_list_of_sectors_that_names_itself_is_refused() -> None:
    data = changed(small(), LISTS, 0, 0xFFFFFFFF)
    assert "损坏" in refusal(changed(data, SECTOR + 508, 0))


def test_a_directory_whose_entries_point_in_a_circle_is_read_once() -> None:
    data = small()
    (directory,) = struct.unpack_from("<I", data, DIRECTORY)
    entry = (directory + 1) * SECTOR + 128
    (sheet,), _ = read_workbook(changed(data, entry + 0x44, 1, 1), "a.xls")
    assert len(sheet.rows) == 40


@pytest.mark.parametrize(
    ("name", "word"), [("WordDocument", "Word"), ("PowerPoint Document", "演示文稿"), ("A", "别的")]
)
def test_another_office_file_is_named(name: str, word: str) -> None:
    stored = "Workbook\0".encode("utf-16-le")
    other = f"{name}\0".encode("utf-16-le")
    at = small().index(stored)
    data = small()
    data = data[:at] + other.ljust(64, b"\0") + struct.pack("<H", len(other)) + data[at + 66 :]
    assert word in refusal(data)


def test_a_list_that_names_one_sheet_twice_is_refused() -> None:
    def fill(book: Any) -> None:
        for name in ("ab", "ac"):
            book.add_sheet(name).write(0, 0, 1)

    data = old_workbook(fill)
    assert data.count(b"ac") == 1
    assert "清单" in refusal(data.replace(b"ac", b"ab"))


def imported(folder: Path, data: bytes) -> tuple[list[list[str]], list[str]]:
    """The rows of the one table in a file named .xls, and what is wrong with it."""
    file = folder / "年报.xls"
    file.write_bytes(data)
    blocks, problems = read_intake(file)
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    rows = [[box.text for box in line if box is not None] for line in grid.matrix()]
    return rows, [problem.code for problem in problems]


ROWS = [["指标", "数"], ["收到申请数", "4"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_named_xls_is_read_as_a_web_page(tmp_path: Path, encoding: str) -> None:
    cells = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS)
    page = f"\r\n<html><head><meta charset='{encoding}'></head><table>{cells}</table></html>"
    assert imported(tmp_path, page.encode(encoding))[0] == ROWS


def test_a_text_with_tabs_named_xls_is_read_as_a_text(tmp_path: Path) -> None:
    text = "\n".join("\t".join(row) for row in ROWS)
    assert imported(tmp_path, text.encode())[0] == ROWS


def test_an_xlsx_file_named_xls_is_read_as_what_it_is(tmp_path: Path) -> None:
    data = one_sheet(lambda _, sheet: [sheet.write_row(n, 0, row) for n, row in enumerate(ROWS)])
    assert imported(tmp_path, data) == (ROWS, [])


def test_a_hidden_row_with_a_figure_is_named(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for top, row in enumerate(ROWS):
            for column, text in enumerate(row):
                sheet.write(top, column, text)
        sheet.row(1).hidden = True

    rows, codes = imported(tmp_path, one_old_sheet(fill))
    assert rows == ROWS
    assert codes == ["F511", "F511"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "Excel 4"),
        (b"\x00\x01\x02\x03", "损坏"),
        (b"MIME-Version: 1.0\r\n", "mht"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML",
        ),
    ],
)
def test_another_file_named_xls_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    file = tmp_path / "年报.xls"
    file.write_bytes(data)
    blocks, (problem,) = read_intake(file)
    assert (blocks, problem.code) == ((), "F402")
    assert word in problem.message
    assert word in read_statistics(data, "统计.xls")[1][0].message


@pytest.mark.parametrize(("data", "word"), [(b"<table>", "网页"), (b"a\tb", "文本文件")])
def test_beside_a_report_only_a_workbook_may_be_named_xls(data: bytes, word: str) -> None:
    file, (problem,) = read_statistics(data, "统计.xls")
    assert (file, problem.code) == (None, "F402")
    assert word in problem.message
