"""Matching: which row of a table a written row stands for.

Promise: a row is known by its label or by its subject code and by nothing else; a code that cannot
be one, a name nobody knows and a row written twice are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from site_builder.model.subjects import FIRST, LENGTHS, is_code
from site_builder.model.tables import FormTable, Row
from site_builder.model.values import Scalar
from site_builder.problems import Problem
from site_builder.sources.filling import Line
from site_builder.sources.sheet_blocks import folded

ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]+[.、]|其中:)"
)
QUOTES = str.maketrans("", "", "“”\"'‘’「」")


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row as written; `code` is None where none is written, and its text may be empty."""

    label: Scalar
    values: tuple[Scalar, ...]
    code: Scalar | None = None


@dataclass(slots=True)
class Matches:
    """The rows of a table found so far, with the position each was written at."""

    lines: list[Line] = field(default_factory=list)
    fixed: dict[str, int] = field(default_factory=dict)
    coded: dict[str, tuple[int, WrittenRow]] = field(default_factory=dict)


def bare(label: str) -> str:
    """A label without ordinals, quotation marks, spaces and width of characters."""
    text, former = folded(label).translate(QUOTES), ""
    while text != former:
        text, former = ORDINAL.sub("", text), text
    return text


def match(
    part: FormTable,
    row: WrittenRow,
    *,
    position: int,
    matches: Matches,
    names: dict[str, str],
) -> Iterator[Problem]:
    """Give a written row its place in the table: a row of the form, or one named by its code."""
    fixed = _fixed(part, row, taken=matches.fixed) if not _has_code(row) else None
    if fixed is not None:
        matches.fixed[fixed.id] = position
        matches.lines.append(Line(row.label, row.values, fixed))
        return
    if part.codes == "named" and _name(row):
        label = Scalar(_name(row), row.label.place)
        named = WrittenRow(label, row.values)
        matches.coded[f"{part.id}.{position + 1:04d}"] = (position, named)
        return
    code, problems = _code(part, row, names=names)
    yield from problems
    if not code:
        return
    id = f"{part.id}.{code}"
    if id in matches.coded:
        other = matches.coded[id][1].label.place
        message = f"科目 {code} 在“{part.title}”里写了两次"
        yield Problem("T202", row.label.place, message, related=(other,))
        return
    matches.coded[id] = (position, row)


def _name(row: WrittenRow) -> str:
    """The name of a row without codes: a year at its beginning is no code."""
    return (_code_text(row) + row.label.text).strip()


def _has_code(row: WrittenRow) -> bool:
    return row.code is not None and bool(row.code.text.strip())


def _fixed(part: FormTable, row: WrittenRow, *, taken: dict[str, int]) -> Row | None:
    """The first row of that name below those already written, or else any free one."""
    rows = [known for _, known in part.walk()]
    last = max((n for n, known in enumerate(rows) if known.id in taken), default=-1)
    label = bare(row.label.text)
    fitting = [
        n
        for n, known in enumerate(rows)
        if known.id not in taken and label in map(bare, (known.label, *known.also))
    ]
    chosen = next((n for n in fitting if n > last), fitting[0] if fitting else None)
    return None if chosen is None else rows[chosen]


def _code(
    part: FormTable, row: WrittenRow, *, names: dict[str, str]
) -> tuple[str, tuple[Problem, ...]]:
    """The subject code of a row; the empty text, with a problem, where it has none."""
    label = row.label.text.strip()
    if part.codes == "classes" and not _has_code(row):
        return _class_code(part, row, names=names)
    if part.codes in ("", "named"):
        return "", (_unknown(part, row),)
    if not _has_code(row):
        message = f"“{label}”没有科目编码"
        return "", (Problem("T221", row.label.place, message),)
    place, text = row.code.place if row.code else row.label.place, folded(_code_text(row))
    if is_code(text, part.codes):
        return text, ()
    digits = "、".join(map(str, LENGTHS[part.codes]))
    message = f"“{label}”的科目编码“{text}”不对，应当是 {FIRST[part.codes]} 开头的 {digits} 位数字"
    return "", (Problem("T221", place, message),)


def _code_text(row: WrittenRow) -> str:
    return row.code.text if row.code else ""


def _class_code(
    part: FormTable, row: WrittenRow, *, names: dict[str, str]
) -> tuple[str, tuple[Problem, ...]]:
    """A functional class is known by its name in the dictionary of that year."""
    classes = {
        bare(name): code for code, name in names.items() if len(code) == 3 and code[0] == "2"
    }
    code = classes.get(bare(row.label.text), "")
    return code, () if code else (_unknown(part, row, classes),)


def _unknown(part: FormTable, row: WrittenRow, more: Iterable[str] = ()) -> Problem:
    names = [bare(known.label) for _, known in part.walk()] + list(more)
    near = get_close_matches(bare(row.label.text), names, n=1, cutoff=0.6)
    hint = f"是不是“{near[0]}”？" if near else ""
    message = f"“{part.title}”里没有“{row.label.text}”这一项"
    return Problem("T202", row.label.place, message, hint=hint)
