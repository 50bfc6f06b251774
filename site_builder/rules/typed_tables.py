"""Typed tables: a statistics table typed or pasted into the text of a report.

Promise: only a table that has at least two names of the form, word for word, is taken for one; in
it a name cut short or mistyped is reported with the name that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import groupby

from site_builder.model.disclosure import AnnualReport
from site_builder.model.library import Library
from site_builder.model.tables import Form, ValueColumn, form_for
from site_builder.problems import Problem
from site_builder.rules.chapters import SERIES, form_of
from site_builder.rules.prose import Passage, folded, lines

CELL = re.compile(r"[^|]+")
NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[0-9]+[.、])")
FEWEST_NAMES = 2
SHORTEST = 3  # characters; shorter names are too common to be taken for another one's beginning
ALIKE = 0.8
MOST_MEANT = 3


def check_typed_tables(library: Library) -> Iterator[Problem]:
    """Names in the tables of a text that are nearly, but not quite, those of the report's form."""
    for report in library.reports:
        form = form_of(library, report) or form_for(library.forms, SERIES, year=report.year)
        names = _names(form) if form else {}
        for table in _tables(report) if names else ():
            yield from _table(table, names)


def _names(form: Form) -> Mapping[str, str]:
    """Every heading and label of a form, by its bare words."""
    names = [part.label for part in form.tables if part.label]
    for part in form.tables:
        names += _headings(part.columns)
        names += [name for _, row in part.walk() for name in (row.label, *row.also)]
    return {_bare(name): name for name in names}


def _headings(columns: Iterable[ValueColumn]) -> Iterator[str]:
    for column in columns:
        yield column.label
        yield from _headings(column.columns)


def _bare(name: str) -> str:
    """A name without its number, spaces and the width of its characters."""
    return NUMBERED.sub("", re.sub(r"\s+", "", folded(name)))


def _tables(report: AnnualReport) -> Iterator[list[Passage]]:
    rows = [line for line in lines(report.body) if line.text.lstrip().startswith("|")]
    numbered = groupby(enumerate(rows), lambda item: item[1].place.line - item[0])
    yield from ([line for _, line in group] for _, group in numbered)


def _table(table: list[Passage], names: Mapping[str, str]) -> Iterator[Problem]:
    cells = [(line, found) for line in table for found in CELL.finditer(line.text)]
    exact = {_bare(found[0]) for _, found in cells} & names.keys()
    if len(exact) < FEWEST_NAMES:
        return
    for line, found in cells:
        bare = _bare(found[0])
        meant = () if bare in names else _meant(bare, names)
        if meant:
            written = line.written[found.start() : found.end()]
            offset = found.start() + len(written) - len(written.lstrip())
            message = f"表里的“{written.strip()}”不是表式里的名称"
            hint = f"应当是{'或者'.join(f'“{name}”' for name in meant)}，一字不差。"
            yield Problem("D415", line.at(offset), message, hint=hint)


def _meant(bare: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The names a cell was cut from, or the one it is a slip of; empty for another word."""
    if len(bare) < SHORTEST:
        return ()
    cut = [name for known, name in names.items() if known.startswith(bare)]
    near = get_close_matches(bare, names, n=1, cutoff=ALIKE)
    return tuple(cut[:MOST_MEANT]) or tuple(names[known] for known in near)
