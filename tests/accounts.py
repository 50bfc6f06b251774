"""Budgets and final accounts to test on: two years of both, worked out from a few figures.

Promise: every total follows from its parts, budgets are written in 元 and accounts in 万元, and the
text of a figure is the one a test can expect on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from site_builder.pipeline import Site

FOLDER = "content/法定主动公开内容/财政预决算"
COLUMN = (
    "  - {folder: 法定主动公开内容/财政预决算, slug: yjs, kind: accounts, type: 信息公开目录, "
    "item: 7, description: 示例预决算。, keywords: [预算, 决算]}\n"
)
NAMES = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "210": "医疗卫生与计划生育支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入及对应专项债务收入安排的支出",
    "2120801": "征地和拆迁补偿支出",
    "220": "国土海洋气象等支出",
    "22001": "国土资源事务",
    "2200101": "行政运行",
    "2200104": "国土资源规划及管理",
    "2200106": "土地资源利用与保护",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "30299": "其他商品和服务支出",
}
# 万元 of 基本支出 and 项目支出; 212 is paid from 政府性基金.
SPENT: dict[tuple[int, str], dict[str, tuple[str, str]]] = {
    (2017, "预算"): {
        "2080505": ("214.62", "0"),
        "2101101": ("98.70", "0"),
        "2200101": ("1120.35", "0"),
        "2200104": ("0", "318.00"),
        "2200106": ("0", "424.0501"),
        "2210201": ("121.50", "0"),
    },
    (2017, "决算"): {
        "2080505": ("220.10", "0"),
        "2101101": ("98.70", "0"),
        "2200101": ("1135.42", "0"),
        "2200104": ("0", "300.00"),
        "2200106": ("0", "401.33"),
        "2210201": ("121.50", "0"),
    },
    (2018, "预算"): {
        "2080505": ("230.00", "0"),
        "2101101": ("98.70", "0"),
        "2120801": ("0", "300.00"),
        "2200101": ("1201.60", "0"),
        "2200104": ("0", "280.00"),
        "2210201": ("130.25", "0"),
    },
    (2018, "决算"): {
        "2080505": ("231.18", "0"),
        "2120801": ("0", "287.44"),
        "2200101": ("1198.02", "0"),
        "2200104": ("0", "279.90"),
        "2200106": ("0", "55.00"),
        "2210201": ("130.25", "0"),
    },
}
# 因公出国（境）, 公务接待, 购置, 运行.
HOSPITALITY = {
    (2017, "预算"): ("0", "3.20", "0", "15.40"),
    (2017, "决算"): ("0", "2.75", "0", "14.96"),
    (2018, "预算"): ("0", "3.00", "18.00", "15.00"),
    (2018, "决算"): ("0", "2.10", "17.60", "13.88"),
}
OPENING = {2017: "40.00", 2018: "23.03"}
INCOME = {2017: "2260.08", 2018: "2200.00"}
OFFICE = "120.05"  # 公用经费 other than 公务接待 and 公务用车
FUND = "212"
DATES = {
    (2017, "预算"): ("2017-02-20", "2017-03-10"),
    (2017, "决算"): ("2018-08-20", "2018-08-30"),
    (2018, "预算"): ("", "2018-03-09"),
    (2018, "决算"): ("2019-08-12", "2019-09-06"),
}
SLUGS = {"预算": "YS", "决算": "JS"}
EXPLANATION = """\
---
编号: {slug}-{year}
标题: {year}年度部门{kind}
年度: {year}
种类: {kind}
索引号: 00000000/{year}-{slug}
发布机构: 示例市自然资源局
{dates}---
## 一、部门概况

本局是示例市人民政府工作部门。

## 二、{kind}情况说明

收支情况见下面各表。
"""

Amounts = dict[str, tuple[Decimal, Decimal]]
Lines = list[tuple[str, tuple[Decimal | str, ...]]]


def with_accounts(site: Site, documents: Iterable[tuple[int, str]] = tuple(SPENT)) -> Site:
    """The site with a column of budgets and accounts, holding these."""
    config = site.root / "config.yaml"
    text = config.read_text("utf-8")
    if "kind: accounts" not in text:
        config.write_text(text.rstrip("\n") + "\n" + COLUMN, "utf-8")
    for year, kind in documents:
        folder = site.root / FOLDER / str(year) / kind
        folder.mkdir(parents=True)
        (folder / "说明.md").write_text(explanation(year, kind), "utf-8")
        (folder / "表.yaml").write_text(tables(year, kind), "utf-8")
    return site


def explanation(year: int, kind: str) -> str:
    """说明.md of one document."""
    approved, published = DATES[year, kind]
    dates = f"批复日期: {approved}\n批复文号: 示财〔{year}〕12号\n" if approved else ""
    dates += f"公开日期: {published}\n"
    return EXPLANATION.format(slug=SLUGS[kind], year=year, kind=kind, dates=dates)


def tables(year: int, kind: str) -> str:
    """表.yaml of one document."""
    made = _budget(year) if kind == "预算" else _account(year)
    lines = [f"单位: {'元' if kind == '预算' else '万元'}", "填报单位: 示例市自然资源局"]
    for title, rows in made:
        if isinstance(rows, str):
            lines.append(f"{title}: {rows}")
            continue
        lines.append(f"{title}:")
        for label, values in rows:
            figures = ", ".join(_text(v) for v in values)
            lines.append(f"  {label}: " + (f"[{figures}]" if len(values) > 1 else figures))
    return "\n".join(lines) + "\n"


def amounts(year: int, kind: str) -> Amounts:
    """基本支出 and 项目支出 of every code, those above the written ones included, in 万元."""
    total: Amounts = {}
    for code, (basic, project) in SPENT[year, kind].items():
        for length in (3, 5, 7):
            before = total.get(code[:length], (Decimal(0), Decimal(0)))
            added = (before[0] + Decimal(basic), before[1] + Decimal(project))
            total[code[:length]] = added
    return dict(sorted(total.items()))


def _text(value: Decimal | str) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:.2f}"


def _label(code: str) -> str:
    return f"{code} {NAMES[code]}"


def _total(found: Amounts) -> tuple[Decimal, Decimal]:
    tops = [both for code, both in found.items() if len(code) == 3]
    zero = Decimal(0)
    return sum((b for b, _ in tops), zero), sum((p for _, p in tops), zero)


def _sum(both: tuple[Decimal, Decimal]) -> Decimal:
    return both[0] + both[1]


def _blank(value: Decimal) -> Decimal | str:
    return value or ""


def _coded(found: Amounts, *, columns: int = 3) -> Lines:
    """合计 and every code: all, basic, project; further columns stay blank."""
    rows = [("合计", _total(found)), *((_label(c), both) for c, both in found.items())]
    rest = ("",) * (columns - 3)
    return [(label, (b + p, _blank(b), _blank(p), *rest)) for label, (b, p) in rows]


def _parts(found: Amounts) -> tuple[Amounts, Amounts]:
    """What is paid from 一般公共预算, and what from 政府性基金."""
    fund = {code: both for code, both in found.items() if code.startswith(FUND)}
    return {code: both for code, both in found.items() if code not in fund}, fund


def _basic(year: int, kind: str, found: Amounts) -> tuple[Lines, Decimal]:
    """基本支出 by economic class, and the part of it that is 公用经费."""
    _, reception, _, driving = map(Decimal, HOSPITALITY[year, kind])
    office = {"30201": Decimal(OFFICE), "30217": reception, "30231": driving}
    running = sum(office.values(), Decimal(0))
    staff = _total(found)[0] - running
    pay = {"30101": staff - Decimal(300), "30102": Decimal(300)}
    rows: Lines = [(_label("301"), (staff,)), *((_label(c), (v,)) for c, v in pay.items())]
    rows += [(_label("302"), (running,)), *((_label(c), (v,)) for c, v in office.items())]
    return rows, running


def _times(rows: Lines, factor: int) -> Lines:
    return [
        (label, tuple(v if isinstance(v, str) else v * factor for v in values))
        for label, values in rows
    ]


def _budget(year: int) -> Iterator[tuple[str, Lines | str]]:
    found = amounts(year, "预算")
    general, fund = _parts(found)
    whole = _sum(_total(found))
    classes = [code for code in found if len(code) == 3]
    economic, running = _basic(year, "预算", found)
    own, granted = _sum(_total(general)), _sum(_total(fund))
    income: Lines = [("财政拨款收入", (whole,)), ("一般公共预算资金", (own,))]
    income += [("政府性基金", (granted,))] if fund else []
    yield "财务收支预算总表（收入）", _times([*income, ("收入总计", (whole,))], 10000)
    rows: Lines = []
    for code in classes:
        b, p = found[code]
        used = running if code == "220" else Decimal(0)
        rows.append((_label(code), (b + p, _blank(b - used), _blank(used), _blank(p))))
    b, p = _total(found)
    rows.append(("支出总计", (b + p, b - running, running, p)))
    yield "财务收支预算总表（支出）", _times(rows, 10000)
    received: Lines = [(label, (v[0], v[0], "", "", "")) for label, v in _coded(found)]
    yield "收入预算总表", _times(received, 10000)
    yield "支出预算总表", _times(_coded(found), 10000)
    grants: Lines = [("一般公共预算资金", (own,))]
    grants += [("政府性基金", (granted,))] if fund else []
    yield "财政拨款收支预算总表（收入）", _times([*grants, ("收入总计", (whole,))], 10000)
    yield "财政拨款收支预算总表（支出）", _times(_granted(found, "支出总计"), 10000)
    yield "一般公共预算支出功能分类预算表", _times(_coded(general), 10000)
    note = "本单位没有政府性基金预算支出，故本表无数据"
    yield "政府性基金预算支出功能分类预算表", _times(_coded(fund), 10000) if fund else note
    note = "本单位没有国有资本经营预算支出，故本表无数据"
    yield "国有资本经营预算支出功能分类预算表", note
    split: Lines = [("合计", (b, b - running, running))]
    for label, values in economic:
        of_staff = label.startswith("301")
        split.append((label, (*values, *values, "") if of_staff else (*values, "", *values)))
    yield "一般公共预算基本支出部门预算经济分类预算表", _times(split, 10000)
    abroad, reception, buying, driving = map(Decimal, HOSPITALITY[year, "预算"])
    cars = buying + driving
    hospitality: Lines = [
        ("单位", ("万元",)),
        ("预算数", (abroad + reception + cars, abroad, reception, cars, buying, driving, running)),
    ]
    yield "“三公”经费和机关运行经费预算表", hospitality


def _granted(found: Amounts, total: str) -> Lines:
    rows: Lines = []
    for code, both in found.items():
        if len(code) == 3:
            value = _sum(both)
            paid = ("", value) if code == FUND else (value, "")
            rows.append((_label(code), (value, *paid, "")))
    general, fund = (_sum(_total(part)) for part in _parts(found))
    rows.append((total, (general + fund, general, _blank(fund), "")))
    return rows


def _account(year: int) -> Iterator[tuple[str, Lines | str]]:
    found = amounts(year, "决算")
    general, fund = _parts(found)
    spent, granted = _sum(_total(found)), _sum(_total(fund))
    income, opening = Decimal(INCOME[year]), Decimal(OPENING[year])
    closing = opening + income - spent
    own = income - granted
    head: Lines = [("一、一般公共预算财政拨款收入", (own,))]
    head += [("二、政府性基金预算财政拨款收入", (granted,))] if fund else []
    end: Lines = [("年初结转和结余", (opening,)), ("总计", (opening + income,))]
    yield "收入支出决算总表（收入）", [*head, ("本年收入合计", (income,)), *end]
    classes: Lines = [(_label(c), (_sum(v),)) for c, v in found.items() if len(c) == 3]
    end = [("年末结转和结余", (closing,)), ("总计", (spent + closing,))]
    yield "收入支出决算总表（支出）", [*classes, ("本年支出合计", (spent,)), *end]
    received: Lines = [("合计", (income, income, "", "", "", "", ""))]
    received += [(_label("220"), (income, income, "", "", "", "", ""))]
    yield "收入决算表", received
    yield "支出决算表", _coded(found, columns=6)
    head = [("一般公共预算财政拨款", (own,))]
    head += [("政府性基金预算财政拨款", (granted,))] if fund else []
    end = [("年初财政拨款结转和结余", (opening,)), ("总计", (opening + income,))]
    yield "财政拨款收入支出决算总表（收入）", [*head, ("本年收入合计", (income,)), *end]
    rows = _granted(found, "本年支出合计")
    rows.append(("年末财政拨款结转和结余", (closing, closing, "", "")))
    whole = (spent + closing, spent + closing - granted, _blank(granted), "")
    yield "财政拨款收入支出决算总表（支出）", [*rows, ("总计", whole)]
    yield "一般公共预算财政拨款支出决算表", _coded(general)
    economic, running = _basic(year, "决算", found)
    sums: Lines = [("人员经费合计", (_total(found)[0] - running,)), ("公用经费合计", (running,))]
    yield "一般公共预算财政拨款基本支出决算表", [*economic, *sums]
    twelve: list[Decimal | str] = []
    for kind in ("预算", "决算"):
        abroad, reception, buying, driving = map(Decimal, HOSPITALITY[year, kind])
        cars = buying + driving
        twelve += [abroad + reception + cars, abroad, cars, buying, driving, reception]
    yield "财政拨款“三公”经费支出决算表", [("支出数", tuple(twelve))]
    funded: Lines = [(label, ("", v[0], *v, "")) for label, v in _coded(fund)]
    note = (
        "本单位没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出，"
        "故本表无数据"
    )
    yield "政府性基金预算财政拨款收入支出决算表", funded if fund else note
    note = (
        "本单位没有国有资本经营预算财政拨款收入，也没有使用国有资本经营预算财政拨款安排的支出，"
        "故本表无数据"
    )
    yield "国有资本经营预算财政拨款收入支出决算表", note
