"""Account tables: the tables of a budget or a final account as printed.

Promise: every table of the form stands on the page in its order, one without figures with the words
that explain it; blank and 0.00 stay distinct, and each row and cell has an anchor of its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from site_builder.model.disclosure import Account
from site_builder.model.site import Column
from site_builder.model.tables import Cell, FormTable, Row, Table
from site_builder.pages.account_pieces import AccountHalf, AccountRow, PrintedTable
from site_builder.pages.amounts import printed
from site_builder.pages.pieces import Download
from site_builder.pages.printed_tables import headings
from site_builder.pages.routes import account_tables
from site_builder.pages.statistics import anchor, table_title
from site_builder.pages.table_pieces import CellView

CODED = ("functional", "economic")  # classes by name alone are printed without their codes
NO_NOTE = "本表没有填写数据"
FRAME, SHEET = 90, 110  # characters of a row that fit a window, and an upright sheet of paper


def printed_tables(document: Account, column: Column) -> tuple[PrintedTable, ...]:
    """All tables in order; halves of one printed table stand together."""
    table = document.table
    if table is None:
        return ()
    groups = groupby(table.form.tables, key=lambda part: part.printed or part.id)
    return tuple(_printed(document, table, tuple(found), column=column) for _, found in groups)


def has_code(row: Row) -> bool:
    """Whether a row of a filled-in table is named by a subject code."""
    return row.id.rpartition(".")[2].isdecimal()


def code_of(row: Row) -> str:
    """A row's subject code; empty for the rows of the form."""
    return row.id.rpartition(".")[2] if has_code(row) else ""


def csv_name(part: FormTable) -> str:
    """How a table's CSV file ends: `F3.csv`."""
    return f"{part.id}.csv"


def note_of(table: Table, part: FormTable) -> str:
    """The words in place of a table without figures."""
    return table.notes.get(part.id, Cell("")).text or NO_NOTE


def _printed(
    document: Account, table: Table, parts: tuple[FormTable, ...], *, column: Column
) -> PrintedTable:
    halves = tuple(_half(document, table, part, column=column) for part in parts)
    if len(halves) > 1:
        halves = tuple(replace(half, broad=True) for half in halves)
    return PrintedTable(
        id=f"t-{parts[0].id}",
        title=parts[0].printed or table_title(parts[0], table),
        sideways=any(_breadth(half.rows, parts[n]) > SHEET for n, half in enumerate(halves)),
        halves=halves,
    )


def _half(document: Account, table: Table, part: FormTable, *, column: Column) -> AccountHalf:
    rows = tuple(_row(table, part, row, depth=depth) for depth, row in part.walk())
    coded = part.codes in CODED
    width = len(part.leaves())
    return AccountHalf(
        id=f"c-{part.id}",
        title=table_title(part, table),
        unit=part.units[0] if part.units else "",
        label=part.label,
        coded=coded,
        scrolls=width > 2 or (coded and width > 1),
        broad=_breadth(rows, part) > FRAME,
        head=headings(part),
        rows=rows,
        note="" if rows else note_of(table, part),
        csv=_csv(document, part, column=column) if rows else None,
    )


def _csv(document: Account, part: FormTable, *, column: Column) -> Download:
    path = account_tables(column, document.year, kind=document.kind, name=csv_name(part))
    extent = f"{sum(1 for _ in part.walk())}行"
    return Download("下载本表", path, "CSV", extent, name=f"{document.year}年{part.title}.csv")


def _row(table: Table, part: FormTable, row: Row, *, depth: int) -> AccountRow:
    return AccountRow(
        id=anchor(row.id),
        level=depth + 1,
        kind=_kind(part, row, depth=depth),
        code=code_of(row) if part.codes in CODED else "",
        label=table.wordings.get(row.id, row.label),
        cells=tuple(_cell(table, row, column=column.id) for column in part.leaves()),
    )


def _kind(part: FormTable, row: Row, *, depth: int) -> str:
    """A row that a rule of the form adds up, or one of the uppermost with parts under it."""
    if depth or row.rows:
        return "" if depth else "heading"
    sums = (rule for rule in part.rules if rule.kind == "sums" and rule.over == "rows")
    return "heading sum" if any(row.id in rule.this for rule in sums) else ""


def _cell(table: Table, row: Row, *, column: str) -> CellView:
    cell = table.cells.get((row.id, column), Cell(""))
    kind = "blank" if not cell.text else "text" if cell.number is None else "number"
    return CellView(f"{anchor(row.id)}-{column}", printed(cell), kind)


def _breadth(rows: tuple[AccountRow, ...], part: FormTable) -> int:
    """The characters of a row whose every column is as wide as its widest figure."""
    columns = zip(*(row.cells for row in rows), strict=True)
    figures = sum(max(4, *(len(cell.text) for cell in column)) + 2 for column in columns)
    return figures + 30 * bool(part.label) + 10 * (part.codes in CODED)
