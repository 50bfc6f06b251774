"""Tables of the demonstration: rows of figures, made from those of the lowest subjects.

Promise: every total and every upper subject is the sum of what stands below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from examples import demo_money

Figures = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its code where it has one, and figures in 0.01 of the sheet's unit."""

    label: str
    figures: Figures
    code: str = ""
    below: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as the form names it; without lines it has a note."""

    title: str
    unit: str
    lines: tuple[Line, ...] = ()
    note: str = ""


def projects(amounts: Mapping[str, int]) -> dict[str, Figures]:
    """Amounts as 合计, 基本支出, 项目支出: all of it for projects."""
    return {code: (amount, 0, amount) for code, amount in amounts.items()}


def or_note(title: str, unit: str, rows: Mapping[str, Figures], year: int, note: str) -> Sheet:
    """A table of coded rows, or what is said in place of it."""
    return Sheet(title, unit, coded(rows, year)) if rows else Sheet(title, unit, note=note)


def coded(leaves: Mapping[str, Figures], year: int) -> tuple[Line, ...]:
    """合计 and every code down to the leaves, each the sum of those that begin with it."""
    codes = sorted({code[:n] for code in leaves for n in (3, 5, 7) if n <= len(code)})
    coded = (Line(demo_money.name(c, year), total(_starting(leaves, c)), code=c) for c in codes)
    return (Line("合计", total(leaves)), *coded)


def classes(leaves: Mapping[str, Figures], year: int, totals: Iterable[str]) -> tuple[Line, ...]:
    """The functional classes, and below them some totals."""
    classes = sorted({code[:3] for code in leaves})
    coded = (Line(demo_money.name(c, year), total(_starting(leaves, c)), code=c) for c in classes)
    return (*coded, *(Line(label, total(leaves)) for label in totals))


def total(leaves: Mapping[str, Figures]) -> Figures:
    """The sums of all columns."""
    return tuple(map(sum, zip(*leaves.values(), strict=True)))


def _starting(leaves: Mapping[str, Figures], code: str) -> dict[str, Figures]:
    return {known: figures for known, figures in leaves.items() if known.startswith(code)}
