"""Files that are no workbook, and workbooks made to do harm.

Promise: each is refused before it takes memory, and the message says what it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from site_builder.problems import Place
from site_builder.sources.sheets import read_workbook
from tests.unit.workbooks import MAIN, SHEET, changed, one_sheet, texts_of, with_rows


def refusal(data: bytes) -> str:
    sheets, (problem,) = read_workbook(data, "统计.xlsx")
    assert sheets == ()
    assert problem.code == "F402"
    assert problem.place == Place("统计.xlsx")
    return problem.message


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        ("指标,数".encode(), "不是 xlsx"),
        (b"<html><table>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "损坏"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "加密",
        ),
        (b"PK\x03\x04rest", "不完整"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, word: str) -> None:
    assert word in refusal(data)


@pytest.mark.parametrize(
    ("member", "word"),
    [("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb"), ("a.txt", "压缩包")],
)
def test_another_kind_of_archive_is_named(member: str, word: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, "x")
    assert word in refusal(stream.getvalue())


def test_a_file_cut_short_is_refused() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "不完整" in refusal(data[: len(data) // 2])


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "过大" in refusal(changed(data, {"xl/media/a.xml": b" " * 5_000_000}))


def test_more_than_64_megabytes_are_refused_however_they_are_packed() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "过大" in refusal(changed(data, {"a.bin": b"\0" * (64 << 20)}, zipfile.ZIP_STORED))


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = changed(one_sheet(lambda _, sheet: sheet.write("A1", 1)), {SHEET: b"y" * 100_000})
    true, false = (100_000).to_bytes(4, "little"), (50).to_bytes(4, "little")
    assert data.count(true) == 2
    assert "损坏" in refusal(data.replace(true, false))


def test_too_many_members_are_refused() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "200" in refusal(changed(data, {f"a{i}": b"" for i in range(200)}))


def test_two_far_cells_cannot_ask_for_a_giant_grid() -> None:
    far = '<c r="XFD1048576"><v>1</v></c>'
    data = with_rows(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>')
    assert "XFD1048576" in refusal(data)


def test_one_far_cell_alone_is_one_cell() -> None:
    data = with_rows('<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>')
    (sheet,), _ = read_workbook(data, "a.xlsx")
    assert [[cell.place.cell for cell in row] for row in sheet.rows] == [["统计表!XFD1048576"]]


def test_empty_cells_with_a_style_far_away_do_not_count() -> None:
    data = with_rows(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9999"><c r="XFD9999" s="0"/></row>'
    )
    (sheet,), problems = read_workbook(data, "a.xlsx")
    assert texts_of(sheet) == [["1"]]
    assert problems == ()


def test_one_long_text_in_a_hundred_thousand_cells_is_refused() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    shared = f'<sst xmlns="{MAIN}"><si><t>{"甲" * 32_000}</t></si></sst>'
    data = changed(
        with_rows(row * 900), {"xl/sharedStrings.xml": shared.encode()}, zipfile.ZIP_STORED
    )
    assert "文字太多" in refusal(data)


@pytest.mark.parametrize(
    "reference", ["A0", "A1048577", "XFE1", "1A", "A99999999999", "", "A1:B2", "Ａ1"]
)
def test_an_impossible_address_is_refused(reference: str) -> None:
    assert "损坏" in refusal(with_rows(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))


def test_overlapping_merges_are_refused() -> None:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 20
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99"><c r="CV99"><v>1</v></c></row>'
    data = with_rows(f"{rows}</sheetData><mergeCells>{merges}</mergeCells><sheetData>")
    assert "重叠" in refusal(data)


def test_a_document_type_declaration_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]>'
    assert "DTD" in refusal(with_rows("<row><c><v>&y;</v></c></row>", bomb))


@pytest.mark.parametrize(
    "xml", [b"", b"<worksheet>", b"\xff\xfe", b"<?xml version='1.0' encoding='x'?><a/>"]
)
def test_broken_XML_is_refused(xml: bytes) -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "损坏" in refusal(changed(data, {SHEET: xml}))


def test_a_sheet_the_archive_does_not_hold_is_refused() -> None:
    data = one_sheet(lambda _, sheet: sheet.write("A1", 1))
    assert "清单" in refusal(changed(data, {SHEET: None}))


def test_a_workbook_with_a_password_on_its_members_is_refused() -> None:
    data = bytearray(one_sheet(lambda _, sheet: sheet.write("A1", 1)))
    for match in re.finditer(b"PK\x01\x02", bytes(data)):
        data[match.start() + 8] |= 1
    assert "加密" in refusal(bytes(data))


def test_an_impossible_date_is_refused_before_anything_counts_with_it() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("B3", 1e300, book.add_format({"num_format": "h:mm"}))

    assert "B3" in refusal(one_sheet(fill))
