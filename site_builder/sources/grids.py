"""Grids: the rows of a grid → the rows of a form's tables.

Promise: a figure is taken only from the row and the column that its labels name; a label the form
does not know, a figure without a column and a cell merged over several figures are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from site_builder.model.tables import EMPTY, Form, FormTable, Row
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.blocks import Box, Grid
from site_builder.sources.headings import Heading, Matrix, headings, known_words
from site_builder.sources.sheet_blocks import folded

MOST_UNKNOWN = 50  # lines of one table that are named; after so many it is another table
REMARKS = ("注:", "注：", "备注", "说明", "填报", "单位负责人", "审核人")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a table that was recognised: its label as written, and a value a column."""

    label: Scalar
    row: Row
    values: tuple[Scalar, ...]


@dataclass(slots=True)
class FoundTable:
    """A table of the form as it stands in a grid."""

    part: FormTable
    place: Place
    rows: list[FoundRow] = field(default_factory=list)


@dataclass(slots=True)
class GridReading:
    """What a grid gave: tables, the texts around them, and what is wrong."""

    tables: list[FoundTable] = field(default_factory=list)
    captions: list[Scalar] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a grid below a heading: the box of its label, and those of its figures."""

    label: Box | None
    values: tuple[Box | None, ...]
    all: tuple[Box, ...]
    number: int


def read_grid(form: Form, grid: Grid) -> GridReading:
    """The tables of a form that a grid holds; none where no heading is recognised."""
    reading = GridReading()
    matrix = grid.matrix()
    found = headings(form, matrix)
    first = found[0].top if found else len(matrix)
    above = dict.fromkeys(box for line in matrix[:first] for box in line if box is not None)
    reading.captions = [Scalar(box.text, box.place) for box in above if box.text]
    ends = [heading.top for heading in found][1:] + [len(matrix)] * bool(found)
    words = known_words(form)
    for heading, end in zip(found, ends, strict=True):
        _read_block(heading, matrix, lines=range(heading.bottom + 1, end), to=(reading, words))
    return reading


def _read_block(
    heading: Heading, matrix: Matrix, *, lines: range, to: tuple[GridReading, frozenset[str]]
) -> None:
    """The rows below one heading, in the table that knows most of their labels."""
    reading, words = to
    part, columns = max(
        heading.fitting, key=lambda fit: _known(fit[0], heading, matrix=matrix, lines=lines)
    )
    place = columns[0].place
    table = FoundTable(part, place)
    reading.tables.append(table)
    seen: set[Box] = set()
    lowest, unknown = -1, 0
    for number in lines:
        line = _line(matrix, number, heading=heading, columns=columns)
        if not any(box.text for box in line.all) or _is_signs(line):
            continue
        if all(folded(box.text) in words for box in line.all) or _is_caption(line):
            reading.captions += [Scalar(b.text, b.place) for b in line.all if b.text]
            continue
        row, place = _row_of(table, line, lowest=lowest)
        if row is None:
            reading.problems.append(_unknown(part, line, place=place))
            unknown += 1
            if unknown == MOST_UNKNOWN:
                return
            continue
        lowest = _rank(part, row)
        taken = tuple(_value(box, place) for box in line.values)
        label = Scalar(line.label.text if line.label else row.label, place)
        table.rows.append(FoundRow(label, row, taken))
        reading.problems += _faults(heading, line, row=row, seen=seen)


def _known(part: FormTable, heading: Heading, *, matrix: Matrix, lines: range) -> int:
    """How many of the rows below a heading the table knows."""
    names = {name for _, row in part.walk() for name in _names(row)}
    if not heading.labels:
        return 1
    return sum(
        any(box is not None and folded(box.text) in names for box in matrix[number])
        for number in lines
    )


def _line(matrix: Matrix, number: int, *, heading: Heading, columns: tuple[Box, ...]) -> _Line:
    boxes = matrix[number]
    labels = [box for c in heading.labels if (box := boxes[c]) is not None and box.text]
    values = tuple(boxes[column.left] for column in columns)
    own = labels[-1] if labels else None
    return _Line(own, values, tuple(dict.fromkeys(b for b in boxes if b is not None)), number)


def _is_caption(line: _Line) -> bool:
    """A line in one cell that reaches over the figures: a title, 填报单位, a remark."""
    filled = [box for box in line.all if box.text]
    if len(filled) != 1:
        return False
    return filled[0].text.startswith(REMARKS) or (
        filled[0] in line.values and filled[0] is line.label
    )


def _is_signs(line: _Line) -> bool:
    """The line below a heading that gives the columns their signs: 甲 | 乙 | 丙 | 1 | 2."""
    return line.label is not None and folded(line.label.text) == "甲"


def _row_of(table: FoundTable, line: _Line, *, lowest: int) -> tuple[Row | None, Place]:
    """The row a line stands for: the next one of its name that is still free."""
    place = line.label.place if line.label else line.all[0].place
    taken = {found.row.id for found in table.rows}
    rows = [row for _, row in table.part.walk()]
    if line.label is None:
        filled = [row for row in rows if row.type != "heading"]
        alone = len(filled) == 1 and not taken
        return (filled[0] if alone else None), place
    label = folded(line.label.text)
    named = [row for row in rows if label in _names(row)]
    free = [row for row in named if row.id not in taken]
    below = [row for row in free if _rank(table.part, row) > lowest]
    if below:
        return below[0], place
    return (free[0] if len(named) == 1 and free else None), place


def _rank(part: FormTable, row: Row) -> int:
    return next(i for i, (_, known) in enumerate(part.walk()) if known.id == row.id)


def _names(row: Row) -> tuple[str, ...]:
    return tuple(folded(name) for name in (row.label, *row.also))


def _value(box: Box | None, place: Place) -> Scalar:
    return Scalar(box.text, box.place) if box is not None else Scalar("", place)


def _faults(heading: Heading, line: _Line, *, row: Row, seen: set[Box]) -> Iterator[Problem]:
    filled = [box for box in line.values if box is not None and box.text]
    if row.type == "heading" and all(box.text in EMPTY for box in filled):
        return
    for box in dict.fromkeys(filled):
        if filled.count(box) > 1 or box in seen or (line.label is None and box.height > 1):
            message = f"这一格合并了几个数的位置，分不清“{box.text}”是哪一个"
            yield Problem("F504", box.place, message)
        elif box.height > 1:
            seen.add(box)
    first = min((box.left for _, columns in heading.fitting for box in columns), default=0)
    for box in line.all:
        if box.left >= first and box.text and box not in line.values:
            yield Problem(
                "F505", box.place, f"“{row.label}”这一行多出“{box.text[:30]}”，没有对应的列"
            )
    yield from _short(line, row, filled=filled)
    yield from _other_unit(heading, line, row=row)


def _short(line: _Line, row: Row, *, filled: list[Box]) -> Iterator[Problem]:
    """Fewer figures than columns, where the row simply ends: they may have run together."""
    wanted, given = len(line.values), len(filled)
    ends = all(box is None for box in line.values[given:])
    if 0 < given < wanted and ends and line.values[0] is not None:
        message = f"“{row.label}”应当有 {wanted} 个数，这里只有 {given} 个：{filled[0].text[:30]}"
        hint = "粘在一起的数分不回去，请对照原表，一格一个数重新录入。"
        yield Problem("F505", filled[0].place, message, hint=hint)


def _other_unit(heading: Heading, line: _Line, *, row: Row) -> Iterator[Problem]:
    """万元 and 元 make a figure another one; 件 and 条 do not, and sheets use either."""
    if heading.unit < 0 or row.type != "amount" or not row.unit:
        return
    box = next((b for b in line.all if b.left <= heading.unit < b.left + b.width), None)
    unit = folded(box.text) if box else ""
    if box is not None and unit and unit != folded(row.unit):
        message = f"“{row.label}”的单位应当是“{row.unit}”，这里是“{box.text}”"
        yield Problem("F505", box.place, message, hint=f"换算成{row.unit}，再改单位。")


def _unknown(part: FormTable, line: _Line, *, place: Place) -> Problem:
    if line.label is None:
        text = next(box.text for box in line.all if box.text)
        return Problem("F502", place, f"“{text[:30]}”所在的这一行没有写指标名称")
    label = line.label.text
    names = {folded(row.label): row.label for _, row in part.walk()}
    if folded(label) in names:
        message = f"“{label}”重复出现，或者次序与官方表式不同"
        return Problem("F502", place, message, hint="对照官方表式，每个指标只留一行，次序照原样。")
    near = get_close_matches(folded(label), list(names), n=1, cutoff=0.6)
    hint = f"是不是“{names[near[0]]}”？" if near else ""
    return Problem("F502", place, f"表“{part.title}”里没有“{label[:40]}”这一项", hint=hint)
