"""Documents to import, made for the tests: the same tables as a web page, in Word, as CSV.

Promise: merged cells stand as the official Word format has them: names of rows over up to three
columns, names of columns over up to three rows.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

import xlwt

from site_builder.model.tables import FormTable, Row, Table, ValueColumn

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Span:
    """A cell that covers `height` rows and `width` columns."""

    text: str
    height: int = 1
    width: int = 1


Rows = list[list[Span]]
Piece = str | Rows  # a paragraph or a table


def official(part: FormTable, table: Table) -> Rows:
    """A table of a form as it is printed in the official format."""
    labels = 1 + max(depth for depth, _ in part.walk()) if part.label else 0
    height = max(_depth(column) for column in part.columns)
    applicants = labels > 1 and height > 1
    rows: Rows = [[] for _ in range(height + applicants)]
    if labels:
        rows[0].append(Span(part.label, height + applicants, labels))
    if applicants:
        rows[0].append(Span("申请人情况", 1, len(part.leaves())))
    _heads(part.columns, rows[applicants:])
    for row in part.rows:
        rows += _lines(row, part, table=table, labels=labels)
    return rows


def single(part: FormTable, table: Table) -> Rows:
    """A table with one column of names, headings in rows of their own."""
    rows = [[Span(part.label), Span("单位"), *(Span(c.label) for c in part.leaves())]]
    for _, row in part.walk():
        rows.append([Span(row.label), Span(row.unit), *_values(part, row, table=table)])
    return rows


def web_page(pieces: list[Piece]) -> bytes:
    """A page with navigation around it and cells that nobody closed."""
    body = "".join(_html(piece) for piece in pieces)
    return (
        "<!DOCTYPE html><html><head><title>门户网站</title><style>p{}</style></head><body>"
        "<nav><a href='/'>首页</a></nav><form><div id='a'>" + body + "</div></form>"
        "<footer>版权所有 2025</footer></body></html>"
    ).encode()


def word(pieces: list[Piece], inner: str = "") -> bytes:
    """A .docx file; `inner` is XML put into the first paragraph."""
    body = "".join(_paragraph(p) if isinstance(p, str) else _word_table(p) for p in pieces)
    if inner:
        body = body.replace("<w:p>", f"<w:p>{inner}", 1)
    document = f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def plain_csv(tables: list[Rows]) -> bytes:
    """The tables below each other, merged cells as spreadsheet programs export them."""
    text = io.StringIO()
    writer = csv.writer(text)
    for rows in tables:
        writer.writerows([span.text if own else "" for span, own in line] for line in _grid(rows))
    return text.getvalue().encode("utf-8-sig")


def old_workbook(tables: list[Rows]) -> bytes:
    """An .xls file with a sheet for each table, figures as numbers."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, rows in enumerate(tables, 1):
        sheet = book.add_sheet(f"表{number}")
        for top, line in enumerate(_grid(rows)):
            for left, (span, own) in enumerate(line):
                if own:
                    bottom, right = top + span.height - 1, left + span.width - 1
                    sheet.write_merge(top, bottom, left, right, _typed(span.text))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _typed(text: str) -> str | float:
    return float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else text


def _depth(column: ValueColumn) -> int:
    return 1 + max((_depth(inner) for inner in column.columns), default=0)


def _breadth(column: ValueColumn) -> int:
    return sum(map(_breadth, column.columns)) or 1


def _heads(columns: tuple[ValueColumn, ...], rows: Rows) -> None:
    for column in columns:
        down = 1 if column.columns else len(rows)
        rows[0].append(Span(column.label, down, _breadth(column)))
        _heads(column.columns, rows[1:])


def _lines(row: Row, part: FormTable, *, table: Table, labels: int) -> Rows:
    if row.type != "heading" or not row.rows:
        own = [Span(row.label, 1, labels)] if labels else []
        return [[*own, *_values(part, row, table=table)]]
    inner = [line for r in row.rows for line in _lines(r, part, table=table, labels=labels - 1)]
    return [[Span(row.label, len(inner)), *inner[0]], *inner[1:]]


def _values(part: FormTable, row: Row, *, table: Table) -> list[Span]:
    cells = (table.cells.get((row.id, column.id)) for column in part.leaves())
    return [Span(cell.text if cell else "") for cell in cells]


def _html(piece: Piece) -> str:
    if isinstance(piece, str):
        return f"<p>{escape(piece)}"
    rows = (
        "<tr>"
        + "".join(f"<td rowspan='{s.height}' colspan={s.width}><p>{escape(s.text)}" for s in row)
        for row in piece
    )
    return "<table><tbody>" + "\n".join(rows) + "</table>"


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(rows: Rows) -> str:
    lines = ("<w:tr>" + "".join(_word_cells(line)) + "</w:tr>" for line in _grid(rows))
    return "<w:tbl>" + "".join(lines) + "</w:tbl>"


def _word_cells(line: list[tuple[Span, bool]]) -> Iterator[str]:
    column = 0
    while column < len(line):
        span, own = line[column]
        merge = ""
        if span.height > 1:
            merge = '<w:vMerge w:val="restart"/>' if own else "<w:vMerge/>"
        text = _paragraph(span.text) if own else "<w:p/>"
        yield (
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span.width}"/>{merge}</w:tcPr>' + text + "</w:tc>"
        )
        column += span.width


def _grid(rows: Rows) -> list[list[tuple[Span, bool]]]:
    """Every position of a table with the cell that covers it, and whether it begins there."""
    taken: dict[tuple[int, int], tuple[Span, bool]] = {}
    for top, row in enumerate(rows):
        column = 0
        for span in row:
            while (top, column) in taken:
                column += 1
            for line in range(top, top + span.height):
                for place in range(column, column + span.width):
                    taken[line, place] = (span, (line, place) == (top, column))
    width = max(column for _, column in taken) + 1
    return [[taken.get((r, c), (Span(""), True)) for c in range(width)] for r in range(len(rows))]
