"""Statistics to reuse: the official tables as CSV, XLSX and JSON, and what they are called.

Promise: every value is handed on as the source writes it; blank, 0 and — stay distinct in every
format, and no file holds a figure of another year.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import FormTable, Row, Table
from site_builder.pages import routes
from site_builder.pages.pieces import Download
from site_builder.pages.table_pieces import ExportRow, ExportTable
from site_builder.pages.views import TableExportView


def export_links(report: AnnualReport, column: Column) -> tuple[Download, ...]:
    """The downloads of a report's tables: all of them as XLSX and JSON, each one as CSV."""
    if report.table is None:
        return ()
    parts = report.table.form.tables
    whole = f"{len(parts)}张表" if len(parts) > 1 else _extent(parts[0])
    names = [("统计表", kind, kind, whole) for kind in ("xlsx", "json")]
    for part in parts:
        text = part.title if len(parts) > 1 else "统计表"
        names.append((text, csv_name(parts, part), "csv", _extent(part)))
    return tuple(
        Download(
            text,
            routes.statistics(column, report.year, name=name),
            type.upper(),
            extent,
            name=f"{report.year}年{text}.{type}",
        )
        for text, name, type, extent in names
    )


def export_pages(report: AnnualReport, column: Column) -> Iterator[Page]:
    """The files behind those links."""
    table = report.table
    if table is None:
        return
    sources, year, parts = (table.origin.place.file,), report.year, table.form.tables
    whole = _export(report, table, parts=parts)
    yield Page(routes.statistics(column, year, name="xlsx"), "xlsx", "", whole, sources)
    yield Page(routes.statistics(column, year, name="json"), "json", "", whole, sources)
    for part in parts:
        path = routes.statistics(column, year, name=csv_name(parts, part))
        yield Page(path, "csv", "", _export(report, table, parts=(part,)), sources)


def anchor(row: str) -> str:
    """The anchor of a row: `r-A2-1`."""
    return "r-" + row.replace(".", "-")


def csv_name(parts: tuple[FormTable, ...], part: FormTable) -> str:
    """How a table's CSV file ends: `csv`, or `requests.csv` in a form of several tables."""
    return "csv" if len(parts) == 1 else f"{part.id}.csv"


def _extent(part: FormTable) -> str:
    return f"{sum(1 for _ in part.walk())}行"


def table_title(part: FormTable, table: Table) -> str:
    """The printed title, with the report's year."""
    return part.title.replace("{year}", str(table.year))


def citation(table: Table) -> str:
    """Where the form comes from: title and document number."""
    cites = table.form.cites
    return f"《{cites.title}》（{cites.number}）" if cites.number else cites.title


def _export(report: AnnualReport, table: Table, *, parts: tuple[FormTable, ...]) -> TableExportView:
    title = table_title(parts[0], table) if len(parts) == 1 else f"{table.year}年度统计表"
    return TableExportView(
        title=title,
        publisher=table.filler or report.issuer,
        year=table.year,
        source=citation(table),
        tables=tuple(
            ExportTable(
                id=part.id,
                title=table_title(part, table),
                columns=export_columns(part),
                rows=tuple(_export_rows(table, part, rows=part.rows, above=())),
            )
            for part in parts
        ),
    )


def export_columns(part: FormTable) -> tuple[str, ...]:
    """The names of the value columns, each with the headings above it."""
    return tuple(" / ".join(column.label for column in path) for path in part.paths())


def _export_rows(
    table: Table, part: FormTable, *, rows: tuple[Row, ...], above: tuple[str, ...]
) -> Iterator[ExportRow]:
    for row in rows:
        label = table.wordings.get(row.id, row.label)
        cells = (table.cells.get((row.id, column.id)) for column in part.leaves())
        values = tuple(cell.text if cell else "" for cell in cells)
        yield ExportRow(row.id, label, above, row.unit, row.type, values)
        yield from _export_rows(table, part, rows=row.rows, above=(*above, label))
