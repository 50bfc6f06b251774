"""How the demonstration's explanations speak of money: amounts, changes and shares.

Promise: a sentence is made from the same figures as the tables, so both always agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from examples import demo_money

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 万元, exact to the 元; written with two places."""

    exact: Decimal

    def __str__(self) -> str:
        return f"{self.exact.quantize(CENT, ROUND_HALF_UP)}万元"

    @property
    def spaced(self) -> str:
        """With commas between thousands."""
        return f"{self.exact.quantize(CENT, ROUND_HALF_UP):,}万元"


def of_yuan(hundredths: int) -> Amount:
    """An amount given in 0.01 元."""
    return Amount(Decimal(hundredths) / 1_000_000)


def of_wan(hundredths: int) -> Amount:
    """An amount given in 0.01 万元."""
    return Amount(Decimal(hundredths) / 100)


def change(now: Amount, then: Amount, *, grouped: bool = False, each: str = "") -> str:
    """«增加3.00万元，增长4.17%»; without a percentage where there was nothing before."""
    difference = now.exact - then.exact
    if not difference:
        return "持平"
    more, rises = ("增加", "增长") if difference > 0 else ("减少", "下降")
    amount = Amount(abs(difference))
    words = f"{each}{more}{amount.spaced if grouped else amount}"
    return words + (f"，{rises}{percent(abs(difference), then.exact)}" if then.exact else "")


def percent(part: Decimal, whole: Decimal) -> str:
    """A share with two places."""
    return f"{(part * 100 / whole).quantize(CENT, ROUND_HALF_UP)}%"


def full_name(code: str, year: int) -> str:
    """«社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）»."""
    marks = ((3, "类"), (5, "款"), (7, "项"))
    return "".join(
        f"{demo_money.name(code[:length], year)}（{mark}）"
        for length, mark in marks
        if length <= len(code)
    )


def by_class(amounts: Mapping[str, int]) -> dict[str, int]:
    """The sums of the functional classes."""
    classes = sorted({code[:3] for code in amounts})
    return {c: sum(n for code, n in amounts.items() if code.startswith(c)) for c in classes}
