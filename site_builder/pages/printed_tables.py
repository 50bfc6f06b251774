"""Printed tables: the statistics of a report as its official form prints them.

Promise: every value is shown as the source writes it; blank, 0 and — stay distinct, each row and
cell has an anchor that does not change, and a figure of the year before is never without its mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.model.tables import Cell, FormTable, Row, Table, ValueColumn
from site_builder.pages.statistics import anchor, citation, table_title
from site_builder.pages.table_pieces import (
    CellView,
    HeadCell,
    RowView,
    SectionView,
    TableNote,
    TableView,
)

LONG = 20  # rows: a table from here on folds by sections


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's table, its figures comparable with this year's, and the page it stands on."""

    table: Table
    path: str


@dataclass(frozen=True, slots=True)
class _Print:
    """A table about to be printed.

    Last year's figures of the column `beside` get a column of their own, those of the columns
    `beneath` stand in the cells of this year's.
    """

    table: Table
    part: FormTable
    last: Table | None
    beside: str
    beneath: tuple[str, ...]


def table_views(table: Table, chapter: int, *, last: LastYear | None) -> tuple[TableView, ...]:
    """The tables that stand in a chapter of the report (0: after the text), filled in.

    What holds for all of them is said once: the 填报单位 over the first; where the form and last
    year's figures come from, under the last.
    """
    parts = [part for part in table.form.tables if part.chapter == chapter]
    prints = [_print(table, part, last=last.table if last else None) for part in parts]
    views = [_view(each) for each in prints]
    if views:
        views[0] = replace(views[0], filler=table.filler)
        shown = last if any(each.beside or each.beneath for each in prints) else None
        views[-1] = replace(views[-1], note=_note(table, shown))
    return tuple(views)


def _print(table: Table, part: FormTable, *, last: Table | None) -> _Print:
    """One column to compare stands beside its fellow; of several, each figure beneath its own."""
    wanted = _comparable(part)
    found = tuple(column for column in wanted if last and _has_figures(last, part, column=column))
    if len(wanted) == 1:
        return _Print(table, part, last, beside="".join(found), beneath=())
    return _Print(table, part, last, beside="", beneath=found)


def _comparable(part: FormTable) -> tuple[str, ...]:
    """The columns that a rule calls the sum of others, or every column where there is none."""
    sums = [rule for rule in part.rules if rule.kind == "sums" and rule.over == "columns"]
    totals = {column for rule in sums for column in rule.this}
    leaves = tuple(column.id for column in part.leaves())
    return tuple(column for column in leaves if column in totals) or leaves


def _has_figures(last: Table, part: FormTable, *, column: str) -> bool:
    return any(last.text(row.id, column) for _, row in part.walk())


def _note(table: Table, last: LastYear | None) -> TableNote:
    title = f"{last.table.year}年年度报告" if last else ""
    return TableNote(citation(table), title, last.path if last else "")


def _view(this: _Print) -> TableView:
    rows = [_row(this, row, depth=depth) for depth, row in this.part.walk()]
    units = {row.unit for row in rows} - {"", "—"}
    return TableView(
        id=f"t-{this.part.id}",
        title=table_title(this.part, this.table),
        filler="",
        label=this.part.label,
        head=headings(this.part),
        width=len(this.part.leaves()),
        unit=units.pop() if len(units) == 1 else "",
        mixed=len(units) > 1,
        last=bool(this.beside),
        sections=tuple(_sections(rows)),
        note=None,
    )


def _sections(rows: list[RowView]) -> Iterator[SectionView]:
    """The rows by the row of depth 0 they stand under; a table of that depth alone is one."""
    if not any(row.depth for row in rows):
        yield SectionView("", folds=False, rows=tuple(rows))
        return
    starts = [n for n, row in enumerate(rows) if row.depth == 0]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        folds = len(rows) >= LONG and end - start > 1
        yield SectionView(rows[start].label, folds=folds, rows=tuple(rows[start:end]))


def headings(part: FormTable) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of headings: a column without inner columns reaches down to the last row."""
    depth = max((_depth(column) for column in part.columns), default=0)
    rows: list[list[HeadCell]] = [[] for _ in range(depth)]
    _place_heads(part.columns, rows, level=0)
    return tuple(tuple(row) for row in rows)


def _place_heads(
    columns: tuple[ValueColumn, ...], rows: list[list[HeadCell]], *, level: int
) -> None:
    for column in columns:
        down = 1 if column.columns else len(rows) - level
        rows[level].append(HeadCell(column.label, _breadth(column), down))
        _place_heads(column.columns, rows, level=level + 1)


def _depth(column: ValueColumn) -> int:
    return 1 + max((_depth(inner) for inner in column.columns), default=0)


def _breadth(column: ValueColumn) -> int:
    return sum(_breadth(inner) for inner in column.columns) or 1


def _row(this: _Print, row: Row, *, depth: int) -> RowView:
    cells = tuple(_cell(this, row, column=column.id) for column in this.part.leaves())
    return RowView(
        id=anchor(row.id),
        depth=depth,
        label=this.table.wordings.get(row.id, row.label),
        unit=row.unit,
        heading=row.type == "heading",
        article=row.article,
        cells=cells,
        last=_last(this, row) if this.beside else None,
    )


def _cell(this: _Print, row: Row, *, column: str) -> CellView:
    id = f"{anchor(row.id)}-{column}"
    if row.type == "heading":
        return CellView(id, "", "none")
    last = this.last.text(row.id, column) if this.last and column in this.beneath else ""
    cell = this.table.cells.get((row.id, column), Cell(""))
    return CellView(id, cell.text, _kind(cell), last)


def _last(this: _Print, row: Row) -> CellView:
    """What last year's table has in the cell; it has no anchor, being no cell of this year's."""
    if row.type == "heading" or this.last is None:
        return CellView("", "", "none")
    cell = this.last.cells.get((row.id, this.beside), Cell(""))
    return CellView("", cell.text, _kind(cell))


def _kind(cell: Cell) -> str:
    if not cell.text:
        return "blank"
    return "text" if cell.number is None else "number"
