"""Stretches: the rows of a sheet, parted where the title of another table stands.

Promise: every row belongs to one stretch; the year, unit and bureau right above a title go with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.model.tables import Form, FormTable
from site_builder.model.values import Scalar
from site_builder.sources.account_titles import is_caption, is_title, tables_named
from site_builder.sources.blocks import Box
from site_builder.sources.headings import Matrix

NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a sheet that hold one table at most.

    `named` are the tables that the sheet's name stands for, where no title is written; `figures`
    says whether any row has a name and a number.
    """

    title: Box | None
    named: tuple[FormTable, ...]
    lines: range
    figures: bool
    boxes: tuple[Box, ...]

    def texts(self, rows: range | None = None) -> tuple[Scalar, ...]:
        """What is written in it, or in some rows of it."""
        chosen = self.lines if rows is None else rows
        return tuple(Scalar(b.text, b.place) for b in self.boxes if b.top in chosen)

    def below_title(self) -> range:
        """The rows below the title; all of them where there is none."""
        return range(self.title.bottom + 1 if self.title else self.lines.start, self.lines.stop)


def stretches(form: Form, matrix: Matrix, *, name: str) -> tuple[Stretch, ...]:
    """The stretches of a sheet from top to bottom; a sheet's name may be its title."""
    own = [_own(matrix, row) for row in range(len(matrix))]
    titles = {row: title for row, boxes in enumerate(own) if (title := _title(form, boxes))}
    starts = _starts(own, titles)
    ends = [*list(starts)[1:], len(matrix)]
    found: list[Stretch] = []
    for (start, title), end in zip(starts.items(), ends, strict=True):
        boxes = tuple(box for row in own[start:end] for box in row)
        figures = any(_has_figure(row) for row in own[start:end])
        named = tables_named(form, name) if title is None and figures else ()
        if boxes:
            found.append(Stretch(title, named, range(start, end), figures, boxes))
    return tuple(found)


def _starts(own: list[list[Box]], titles: dict[int, Box]) -> dict[int, Box | None]:
    """Where each stretch begins, with its title; a cover's words go with the first table."""
    starts: dict[int, Box | None] = {_with_captions(own, row): t for row, t in titles.items()}
    first = next(iter(starts), len(own))
    if any(_has_figure(row) for row in own[:first]) or not starts:
        return {0: None, **starts}
    return {0: starts.pop(first), **starts}


def _own(matrix: Matrix, row: int) -> list[Box]:
    """The filled cells that begin in a row."""
    boxes = dict.fromkeys(box for box in matrix[row] if box is not None)
    return [box for box in boxes if box.text and box.top == row]


def _title(form: Form, boxes: list[Box]) -> Box | None:
    """The title that stands in a row by itself, or beside the number of the table and the unit."""
    rest = [box for box in boxes if not is_caption(box.text)]
    if len(rest) != 1:
        return next((b for b in boxes if len(boxes) < 3 and tables_named(form, b.text)), None)
    text = rest[0].text
    return rest[0] if is_title(text) or tables_named(form, text) else None


def _with_captions(own: list[list[Box]], row: int) -> int:
    """The first of the rows right above a title that say nothing but unit, bureau and number."""
    while row > 0 and all(is_caption(box.text) for box in own[row - 1]) and own[row - 1]:
        row -= 1
    return row


def _has_figure(boxes: list[Box]) -> bool:
    return len(boxes) > 1 and any(NUMBER.fullmatch(box.text) for box in boxes)
