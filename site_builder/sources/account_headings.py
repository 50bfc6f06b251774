"""Account headings: which columns of a sheet hold the codes, names and figures of a table.

Promise: a table's figures are taken only from columns that its heading names, each once; columns
that the form has and the sheet has not are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_builder.model.tables import FormTable, ValueColumn
from site_builder.sources.account_rows import bare
from site_builder.sources.account_titles import CURRENCY, words
from site_builder.sources.blocks import Box
from site_builder.sources.headings import Matrix, stacked

DEEPEST = 15  # rows below a title in which its heading is looked for
LEVELS = ("类", "款", "项")
CODE = re.compile(r"(?!单位)(?!部门[编代]码).{0,18}[编代]码")
NUMBERS = frozenset({"行次", "栏次", "序号"})
UNITS = frozenset({"单位", "计量单位"})
PASSED = frozenset({"行编号", "上级项目", "上级指标"})  # in tables downloaded from the site
REMARKS = frozenset({"备注", "说明"})
OWNERS = re.compile(r"(?:单位|部门|机构).*")
_YEAR = re.compile(r"^20[0-9]{2}年度?")
_BRACKET = re.compile(rf"\((?:单位:?)?(?:{CURRENCY}|[0-9=+栏-]+)\)$")


@dataclass(frozen=True, slots=True)
class Strip:
    """A table, or a stretch of its columns, side by side with others: where its columns are.

    `values` are the headings of the figures in the form's order; the others but the last two are
    numbers of columns; `codes` are three where 类, 款 and 项 stand apart.
    """

    part: FormTable
    values: tuple[Box, ...]
    names: tuple[int, ...]
    codes: tuple[int, ...]
    remarks: tuple[int, ...]
    serials: tuple[int, ...]
    units: tuple[int, ...]
    passed: tuple[int, ...]
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class AccountHeading:
    """A heading from its first row to its last, with the strips from left to right."""

    top: int
    bottom: int
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class NoHeading:
    """Where a heading comes nearest to what is wanted, and the columns it lacks."""

    place: Box | None
    lacking: tuple[str, ...]


_Stack = tuple[tuple[str, ...], Box | None]


def find_heading(
    parts: tuple[FormTable, ...], matrix: Matrix, *, lines: range
) -> AccountHeading | NoHeading:
    """The heading of a table, or of the halves of one, in some rows of a sheet."""
    best, lacking = None, tuple(column.label for part in parts for column in part.leaves())
    for row in lines[:DEEPEST]:
        stacks = [_stack(matrix, row, column=c) for c in range(len(matrix[row]))]
        found, missing = _strips(parts, stacks)
        if found and not missing:
            bottom = _bottom(matrix, row, end=lines.stop)
            return _heading(found, matrix, row=row, bottom=bottom)
        if found and len(missing) < len(lacking):
            best, lacking = found[0][1][0], missing
    return NoHeading(best, lacking)


def heading_word(text: str) -> str:
    """A heading without its year, its unit, and the formula that some sheets print in it."""
    plain = _YEAR.sub("", words(text))
    return _BRACKET.sub("", plain)


def _stack(matrix: Matrix, row: int, *, column: int) -> _Stack:
    text, box = stacked(matrix, row, column=column)
    return tuple(map(heading_word, text.split("/"))), box


_Found = list[tuple[FormTable, tuple[Box, ...]]]


def _strips(parts: tuple[FormTable, ...], stacks: list[_Stack]) -> tuple[_Found, tuple[str, ...]]:
    """Each part with its columns from left to right, and what is missing of them.

    A part that is alone may stand several times side by side, as long lists are printed.
    """
    found: _Found = []
    start = 0
    for part in parts:
        boxes, missing = _columns_of(part, stacks, start=start)
        if missing or not boxes:  # a form without columns is reported as such
            return [*found, (part, boxes)] if boxes else found, missing
        found.append((part, boxes))
        start = max(box.left + box.width for box in boxes)
    while len(parts) == 1 and start < len(stacks):
        boxes, missing = _columns_of(parts[0], stacks, start=start)
        if missing:
            break
        found.append((parts[0], boxes))
        start = max(box.left + box.width for box in boxes)
    return found, ()


def _columns_of(
    part: FormTable, stacks: list[_Stack], *, start: int
) -> tuple[tuple[Box, ...], tuple[str, ...]]:
    """The heading box of each column from some column on, and the names of those missing."""
    paths = [tuple(map(_names, path)) for path in part.paths()]
    last = [path[-1] for path in paths]
    boxes: list[Box] = []
    missing: list[str] = []
    for leaf, path in zip(part.leaves(), paths, strict=True):
        alone = not any(path[-1] & other for other in last if other is not path[-1])
        box = _column(path, stacks[start:], alone=alone, taken=boxes)
        if box is None:
            missing.append(leaf.label)
        else:
            boxes.append(box)
    return tuple(boxes), tuple(missing)


def _names(column: ValueColumn) -> frozenset[str]:
    """The accepted names of a column or of a heading over several."""
    return frozenset(map(heading_word, (column.label, *column.also)))


def _column(
    path: tuple[frozenset[str], ...], stacks: list[_Stack], *, alone: bool, taken: list[Box]
) -> Box | None:
    """The first column whose lowest heading is the path's; the one that shares most of the rest."""
    best, most = None, -1
    for texts, box in stacks:
        if box is None or box in taken or texts[-1] not in path[-1]:
            continue
        shared = sum(any(text in names for text in texts[:-1]) for names in path[:-1])
        if shared > most and (alone or shared):
            best, most = box, shared
    return best


def _bottom(matrix: Matrix, row: int, *, end: int) -> int:
    """The last row of a heading: names of codes may stand lower than those of figures."""
    bottom = row
    while bottom + 1 < end and bottom - row < len(LEVELS):
        own = [b for b in matrix[bottom + 1] if b is not None and b.text and b.top > bottom]
        reaches = any(b is not None and b.text and b.top <= bottom for b in matrix[bottom + 1])
        if not (own or reaches) or not all(_is_label(heading_word(b.text)) for b in own):
            break
        bottom += 1
    return bottom


def _is_label(word: str) -> bool:
    return word in LEVELS or bool(CODE.fullmatch(word)) or word in ("科目名称", "名称")


def _heading(found: _Found, matrix: Matrix, *, row: int, bottom: int) -> AccountHeading:
    stacks = [_stack(matrix, bottom, column=c) for c in range(len(matrix[bottom]))]
    strips: list[Strip] = []
    left = 0
    for number, (part, boxes) in enumerate(found):
        edge = max(box.left + box.width for box in boxes)
        right = edge if number + 1 < len(found) else len(stacks)
        strips.append(_strip(part, boxes, stacks=stacks, columns=range(left, right)))
        left = edge
    top = min(box.top for _, boxes in found for box in boxes)
    return AccountHeading(min(top, row), bottom, tuple(strips))


def _strip(
    part: FormTable, boxes: tuple[Box, ...], *, stacks: list[_Stack], columns: range
) -> Strip:
    first = min(box.left for box in boxes)
    covered = {c for box in boxes for c in range(box.left, box.left + box.width)}
    kinds = {c: _kind(stacks[c][0][-1]) for c in columns if c not in covered}

    def of(kind: str, end: int = columns.stop) -> tuple[int, ...]:
        return tuple(c for c, known in kinds.items() if known == kind and c < end)

    return Strip(
        part=part,
        values=boxes,
        names=of("name", first),
        codes=of("code", first),
        remarks=of("remark"),
        serials=of("serial"),
        units=of("unit", first),
        passed=of("passed"),
        left=columns.start,
        right=columns.stop,
    )


def _kind(word: str) -> str:
    """What a column beside the figures holds."""
    if word in LEVELS or (CODE.fullmatch(word) and word not in PASSED):
        return "code"
    kinds = ((NUMBERS, "serial"), (REMARKS, "remark"), (UNITS, "unit"), (PASSED, "passed"))
    known = next((kind for of_it, kind in kinds if word in of_it), "")
    return known or ("owner" if OWNERS.fullmatch(bare(word)) else "name")
