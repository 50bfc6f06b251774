"""Found tables: the grids of a file → the figures of one year in the form that fits them best.

Promise: a grid that fits no table of the form is refused, a table that stands twice with other
figures too; a row that is not there stays blank and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.model.fields import Origin
from site_builder.model.tables import EMPTY, Cell, Form, FormTable, Table
from site_builder.problems import Problem
from site_builder.sources.blocks import Grid, Paragraph
from site_builder.sources.figures import cell_of
from site_builder.sources.grids import FoundTable, GridReading, read_grid
from site_builder.sources.sheet_blocks import folded

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the form, how many of its rows were found, and how many cells are filled."""

    title: str
    rows: int
    of: int
    figures: int


@dataclass(frozen=True, slots=True)
class TablesReading:
    """Every table found, the texts around them, and what is wrong."""

    form: Form | None
    tables: tuple[FoundTable, ...] = ()
    captions: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    found: tuple[Found, ...] = ()


@dataclass(slots=True)
class _Filling:
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tables(forms: tuple[Form, ...], grids: tuple[Grid, ...]) -> TablesReading:
    """The tables in the one of some forms that knows most of their rows; of equals the newest.

    Of local forms only those count that know some row; where two know as many and lack as few,
    the tables are refused.
    """
    all_readings = [(form, [read_grid(form, grid) for grid in grids]) for form in forms]
    readings = [(f, found) for f, found in all_readings if _rows(found) or not f.region]
    if not readings:
        return TablesReading(None, problems=tuple(_strange(grid, None) for grid in grids))
    form, chosen = max(readings, key=lambda r: (*_fit(r[1]), r[0].since))
    equal = [f for f, found in readings if _rows(found) and _fit(found) == _fit(chosen)]
    if len(equal) > 1 and any(f.region for f in equal):
        return TablesReading(None, problems=(_ambiguous(grids[0], equal),))
    problems = [p for reading in chosen for p in reading.problems]
    strange = [g for g, reading in zip(grids, chosen, strict=True) if not reading.tables]
    problems += [_strange(grid, form) for grid in strange]
    once, twice = _once([table for reading in chosen for table in reading.tables])
    captions = (
        Paragraph(c.text, c.place) for reading in chosen if reading.tables for c in reading.captions
    )
    found = tuple(_found(part, once) for part in form.tables)
    return TablesReading(form, once, tuple(captions), (*problems, *twice), found)


def fill(
    reading: TablesReading, *, year: int, filler: str
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The figures as a table of one year; None where no table was found."""
    if reading.form is None or not reading.tables:
        return None, ()
    filling = _Filling()
    for table in reading.tables:
        for row in table.rows:
            for column, value in zip(table.part.leaves(), row.values, strict=True):
                cell, problems = cell_of(row.row, column, label=row.label.text, value=value)
                filling.cells[row.row.id, column.id] = cell
                filling.problems.extend(problems)
            if folded(row.label.text) != folded(row.row.label):
                filling.wordings[row.row.id] = row.label.text
    filling.problems.extend(_missing(reading))
    place = reading.tables[0].place
    table_of_year = Table(
        reading.form, year, filler, filling.cells, filling.wordings, origin=Origin(place)
    )
    return table_of_year, tuple(filling.problems)


def _rows(readings: list[GridReading]) -> int:
    return sum(len(table.rows) for reading in readings for table in reading.tables)


def _fit(readings: list[GridReading]) -> tuple[int, int]:
    """How many rows were found, and how few rows of the tables they stand in were not."""
    parts = {table.part.id: table.part for reading in readings for table in reading.tables}
    known = _rows(readings)
    return known, known - sum(1 for part in parts.values() for _ in part.walk())


def _ambiguous(grid: Grid, forms: list[Form]) -> Problem:
    names = "、".join(form.id for form in forms)
    message = f"{grid.name}同样合得上几种表式：{names}，认不出是哪一种"
    hint = "先用 new report 加 --form 新建这一年，再把数录进 统计.yaml。"
    return Problem("F503", grid.place, message, hint=hint)


def _strange(grid: Grid, form: Form | None) -> Problem:
    start = next((box.text for box in grid.boxes if box.text), "")
    which = f"{form.cites}的任何一张表" if form else "任何一种统计表（这个年度没有规定的表式）"
    message = f"{grid.name}（“{start[:20]}”）不像{which}"
    return Problem("F503", grid.place, message)


def _once(tables: list[FoundTable]) -> tuple[tuple[FoundTable, ...], list[Problem]]:
    """The tables, each once; a second copy is nothing new when its figures are the same."""
    first: dict[str, FoundTable] = {}
    problems: list[Problem] = []
    for table in tables:
        known = first.setdefault(table.part.id, table)
        if known is table:
            continue
        same = _figures(known) == _figures(table)
        message = f"表“{table.part.title}”在文件里有两张" + (
            "，数相同，只用一张" if same else "，数不同"
        )
        code = "F507" if same else "F506"
        problems.append(Problem(code, table.place, message, related=(known.place,)))
    return tuple(first.values()), problems


def _figures(table: FoundTable) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.row.id, tuple(value.text for value in row.values)) for row in table.rows]


def _found(part: FormTable, tables: tuple[FoundTable, ...]) -> Found:
    rows = [row for table in tables if table.part.id == part.id for row in table.rows]
    figures = sum(value.text not in EMPTY for row in rows for value in row.values)
    known = {row.row.id for row in rows}
    wanted = [row.id for _, row in part.walk() if row.type != "heading" or row.id in known]
    return Found(part.title, len(known), len(wanted), figures)


def _missing(reading: TablesReading) -> Iterator[Problem]:
    """Rows and whole tables of the form that the file does not have."""
    form, place = reading.form, reading.tables[0].place
    for part in form.tables if form else ():
        table = next((t for t in reading.tables if t.part.id == part.id), None)
        if table is None:
            yield Problem("F509", place, f"没有找到表“{part.title}”，写成空白")
            continue
        known = {row.row.id for row in table.rows}
        gaps = [r.label for _, r in part.walk() if r.id not in known and r.type != "heading"]
        if gaps:
            names = "、".join(f"“{name}”" for name in gaps[:MOST_NAMED])
            more = f"等 {len(gaps)} 项" if len(gaps) > MOST_NAMED else ""
            yield Problem("F509", table.place, f"表“{part.title}”里没有{names}{more}，写成空白")
