"""Statistics tables: as printed, and to reuse.

Promise: every value is shown as the source writes it; blank, 0 and — stay distinct in every
format, and each row has an anchor that does not change.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport
from site_builder.model.page import Page, PageKind
from site_builder.model.site import Column
from site_builder.model.tables import Cell, FormTable, Row, Table
from site_builder.pages import routes
from site_builder.pages.pieces import CellView, Download, ExportRow, RowView, TableView
from site_builder.pages.views import TableExportView

EXPORTS: tuple[tuple[PageKind, str], ...] = (("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON"))


def table_views(table: Table) -> tuple[TableView, ...]:
    """The tables of a form, filled in."""
    return tuple(
        TableView(
            id=f"t-{part.id}",
            title=_title(part, table),
            filler=table.filler,
            columns=tuple(column.label for column in part.columns),
            rows=tuple(_row(table, part, depth=depth, row=row) for depth, row in part.walk()),
            source=_source(table),
        )
        for part in table.form.tables
    )


def export_links(report: AnnualReport, column: Column) -> tuple[Download, ...]:
    """The downloads of a report's table."""
    if report.table is None:
        return ()
    count = sum(1 for part in report.table.form.tables for _ in part.walk())
    return tuple(
        Download("统计表", routes.statistics(column, report.year, suffix=kind), name, f"{count}行")
        for kind, name in EXPORTS
    )


def export_pages(report: AnnualReport, column: Column) -> Iterator[Page]:
    """The files behind those links."""
    if report.table is None:
        return
    view = _export(report.table, report)
    source = report.table.origin.place.file
    for kind, _ in EXPORTS:
        yield Page(routes.statistics(column, report.year, suffix=kind), kind, "", view, (source,))


def anchor(row: str) -> str:
    """The anchor of a row: `r-A2-1`."""
    return "r-" + row.replace(".", "-")


def _title(part: FormTable, table: Table) -> str:
    return part.title.replace("{year}", str(table.year))


def _source(table: Table) -> str:
    cites = table.form.cites
    return f"《{cites.title}》（{cites.number}）" if cites.number else cites.title


def _row(table: Table, part: FormTable, *, depth: int, row: Row) -> RowView:
    return RowView(
        id=anchor(row.id),
        depth=depth,
        label=table.wordings.get(row.id, row.label),
        unit=row.unit,
        heading=row.type == "heading",
        cells=tuple(_cell(table.cells.get((row.id, c.id)), row) for c in part.columns),
    )


def _cell(cell: Cell | None, row: Row) -> CellView:
    if row.type == "heading":
        return CellView("", "none")
    if cell is None or not cell.text:
        return CellView("", "blank")
    return CellView(cell.text, "text" if cell.number is None else "number")


def _export(table: Table, report: AnnualReport) -> TableExportView:
    part = table.form.tables[0]
    return TableExportView(
        title=_title(part, table),
        publisher=table.filler or report.issuer,
        year=table.year,
        source=_source(table),
        columns=tuple(column.label for column in part.columns),
        rows=tuple(_export_rows(table, part, rows=part.rows, above=())),
    )


def _export_rows(
    table: Table, part: FormTable, *, rows: tuple[Row, ...], above: tuple[str, ...]
) -> Iterator[ExportRow]:
    for row in rows:
        label = table.wordings.get(row.id, row.label)
        cells = (table.cells.get((row.id, column.id)) for column in part.columns)
        values = tuple(cell.text if cell else "" for cell in cells)
        yield ExportRow(row.id, label, above, row.unit, row.type, values)
        yield from _export_rows(table, part, rows=row.rows, above=(*above, label))
