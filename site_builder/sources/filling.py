"""Filling: the written rows of a table → its cells.

Promise: every figure keeps the text and the place it was written at; a row that is missing and a
row with too few or too many figures are reported. The figures of such a row count for nothing:
which column each belongs to is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from site_builder.model.tables import Cell, FormTable, Row
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.figures import cell_of
from site_builder.sources.sheet_blocks import folded

MOST_NAMED = 4  # of missing rows in a row so many are named


@dataclass(frozen=True, slots=True)
class Line:
    """One written row: its label, its values, and the row of the form it was matched with."""

    label: Scalar
    values: tuple[Scalar, ...]
    row: Row
    unit: str = ""


@dataclass(slots=True)
class Filling:
    """A table being filled in; it lives as long as one file is read."""

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def fill(part: FormTable, lines: list[Line], *, place: Place, filling: Filling) -> None:
    """Put the figures of some lines into a table's cells, with what is wrong with them."""
    columns = part.leaves()
    written = {line.row.id: line for line in lines}
    filling.problems.extend(_missing_rows(part, written, place=place))
    for line in written.values():
        width = tuple(_width(line, len(columns)))
        filling.problems.extend((*width, *_other_unit(line)))
        for column, value in zip(columns, line.values, strict=False):
            cell, problems = cell_of(line.row, column, label=line.label.text, value=value)
            filling.cells[line.row.id, column.id] = replace(cell, number=None) if width else cell
            filling.problems.extend(problems)
        _note_wording(line, filling)


def _missing_rows(part: FormTable, written: dict[str, Line], *, place: Place) -> Iterator[Problem]:
    """One problem for each gap, at the line behind which the rows belong."""
    above: Line | None = None
    for missing, group in groupby((r for _, r in part.walk()), lambda r: r.id not in written):
        rows = list(group)
        if not missing:
            above = written[rows[-1].id]
            continue
        names = "、".join(f"“{row.label}”" for row in rows[:MOST_NAMED])
        more = f"等 {len(rows)} 个指标" if len(rows) > MOST_NAMED else ""
        where = f"“{above.label.text}”后面" if above else "表的开头"
        spot = replace(above.label.place if above else place, column=0)
        yield Problem("T203", spot, f"{where}缺少{names}{more}")


def _other_unit(line: Line) -> Iterator[Problem]:
    """万元 and 元 make a figure another one; 件 and 条 do not, and sheets use either."""
    row, unit = line.row, folded(line.unit)
    if row.type == "amount" and unit and unit != folded(row.unit):
        message = f"“{line.label.text}”的单位应当是“{row.unit}”，现在是“{unit}”"
        hint = f"换算成{row.unit}，再改单位。"
        yield Problem("T204", line.label.place, message, hint=hint)


def _width(line: Line, columns: int) -> Iterator[Problem]:
    """A row has a figure for every column, or none at all."""
    given = len(line.values)
    surplus = [value for value in line.values[columns:] if value.text.strip()]
    blank = not any(value.text.strip() for value in line.values)
    if surplus:
        message = f"“{line.label.text}”多出一个数：{surplus[0].text}"
        yield Problem("T204", surplus[0].place, message, hint=f"这一行只有 {columns} 个数。")
    elif given < columns and not blank:
        message = f"“{line.label.text}”应当有 {columns} 个数，现在只有 {given} 个"
        hint = f'照表头的次序写满 {columns} 个数；没有数的一个写 ""，不是 0。'
        yield Problem("T204", line.label.place, message, hint=hint)


def _note_wording(line: Line, filling: Filling) -> None:
    """A spelling other than the form's is kept for printing, and said."""
    if folded(line.label.text) == folded(line.row.label) or not is_named(line.label, line.row):
        return
    filling.wordings[line.row.id] = line.label.text
    message = f"“{line.label.text}”与表式的“{line.row.label}”写法不同，网页按原文显示"
    filling.problems.append(Problem("T206", line.label.place, message))


def names_of(row: Row) -> tuple[str, ...]:
    """The spellings of a row's label, folded."""
    return tuple(folded(name) for name in (row.label, *row.also))


def is_named(label: Scalar, row: Row) -> bool:
    """Whether a written label is one of a row's."""
    return folded(label.text) in names_of(row)
