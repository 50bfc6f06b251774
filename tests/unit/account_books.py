"""Workbooks of budgets and accounts for tests, as rows of cells, and what is read from them.

Promise: a number is a number cell, a text a text cell, None an empty one; the merged ranges take
the value of their first cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_range

from site_builder.model.tables import Form, form_for
from site_builder.problems import Problem
from site_builder.sources.account_files import read_account_file
from site_builder.sources.account_folders import SERIES
from site_builder.sources.forms import load_forms
from site_builder.sources.written import WrittenTable
from tests.unit.workbooks import workbook

Cell = str | float | int | None
Rows = Sequence[Sequence[Cell]]
Found = tuple[dict[str, WrittenTable], tuple[Problem, ...]]

FORMS, _ = load_forms(Path("nowhere"), ())


def form_of(kind: str, year: int = 2017) -> Form:
    """The form of a kind (预算 or 决算) in a year."""
    form = form_for(FORMS, SERIES[kind], year=year)
    assert form is not None
    return form


def book(**sheets: tuple[Rows, Sequence[str]]) -> bytes:
    """A workbook of sheets by name, each with its rows and its merged ranges."""

    def fill(made: Any) -> None:
        for name, (rows, merged) in sheets.items():
            put(made.add_worksheet(name), rows, merged)

    return workbook(fill)


def put(sheet: Any, rows: Rows, merged: Sequence[str] = ()) -> None:
    """Write rows into a sheet made by xlsxwriter."""
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell is not None:
                sheet.write(top, left, cell)
    for area in merged:
        first = area.partition(":")[0]
        top, left = xl_cell_to_rowcol(first)
        sheet.merge_range(area, rows[top][left] if left < len(rows[top]) else "")


def ranges(*areas: tuple[int, int, int, int]) -> tuple[str, ...]:
    """Rectangles (top, left, bottom, right) as ranges; single cells are none."""
    return tuple(xl_range(t, n, b, r) for t, n, b, r in areas if (t, n) != (b, r))


def found_in(data: bytes, *, kind: str = "决算", year: int = 2017, name: str = "表.xlsx") -> Found:
    """The tables found in a file by their id, and every problem of reading it."""
    path = f"content/财政预决算/{year}/{kind}/{name}"
    file, problems = read_account_file(data, path)
    if file is None:
        return {}, problems
    tables, more = file.tables(form_of(kind, year))
    assert len({table.part.id for table in tables}) == len(tables)
    return {table.part.id: table for table in tables}, problems + more


def figures(table: WrittenTable) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, name and figures of each row."""
    return [
        (row.code.text if row.code else "", row.label.text, tuple(v.text for v in row.values))
        for row in table.rows
    ]


def said(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Code and cell of each problem."""
    return [(p.code, p.place.cell or f"{p.place.line}:{p.place.column}") for p in problems]
