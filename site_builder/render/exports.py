"""Exports: tables as CSV, XLSX and JSON.

Promise: numbers are numbers, blank is not zero, no text can act as a formula, and the bytes are
the same on every machine and day.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any, Protocol

CODE, UNIT = "科目编码", "单位"
MONEY = "#,##0.00"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)


class Row(Protocol):
    """One row of a table to reuse."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def unit(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def code(self) -> str: ...


class Sheet(Protocol):
    """One table to reuse."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[Row, ...]: ...
    @property
    def names(self) -> tuple[str, str]: ...
    @property
    def coded(self) -> bool: ...
    @property
    def note(self) -> str: ...


class Export(Protocol):
    """A year's tables to reuse."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def tables(self) -> tuple[Sheet, ...]: ...


def render_csv(view: Export) -> bytes:
    """UTF-8 with BOM, so that spreadsheet programs show Chinese; CRLF as RFC 4180 says."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for table in view.tables:
        code = (CODE,) if table.coded else ()
        writer.writerow(("行编号", *code, *table.names, UNIT, *table.columns))
        for row in table.rows:
            code = (row.code,) if table.coded else ()
            above = " / ".join(row.path)
            cells = (row.id, *code, row.label, above, row.unit, *row.values)
            writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def render_json(view: Export) -> bytes:
    """An object with title, publisher, year, source and tables; a blank is null."""
    whole = {
        "title": view.title,
        "publisher": view.publisher,
        "year": view.year,
        "source": view.source,
        "tables": [_json_table(table) for table in view.tables],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def render_xlsx(view: Export) -> bytes:
    """A sheet for each table: frozen headings, numbers as numbers, texts never as formulas."""
    buffer = io.BytesIO()
    book = new_workbook(buffer, view.title)
    names = ["统计表"] if len(view.tables) == 1 else [_sheet_name(t.title) for t in view.tables]
    for name, table in zip(names, view.tables, strict=True):
        _fill(book, book.add_worksheet(name), view=view, table=table)
    book.close()
    return buffer.getvalue()


def new_workbook(buffer: io.BytesIO, title: str) -> Any:
    """A workbook in which no text becomes a formula or a link, with no date of its making."""
    import xlsxwriter  # only a site with tables pays for it

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title, "created": FIXED_DATE})
    return book


def harmless(cell: str) -> str:
    """A text that a spreadsheet program would run gets a leading apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def _json_table(table: Sheet) -> dict[str, object]:
    rows = [
        {
            "id": row.id,
            **({"code": row.code} if table.coded else {}),
            "label": row.label,
            "path": list(row.path),
            "unit": row.unit,
            "type": row.type,
            "values": [_json_value(value, row.type) for value in row.values],
        }
        for row in table.rows
        if row.type != "heading"
    ]
    note = {"note": table.note} if table.note else {}
    columns = list(table.columns)
    return {"id": table.id, "title": table.title, "columns": columns, "rows": rows, **note}


def _fill(book: Any, sheet: Any, *, view: Export, table: Sheet) -> None:
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F5F9", "text_wrap": True})
    sheet.write_string(0, 0, table.title, bold)
    # Sheets of many years, saved side by side, have the same names: each says its year.
    dated = "" if f"{view.year}年" in table.title else f"　年度：{view.year}年"
    sheet.write_string(1, 0, f"填报单位：{view.publisher}{dated}")
    sheet.write_string(2, 0, f"表式：{view.source}")
    labels = int(table.coded)  # the column of row labels, behind that of codes
    names = (*((CODE,) if table.coded else ()), table.names[0], UNIT, *table.columns)
    for column, name in enumerate(names):
        sheet.write_string(3, column, name, head)
    if table.note:
        sheet.write_string(4, 0, table.note)
    for line, row in enumerate(table.rows, 4):
        _fill_row(book, sheet, line=line, row=row, labels=labels)
    sheet.set_column(0, 0, 12)
    sheet.set_column(labels, labels, 60)
    sheet.set_column(labels + 1, labels + 1, 8)
    sheet.set_column(labels + 2, len(names) - 1, 14)
    sheet.freeze_panes(4, labels + 1)


def _fill_row(book: Any, sheet: Any, *, line: int, row: Row, labels: int) -> None:
    indent = book.add_format({"text_wrap": True, "valign": "top", "indent": len(row.path)})
    money = book.add_format({"num_format": MONEY}) if row.type == "money" else None
    if labels:
        sheet.write_string(line, 0, row.code)
    sheet.write_string(line, labels, row.label, indent)
    sheet.write_string(line, labels + 1, row.unit)
    for column, value in enumerate(row.values, labels + 2):
        if _is_number(value, row.type):
            sheet.write_number(line, column, float(value), money)
        elif value:
            sheet.write_string(line, column, value)


def _sheet_name(title: str) -> str:
    """A sheet's name: no character that spreadsheet programs forbid, at most 31 of them."""
    return re.sub(r"[\[\]:*?/\\]", "", title)[:31]


def _is_number(value: str, type: str) -> bool:
    """Digits in a row that counts something: in a row of text, 0471 is a text."""
    return type in ("count", "signed", "amount", "money", "names") and bool(NUMBER.fullmatch(value))


def _json_value(value: str, type: str) -> int | float | str | None:
    if not value:
        return None
    if not _is_number(value, type):
        return value
    return float(value) if "." in value else int(value)
