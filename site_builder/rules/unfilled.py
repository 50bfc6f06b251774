"""Unfilled: what a new report's files still wait for.

Promise: an invitation to fill something in is never published, and an empty chapter or an empty
table of a form is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.model.disclosure import TO_FILL, AnnualReport
from site_builder.model.library import Library
from site_builder.model.tables import FormTable, Table
from site_builder.problems import Place, Problem


def check_unfilled(library: Library) -> Iterator[Problem]:
    """Invitations still standing in a text; chapters and tables of reports without content."""
    for record in library.records():
        for section in (s for s in record.body if TO_FILL in s.text):
            where = f"“{section.heading}”这一章" if section.heading else "这里"
            for number, line in enumerate(section.text.split("\n"), section.text_line):
                if line.startswith("### "):
                    where = f"“{line.removeprefix('### ').strip()}”这一节"
                if TO_FILL in line:
                    place = Place(section.place.file, number, line.index(TO_FILL) + 1)
                    yield Problem("D306", place, f"{where}还没有填写")
    for report in library.reports:
        yield from _empty_chapters(report)
        yield from _empty_tables(report)


def _empty_chapters(report: AnnualReport) -> Iterator[Problem]:
    """Chapters that the form prescribes, with neither text nor a table."""
    form = report.table.form if report.table else None
    held = {part.chapter for part in form.tables} if form else set()
    prescribed = {name: n for n, name in enumerate(form.chapters, 1)} if form else {}
    for section in report.body:
        number = prescribed.get(section.heading)
        if number and number not in held and not section.text:
            yield Problem("D306", section.place, f"“{section.heading}”这一章是空的")


def _empty_tables(report: AnnualReport) -> Iterator[Problem]:
    table = report.table
    if table is None:
        return
    empty = [part for part in table.form.tables if not _is_filled(part, table)]
    place = replace(table.origin.place, column=0)
    if len(empty) == len(table.form.tables):
        yield Problem("T210", place, f"{table.year}年度的统计表一个数也没有填")
        return
    for part in empty:
        yield Problem("T211", place, f"表“{part.title}”一个数也没有填")


def _is_filled(part: FormTable, table: Table) -> bool:
    keys = ((row.id, column.id) for _, row in part.walk() for column in part.leaves())
    return any(key in table.cells and table.cells[key].text for key in keys)
