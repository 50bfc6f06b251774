"""Annual reports: the index by year, each year's page, and its table to reuse.

Promise: every year the register names has an address, whether or not its text is held, and the
address stays when the text arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.model.disclosure import AnnualReport, RegisterEntry
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes, structured
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.packages import plan_report_package
from site_builder.pages.pieces import Chapter, Fact, ReportYear, YearLink
from site_builder.pages.printed_tables import LastYear, table_views
from site_builder.pages.statistics import export_links, export_pages
from site_builder.pages.table_pieces import TableView
from site_builder.pages.texts import chapters
from site_builder.pages.trends import (
    charted_years,
    comparable_last,
    figures,
    filled_years,
    plan_trends,
)
from site_builder.pages.views import AnnualReportView, NotHeldView, ReportIndexView

SIDE_TITLE = "年度报告"
TEMPLATE = "pages/annual_report.html"


def plan_reports(context: Context) -> Iterator[Page]:
    """The index, one page for each year, and the downloads of each table."""
    column = context.library.config.column("reports")
    if column is None:
        return
    yield _index(context, column)
    yield from plan_trends(context, column)
    yield from plan_report_package(context, column)
    for report in _public(context):
        yield _report(context, column, report=report)
        if report.table is not None:
            yield from export_pages(report, column)
    for entry in _missing(context):
        yield _not_held(context, column, entry=entry)


def year_links(context: Context, current: int = 0) -> tuple[YearLink, ...]:
    """Every year that was published, newest first."""
    column = context.library.config.column("reports")
    if column is None:
        return ()
    held = {report.year for report in _public(context)}
    years = held | {entry.year for entry in _missing(context)}
    return tuple(
        YearLink(f"{year}年", routes.annual_report(column, year), year in held, year == current)
        for year in sorted(years, reverse=True)
    )


def _public(context: Context) -> list[AnnualReport]:
    library = context.library
    return [report for report in library.reports if library.is_public(report)]


def _missing(context: Context) -> list[RegisterEntry]:
    held = {report.year for report in _public(context)}
    known = context.library.registered
    return [entry for entry in known if entry.kind == "年度报告" and entry.year not in held]


def _index(context: Context, column: Column) -> Page:
    path = routes.column(column)
    missing = _missing(context)
    rows = [(r.year, r.title, True, parts.iso(r.published)) for r in _public(context)]
    rows += [(entry.year, entry.title, False, "") for entry in missing]
    view = ReportIndexView(
        frame=frame(context.library, path, title=column.name, column=column),
        reports=tuple(
            ReportYear(f"{year}年", title, routes.annual_report(column, year), held, date)
            for year, title, held, date in sorted(rows, reverse=True)
        ),
        provenance=parts.sources_of(missing),
        trends_path=routes.trends(column) if charted_years(context) else "",
        package_path=routes.data_package(column) if filled_years(context) else "",
    )
    return Page(path, "html", "pages/report_index.html", view, ("config.yaml",))


def _report(context: Context, column: Column, *, report: AnnualReport) -> Page:
    library = context.library
    path = routes.annual_report(column, report.year)
    article = parts.article(library, report)
    last = _last(context, report, column=column)
    downloads = export_links(report, column)
    about = structured.report(library.config, report, downloads, routes.root(path))
    view = AnnualReportView(
        frame=frame(
            library, path, title=report.title, column=column, article=article, structured=about
        ),
        facts=parts.facts(report),
        downloads=downloads,
        figures=figures(context, report, path=path),
        chapters=_chapters(report, last),
        links=parts.links_of(context, report),
        tables=_tables_after(report, last),
        attachments=parts.downloads(context, report.attachments),
        changes=parts.change_facts(report),
        provenance=report.provenance,
        side_title=SIDE_TITLE,
        siblings=year_links(context, report.year),
    )
    sources = (
        report.origin.place.file,
        *((report.table.origin.place.file,) if report.table else ()),
    )
    return Page(path, "html", TEMPLATE, view, sources)


def _last(context: Context, report: AnnualReport, *, column: Column) -> LastYear | None:
    table = comparable_last(context, report.table) if report.table else None
    return LastYear(table, routes.annual_report(column, table.year)) if table else None


def _chapters(report: AnnualReport, last: LastYear | None) -> tuple[Chapter, ...]:
    """The text, each chapter with the tables that the form puts into it."""
    made = []
    number = 0
    for chapter in chapters(report.body):
        number += bool(chapter.heading)
        shown = report.table if chapter.heading else None
        tables = table_views(shown, number, last=last) if shown else ()
        made.append(replace(chapter, tables=tables))
    return tuple(made)


def _tables_after(report: AnnualReport, last: LastYear | None) -> tuple[TableView, ...]:
    """The tables that follow the text, those whose chapter is missing included."""
    if report.table is None:
        return ()
    written = sum(1 for section in report.body if section.heading)
    later = {p.chapter for p in report.table.form.tables if p.chapter > written}
    numbers = (0, *sorted(later))
    return tuple(view for n in numbers for view in table_views(report.table, n, last=last))


def _not_held(context: Context, column: Column, *, entry: RegisterEntry) -> Page:
    path = routes.annual_report(column, entry.year)
    siblings = year_links(context, entry.year)
    return not_held(context, column, entry=entry, path=path, side=(SIDE_TITLE, siblings))


def not_held(
    context: Context,
    column: Column,
    *,
    entry: RegisterEntry,
    path: str,
    side: tuple[str, tuple[YearLink, ...]],
) -> Page:
    """The page of something published whose text is not held: 原文待补录."""
    application = context.library.config.column("application")
    view = NotHeldView(
        frame=frame(context.library, path, title=entry.title, column=column),
        facts=(Fact("年度", f"{entry.year}年"), Fact("种类", entry.kind)),
        provenance=entry.provenance,
        apply_path=routes.column(application) if application else "",
        side_title=side[0],
        siblings=side[1],
    )
    return Page(path, "html", "pages/not_held.html", view, (entry.origin.place.file,))
