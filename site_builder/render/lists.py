"""Lists to reuse: rows of texts as CSV, XLSX and JSON.

Promise: every value comes back as the text it is, none can act as a formula, and the bytes are the
same on every machine and day.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Protocol

from site_builder.render.exports import harmless, new_workbook

WIDTHS = {"名称": 60, "内容概述": 60, "公开内容（要素）": 50}
WIDTH = 18


class List(Protocol):
    """A list with the names of its columns."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...


def render_list_csv(view: List) -> bytes:
    """UTF-8 with BOM, so that spreadsheet programs show Chinese; CRLF as RFC 4180 says."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(view.columns)
    writer.writerows([harmless(cell) for cell in row] for row in view.rows)
    return text.getvalue().encode("utf-8-sig")


def render_list_json(view: List) -> bytes:
    """An object with title, publisher and rows, each an object by column; a blank is null.

    Every row is a line of its own, so that two editions can be compared.
    """
    rows = (
        json.dumps(dict(zip(view.columns, map(_or_none, row), strict=True)), ensure_ascii=False)
        for row in view.rows
    )
    said = {"title": view.title, "publisher": view.publisher}
    head = json.dumps(said, ensure_ascii=False).removesuffix("}")
    return "".join((head, ', "rows": [\n', ",\n".join(rows), "\n]}\n")).encode()


def render_list_xlsx(view: List) -> bytes:
    """One sheet whose headings stay in sight; every cell a text."""
    buffer = io.BytesIO()
    book = new_workbook(buffer, view.title)
    sheet = book.add_worksheet("目录")
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F5F9"})
    for column, name in enumerate(view.columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
    for line, row in enumerate(view.rows, 1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(view.rows), 1), len(view.columns) - 1)
    book.close()
    return buffer.getvalue()


def _or_none(cell: str) -> str | None:
    return cell or None
