"""Workbooks made for tests, and how to take them apart.

Promise: every call makes a file of its own in memory; nothing is shared between tests.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter

from site_builder.sources.sheets import Sheet

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(fill: Callable[[Any], object]) -> bytes:
    """An .xlsx file; `fill` gets the xlsxwriter workbook."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book)
    book.close()
    return stream.getvalue()


def one_sheet(fill: Callable[[Any, Any], object]) -> bytes:
    """An .xlsx file with the sheet 统计表; `fill` gets workbook and sheet."""
    return workbook(lambda book: fill(book, book.add_worksheet("统计表")))


def changed(
    data: bytes, change: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The archive with some members exchanged, added or (None) left out."""
    source = zipfile.ZipFile(io.BytesIO(data))
    parts: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in (parts | change).items():
            if content is not None:
                target.writestr(name, content)
    return stream.getvalue()


def with_rows(rows: str, before: str = "") -> bytes:
    """A workbook whose one sheet has these rows as XML."""
    plain = one_sheet(lambda _, sheet: sheet.write("A1", "x"))
    xml = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(plain, {SHEET: xml.encode()})


def texts_of(sheet: Sheet | None) -> list[list[str]]:
    """The texts of a sheet that must be there, row by row."""
    assert sheet is not None
    return [[cell.text for cell in row] for row in sheet.rows]
