"""The nine tables of a demonstration budget.

Promise: each has the columns of its form, in its order, and satisfies every rule of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from examples import demo_money
from examples.demo_ledgers import STAFF, Money, budgeted, official
from examples.demo_tables import Figures, Line, Sheet, classes, coded, or_note, projects

NO_FUND = "本单位没有政府性基金预算支出，故本表无数据"
NO_CAPITAL = "本单位没有国有资本经营预算支出，故本表无数据"


def budget_sheets(year: int) -> tuple[Sheet, ...]:
    """The nine tables of a budget, two of them in halves."""
    money = budgeted(year)
    general = {**{c: (n, n, 0) for c, n in money.basic.items()}, **projects(money.project)}
    everything = {**general, **projects(money.fund)}
    by_source = {code: (n[0], n[0], 0, 0, 0) for code, n in everything.items()}
    return (
        *_summary(money, everything),
        Sheet("收入预算总表", "元", coded(by_source, year)),
        Sheet("支出预算总表", "元", coded(everything, year)),
        *_grants(money, everything),
        Sheet("一般公共预算支出功能分类预算表", "元", coded(general, year)),
        or_note("政府性基金预算支出功能分类预算表", "元", projects(money.fund), year, NO_FUND),
        Sheet("国有资本经营预算支出功能分类预算表", "元", note=NO_CAPITAL),
        Sheet("一般公共预算基本支出部门预算经济分类预算表", "元", _economic(money)),
        Sheet("“三公”经费和机关运行经费预算表", "万元", (_official(money),)),
    )


def _summary(money: Money, everything: Mapping[str, Figures]) -> tuple[Sheet, Sheet]:
    staff = _staff_by_function(money)
    split = {
        code: (n[0], staff.get(code, 0), n[1] - staff.get(code, 0), n[2])
        for code, n in everything.items()
    }
    nothing = (Line(name, (0,)) for name in ("事业收入", "事业单位经营收入", "其他收入"))
    fiscal = Line("财政拨款收入", (money.spent,), below=_sources(money))
    lines = (fiscal, *nothing, Line("收入总计", (money.spent,)))
    return (
        Sheet("财务收支预算总表（收入）", "元", lines),
        Sheet("财务收支预算总表（支出）", "元", classes(split, money.year, ("支出总计",))),
    )


def _grants(money: Money, everything: Mapping[str, Figures]) -> tuple[Sheet, Sheet]:
    granted = {
        code: (n[0], 0, n[0], 0) if code in money.fund else (n[0], n[0], 0, 0)
        for code, n in everything.items()
    }
    lines = (*_sources(money), Line("收入总计", (money.spent,)))
    return (
        Sheet("财政拨款收支预算总表（收入）", "元", lines),
        Sheet("财政拨款收支预算总表（支出）", "元", classes(granted, money.year, ("支出总计",))),
    )


def _economic(money: Money) -> tuple[Line, ...]:
    amounts = {
        code: (n, n, 0) if code[:3] in STAFF else (n, 0, n) for code, n in money.economic.items()
    }
    return coded(amounts, money.year)


def _official(money: Money) -> Line:
    spending = official(demo_money.budget(money.year))
    return Line("预算数", (*spending, money.running // 10000))


def _staff_by_function(money: Money) -> dict[str, int]:
    """人员经费 of each functional subject: only 行政运行 also pays for running the office."""
    return {c: n - money.running if c == "2200101" else n for c, n in money.basic.items()}


def _sources(money: Money) -> tuple[Line, ...]:
    return (
        Line("一般公共预算资金", (money.general_income,)),
        Line("政府性基金", (money.fund_income,)),
        Line("国有资本经营预算", (0,)),
    )
