"""Pasted text: a report as it was copied from a web page into a text file.

Promise: lines with `|` or tabs become the rows of a grid, also where a row is broken over several
lines; every other line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.model.values import Scalar
from site_builder.problems import Place
from site_builder.sources.blocks import Block, Paragraph, grid_of

RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")  # the line below the headings of a Markdown table
Row = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


@dataclass(slots=True)
class _Pending:
    """A row whose cells are still being read."""

    cells: list[Scalar] = field(default_factory=list)
    text: str = ""
    place: Place | None = None


def read_pasted(text: str, file: str) -> tuple[Block, ...]:
    """The paragraphs and tables of a text, in order."""
    blocks: list[Block] = []
    table: list[_Line] = []
    for number, line in enumerate(text.split("\n"), 1):
        if _separator(line) or (line.strip() and _is_open(table)):
            table.append(_Line(number, line))
            continue
        blocks.extend(_grids(table, file))
        table = []
        if line.strip():
            column = len(line) - len(line.lstrip()) + 1
            blocks.append(Paragraph(line.strip(), Place(file, number, column)))
    blocks.extend(_grids(table, file))
    return tuple(blocks)


def _separator(line: str) -> str:
    if "|" in line:
        return "|"
    return "\t" if "\t" in line.strip() else ""


def _grids(lines: list[_Line], file: str) -> Iterator[Block]:
    if not lines:
        return
    rows = tuple(_broken_rows(lines, file) if _is_broken(lines) else _whole_rows(lines, file))
    yield grid_of(f"第{lines[0].number}行起的表", Place(file, lines[0].number, 1), rows=rows)


def _is_broken(lines: list[_Line]) -> bool:
    """Whether cells end with `|`, and rows may run on: not so where a line begins with one."""
    first = lines[0].text.strip()
    return first.endswith("|") and not first.startswith("|")


def _is_open(lines: list[_Line]) -> bool:
    """Whether the last row still lacks cells, so that a line of plain text belongs to it."""
    if not lines or not _is_broken(lines):
        return False
    return sum(line.text.count("|") for line in lines) % lines[0].text.count("|") != 0


def _broken_rows(lines: list[_Line], file: str) -> Iterator[Row]:
    """Rows of as many cells as the first line has; a row may go on in the next line."""
    width = lines[0].text.count("|")
    pending = _Pending()
    for line in lines:
        column = 1
        for piece in line.text.split("|")[:-1]:
            _add(pending, piece, place=Place(file, line.number, column))
            pending.cells.append(Scalar(pending.text, pending.place or Place(file, line.number)))
            pending.text, pending.place = "", None
            column += len(piece) + 1
        _add(pending, line.text.rpartition("|")[2], place=Place(file, line.number, column))
        if len(pending.cells) >= width:
            yield tuple(pending.cells)
            pending = _Pending()
    if pending.cells:
        yield tuple(pending.cells)


def _add(pending: _Pending, piece: str, *, place: Place) -> None:
    """Text of the cell being read; what runs on from the line before is joined by a space."""
    text = piece.strip()
    if text and pending.place is None:
        pending.place = Place(place.file, place.line, place.column + piece.index(text))
    elif pending.place is None and not pending.text:
        pending.place = place if piece else None
    pending.text = f"{pending.text} {text}".strip()


def _whole_rows(lines: list[_Line], file: str) -> Iterator[Row]:
    """One row a line; the `|` at either end belongs to the frame."""
    for line in lines:
        if RULE.fullmatch(line.text):
            continue
        sign = _separator(line.text)
        pieces = line.text.split(sign)
        places = _places(pieces, file, line=line.number)
        cells = [Scalar(p.strip(), place) for p, place in zip(pieces, places, strict=True)]
        if sign == "|":
            cells = cells[1:] if line.text.lstrip().startswith("|") else cells
            cells = cells[:-1] if line.text.rstrip().endswith("|") else cells
        yield tuple(cells)


def _places(pieces: list[str], file: str, *, line: int) -> Iterator[Place]:
    column = 1
    for piece in pieces:
        yield Place(file, line, column + len(piece) - len(piece.lstrip()))
        column += len(piece) + 1
