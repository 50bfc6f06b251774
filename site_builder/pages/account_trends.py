"""Account trends: budgets and final accounts of all years side by side.

Promise: all amounts are in 万元; a year without a figure is a gap that says so, and no change is
stated across a change of form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from site_builder.model.disclosure import AccountKind
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import Table
from site_builder.pages import amounts, routes
from site_builder.pages.account_pieces import BarsView, FigureRow
from site_builder.pages.bars import Drawn, bar_rows
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Link
from site_builder.pages.series import series_links, series_pages
from site_builder.pages.statistics import anchor
from site_builder.pages.views import AccountTrendsView

KINDS: tuple[tuple[AccountKind, str], ...] = (("预算", "plan"), ("决算", "real"))
NO_FIGURE = "没有数据"
UNITS = "金额统一用万元，保留两位小数；原表以元为单位的已经换算。"
APART = ("income", "spending")  # what a final account adds to them, a budget does not
CLOSED = "决算的收入总计、支出总计含年初、年末结转和结余，与预算的总计口径不同，所以分开画。"

Tables = Mapping[tuple[int, str], Table]


def filled(context: Context) -> Tables:
    """The tables of the public budgets and accounts, by year and kind in order."""
    found = sorted(context.accounts.items())
    return {key: document.table for key, document in found if document.table}


def plan_account_trends(context: Context, column: Column) -> Iterator[Page]:
    """yjs/trends.html, as soon as one document has tables."""
    tables = filled(context)
    if not tables:
        return
    path = routes.trends(column)
    view = AccountTrendsView(
        frame=frame(context.library, path, title="历年预决算对比", column=column),
        downloads=series_links(column),
        notes=(UNITS, CLOSED, *_breaks(tables)),
        charts=tuple(_charts(tables, column)),
    )
    sources = tuple(table.origin.place.file for table in tables.values())
    yield Page(path, "html", "pages/account_trends.html", view, sources)
    publisher = context.library.config.site.bureau
    yield from series_pages(by_kind(tables), column, publisher=publisher)


def by_kind(tables: Tables) -> dict[str, dict[int, Table]]:
    """Budgets and final accounts apart, each by year; no kind without a table."""
    found = {kind: {y: t for (y, k), t in tables.items() if k == kind} for kind, _ in KINDS}
    return {kind: own for kind, own in found.items() if own}


def _charts(tables: Tables, column: Column) -> Iterator[BarsView]:
    """A drawing for each indicator; two where budget and account must not stand side by side."""
    for name, label in _indicators(tables).items():
        if name not in APART:
            yield _chart(tables, name, label=label, column=column)
            continue
        for kind, mark in KINDS:
            own = {key: table for key, table in tables.items() if key[1] == kind}
            if any(amounts.indicated(table, name) is not None for table in own.values()):
                chart = _chart(own, name, label=f"{kind}{label}", column=column)
                yield replace(chart, id=f"{chart.id}-{mark}")


def _indicators(tables: Tables) -> dict[str, str]:
    """Every indicator that has a figure in some year, as the newest form words it."""
    found: dict[str, str] = {}
    for _, table in sorted(tables.items(), reverse=True):
        for indicator in table.form.indicators:
            if amounts.indicated(table, indicator.id) is not None:
                found.setdefault(indicator.id, indicator.label)
    forms = (table.form for table in tables.values())
    order = list(dict.fromkeys(i.id for form in forms for i in form.indicators))
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def _chart(tables: Tables, name: str, *, label: str, column: Column) -> BarsView:
    values = {key: amounts.indicated(table, name) for key, table in tables.items()}
    held = sorted(key for key, value in values.items() if value is not None)
    years = range(min(y for y, _ in held), max(y for y, _ in held) + 1)
    kinds = tuple(pair for pair in KINDS if any(kind == pair[0] for _, kind in held))
    drawn = tuple(
        Drawn(
            f"{year}年", tuple((mark, values.get((year, kind))) for kind, mark in kinds), NO_FIGURE
        )
        for year in years
    )
    height, rows = bar_rows(drawn)
    names = [kind for kind, _ in kinds]
    return BarsView(
        id=f"c-{name}",
        title=label,
        unit=amounts.UNIT,
        description="；".join(
            row.label + "、".join(f"{k} {b.value}" for k, b in zip(names, row.bars, strict=True))
            for row in rows
        ),
        paired=len(kinds) > 1,
        height=height,
        rows=rows,
        label="年度",
        columns=tuple(text for kind in names for text in (f"{kind}数", "比上年")),
        figures=tuple(
            _figures(tables, year, name=name, kinds=names, column=column) for year in years
        ),
        notes=(),
    )


def _figures(
    tables: Tables, year: int, *, name: str, kinds: list[AccountKind], column: Column
) -> FigureRow:
    cells: list[Link] = []
    for kind in kinds:
        table, last = tables.get((year, kind)), tables.get((year - 1, kind))
        value = amounts.indicated(table, name) if table else None
        found = table.form.indicator(name) if table else None
        path = routes.account(column, year, kind=kind)
        to = f"{path}#{anchor(found.row)}" if found and value is not None else ""
        cells.append(Link(NO_FIGURE if value is None else amounts.rounded(value), to))
        cells.append(Link(_change(table, last, name=name), ""))
    return FigureRow(f"{year}年", 1, "", tuple(cells))


def _change(table: Table | None, last: Table | None, *, name: str) -> str:
    if table is None or last is None or not table.form.counts_like(last.form):
        return ""
    this, before = amounts.indicated(table, name), amounts.indicated(last, name)
    return "" if this is None or before is None else amounts.signed(this - before)


def _breaks(tables: Tables) -> Iterator[str]:
    for (year, kind), table in tables.items():
        last = tables.get((year - 1, kind))
        if last and not table.form.counts_like(last.form):
            yield (
                f"{year}年起{kind}采用{table.form.cites}的表式，口径与{year - 1}年以前不同，"
                "两边的数不能直接比较。"
            )
