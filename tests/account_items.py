"""Random spending of a bureau, by items of the functional classification.

Promise: every amount is in hundredths of 万元, and every kind of money occurs unless excluded.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

GENERAL = ("2080505", "2080506", "2101101", "2200101", "2200104", "2200150", "2210201")
FUND, CAPITAL = ("2120801", "2120802", "2120803"), ("2230105",)


@dataclass(frozen=True, slots=True)
class Spending:
    """One item of the functional classification, in hundredths of 万元.

    What the general budget pays for staff, running and projects, what fund and capital budgets pay
    for projects, what is spent of other money.
    """

    staff: int = 0
    running: int = 0
    project: int = 0
    fund: int = 0
    capital: int = 0
    other: int = 0

    @property
    def general(self) -> int:
        return self.staff + self.running + self.project

    @property
    def fiscal(self) -> int:
        return self.general + self.fund + self.capital

    @property
    def projects(self) -> int:
        return self.project + self.fund + self.capital

    @property
    def basic(self) -> int:
        return self.staff + self.running + self.other

    @property
    def total(self) -> int:
        return self.fiscal + self.other


Items = dict[str, Spending]


@dataclass(frozen=True, slots=True)
class Carried:
    """What an account leaves for the next year, in hundredths of 万元; fund money by code."""

    general: int = 0
    fund: dict[str, int] = field(default_factory=dict)
    other: int = 0

    @property
    def fiscal(self) -> int:
        return self.general + sum(self.fund.values())

    @property
    def total(self) -> int:
        return self.fiscal + self.other


def random_items(chance: random.Random, *, general_only: bool = False) -> Items:
    """Spending by code; at least three items of the general budget, every kind unless excluded."""
    codes = chance.sample(GENERAL, chance.randint(3, len(GENERAL)))
    items = {code: _for_office(chance) for code in codes}
    if general_only:
        return items
    items[codes[0]] = replace(items[codes[0]], other=chance.randint(1000, 9000))
    items |= {c: Spending(fund=chance.randint(1000, 90_000)) for c in chance.sample(FUND, 2)}
    return items | {CAPITAL[0]: Spending(capital=chance.randint(1000, 9000))}


def _for_office(chance: random.Random) -> Spending:
    return Spending(*(chance.randint(1000, 90_000) for _ in range(3)))


def totals(items: Items) -> dict[str, int]:
    """What all items spend, by kind."""
    kinds = ("staff", "running", "project", "fund", "capital", "other")
    sums = ("general", "fiscal", "total")
    return {kind: sum(getattr(i, kind) for i in items.values()) for kind in (*kinds, *sums)}
