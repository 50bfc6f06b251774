"""Account pieces: what pages of budgets and final accounts are made of, as plain values.

Promise: every amount is text already formatted, every length of a drawing a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.pieces import Download, Link
from site_builder.pages.table_pieces import CellView, HeadCell


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A printed row: `kind` is heading (it has parts), heading sum or empty; `level` its indent."""

    id: str
    level: int
    kind: str
    code: str
    label: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class AccountHalf:
    """A table, or one half of a printed one; an empty `label` prints no column of row labels.

    `coded` tables have a column of codes; those that scroll sideways at any width are `broad`. A
    table without rows has a `note` instead, and nothing to download.
    """

    id: str
    title: str
    unit: str
    label: str
    coded: bool
    scrolls: bool
    broad: bool
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[AccountRow, ...]
    note: str
    csv: Download | None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table under its printed title; `sideways` is how its paper is turned."""

    id: str
    title: str
    sideways: bool
    halves: tuple[AccountHalf, ...]


@dataclass(frozen=True, slots=True)
class HBar:
    """A bar: `kind` is plan (hollow), real (filled) or none (no figure, no bar)."""

    kind: str
    y: str
    height: str
    width: str
    middle: str
    value: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """What is drawn on one line, with its words above it."""

    label: str
    y: str
    bars: tuple[HBar, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the figures beneath a drawing; a cell without a path leads nowhere."""

    label: str
    level: int
    kind: str
    cells: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BarsView:
    """Amounts drawn as horizontal bars, with their data beneath; `height` in lines of text.

    `paired` drawings set the budget beside the account; `notes` say what the data leave out.
    """

    id: str
    title: str
    unit: str
    description: str
    paired: bool
    height: str
    rows: tuple[BarRow, ...]
    label: str
    columns: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    notes: tuple[str, ...]
