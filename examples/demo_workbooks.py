"""The demonstration's tables as files of spreadsheet programs: a workbook, or one CSV a table.

Promise: amounts are numbers with two places, and the bytes are always the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from examples.demo_layout import Cell, Printed

FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def workbook(tables: Iterable[Printed], *, title: str, bureau: str) -> bytes:
    """The bytes of a workbook with a sheet for each printed table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": title, "author": bureau, "created": FIXED_DATE})
    head = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
    amount = book.add_format({"num_format": "#,##0.00"})
    for number, table in enumerate(tables, 1):
        sheet = book.add_worksheet(f"公开{number:02}表")
        for cell in table.cells:
            _write(sheet, cell, head=head, amount=amount)
    book.close()
    return buffer.getvalue()


def comma_separated(table: Printed) -> bytes:
    """A printed table as WPS saves it: UTF-8 with BOM, merged cells only in their first."""
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        text = cell.value if isinstance(cell.value, str) else f"{cell.value / 100:.2f}"
        rows.setdefault(cell.top, {})[cell.left] = text
    width = max(left for row in rows.values() for left in row) + 1
    text_file = io.StringIO()
    writer = csv.writer(text_file, lineterminator="\r\n")
    for top in range(max(rows) + 1):
        writer.writerow([rows.get(top, {}).get(left, "") for left in range(width)])
    return text_file.getvalue().encode("utf-8-sig")


def _write(sheet: Any, cell: Cell, *, head: Any, amount: Any) -> None:
    if isinstance(cell.value, int):
        sheet.write_number(cell.top, cell.left, cell.value / 100, amount)
    elif (cell.top, cell.left) == (cell.bottom, cell.right):
        sheet.write_string(cell.top, cell.left, cell.value, head)
    elif cell.is_heading:
        sheet.merge_range(cell.top, cell.left, cell.bottom, cell.right, cell.value, head)
    else:
        sheet.write_string(cell.top, cell.left, cell.value)
