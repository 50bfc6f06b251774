"""The nine tables of a demonstration final account, 公开01 to 公开09.

Promise: each has the columns of its form, in its order, and satisfies every rule of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from examples import demo_money
from examples.demo_ledgers import Money, accounted, official
from examples.demo_tables import Figures, Line, Sheet, classes, coded, or_note, projects, total

UNIT = "万元"
NO_FUND_USED = (
    "本单位没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出，故本表无数据"
)
NO_CAPITAL_USED = (
    "本单位没有国有资本经营预算财政拨款收入，也没有使用国有资本经营预算财政拨款安排的支出，"
    "故本表无数据"
)


def account_sheets(year: int) -> tuple[Sheet, ...]:
    """公开01 to 公开09, two of them in halves."""
    money = accounted(year)
    general = {**{c: (n, n, 0) for c, n in money.basic.items()}, **projects(money.project)}
    everything = {**general, **projects(money.fund)}
    if money.other:
        former = everything[money.other_code]
        everything[money.other_code] = (former[0] + money.other, 0, former[2] + money.other)
    spending = {code: (*n, 0, 0, 0) for code, n in everything.items()}
    official_spending = (Line("支出数", _official_of_account(year)),)
    return (
        *_summary(money, everything),
        Sheet("收入决算表", UNIT, coded(_income(money, everything), year)),
        Sheet("支出决算表", UNIT, coded(spending, year)),
        *_grants(money, general),
        Sheet("一般公共预算财政拨款支出决算表", UNIT, coded(general, year)),
        Sheet("一般公共预算财政拨款基本支出决算表", UNIT, _economic(money)),
        Sheet("财政拨款“三公”经费支出决算表", UNIT, official_spending),
        or_note("政府性基金预算财政拨款收入支出决算表", UNIT, _fund(money), year, NO_FUND_USED),
        Sheet("国有资本经营预算财政拨款收入支出决算表", UNIT, note=NO_CAPITAL_USED),
    )


def _summary(money: Money, everything: Mapping[str, Figures]) -> tuple[Sheet, Sheet]:
    income = money.general_income + money.fund_income + money.other
    received = [Line(f"{line.label}收入", line.figures) for line in _sources(money)]
    if money.other:
        received.append(Line("其他收入", (money.other,)))
    into = (
        *received,
        Line("本年收入合计", (income,)),
        Line("年初结转和结余", (money.all_opening,)),
        Line("总计", (income + money.all_opening,)),
    )
    out = (
        *classes({code: n[:1] for code, n in everything.items()}, money.year, ()),
        Line("本年支出合计", (money.spent,)),
        Line("年末结转和结余", (money.all_closing,)),
        Line("总计", (money.spent + money.all_closing,)),
    )
    return Sheet("收入支出决算总表（收入）", UNIT, into), Sheet(
        "收入支出决算总表（支出）", UNIT, out
    )


def _grants(money: Money, general: Mapping[str, Figures]) -> tuple[Sheet, Sheet]:
    income = money.general_income + money.fund_income
    into = (
        *_sources(money),
        Line("本年收入合计", (income,)),
        Line("年初财政拨款结转和结余", (money.all_opening,), below=_opening(money)),
        Line("总计", (income + money.all_opening,)),
    )
    granted = {
        **{code: (n[0], n[0], 0, 0) for code, n in general.items()},
        **{code: (n, 0, n, 0) for code, n in money.fund.items()},
    }
    spent = total(granted)
    kept = (money.all_closing, money.closing, money.all_closing - money.closing, 0)
    out = (
        *classes(granted, money.year, ("本年支出合计",)),
        Line("年末财政拨款结转和结余", kept),
        Line("总计", tuple(map(sum, zip(spent, kept, strict=True)))),
    )
    return (
        Sheet("财政拨款收入支出决算总表（收入）", UNIT, into),
        Sheet("财政拨款收入支出决算总表（支出）", UNIT, out),
    )


def _economic(money: Money) -> tuple[Line, ...]:
    return (
        *coded({code: (n,) for code, n in money.economic.items()}, money.year)[1:],
        Line("人员经费合计", (money.staff,)),
        Line("公用经费合计", (money.running,)),
    )


def _sources(money: Money) -> tuple[Line, ...]:
    general = Line("一般公共预算财政拨款", (money.general_income,))
    fund = Line("政府性基金预算财政拨款", (money.fund_income,))
    return (general, fund) if money.fund else (general,)


def _opening(money: Money) -> tuple[Line, ...]:
    general = Line("一般公共预算财政拨款", (money.opening,))
    fund = Line("政府性基金预算财政拨款", (sum(money.fund_opening.values()),))
    return (general, fund) if money.fund else (general,)


def _income(money: Money, spending: Mapping[str, Figures]) -> dict[str, Figures]:
    """Income by subject: what was spent on it and the change of what is left, of 2200112."""
    found: dict[str, Figures] = {}
    for code, (amount, *_) in spending.items():
        fiscal = amount
        if code in money.fund:
            fiscal = money.fund_received(code)
        elif code == "2200112":
            fiscal += money.closing - money.opening
        other = money.other if code == money.other_code else 0
        found[code] = (fiscal, fiscal - other, 0, 0, 0, 0, other)
    return found


def _fund(money: Money) -> dict[str, Figures]:
    return {
        code: (
            money.fund_opening.get(code, 0),
            money.fund_received(code),
            amount,
            0,
            amount,
            money.fund_closing.get(code, 0),
        )
        for code, amount in money.fund.items()
    }


def _official_of_account(year: int) -> Figures:
    """预算数 and 决算数: 合计, 出国, 用车小计, 购置, 运行, 接待."""
    found: list[int] = []
    for spending in (demo_money.budget(year), demo_money.spent(year)):
        total, abroad, reception, cars, buying, driving = official(spending)
        found += (total, abroad, cars, buying, driving, reception)
    return tuple(found)
