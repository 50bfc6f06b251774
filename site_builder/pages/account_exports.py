"""Account exports: the tables of budgets and final accounts to reuse.

Promise: a figure is handed on with every digit it was written with, a code as text; tables without
figures stand in the files of the whole document with the words that explain them.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Account
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import Cell, FormTable, Row, Table
from site_builder.pages import routes
from site_builder.pages.account_tables import code_of, csv_name, note_of
from site_builder.pages.pieces import Download
from site_builder.pages.statistics import citation, export_columns, table_title
from site_builder.pages.table_pieces import ExportRow, ExportTable
from site_builder.pages.views import TableExportView

NAMES = ("项目", "上级项目")


def account_links(document: Account, column: Column) -> tuple[Download, ...]:
    """The downloads of all tables together."""
    if document.table is None:
        return ()
    extent = f"{len(document.table.form.tables)}张表"
    named = f"{document.year}年{document.kind}全部表格"
    return tuple(
        Download(
            "全部表格",
            _path(document, column, name),
            name.upper(),
            extent,
            name=f"{named}.{name}",
        )
        for name in ("xlsx", "json")
    )


def account_files(document: Account, column: Column) -> Iterator[Page]:
    """The files behind those links, and a CSV file for each table that has figures."""
    table = document.table
    if table is None:
        return
    sources = (document.origin.place.file, table.origin.place.file)
    whole = _export(document, table, parts=table.form.tables)
    yield Page(_path(document, column, "xlsx"), "xlsx", "", whole, sources)
    yield Page(_path(document, column, "json"), "json", "", whole, sources)
    for part in table.form.tables:
        if part.rows:
            view = _export(document, table, parts=(part,))
            yield Page(_path(document, column, csv_name(part)), "csv", "", view, sources)


def _path(document: Account, column: Column, name: str) -> str:
    return routes.account_tables(column, document.year, kind=document.kind, name=name)


def _export(document: Account, table: Table, *, parts: tuple[FormTable, ...]) -> TableExportView:
    return TableExportView(
        title=document.title,
        publisher=table.filler or document.issuer,
        year=document.year,
        source=citation(table),
        tables=tuple(_sheet(table, part) for part in parts),
    )


def _sheet(table: Table, part: FormTable) -> ExportTable:
    return ExportTable(
        id=part.id,
        title=table_title(part, table),
        columns=export_columns(part),
        rows=tuple(_rows(table, part, rows=part.rows, above=())),
        names=NAMES,
        coded=bool(part.codes),
        note="" if part.rows else note_of(table, part),
    )


def _rows(
    table: Table, part: FormTable, *, rows: tuple[Row, ...], above: tuple[str, ...]
) -> Iterator[ExportRow]:
    for row in rows:
        label = table.wordings.get(row.id, row.label)
        cells = (table.cells.get((row.id, column.id), Cell("")) for column in part.leaves())
        values = tuple(_value(cell) for cell in cells)
        yield ExportRow(row.id, label, above, row.unit, row.type, values, code_of(row))
        yield from _rows(table, part, rows=row.rows, above=(*above, label))


def _value(cell: Cell) -> str:
    """The number without thousands separators, whatever the source wrote."""
    return cell.text if cell.number is None else f"{cell.number:f}"
