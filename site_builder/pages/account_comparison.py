"""Comparison: a year's budget beside its final account.

Promise: only what both count in the same way stands side by side; amounts in 元 are converted
exactly, and where the budget is 0 there is no 完成率.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.model.disclosure import Account
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import Table
from site_builder.pages import account_lines, amounts, routes
from site_builder.pages.account_lines import Pair, pairs
from site_builder.pages.account_pieces import BarsView, FigureRow
from site_builder.pages.bars import Drawn, bar_rows
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Link
from site_builder.pages.views import AccountComparisonView

COLUMNS = ("预算数", "决算数", "差额", "完成率")
SCOPE = (
    "这里只比较预算和决算都有、口径相同的数：基本支出、项目支出、各类支出和“三公”经费。"
    "决算的收入总计、支出总计含年初、年末结转和结余，与预算的总计口径不同，所以不比较。"
)
MEANING = (
    "差额是决算数减预算数，完成率是决算数除以预算数，都按换算前的数计算，保留两位小数；"
    "预算没有安排或者为 0 的，不计算完成率。"
)


def compared_years(context: Context) -> tuple[int, ...]:
    """The years whose budget and final account are both public and have tables."""
    years = sorted({year for year, _ in context.accounts})
    return tuple(year for year in years if _both(context, year))


def plan_comparisons(context: Context, column: Column) -> Iterator[Page]:
    """`yjs/2017/duibi.html` for each of those years."""
    for year in compared_years(context):
        yield from (_page(context, column, year=year, both=found) for found in _both(context, year))


def _both(context: Context, year: int) -> tuple[tuple[Account, Account], ...]:
    plan, real = context.accounts.get((year, "预算")), context.accounts.get((year, "决算"))
    return ((plan, real),) if plan and real and plan.table and real.table else ()


def _page(context: Context, column: Column, *, year: int, both: tuple[Account, Account]) -> Page:
    path = routes.comparison(column, year)
    view = AccountComparisonView(
        frame=frame(context.library, path, title=f"{year}年预算与决算对比", column=column),
        documents=tuple(Link(d.title, _path(column, d)) for d in both),
        notes=(SCOPE, _units(both), MEANING),
        charts=tuple(_charts(column, both)),
    )
    sources = tuple(document.origin.place.file for document in both)
    return Page(path, "html", "pages/account_comparison.html", view, sources)


def _path(column: Column, document: Account) -> str:
    return routes.account(column, document.year, kind=document.kind)


def _units(both: tuple[Account, Account]) -> str:
    """Which units the tables are filled in in, and that both are shown in 万元."""
    said = "，".join(f"{d.kind}表以{'、'.join(_units_of(d))}为单位" for d in both)
    return f"{said}；本页统一换算成万元。"


def _units_of(document: Account) -> tuple[str, ...]:
    parts = document.table.form.tables if document.table else ()
    return tuple(dict.fromkeys(part.units[0] for part in parts if part.rows and part.units))


def _charts(column: Column, both: tuple[Account, Account]) -> Iterator[BarsView]:
    plan, real = (d.table for d in both)
    if plan is None or real is None:
        return
    spent = pairs(account_lines.classes(plan), account_lines.classes(real))
    groups = (
        ("基本支出和项目支出", pairs(account_lines.structure(plan), account_lines.structure(real))),
        ("支出按功能分类", (*_totals(plan, real), *spent)),
        ("“三公”经费", pairs(account_lines.hospitality(plan), account_lines.hospitality(real))),
    )
    paths = tuple(_path(column, document) for document in both)
    for n, (title, found) in enumerate(groups, 1):
        if found:
            yield _chart(f"b{n}", title, found=found, paths=paths)


def _totals(plan: Table, real: Table) -> tuple[Pair, ...]:
    """The classes added up; a document without them has no total to compare."""
    sums = (account_lines.total(account_lines.classes(t), "各类支出合计") for t in (plan, real))
    return pairs(*sums)


def _chart(id: str, title: str, *, found: tuple[Pair, ...], paths: tuple[str, ...]) -> BarsView:
    drawn = tuple(
        Drawn(
            f"其中：{pair.label}" if pair.level > 2 else pair.label,
            (
                ("plan", pair.this.amount if pair.this else None),
                ("real", pair.other.amount if pair.other else None),
            ),
            "没有",
        )
        for pair in found
    )
    height, rows = bar_rows(drawn)
    return BarsView(
        id=id,
        title=title,
        unit=amounts.UNIT,
        description="；".join(
            f"{r.label}预算 {r.bars[0].value}、决算 {r.bars[1].value}" for r in rows
        ),
        paired=True,
        height=height,
        rows=rows,
        label="项目",
        columns=COLUMNS,
        figures=tuple(_figures(pair, paths) for pair in found),
        notes=(),
    )


def _figures(pair: Pair, paths: tuple[str, ...]) -> FigureRow:
    plan = pair.this.amount if pair.this else None
    real = pair.other.amount if pair.other else None
    links = (
        Link(amounts.rounded(one.amount if one else None), _to(one.anchor if one else "", path))
        for one, path in zip((pair.this, pair.other), paths, strict=True)
    )
    zero = Decimal(0)
    cells = (
        *links,
        Link(amounts.signed((real or zero) - (plan or zero)), ""),
        Link(amounts.rate(real or zero, plan), ""),
    )
    sums = pair.this is not None and not pair.this.anchor
    return FigureRow(pair.label, pair.level, "heading sum" if sums else "", cells)


def _to(anchor: str, path: str) -> str:
    return f"{path}#{anchor}" if anchor else ""
