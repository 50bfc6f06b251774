"""Slips of the pen: what mistake would explain that two sums differ.

Promise: a slip is named only when putting it right makes both sides exactly equal; it is a hint
where to look first, never a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

MOST_SUSPECTS = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure of one side: its name, its number as written, and what one of its unit is worth."""

    name: str
    number: Decimal
    worth: Decimal = Decimal(1)


def slip(left: Sequence[Suspect], right: Sequence[Suspect]) -> str:
    """A sentence that says what to look at first; empty when no slip explains the difference."""
    this, that = _sum(left), _sum(right)
    if _are_times(this, that, times=10_000):
        return "两边正好相差一万倍，请先核对单位是元还是万元。"
    if _are_times(this, that, times=10):
        return "两边正好相差十倍，请先核对是不是多写、少写了一位，或者小数点错了位。"
    turned = dict.fromkeys(_turned(left, that - this)) | dict.fromkeys(_turned(right, this - that))
    if 0 < len(turned) <= MOST_SUSPECTS:
        names = "、".join(f"“{name}”" for name in turned)
        return f"请先核对{names}，像是相邻两位数字写颠倒了。"
    return ""


def _sum(figures: Sequence[Suspect]) -> Decimal:
    return sum((f.number * f.worth for f in figures), Decimal(0))


def _are_times(this: Decimal, that: Decimal, *, times: int) -> bool:
    return this != that and (this == that * times or that == this * times)


def _turned(figures: Sequence[Suspect], lacking: Decimal) -> Iterator[str]:
    """The figures that lack just so much because two neighbouring digits are exchanged."""
    for figure in figures:
        if any((n - figure.number) * figure.worth == lacking for n in _exchanged(figure.number)):
            yield figure.name


def _exchanged(number: Decimal) -> Iterator[Decimal]:
    sign, digits, exponent = number.as_tuple()
    for n in range(len(digits) - 1):
        pair = (digits[n + 1], digits[n])
        yield Decimal((sign, (*digits[:n], *pair, *digits[n + 2 :]), int(exponent)))
