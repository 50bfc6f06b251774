"""Blocks: where each table of a form stands in the rows of a sheet.

Promise: a table is found by the heading of its column of labels, and one that is not there is
reported.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile

from site_builder.model.tables import Form, FormTable
from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem

UNITS = ("单位", "计量单位")
BESIDE_LABELS = frozenset({*UNITS, "代码"})
LABEL = "统计指标"  # what heads the column of labels in most sheets, and in every download
SheetRow = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A table's rows below its heading; `skip` columns stand before the figures."""

    part: FormTable
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
    ends = [start for _, start in found[1:]] + [len(rows)]
    made = (_block(p, rows[s:end]) for (p, s), end in zip(found, ends, strict=bool(found)))
    return tuple(made), tuple(problems)


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


def _block(part: FormTable, rows: tuple[SheetRow, ...]) -> Block:
    heading = rows[0]
    beside = takewhile(lambda cell: folded(cell.text) in BESIDE_LABELS, heading[1:])
    return Block(part, rows[_depth(part, heading) :], 1 + len(list(beside)))


def _depth(part: FormTable, heading: SheetRow) -> int:
    """How many rows the heading takes: nested headings are printed in several, joined in one."""
    nested = any(column.columns for column in part.columns)
    return 2 if nested and folded(heading[0].text) != LABEL else 1
