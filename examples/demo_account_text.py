"""The explanation of a demonstration final account.

Promise: it has the parts such explanations have, and every figure in it is that of the tables.
"""

from __future__ import annotations

from decimal import Decimal

from examples import demo_money
from examples.demo_budget_text import duties, offices, terms
from examples.demo_ledgers import Money, accounted, budgeted, official
from examples.demo_words import Amount, by_class, change, full_name, of_wan, of_yuan, percent


def account_text(year: int) -> str:
    """The parts of a final account's explanation."""
    parts = (
        (
            "第一部分 部门概况",
            f"本说明为示例，数字均为虚构。\n\n### 一、主要职能\n\n{duties(year)}\n\n"
            f"### 二、决算单位构成\n\n{offices()}",
        ),
        (
            f"第二部分 {year}年度部门决算表",
            "表格附在本说明之后：收入支出决算总表、收入决算表、支出决算表、"
            "财政拨款收入支出决算总表、一般公共预算财政拨款支出决算表、"
            "一般公共预算财政拨款基本支出决算表、财政拨款“三公”经费支出决算表、"
            "政府性基金预算财政拨款收入支出决算表、国有资本经营预算财政拨款收入支出决算表。",
        ),
        (f"第三部分 {year}年度部门决算情况说明", _situation(year)),
        ("第四部分 名词解释", terms()),
    )
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts)


def _situation(year: int) -> str:
    now, then = accounted(year), accounted(year - 1)
    parts = (
        ("一、收入支出决算总体情况说明", _whole(now, then)),
        ("二、收入决算情况说明", _income(now)),
        ("三、支出决算情况说明", _spending(now)),
        ("四、财政拨款收入支出决算总体情况说明", _grants(now, then)),
        ("五、一般公共预算财政拨款支出决算情况说明", _general(now, then)),
        ("六、一般公共预算财政拨款基本支出决算情况说明", _basic(now)),
        ("七、财政拨款“三公”经费支出决算情况说明", _official(year)),
        ("八、政府性基金预算财政拨款收入支出决算情况说明", _fund(now)),
        (
            "九、国有资本经营预算财政拨款收入支出决算情况说明",
            f"{year}年度没有国有资本经营预算财政拨款收入和支出。",
        ),
        ("十、预算绩效管理情况", _results(year)),
        ("十一、其他重要事项情况说明", _other(now, then)),
    )
    return "\n\n".join(f"### {heading}\n\n{text}" for heading, text in parts)


def _total(money: Money) -> Amount:
    return of_wan(money.spent + money.all_closing)


def _whole(now: Money, then: Money) -> str:
    total, former = _total(now), _total(then)
    return (
        f"{now.year}年度收入总计{total}，支出总计{total}。与{then.year}年度相比，"
        f"收、支总计{change(total, former, each='各')}。"
        f"主要原因：{_reason(now.year)}。"
    )


def _reason(year: int) -> str:
    if (year in demo_money.FUND_YEARS) != (year - 1 in demo_money.FUND_YEARS):
        return "土地收储前期项目的安排有变化"
    return "按政策调整人员待遇，项目资金按进度使用"


def _income(money: Money) -> str:
    fiscal, other = of_wan(money.general_income + money.fund_income), of_wan(money.other)
    total = Amount(fiscal.exact + other.exact)
    rest = f"；其他收入{other}，占{percent(other.exact, total.exact)}" if money.other else ""
    return (
        f"{money.year}年度本年收入合计{total}，其中：财政拨款收入{fiscal}，"
        f"占{percent(fiscal.exact, total.exact)}{rest}。"
    )


def _spending(money: Money) -> str:
    basic = of_wan(sum(money.basic.values()))
    total = of_wan(money.spent)
    project = Amount(total.exact - basic.exact)
    return (
        f"{money.year}年度本年支出合计{total}，其中：基本支出{basic}，"
        f"占{percent(basic.exact, total.exact)}；项目支出{project}，"
        f"占{percent(project.exact, total.exact)}。"
    )


def _grants(now: Money, then: Money) -> str:
    total, former = _granted(now), _granted(then)
    return (
        f"{now.year}年度财政拨款收入总计{total}，财政拨款支出总计{total}。"
        f"与{then.year}年度相比，财政拨款收、支总计{change(total, former, each='各')}。"
    )


def _granted(money: Money) -> Amount:
    return of_wan(money.general_spent + money.fund_spent + money.all_closing)


def _general(now: Money, then: Money) -> str:
    total, former = of_wan(now.general_spent), of_wan(then.general_spent)
    leaves = _leaves(now)
    shares = "；".join(
        f"{demo_money.name(code, now.year)}（类）{of_wan(amount)}，"
        f"占{percent(Decimal(amount), Decimal(now.general_spent))}"
        for code, amount in by_class(leaves).items()
    )
    return "\n\n".join(
        (
            f"（一）总体情况。{now.year}年度一般公共预算财政拨款支出{total}，"
            f"占本年支出合计的{percent(total.exact, of_wan(now.spent).exact)}。"
            f"与{then.year}年度相比，一般公共预算财政拨款支出{change(total, former)}。",
            f"（二）结构情况。{now.year}年度一般公共预算财政拨款支出{total}，"
            f"主要用于以下方面：{shares}。",
            f"（三）具体情况。{_execution(now)}",
        )
    )


def _leaves(money: Money) -> dict[str, int]:
    return dict(sorted({**money.basic, **money.project}.items()))


def _execution(money: Money) -> str:
    planned = budgeted(money.year)
    budget = {code: of_yuan(amount) for code, amount in _leaves(planned).items()}
    whole = of_yuan(planned.general_spent)
    opening = _against(whole, of_wan(money.general_spent))
    items = (
        f"{n}. {full_name(code, money.year)}。{_against(budget[code], of_wan(amount))}"
        f"{_why(budget[code], of_wan(amount))}"
        for n, (code, amount) in enumerate(_leaves(money).items(), 1)
    )
    return f"{money.year}年度{opening}其中：\n\n" + "\n".join(items)


def _against(planned: Amount, used: Amount) -> str:
    done = f"，完成年初预算的{percent(used.exact, planned.exact)}" if planned.exact else ""
    return f"年初预算为{planned}，支出决算为{used}{done}。"


def _why(planned: Amount, used: Amount) -> str:
    if used.exact > planned.exact:
        return "决算数大于年初预算数的主要原因是年中追加了人员和项目经费。"
    if used.exact < planned.exact:
        return "决算数小于年初预算数的主要原因是按实际工作进度支付。"
    return "决算数等于年初预算数。"


def _basic(money: Money) -> str:
    total = of_wan(sum(money.basic.values()))
    return (
        f"{money.year}年度一般公共预算财政拨款基本支出{total}，其中：\n\n"
        f"人员经费{of_wan(money.staff)}，主要包括：{_names(money, ('301', '303'))}。\n\n"
        f"公用经费{of_wan(money.running)}，主要包括：{_names(money, ('302', '310'))}。"
    )


def _names(money: Money, classes: tuple[str, ...]) -> str:
    codes = (code for code in money.economic if code[:3] in classes)
    return "、".join(demo_money.name(code, money.year) for code in codes)


def _official(year: int) -> str:
    planned = [of_wan(n) for n in official(demo_money.budget(year))]
    used = [of_wan(n) for n in official(demo_money.spent(year))]
    former = [of_wan(n) for n in official(demo_money.spent(year - 1))]
    bought = (
        f"购置公务用车1辆，支出{used[4]}" if used[4].exact else "没有购置公务用车，支出0.00万元"
    )
    return "\n\n".join(
        (
            f"（一）总体情况。{year}年度财政拨款“三公”经费支出预算为{planned[0]}，"
            f"支出决算为{used[0]}，完成预算的{percent(used[0].exact, planned[0].exact)}。"
            f"“三公”经费支出决算数比{year - 1}年度{change(used[0], former[0])}。",
            "（二）具体情况。1. 因公出国（境）费支出决算为0.00万元，"
            f"与{year - 1}年度持平，全年因公出国（境）团组0个、0人次。",
            f"2. 公务用车购置及运行维护费支出决算为{used[3]}，比{year - 1}年度"
            f"{change(used[3], former[3])}。其中：公务用车购置费{used[4]}，全年{bought}；"
            f"公务用车运行维护费{used[5]}，年末公务用车保有量{6 - (year > 2020)}辆。",
            f"3. 公务接待费支出决算为{used[2]}，比{year - 1}年度{change(used[2], former[2])}。"
            f"国内公务接待{18 + year % 9}批次、{140 + year % 37}人次，没有外事接待。",
        )
    )


def _fund(money: Money) -> str:
    if not money.fund:
        return f"{money.year}年度没有政府性基金预算财政拨款收入和支出。"
    opening, closing = (
        of_wan(sum(money.fund_opening.values())),
        of_wan(sum(money.fund_closing.values())),
    )
    uses = "；".join(
        f"{demo_money.name(code, money.year)}（项）{of_wan(amount)}"
        for code, amount in money.fund.items()
    )
    return (
        f"{money.year}年度政府性基金预算财政拨款年初结转和结余{opening}，"
        f"本年收入{of_wan(money.fund_income)}，本年支出{of_wan(money.fund_spent)}，"
        f"年末结转和结余{closing}。具体用于：{uses}。"
    )


def _results(year: int) -> str:
    return (
        f"按照预算绩效管理要求，对{year}年度的{3 + year % 3}个项目开展了绩效自评，"
        "项目按计划完成，资金使用规范。（示例）"
    )


def _other(now: Money, then: Money) -> str:
    running, former = of_wan(now.running), of_wan(then.running)
    goods, works, services = 3980 + now.year % 7 * 290, 0, 30150 + now.year % 5 * 1180
    total = of_wan(goods + works + services)
    return "\n\n".join(
        (
            f"（一）机关运行经费支出情况。{now.year}年度机关运行经费支出{running}，"
            f"比{then.year}年度{change(running, former)}。",
            f"（二）政府采购支出情况。{now.year}年度政府采购支出总额{total}，"
            f"其中：政府采购货物支出{of_wan(goods)}、政府采购工程支出{of_wan(works)}、"
            f"政府采购服务支出{of_wan(services)}。",
            f"（三）国有资产占用情况。截至{now.year}年12月31日，"
            f"共有车辆{6 - (now.year > 2020)}辆，单位价值100万元以上的设备0台（套）。（示例）",
        )
    )
