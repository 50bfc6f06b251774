"""Bars: amounts as horizontal bars, each under its words and before its value.

Promise: a bar's length is its share of the longest, the value stands in figures beside it, and what
has no figure has no bar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.pages.account_pieces import BarRow, HBar
from site_builder.pages.amounts import rounded

LONGEST = 68  # per cent of the drawing; the rest is for the value
WORDS, BAR, GAP = 1.5, 1.3, 0.5  # lines of text that each takes
THICK = 0.85  # of a bar's line


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line to draw: its words, and an amount for each kind of bar.

    Where there is no amount, `lacking` is said.
    """

    label: str
    amounts: tuple[tuple[str, Decimal | None], ...]
    lacking: str = ""


def bar_rows(lines: tuple[Drawn, ...]) -> tuple[str, tuple[BarRow, ...]]:
    """The height of the drawing in lines of text ("12.3em"), and its rows."""
    heights = [WORDS + BAR * len(line.amounts) + GAP for line in lines]
    whole = sum(heights)
    amounts = (amount for line in lines for _, amount in line.amounts if amount)
    top = max((amount for amount in amounts if amount > 0), default=Decimal(1))
    made = []
    begin = 0.0
    for line, height in zip(lines, heights, strict=True):
        made.append(_row(line, begin=begin, whole=whole, top=top))
        begin += height
    return f"{whole:.1f}em", tuple(made)


def _row(line: Drawn, *, begin: float, whole: float, top: Decimal) -> BarRow:
    bars = tuple(
        _bar(kind, amount, begin=begin + WORDS + BAR * n, whole=whole, top=top)
        for n, (kind, amount) in enumerate(line.amounts)
    )
    bars = tuple(replace(bar, value=bar.value or line.lacking) for bar in bars)
    return BarRow(line.label, _percent((begin + WORDS - 0.4) / whole), bars)


def _bar(kind: str, amount: Decimal | None, *, begin: float, whole: float, top: Decimal) -> HBar:
    share = max(amount or Decimal(0), Decimal(0)) / top
    return HBar(
        kind="none" if amount is None else kind,
        y=_percent((begin + BAR * (1 - THICK) / 2) / whole),
        height=_percent(BAR * THICK / whole),
        width=f"{float(share) * LONGEST:.2f}%",
        middle=_percent((begin + BAR / 2) / whole),
        value=rounded(amount),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
