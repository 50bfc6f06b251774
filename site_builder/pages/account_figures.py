"""Account figures: what a budget or a final account comes to, beside the year before.

Promise: every figure leads to the row it stands in; a change is stated only between documents that
count in the same way, a percentage only where there is a base.
"""

from __future__ import annotations

from decimal import Decimal

from site_builder.model.disclosure import Account
from site_builder.model.tables import Indicator, Table
from site_builder.pages import account_lines, amounts
from site_builder.pages.account_lines import Amount, Pair, pairs
from site_builder.pages.account_pieces import BarsView, FigureRow
from site_builder.pages.bars import Drawn, bar_rows
from site_builder.pages.pieces import Figure, Link
from site_builder.pages.statistics import anchor

KEY = ("income", "spending", "basic", "project", "hospitality", "running", "carried")
NO_BASE = "上年没有数或者为 0 的，不计算增幅。"


def key_figures(document: Account, last: Table | None, *, path: str) -> tuple[Figure, ...]:
    """The totals; `last` is the table of the year before where it can be compared."""
    table = document.table
    if table is None:
        return ()
    found = {i.id: i for i in table.form.indicators}
    figures = (_figure(table, found[name], last=last, path=path) for name in KEY if name in found)
    return tuple(figure for figure in figures if figure)


def breakdowns(document: Account, last: Table | None, *, path: str) -> tuple[BarsView, ...]:
    """Spending by functional class, the largest first, and “三公”经费 by item."""
    table = document.table
    if table is None:
        return ()
    spent = account_lines.classes(table)
    largest = tuple(sorted(spent, key=lambda line: line.amount, reverse=True))
    before = account_lines.classes(last) if last else ()
    listed = {
        "支出按功能分类": (
            (*account_lines.total(spent, "合计"), *largest),
            (*account_lines.total(before, "合计"), *before),
        ),
        "“三公”经费": (
            account_lines.hospitality(table),
            account_lines.hospitality(last) if last else (),
        ),
    }
    return tuple(
        _breakdown(document, f"b{n}", title, found=pairs(this, other), path=path)
        for n, (title, (this, other)) in enumerate(listed.items(), 1)
        if this
    )


def _figure(table: Table, indicator: Indicator, *, last: Table | None, path: str) -> Figure | None:
    value = amounts.indicated(table, indicator.id)
    if value is None:
        return None
    before = amounts.indicated(last, indicator.id) if last else None
    return Figure(
        label=indicator.label,
        value=amounts.rounded(value),
        unit=amounts.UNIT,
        path=f"{path}#{anchor(indicator.row)}",
        last="" if before is None else f"上年 {amounts.rounded(before)}，{_change(value, before)}",
    )


def _change(value: Decimal, before: Decimal) -> str:
    difference = value - before
    if not difference:
        return "持平"
    word = "增加" if difference > 0 else "减少"
    share = f"（{amounts.growth(value, before)}）" if before > 0 else ""
    return f"{word} {amounts.rounded(abs(difference))}{share}"


def _breakdown(
    document: Account, id: str, title: str, *, found: tuple[Pair, ...], path: str
) -> BarsView:
    """The first pair is the whole of the others; a part of a part says so."""
    whole = found[0].this
    drawn = tuple(
        Drawn(_words(pair.this, whole=whole), (("real", pair.this.amount),))
        for pair in found[1:]
        if pair.this
    )
    height, rows = bar_rows(drawn)
    compared = any(pair.other for pair in found)
    figures = tuple(
        _figures(pair, whole=whole, compared=compared, sums=n == 0, path=path)
        for n, pair in enumerate(found)
    )
    no_base = any(cell.text == amounts.NO_RATE for row in figures for cell in row.cells[-1:])
    return BarsView(
        id=id,
        title=title,
        unit=amounts.UNIT,
        description="；".join(f"{row.label} {row.bars[0].value} 万元" for row in rows),
        paired=False,
        height=height,
        rows=rows,
        label="项目",
        columns=_columns(document, compared=compared),
        figures=figures,
        notes=(NO_BASE,) if compared and no_base else (),
    )


def _words(line: Amount, *, whole: Amount | None) -> str:
    share = amounts.rate(line.amount, whole.amount if whole else None)
    part = "其中：" if line.level > 2 else ""
    return f"{part}{line.label}" + (f"（{share}）" if share != amounts.NO_RATE else "")


def _columns(document: Account, *, compared: bool) -> tuple[str, ...]:
    own = (f"{document.year}年", "占比")
    return (*own, f"{document.year - 1}年", "增减", "增幅") if compared else own


def _figures(
    pair: Pair, *, whole: Amount | None, compared: bool, sums: bool, path: str
) -> FigureRow:
    this = pair.this.amount if pair.this else None
    last = pair.other.amount if pair.other else None
    share = amounts.rate(this, whole.amount if whole else None) if this is not None else ""
    to = f"{path}#{pair.this.anchor}" if pair.this and pair.this.anchor else ""
    cells = [Link(amounts.rounded(this), to), Link(share, "")]
    if compared:
        change = (this or Decimal(0)) - (last or Decimal(0))
        cells += [
            Link(amounts.rounded(last), ""),
            Link(amounts.signed(change), ""),
            Link(amounts.growth(this or Decimal(0), last), ""),
        ]
    return FigureRow(pair.label, pair.level, "heading sum" if sums else "", tuple(cells))
