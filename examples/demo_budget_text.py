"""The explanation of a demonstration budget.

Promise: it has the chapters such explanations have, and every figure in it is that of the tables.
"""

from __future__ import annotations

from examples import demo_money
from examples.demo_ledgers import Money, budgeted, official
from examples.demo_words import Amount, by_class, change, of_wan, of_yuan

DUTIES = (
    "履行全民所有土地、矿产、森林等自然资源资产所有者职责和所有国土空间用途管制职责",
    "负责自然资源调查监测评价和统一确权登记",
    "负责建立空间规划体系并监督实施",
    "负责矿产资源管理和地质灾害防治的技术支撑",
    "承办示例市人民政府交办的其他事项",
)
FORMER_DUTIES = (
    "承担保护与合理利用土地资源、矿产资源等自然资源的责任",
    "负责规范国土资源权属管理",
    "负责编制和组织实施土地利用总体规划",
    "负责矿产资源开发的管理和地质灾害防治的组织协调",
    "承办示例市人民政府交办的其他事项",
)
OFFICES = "办公室、财务科、规划科、耕地保护科、利用科、登记科、矿产管理科、执法监督科"
TERMS = (
    ("财政拨款收入", "指本级财政当年拨付的资金。"),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
    ("项目支出", "指在基本支出之外，为完成特定任务和事业发展目标所发生的支出。"),
    (
        "“三公”经费",
        "指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
    ),
    (
        "机关运行经费",
        "指为保障单位运行，用一般公共预算财政拨款安排的基本支出中的公用经费。",
    ),
)
PURPOSES = {
    "208": "主要用于离退休人员的待遇和按规定缴纳的养老保险、职业年金",
    "210": "主要用于按规定缴纳的医疗保险和医疗补助",
    "212": "主要用于土地收储前期的补偿和开发整理",
    "220": "主要用于机关运行、规划编制、调查登记和执法监督",
    "221": "主要用于按规定缴纳的住房公积金",
}


def duties(year: int) -> str:
    """What the bureau does, as a list."""
    chosen = FORMER_DUTIES if year < demo_money.RENAMED else DUTIES
    return "\n".join(f"{n}. {duty}。（示例）" for n, duty in enumerate(chosen, 1))


def offices() -> str:
    """What the bureau consists of."""
    return f"本部门内设机构包括：{OFFICES}。本部门没有下属预算单位。（示例）"


def terms() -> str:
    """What the words of the tables mean."""
    return "\n\n".join(f"**{term}**：{meaning}" for term, meaning in TERMS)


def budget_text(year: int) -> str:
    """The chapters of a budget's explanation."""
    chapters = (
        ("一、主要职能", f"本说明为示例，数字均为虚构。\n\n{duties(year)}"),
        ("二、机构设置", offices()),
        ("三、名词解释", terms()),
        ("四、预算编制说明", _drawn_up(year)),
        ("五、其他相关情况说明", _other(year)),
    )
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in chapters)


def _drawn_up(year: int) -> str:
    now, then = budgeted(year), budgeted(year - 1)
    income, former = of_yuan(now.spent), of_yuan(then.spent)
    general, fund = of_yuan(now.general_spent), of_yuan(now.fund_spent)
    basic, project = _basic(now), _project(now)
    compared = change(income, former, grouped=True)
    return "\n\n".join(
        (
            f"{year}年，本部门收入预算{income.spaced}，其中：财政拨款收入{income.spaced}，"
            f"比{year - 1}年预算{compared}；事业收入0.00万元；事业单位经营收入0.00万元；"
            "其他收入0.00万元。",
            f"支出预算{income.spaced}，其中：基本支出{basic.spaced}，"
            f"比{year - 1}年预算{change(basic, _basic(then), grouped=True)}；"
            f"项目支出{project.spaced}，"
            f"比{year - 1}年预算{change(project, _project(then), grouped=True)}。",
            f"财政拨款支出预算{income.spaced}，其中：一般公共预算支出{general.spaced}，"
            f"比{year - 1}年预算{change(general, of_yuan(then.general_spent), grouped=True)}；"
            f"政府性基金预算支出{fund.spaced}，比{year - 1}年预算"
            f"{change(fund, of_yuan(then.fund_spent), grouped=True)}；"
            "国有资本经营预算支出0.00万元，与上年预算持平。"
            f"{_reason(year)}",
            "财政拨款支出主要内容如下：",
            _contents(now),
        )
    )


def _basic(money: Money) -> Amount:
    return of_yuan(sum(money.basic.values()))


def _project(money: Money) -> Amount:
    return of_yuan(money.spent - sum(money.basic.values()))


def _reason(year: int) -> str:
    if (year in demo_money.FUND_YEARS) != (year - 1 in demo_money.FUND_YEARS):
        return "变动的主要原因是土地收储前期项目的安排有变化。"
    return "变动的主要原因是按政策调整人员待遇，并按任务安排项目。"


def _contents(money: Money) -> str:
    everything = {**money.basic, **money.project, **money.fund}
    lines = (
        f"{n}. “{demo_money.name(code, money.year)}”科目{of_yuan(amount).spaced}，"
        f"{PURPOSES[code]}。"
        for n, (code, amount) in enumerate(by_class(everything).items(), 1)
    )
    return "\n".join(lines)


def _other(year: int) -> str:
    return "\n\n".join(
        (
            f"### （一）“三公”经费预算情况\n\n{_official(year)}",
            f"### （二）机关运行经费预算\n\n{_running(year)}",
            f"### （三）政府采购预算情况\n\n{_purchases(year)}",
            f"### （四）绩效目标设置情况\n\n{_aims(year)}",
            f"### （五）国有资产占有使用情况\n\n{_property(year)}",
        )
    )


def _official(year: int) -> str:
    now = [of_wan(n) for n in official(demo_money.budget(year))]
    then = [of_wan(n) for n in official(demo_money.budget(year - 1))]
    total, abroad, reception, cars, buying, driving = now
    reason = "有一辆执法车到期更新" if buying.exact else "没有购置公务用车的安排"
    return (
        f"{year}年“三公”经费预算数为{total}，比{year - 1}年预算{change(total, then[0])}。其中：\n\n"
        f"1. 因公出国（境）费{abroad}，与{year - 1}年预算持平，没有安排出国（境）任务。\n"
        f"2. 公务用车购置及运行费{cars}，比{year - 1}年预算{change(cars, then[3])}，"
        f"主要原因是{reason}。其中：公务用车购置费{buying}；公务用车运行费{driving}。\n"
        f"3. 公务接待费{reception}，比{year - 1}年预算{change(reception, then[2])}，"
        "主要原因是继续压减一般性支出。"
    )


def _running(year: int) -> str:
    running = of_yuan(budgeted(year).running)
    former = of_yuan(budgeted(year - 1).running)
    return f"{year}年机关运行经费预算为{running}，比{year - 1}年预算{change(running, former)}。"


def _purchases(year: int) -> str:
    goods, works, services = 4200 + year % 7 * 310, 0, 31800 + year % 5 * 1270
    total = of_wan(goods + works + services)
    return (
        f"{year}年度政府采购预算{total}，其中：政府采购货物预算{of_wan(goods)}、"
        f"政府采购工程预算{of_wan(works)}、政府采购服务预算{of_wan(services)}。"
    )


def _aims(year: int) -> str:
    return (
        f"按照预算绩效管理工作的总体要求，{year}年编报绩效目标的项目共{3 + year % 3}个，"
        "涉及规划编制、调查登记和执法监督。（示例）"
    )


def _property(year: int) -> str:
    return (
        f"截至{year - 1}年12月31日，本部门共有车辆{6 - (year > 2021)}辆，"
        "其中：执法执勤用车4辆，其他用车为机要通信和应急保障用车；"
        "单位价值100万元以上的设备0台（套）。（示例）"
    )
