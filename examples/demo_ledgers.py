"""A year's money of the demonstration as its tables need it: by subject, with what is left.

Promise: what comes in, goes out and stays adds up; amounts are in 0.01 of one unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from examples import demo_money
from examples.demo_money import Spending

STAFF = ("301", "303")


@dataclass(frozen=True, slots=True)
class Money:
    """What a budget's or an account's tables are made of, in 0.01 of one unit, by subject code.

    `other` is income that is no grant, spent on `other_code`.
    """

    year: int
    basic: Mapping[str, int]
    project: Mapping[str, int]
    fund: Mapping[str, int]
    economic: Mapping[str, int]
    opening: int = 0
    closing: int = 0
    fund_opening: Mapping[str, int] = field(default_factory=dict)
    fund_closing: Mapping[str, int] = field(default_factory=dict)
    other: int = 0

    other_code = "2200199"

    @property
    def general_spent(self) -> int:
        """General money spent."""
        return sum(self.basic.values()) + sum(self.project.values())

    @property
    def fund_spent(self) -> int:
        """Fund money spent."""
        return sum(self.fund.values())

    @property
    def spent(self) -> int:
        """All money spent."""
        return self.general_spent + self.fund_spent + self.other

    @property
    def all_opening(self) -> int:
        """What was left of all money at the end of last year."""
        return self.opening + sum(self.fund_opening.values())

    @property
    def all_closing(self) -> int:
        """What is left of all money at the end of this year."""
        return self.closing + sum(self.fund_closing.values())

    @property
    def general_income(self) -> int:
        """General grants received this year."""
        return self.general_spent + self.closing - self.opening

    @property
    def fund_income(self) -> int:
        """Fund grants received this year."""
        return sum(self.fund_received(code) for code in self.fund)

    def fund_received(self, code: str) -> int:
        """Fund grants received this year for a subject."""
        return self.fund[code] + self.fund_closing.get(code, 0) - self.fund_opening.get(code, 0)

    def economic_class(self, *classes: str) -> int:
        """Basic general spending of some economic classes."""
        return sum(n for code, n in self.economic.items() if code[:3] in classes)

    @property
    def staff(self) -> int:
        """人员经费."""
        return self.economic_class(*STAFF)

    @property
    def running(self) -> int:
        """公用经费."""
        return self.economic_class("302", "310")


def budgeted(year: int) -> Money:
    """The money of a budget, in 0.01 元."""
    planned = demo_money.budget(year)
    return Money(
        year=year,
        basic=_times(planned.basic_by_function(year), 10000),
        project={c: n * 10000 + demo_money.odd(year, c) * 100 for c, n in planned.projects.items()},
        fund=_times(planned.fund, 10000),
        economic=_times(planned.basic, 10000),
    )


def accounted(year: int) -> Money:
    """The money of a final account, in 0.01 万元."""
    used = demo_money.spent(year)
    return Money(
        year=year,
        basic=used.basic_by_function(year),
        project=used.projects,
        fund=used.fund,
        economic=used.basic,
        opening=demo_money.left(year - 1),
        closing=demo_money.left(year),
        fund_opening=demo_money.left_of_fund(year - 1),
        fund_closing=demo_money.left_of_fund(year),
        other=demo_money.OTHER_INCOME.get(year, 0),
    )


def official(planned: Spending) -> tuple[int, ...]:
    """“三公”: 合计, 出国, 接待, 用车小计, 购置, 运行, in 0.01 万元."""
    reception, driving = planned.basic["30217"], planned.basic["30231"]
    cars = planned.car + driving
    return (
        planned.abroad + reception + cars,
        planned.abroad,
        reception,
        cars,
        planned.car,
        driving,
    )


def _times(amounts: Mapping[str, int], factor: int) -> dict[str, int]:
    return {code: amount * factor for code, amount in amounts.items()}
