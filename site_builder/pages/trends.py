"""Trends: the years side by side.

Promise: only figures that a form declares as the same indicator stand on one chart; a year without
a figure is a gap, and a change of form is marked as a break unless the form says it is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from site_builder.model.disclosure import AnnualReport
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import Chain, Form, Indicator, Table
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Figure
from site_builder.pages.series import series_links, series_pages
from site_builder.pages.statistics import anchor
from site_builder.pages.table_pieces import Bar, ChainRow, ChartView
from site_builder.pages.views import TrendsView

TOP, FLOOR = 16, 88  # per cent of a chart's height: room for what stands above and below
WIDTH, WIDEST = 0.7, 9  # of a column: its share of its year, but no more per cent of the chart

Tables = dict[int, Table]


def plan_trends(context: Context, column: Column) -> Iterator[Page]:
    """gknb/trends.html, as soon as one year has figures that are followed over the years."""
    tables = charted_years(context)
    if not tables:
        return
    path = routes.trends(column)
    view = TrendsView(
        frame=frame(context.library, path, title="历年数据对比", column=column),
        downloads=series_links(column),
        charts=tuple(_charts(tables, column)),
        breaks=tuple(_break_notes(tables)),
        chain=tuple(_chain(tables)),
    )
    sources = tuple(table.origin.place.file for table in tables.values())
    yield Page(path, "html", "pages/trends.html", view, sources)
    yield from series_pages({"": tables}, column, publisher=context.library.config.site.bureau)


def filled_years(context: Context) -> Tables:
    """The tables of the public reports, by year in order."""
    library = context.library
    reports = sorted(library.reports, key=lambda report: report.year)
    return {r.year: r.table for r in reports if r.table and library.is_public(r)}


def comparable_last(context: Context, table: Table) -> Table | None:
    """The table of the year before, where it is public and its figures may be compared."""
    last = filled_years(context).get(table.year - 1)
    return last if last and table.form.counts_like(last.form) else None


def charted_years(context: Context) -> Tables:
    """Those whose form names figures to follow; local forms name none."""
    return {y: table for y, table in filled_years(context).items() if table.form.indicators}


def figures(context: Context, report: AnnualReport, *, path: str) -> tuple[Figure, ...]:
    """A report's key figures beside those of the year before; a blank one is left out."""
    if report.table is None:
        return ()
    last = comparable_last(context, report.table)
    return tuple(
        figure
        for indicator in report.table.form.indicators
        if (figure := _figure(report.table, indicator, last=last, path=path))
    )


def _figure(table: Table, indicator: Indicator, *, last: Table | None, path: str) -> Figure | None:
    number = table.number(indicator.row, indicator.column)
    if number is None:
        return None
    before = _number(last, indicator.id) if last else None
    return Figure(
        label=indicator.label,
        value=f"{number:,}",
        unit=_unit(table.form, indicator.id),
        path=f"{path}#{anchor(indicator.row)}",
        last="" if before is None else f"上年 {before:,}，{_change(number - before)}",
    )


def _change(difference: Decimal) -> str:
    if not difference:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'} {abs(difference):,}"


def _indicators(tables: Tables) -> tuple[Indicator, ...]:
    """Every indicator of any year, as its newest form words it."""
    newest_first = (table for _, table in sorted(tables.items(), reverse=True))
    found: dict[str, Indicator] = {}
    for table in newest_first:
        for indicator in table.form.indicators:
            found.setdefault(indicator.id, indicator)
    return tuple(found.values())


def _charts(tables: Tables, column: Column) -> Iterator[ChartView]:
    """One for each indicator that has a figure in some year."""
    for indicator in _indicators(tables):
        if any(_number(table, indicator.id) is not None for table in tables.values()):
            yield _chart(tables, indicator, column)


def _chart(tables: Tables, indicator: Indicator, column: Column) -> ChartView:
    numbers = {year: _number(table, indicator.id) for year, table in tables.items()}
    held = [year for year, number in numbers.items() if number is not None]
    years = range(held[0], held[-1] + 1)
    top = max((number for number in numbers.values() if number), default=Decimal(1))
    bars = tuple(_bar(tables, year, numbers=numbers, years=years, top=top) for year in years)
    bars = tuple(_linked(bar, tables, indicator=indicator, column=column) for bar in bars)
    unit = _unit(tables[held[-1]].form, indicator.id)
    return ChartView(
        id=f"c-{indicator.id}",
        title=indicator.label,
        unit=unit,
        description="；".join(f"{b.year}{b.value or '没有数据'}{b.value and unit}" for b in bars),
        bars=bars,
    )


def _bar(
    tables: Tables,
    year: int,
    *,
    numbers: dict[int, Decimal | None],
    years: range,
    top: Decimal,
) -> Bar:
    number, last = numbers.get(year), numbers.get(year - 1)
    slot = 100 / len(years)
    left = (year - years[0]) * slot
    width = min(slot * WIDTH, WIDEST)
    height = float((number or 0) / top) * (FLOOR - TOP)
    before = max((y for y, n in numbers.items() if y < year and n is not None), default=year)
    follows = number is not None and before < year
    breaks = follows and not tables[year].form.counts_like(tables[before].form)
    return Bar(
        year=f"{year}年",
        short=f"{year % 100:02}",
        value="" if number is None else f"{number:,}",
        edge=_percent(left),
        x=_percent(left + (slot - width) / 2),
        middle=_percent(left + slot / 2),
        width=_percent(width),
        y=_percent(FLOOR - height),
        height=_percent(height),
        change="" if number is None or last is None or breaks else _change(number - last),
        path="",
        breaks=breaks,
    )


def _linked(bar: Bar, tables: Tables, *, indicator: Indicator, column: Column) -> Bar:
    """The bar with the way to the cell its figure stands in."""
    year = int(bar.year.removesuffix("年"))
    own = tables[year].form.indicator(indicator.id) if year in tables else None
    if own is None:
        return bar
    path = f"{routes.annual_report(column, year)}#{anchor(own.row)}"
    return replace(bar, path=path)


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _number(table: Table, indicator: str) -> Decimal | None:
    found = table.form.indicator(indicator)
    return table.number(found.row, found.column) if found else None


def _unit(form: Form, indicator: str) -> str:
    """The unit of the row in which a form has the indicator."""
    found = form.indicator(indicator)
    rows = (row for part in form.tables for _, row in part.walk())
    return next((row.unit for row in rows if found and row.id == found.row), "")


def _break_notes(tables: Tables) -> Iterator[str]:
    for (before, last), (year, table) in pairwise(tables.items()):
        if not table.form.counts_like(last.form):
            yield (
                f"{year}年起采用{table.form.cites}的表式，统计口径与{before}年以前不同，"
                "两边的数不能直接比较。"
            )


def _chain(tables: Tables) -> Iterator[ChainRow]:
    """结转 year by year, where the form has it."""
    for year, table in tables.items():
        if table.form.chain is not None:
            yield _chain_row(year, table, chain=table.form.chain, last=tables.get(year - 1))


def _chain_row(year: int, table: Table, *, chain: Chain, last: Table | None) -> ChainRow:
    carried_in = table.number(chain.carried_in, chain.column)
    before = _carried_out(last) if last else None
    broken = before is not None and before != carried_in
    state = "上年表式没有结转数" if last else "没有上年的表"
    if before is not None:
        state = f"与上年结转下年度数 {before:,} 不一致" if broken else "与上年一致"
    return ChainRow(
        year=f"{year}年",
        carried_in=table.text(chain.carried_in, chain.column),
        received=table.text(chain.received, chain.column),
        closed=table.text(chain.closed, chain.column),
        carried_out=table.text(chain.carried_out, chain.column),
        state=state,
        broken=broken,
    )


def _carried_out(table: Table) -> Decimal | None:
    chain = table.form.chain
    return table.number(chain.carried_out, chain.column) if chain else None
