"""Subjects: codes and names of the rows of budgets and accounts, held against the dictionary.

Promise: what the dictionary does not hold is never called wrong, only unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from site_builder.model.library import Library
from site_builder.model.subjects import Subject, is_code
from site_builder.model.tables import FormTable, Row, Table
from site_builder.problems import Place, Problem

NOT_COMPARED = re.compile(r"\((?:类|款|项)\)$|[\s“”\"'()\[\]、,.·]")
TAILS = ("支出", "费用", "费")  # printed or left out as room allows


def check_subjects(library: Library) -> Iterator[Problem]:
    """Unknown codes, names that differ, codes that were not in use in the year."""
    by_code: dict[str, list[Subject]] = {}
    unknown: set[tuple[int, str]] = set()  # said once for a document, not for each of its tables
    for subject in library.subjects:
        by_code.setdefault(subject.code, []).append(subject)
    accounts = [account.table for account in library.accounts]
    unread = [file.table for file in library.unread]
    for table in (*accounts, *unread):
        for code, row, place in _coded(table) if table else ():
            known = by_code.get(code, ())
            if known and table:
                yield from _check(row, known, year=table.year, place=place)
            elif (id(table), code) not in unknown:
                unknown.add((id(table), code))
                message = f"字典里没有科目 {code}“{row.label}”，名称没有核对"
                yield Problem("T225", place, message)


def _coded(table: Table) -> Iterator[tuple[str, Row, Place]]:
    """Every coded row of a document with its code and its place."""
    for part in table.form.tables:
        for _, row in part.walk():
            code = row.id.rpartition(".")[2]
            if is_code(code, part.codes):
                yield code, row, _place(table, part, row=row)


def _place(table: Table, part: FormTable, *, row: Row) -> Place:
    cells = (table.cells.get((row.id, column.id)) for column in part.leaves())
    fallback = table.places.get(part.id, table.origin.place)
    return next((cell.place for cell in cells if cell), fallback)


def _check(row: Row, known: Sequence[Subject], *, year: int, place: Place) -> Iterator[Problem]:
    code = row.id.rpartition(".")[2]
    subject = next((s for s in known if s.since <= year <= s.until), None)
    if subject is None:
        periods = "；".join(f"它是{_period(s)}的“{s.name}”" for s in known)
        message = f"科目 {code}“{row.label}”在 {year} 年度不用，{periods}"
        yield Problem("T229", place, message)
    elif _bare(row.label) not in (_bare(subject.name), code):
        message = f"科目 {code} 在 {year} 年度的名称是“{subject.name}”，现在写的是“{row.label}”"
        other = next((s for s in known if _bare(s.name) == _bare(row.label)), None)
        hint = f"“{other.name}”是{_period(other)}的名称，请按年度改正。" if other else ""
        yield Problem("T222", place, message, hint=hint)


def _period(subject: Subject) -> str:
    if not subject.since:
        return f" {subject.until} 年度及以前"
    if subject.until == 9999:
        return f" {subject.since} 年度起"
    return f" {subject.since}—{subject.until} 年度"


def _bare(name: str) -> str:
    text = NOT_COMPARED.sub("", unicodedata.normalize("NFKC", name))
    return next((text.removesuffix(tail) for tail in TAILS if text.endswith(tail)), text)
