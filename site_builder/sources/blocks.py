"""Blocks: what a file to import holds, in reading order: paragraphs and grids of cells.

Promise: every text keeps the place it stands at; a merged cell is one box that says how far it
reaches, and nothing is moved, joined or split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.model.values import Scalar
from site_builder.problems import Place

MAX_BOXES = 100_000  # in one grid, the area of merged cells counted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text, without line ends."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a grid; rows and columns count from 0, a merged cell covers several."""

    text: str
    place: Place
    top: int
    left: int
    height: int = 1
    width: int = 1

    @property
    def bottom(self) -> int:
        """The last row it covers."""
        return self.top + self.height - 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as it stands in a file; boxes do not overlap."""

    name: str
    place: Place
    boxes: tuple[Box, ...]

    def matrix(self) -> list[list[Box | None]]:
        """The boxes by row and column; None where the table has no cell."""
        height = max((box.bottom + 1 for box in self.boxes), default=0)
        width = max((box.left + box.width for box in self.boxes), default=0)
        rows: list[list[Box | None]] = [[None] * width for _ in range(height)]
        for box in self.boxes:
            for row in rows[box.top : box.bottom + 1]:
                row[box.left : box.left + box.width] = [box] * box.width
        return rows

    def texts(self) -> tuple[tuple[int, int, str], ...]:
        """What it says, wherever it stands: equal for equal tables."""
        return tuple((box.top, box.left, box.text) for box in self.boxes if box.text)


Block = Paragraph | Grid


def grid_of(name: str, place: Place, *, rows: tuple[tuple[Scalar, ...], ...]) -> Grid:
    """A grid of rows without merged cells."""
    boxes = (
        Box(cell.text.strip(), cell.place, top, left)
        for top, row in enumerate(rows)
        for left, cell in enumerate(row)
    )
    return Grid(name, place, tuple(boxes))


def is_too_large(boxes: Sequence[Box]) -> bool:
    """Whether the rectangle around the boxes is larger than any official table."""
    height = max((box.bottom + 1 for box in boxes), default=0)
    width = max((box.left + box.width for box in boxes), default=0)
    return height * width > MAX_BOXES
