"""Headings: where in a grid the columns of a form's tables begin.

Promise: a table's heading is found only where every one of its columns is named, each in one
place; nested headings may be merged cells, blank cells beside the first, or «above / below».
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.model.tables import Form, FormTable
from site_builder.sources.blocks import Box
from site_builder.sources.sheet_blocks import folded

DEPTH = 4  # rows that a heading takes at most
OF_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?")  # as local forms head their first column
NO_LABEL = frozenset({"单位", "计量单位", "行编号", "上级指标", "序号", "代码"})
UNIT = frozenset({"单位", "计量单位"})
WIDEST = 40  # columns that one heading covers at most
Matrix = list[list[Box | None]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a grid: its rows, the tables it fits, and for each the boxes of its columns.

    `labels` are the columns that hold the names of rows, `unit` the one of units, -1 for none.
    """

    top: int
    bottom: int
    fitting: tuple[tuple[FormTable, tuple[Box, ...]], ...]
    labels: tuple[int, ...]
    unit: int


def headings(form: Form, matrix: Matrix) -> tuple[Heading, ...]:
    """Every heading in a grid, from top to bottom."""
    known = known_words(form)
    wanted = tuple((part, _paths(part)) for part in form.tables)
    found = (_heading(matrix, row, wanted=wanted, known=known) for row in range(len(matrix)))
    return tuple(heading for heading in found if heading is not None)


def stacked(matrix: Matrix, row: int, *, column: int) -> tuple[str, Box | None]:
    """The headings above and in one cell, joined by `/`, and the lowest of them."""
    texts: list[str] = []
    lowest: Box | None = None
    for line in range(row, max(row - DEPTH, -1), -1):
        box = matrix[line][column]
        if lowest is not None and (box is None or not box.text):
            box = _beside(matrix[line], column)
        if box is None or not box.text or box is lowest:
            continue
        text = folded(box.text)
        text = "年度" if OF_A_YEAR.fullmatch(text) else text
        if not texts or texts[-1] != text:
            texts.append(text)
        lowest = lowest or box
    return "/".join(reversed(texts)), lowest


def _beside(line: list[Box | None], column: int) -> Box | None:
    """The text to the left that a blank cell of a heading belongs to."""
    nearest = reversed(line[max(column - WIDEST, 0) : column])
    return next((box for box in nearest if box is not None and box.text), None)


def known_words(form: Form) -> frozenset[str]:
    """Texts that stand around the figures of the form's tables: titles and names of columns."""
    words = {"", "申请人情况", "统计指标", "指标名称", *NO_LABEL}
    for part in form.tables:
        words |= {folded(part.title), folded(part.label)}
        words |= {folded(column.label) for path in part.paths() for column in path}
    return frozenset(words)


def _paths(part: FormTable) -> tuple[str, ...]:
    """The names of the columns, below their upper headings: 法人或其他组织/商业企业."""
    return tuple("/".join(folded(column.label) for column in path) for path in part.paths())


def _heading(
    matrix: Matrix,
    row: int,
    *,
    wanted: tuple[tuple[FormTable, tuple[str, ...]], ...],
    known: frozenset[str],
) -> Heading | None:
    columns = [stacked(matrix, row, column=c) for c in range(len(matrix[row]))]
    fitting: list[tuple[FormTable, tuple[Box, ...]]] = []
    for part, paths in wanted:
        boxes = _columns_of(paths, columns)
        if boxes and any(box.bottom == row for box in boxes):
            fitting.append((part, boxes))
    if not fitting:
        return None
    first = min(box.left for _, boxes in fitting for box in boxes)
    names = [text.rpartition("/")[2] for text, _ in columns[:first]]
    unit = next((c for c, name in enumerate(names) if name in UNIT), -1)
    labels = tuple(c for c, name in enumerate(names) if name not in NO_LABEL)
    top = _top(matrix, row, known=known)
    return Heading(top, row, tuple(fitting), labels, unit)


def _columns_of(paths: tuple[str, ...], columns: list[tuple[str, Box | None]]) -> tuple[Box, ...]:
    """The box of each path; nothing where one is missing or stands twice."""
    last = [path.rpartition("/")[2] for path in paths]
    found: list[Box] = []
    for path, name in zip(paths, last, strict=True):
        box = _only(path, columns)
        if box is None and last.count(name) == 1:
            box = _only(name, columns)
        if box is None or box in found:
            return ()
        found.append(box)
    return tuple(found)


def _only(path: str, columns: list[tuple[str, Box | None]]) -> Box | None:
    boxes = {box for text, box in columns if box and (text == path or text.endswith(f"/{path}"))}
    return boxes.pop() if len(boxes) == 1 else None


def _top(matrix: Matrix, row: int, *, known: frozenset[str]) -> int:
    """The first row of the heading: those above that hold nothing but known words belong to it."""
    top = row
    while top > 0 and row - top < DEPTH and _is_known(matrix[top - 1], known):
        top -= 1
    return top


def _is_known(line: list[Box | None], known: frozenset[str]) -> bool:
    return all(box is None or folded(box.text) in known for box in line)
