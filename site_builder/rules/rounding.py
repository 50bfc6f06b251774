"""Rounding: how far printed sums may drift apart because every figure was rounded for itself.

Promise: only money on a form that prints decimals is rounded; counts are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from site_builder.model.tables import CellType, Form, Row

MONEY: tuple[CellType, ...] = ("money", "amount")
WITHIN = "，在四舍五入的范围内"


def step(form: Form, row: Row | None) -> Decimal:
    """A unit of the last printed place, in the unit of the table; 0 for what is exact."""
    is_money = row is None or row.type in MONEY
    return Decimal(1).scaleb(-form.decimals) if form.decimals and is_money else Decimal(0)


def slack(steps: Iterable[Decimal], *, terms: int) -> Decimal:
    """The difference that rounding explains: half a step for each term of both sides and one more.

    Of several steps the coarsest counts; where one figure is exact, rounding explains nothing.
    """
    known = list(steps)
    return max(known) / 2 * (terms + 1) if known and all(known) else Decimal(0)
