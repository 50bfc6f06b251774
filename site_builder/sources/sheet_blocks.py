"""Blocks: where each table of a form stands in the rows of a sheet.

Promise: a table is found by the heading of its column of labels, and one that is not there is
reported.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from site_builder.model.tables import Form, FormTable
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem

UNITS = ("单位", "计量单位")
BESIDE_LABELS = frozenset({*UNITS, "代码"})
LABEL = "统计指标"  # what heads the column of labels in most sheets, and in every download
MOST_ABOVE = 4  # so many rows stand above a heading: title, 填报单位, form
SheetRow = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A table's heading rows and those below; `skip` columns stand before the figures."""

    part: FormTable
    heads: tuple[SheetRow, ...]
    rows: tuple[SheetRow, ...]
    skip: int


def blocks(
    form: Form, rows: tuple[SheetRow, ...], *, place: Place
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The tables of a form in the order they are written, and those that were not found."""
    found: list[tuple[FormTable, int]] = []
    problems: list[Problem] = []
    for part in form.tables:
        start = _heading(part, rows, after=found[-1][1] + 1 if found else 0)
        if start is None:
            message = f"没有找到表头“{part.label or LABEL} | 单位 | {part.columns[0].label}”"
            problems.append(Problem("T205", place, message))
        else:
            found.append((part, start))
    starts = [start for _, start in found]
    ends = [_end(form, rows, heading=s, following=f) for s, f in pairwise(starts)] + [len(rows)]
    made = (_block(p, rows[s:end]) for (p, s), end in zip(found, ends, strict=bool(found)))
    return tuple(made), tuple(problems)


@lru_cache(maxsize=2048)  # the same labels, table after table
def folded(label: str) -> str:
    """A label without what typing habits change: width of characters, spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))


def _heading(part: FormTable, rows: tuple[SheetRow, ...], *, after: int) -> int | None:
    """Where the table's heading stands, under its own label or the usual one."""
    labels = {folded(part.label), LABEL} - {""}
    for index, row in enumerate(rows):
        if index >= after and row and folded(row[0].text) in labels:
            return index
    return None


def _end(form: Form, rows: tuple[SheetRow, ...], *, heading: int, following: int) -> int:
    """Where a table ends: the next one's title, and the first rows of its sheet, are not its."""
    sheet, between = _sheet(rows[heading]), range(heading + 1, following)
    titles = {folded(part.title) for part in form.tables} - _row_names(form)
    near = following - MOST_ABOVE
    for index in between:
        row = rows[index]
        is_title = index >= near and row and folded(row[0].text) in titles
        if is_title or (row and _sheet(row) != sheet):
            return index
    return following


def _row_names(form: Form) -> set[str]:
    rows = (row for part in form.tables for _, row in part.walk())
    return {folded(name) for row in rows for name in (row.label, *row.also)}


def _sheet(row: SheetRow) -> str:
    return row[0].place.cell.rpartition("!")[0] if row else ""


def _block(part: FormTable, rows: tuple[SheetRow, ...]) -> Block:
    heading = rows[0]
    beside = takewhile(lambda cell: folded(cell.text) in BESIDE_LABELS, heading[1:])
    depth = _depth(part, heading)
    return Block(part, rows[:depth], rows[depth:], 1 + len(list(beside)))


def _depth(part: FormTable, heading: SheetRow) -> int:
    """How many rows the heading takes: nested headings are printed in several, joined in one."""
    nested = any(column.columns for column in part.columns)
    return 2 if nested and folded(heading[0].text) != LABEL else 1
