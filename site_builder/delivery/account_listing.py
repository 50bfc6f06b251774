"""A listing: where each table of a budget or an account was found.

Promise: every table of the year's form is named once, with its file and cell, as explained to be
empty, or as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from site_builder.model.disclosure import AccountKind
from site_builder.model.library import Library
from site_builder.model.tables import FormTable, Table, form_for
from site_builder.pipeline import Site
from site_builder.problems import Place, Problem, in_order
from site_builder.sources.account_folders import SERIES, folder_of
from site_builder.sources.load import load


@dataclass(frozen=True, slots=True)
class Listing:
    """One line for each table, and what is wrong with the files they stand in."""

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def list_tables(site: Site, year: int, *, kind: AccountKind, as_of: date) -> Listing:
    """The tables of a year; no lines where the site is none or the year has no form (T201)."""
    library, problems = load(site.root, as_of)
    if library is None:
        return Listing(problems=in_order(problems))
    own = in_order(p for p in problems if folder_of(p.place.file) == (year, kind))
    form = form_for(library.forms, SERIES[kind], year=year)
    if form is None:
        message = f"没有适用于 {year} 年度部门{kind}的表式"
        return Listing(problems=own or (Problem("T201", Place(str(year)), message),))
    table = _table(library, year, kind)
    head = f"{year} 年{kind}，表式 {form.id}（{form.cites}），{len(form.tables)} 张表："
    lines = (_line(part, table) for part in form.tables)
    return Listing((head, *lines), own)


def _table(library: Library, year: int, kind: AccountKind) -> Table | None:
    """The tables of the account; also where an error keeps its explanation from being read."""
    account = library.account(year, kind)
    if account is not None:
        return account.table
    unread = (u for u in library.unread if folder_of(u.file) == (year, kind))
    return next((u.table for u in unread if u.table is not None), None)


def _line(part: FormTable, table: Table | None) -> str:
    place = table.places.get(part.id) if table else None
    if table is None or place is None:
        return f"  {part.title}：没有找到"
    where = f"{PurePosixPath(place.file).name} {_spot(place)}".strip()
    filled = next(found for found in table.form.tables if found.id == part.id)
    rows = [row.id for _, row in filled.walk()]
    figures = sum(1 for (row, _), cell in table.cells.items() if row in rows and cell.text)
    if figures:
        unit = "、".join(filled.units)
        return f"  {part.title}：{where}，单位{unit}，{len(rows)} 行，{figures} 个数"
    note = table.notes.get(part.id)
    state = f"没有数，说明是“{note.text}”" if note else "还没有填数"
    return f"  {part.title}：{where}，{state}"


def _spot(place: Place) -> str:
    """Sheet and cell, or the line of a text file."""
    if place.cell:
        sheet, _, cell = place.cell.rpartition("!")
        return f"工作表“{sheet}”{cell}"
    return f"第 {place.line} 行" if place.line else ""
