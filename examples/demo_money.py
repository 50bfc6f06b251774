"""Invented money of the demonstration bureau: subjects, budgets and spending of each year.

Promise: the same year always has the same figures, and what is left at the end of one year is what
the next begins with. Amounts are whole hundreds of 元 (0.01 万元) unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

BUDGETS = range(2017, 2027)
ACCOUNTS = range(2016, 2026)
FUND_YEARS = (2018, 2019, 2021, 2022)
OTHER_INCOME = {2017: 321, 2020: 468}
NEW_CAR = {2019: 1798, 2023: 1690}
FIRST = 2016
RENAMED = 2019  # 国土资源 became 自然资源
REFORM = 2018  # 住房公积金 and 医疗 moved from 303 and 30104 to 301
Amounts = Mapping[str, int]

# Name by code and first year in use; the last line that fits a year holds.
SUBJECTS = (
    ("208", FIRST, "社会保障和就业支出"),
    ("20805", FIRST, "行政事业单位离退休"),
    ("20805", 2020, "行政事业单位养老支出"),
    ("2080501", FIRST, "归口管理的行政单位离退休"),
    ("2080501", 2020, "行政单位离退休"),
    ("2080505", FIRST, "机关事业单位基本养老保险缴费支出"),
    ("2080506", FIRST, "机关事业单位职业年金缴费支出"),
    ("210", FIRST, "医疗卫生与计划生育支出"),
    ("210", 2019, "卫生健康支出"),
    ("21005", FIRST, "医疗保障"),
    ("2100501", FIRST, "行政单位医疗"),
    ("2100503", FIRST, "公务员医疗补助"),
    ("21011", 2017, "行政事业单位医疗"),
    ("2101101", 2017, "行政单位医疗"),
    ("2101103", 2017, "公务员医疗补助"),
    ("212", FIRST, "城乡社区支出"),
    ("21208", FIRST, "国有土地使用权出让收入及对应专项债务收入安排的支出"),
    ("21208", RENAMED, "国有土地使用权出让收入安排的支出"),
    ("2120801", FIRST, "征地和拆迁补偿支出"),
    ("2120802", FIRST, "土地开发支出"),
    ("220", FIRST, "国土海洋气象等支出"),
    ("220", RENAMED, "自然资源海洋气象等支出"),
    ("22001", FIRST, "国土资源事务"),
    ("22001", RENAMED, "自然资源事务"),
    ("2200101", FIRST, "行政运行"),
    ("2200102", FIRST, "一般行政管理事务"),
    ("2200104", FIRST, "国土资源规划及管理"),
    ("2200104", RENAMED, "自然资源规划及管理"),
    ("2200107", FIRST, "国土资源社会公益服务"),
    ("2200107", RENAMED, "自然资源社会公益服务"),
    ("2200112", FIRST, "土地资源储备支出"),
    ("2200199", FIRST, "其他国土资源事务支出"),
    ("2200199", RENAMED, "其他自然资源事务支出"),
    ("221", FIRST, "住房保障支出"),
    ("22102", FIRST, "住房改革支出"),
    ("2210201", FIRST, "住房公积金"),
    ("301", FIRST, "工资福利支出"),
    ("30101", FIRST, "基本工资"),
    ("30102", FIRST, "津贴补贴"),
    ("30103", FIRST, "奖金"),
    ("30104", FIRST, "其他社会保障缴费"),
    ("30108", FIRST, "机关事业单位基本养老保险缴费"),
    ("30109", FIRST, "职业年金缴费"),
    ("30110", REFORM, "职工基本医疗保险缴费"),
    ("30111", REFORM, "公务员医疗补助缴费"),
    ("30113", REFORM, "住房公积金"),
    ("302", FIRST, "商品和服务支出"),
    ("30201", FIRST, "办公费"),
    ("30202", FIRST, "印刷费"),
    ("30205", FIRST, "水费"),
    ("30206", FIRST, "电费"),
    ("30207", FIRST, "邮电费"),
    ("30209", FIRST, "物业管理费"),
    ("30211", FIRST, "差旅费"),
    ("30213", FIRST, "维修（护）费"),
    ("30215", FIRST, "会议费"),
    ("30216", FIRST, "培训费"),
    ("30217", FIRST, "公务接待费"),
    ("30228", FIRST, "工会经费"),
    ("30229", FIRST, "福利费"),
    ("30231", FIRST, "公务用车运行维护费"),
    ("30239", FIRST, "其他交通费用"),
    ("30299", FIRST, "其他商品和服务支出"),
    ("303", FIRST, "对个人和家庭的补助"),
    ("30302", FIRST, "退休费"),
    ("30307", FIRST, "医疗费"),
    ("30307", REFORM, "医疗费补助"),
    ("30309", FIRST, "奖励金"),
    ("30311", FIRST, "住房公积金"),
    ("310", FIRST, "其他资本性支出"),
    ("310", REFORM, "资本性支出"),
    ("31002", FIRST, "办公设备购置"),
)
# Basic spending in the first year, by economic subject.
BASIC = {
    "30101": 31240,
    "30102": 42860,
    "30103": 18650,
    "30108": 14820,
    "30109": 7410,
    "30110": 7960,
    "30111": 2480,
    "30113": 14200,
    "30201": 1820,
    "30202": 640,
    "30205": 210,
    "30206": 980,
    "30207": 760,
    "30209": 2240,
    "30211": 1460,
    "30213": 1130,
    "30215": 320,
    "30216": 450,
    "30217": 260,
    "30228": 1850,
    "30229": 520,
    "30231": 1240,
    "30239": 4680,
    "30299": 1360,
    "30302": 3850,
    "30309": 36,
    "31002": 840,
}
BEFORE_REFORM = {"30110": "30104", "30111": "30307", "30113": "30311"}
OF_FUNCTION = {
    "2080501": ("30302",),
    "2080505": ("30108",),
    "2080506": ("30109",),
    "2101101": ("30110", "30104"),
    "2101103": ("30111", "30307"),
    "2210201": ("30113", "30311"),
}
BEFORE_2017 = {"2101101": "2100501", "2101103": "2100503"}
SHRINKING = ("30217", "30231", "30215")
PROJECTS = {
    "2200102": 12600,
    "2200104": 38400,
    "2200107": 27300,
    "2200112": 52700,
    "2200199": 6400,
}
FUND = {"2120801": 46200, "2120802": 31800}


@dataclass(frozen=True, slots=True)
class Spending:
    """What is spent in a year, by economic subject for basic, by functional for the rest."""

    basic: Amounts
    projects: Amounts
    fund: Amounts
    abroad: int
    car: int

    def basic_by_function(self, year: int) -> dict[str, int]:
        """Basic spending by functional subject; what has no other is 行政运行."""
        found: dict[str, int] = {}
        for code, economic in OF_FUNCTION.items():
            known = BEFORE_2017.get(code, code) if year < 2017 else code
            found[known] = sum(self.basic.get(one, 0) for one in economic)
        found["2200101"] = sum(self.basic.values()) - sum(found.values())
        return dict(sorted(found.items()))


def name(code: str, year: int) -> str:
    """The name of a subject in a year."""
    return [text for known, since, text in SUBJECTS if known == code and since <= year][-1]


def budget(year: int) -> Spending:
    """The budget of a year; that of 2016 is spoken of, not published here."""
    projects = {code: _year(first, year, key=code, growth=2) for code, first in PROJECTS.items()}
    if car := NEW_CAR.get(year, 0):
        projects["2200102"] += car
    return Spending(
        basic=_basic(year),
        projects=projects,
        fund={code: _year(first, year, key=code, growth=1) for code, first in FUND.items()}
        if year in FUND_YEARS
        else {},
        abroad=0,
        car=car,
    )


def spent(year: int) -> Spending:
    """What was spent of the budget of a year: wages almost all, projects between 84 and 103 %."""
    planned = budget(year)
    basic = {
        code: amount * (930 + _noise(f"s{year}{code}", 71)) // 1000
        if code in SHRINKING
        else amount * (985 + _noise(f"s{year}{code}", 26)) // 1000
        for code, amount in planned.basic.items()
    }
    projects = {
        code: amount * (840 + _noise(f"s{year}{code}", 191)) // 1000
        for code, amount in planned.projects.items()
    }
    fund = {
        code: amount * (880 + _noise(f"s{year}{code}", 111)) // 1000
        for code, amount in planned.fund.items()
    }
    return Spending(basic, projects, fund, abroad=0, car=planned.car * 965 // 1000)


def left(year: int) -> int:
    """General money left at the end of a year."""
    return 1500 + _noise(f"left{year}", 4200)


def left_of_fund(year: int) -> dict[str, int]:
    """Fund money left at the end of a year: some where the next year goes on with it."""
    if year not in FUND_YEARS:
        return {}
    goes_on = year + 1 in FUND_YEARS
    return {code: 800 + _noise(f"left{year}{code}", 2400) if goes_on else 0 for code in FUND}


def odd(year: int, code: str) -> int:
    """The 元 below a hundred in the budget of a project, so that units have to be converted."""
    return _noise(f"odd{year}{code}", 100)


def _basic(year: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, first in BASIC.items():
        growth = -4 if code in SHRINKING else 4 if code.startswith("301") else 1
        known = BEFORE_REFORM.get(code, code) if year < REFORM else code
        found[known] = _year(first, year, key=code, growth=growth)
    return dict(sorted(found.items()))


def _year(first: int, year: int, *, key: str, growth: int) -> int:
    """An amount that grows by some per cent a year, give or take two."""
    amount = first
    for past in range(FIRST, year):
        amount = amount * (1000 + growth * 10 - 20 + _noise(f"{past}{key}", 41)) // 1000
    return amount


def _noise(key: str, width: int) -> int:
    return crc32(key.encode()) % width
