"""Statistics files: 统计.yaml, 统计.csv, 统计.xlsx or 统计.xls as found beside a report.

Promise: whatever the file type, the same figures under the same labels give the same table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.model.fields import origin_of
from site_builder.model.tables import Form, Table
from site_builder.model.values import Mapped, Value
from site_builder.problems import Place, Problem
from site_builder.sources.decode import decode
from site_builder.sources.sheet_blocks import SheetRow, folded
from site_builder.sources.sheet_files import SHEET_SUFFIXES, read_sheets
from site_builder.sources.sheets import Sheet
from site_builder.sources.statistics import Head, table_from_rows, table_from_values
from site_builder.sources.statistics_layout import unseen
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

FIGURES = "统计数"
FILLER, FORM = r"填报单位\S*?[:：]\s*(\S+)", r"表式[:：]\s*([a-z0-9][a-z0-9-]*)"
Sheets = tuple[tuple[SheetRow, ...], ...]
HEAD_ROWS = 5  # of a sheet, in which these are looked for
SUFFIXES = (".yaml", ".yml", *SHEET_SUFFIXES)


@dataclass(frozen=True, slots=True)
class StatisticsFile:
    """A file that was read, not yet matched with a form: nested values or the rows of sheets."""

    path: str
    head: Head | None
    values: Value | None = None
    sheets: Sheets = ()

    @property
    def form(self) -> str:
        """The form the file names after 表式, empty where it names none."""
        return self.head.form if self.head else _stated(FORM, self.sheets)

    def table(self, form: Form, year: int) -> tuple[Table | None, tuple[Problem, ...]]:
        """The table in a form; the file's own year must be the report's."""
        sheets, missing = _by_title(form, self.sheets)
        rows = tuple(row for sheet in sheets for row in sheet)
        head = self.head or _head_of_rows(rows, year)
        if head.year != year:
            message = f"统计表写的是 {head.year} 年度，报告是 {year} 年度"
            return None, (Problem("T208", head.origin.at("年度"), message),)
        if self.values is not None:
            return table_from_values(form, head, values=self.values)
        if len(self.sheets) > len(form.tables):
            fitting = f"应当只有 {len(form.tables)} 张填了数的工作表"
            message = f"{fitting}，现在有 {len(self.sheets)} 张"
            return None, (Problem("T205", Place(self.path), message),)
        if missing:
            message = f"缺少工作表“{'”、“'.join(missing)}”"
            hint = "从往年的表或者下载的表里把它复制回来；没有数可填的也要留着。"
            return None, (Problem("T203", Place(self.path), message, hint=hint),)
        return table_from_rows(form, head, rows=rows, place=Place(self.path))


def read_statistics(data: bytes, path: str) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    """The figures a file holds, by its ending: .yaml, .csv, .xlsx or .xls."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        message = f"统计表应当是 .yaml、.csv、.xlsx 或 .xls 文件，不能是 {suffix}"
        return None, (Problem("F107", Place(path), message),)
    if suffix in SHEET_SUFFIXES:
        sheets, problems = read_sheets(data, path)
        problems += unseen(data, sheets, path=path) if suffix != ".csv" and sheets else ()
        return _of_sheets(sheets, problems, path=path)
    text, problems = read_text(data, path)
    if problems and not text:
        return None, problems
    return _of_yaml(text, path, problems=problems)


def _of_sheets(
    sheets: tuple[Sheet, ...], problems: tuple[Problem, ...], *, path: str
) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    filled = tuple(sheet.rows for sheet in sheets if sheet.rows)
    if not filled and not problems:
        problems = (Problem("T205", Place(path), "表里没有内容"),)
    return StatisticsFile(path, None, sheets=filled) if filled else None, problems


def _of_yaml(
    text: str, path: str, *, problems: tuple[Problem, ...]
) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    value, found = read_yaml(text, path)
    problems += found
    if value is None:
        return None, problems
    if not isinstance(value, Mapped):
        return None, problems + decode(Head, value)[1]
    figures = next((e.value for e in value.entries if e.key.text == FIGURES), None)
    rest = replace(value, entries=tuple(e for e in value.entries if e.key.text != FIGURES))
    head, found = decode(Head, rest)
    if figures is None:
        message = f"缺少“{FIGURES}”，统计数写在它下面"
        found += (Problem("D101", replace(value.place, column=0), message),)
    if head is None or figures is None:
        return None, problems + found
    return StatisticsFile(path, head, values=figures), problems + found


def _by_title(form: Form, sheets: Sheets) -> tuple[Sheets, tuple[str, ...]]:
    """The sheets in the form's order, and the titles that none has, if each sheet has one title."""
    titles = {folded(part.title): part.title for part in form.tables}
    named = [_titles_of(sheet) & titles.keys() for sheet in sheets]
    found = {name: sheet for names, sheet in zip(named, sheets, strict=True) for name in names}
    if len(sheets) < 2 or len(found) != len(sheets) or not all(named):
        return sheets, ()
    ordered = tuple(found[name] for name in titles if name in found)
    return ordered, tuple(title for name, title in titles.items() if name not in found)


def _titles_of(sheet: tuple[SheetRow, ...]) -> set[str]:
    return {folded(cell.text) for row in sheet[:HEAD_ROWS] for cell in row}


def _head_of_rows(rows: tuple[SheetRow, ...], year: int) -> Head:
    """Year and 填报单位 as printed above a sheet's heading row; the report's year when absent."""
    filler = _stated(FILLER, (rows,))
    for cell in (cell for row in rows[:HEAD_ROWS] for cell in row):
        if printed := re.search(r"(20[0-9]{2})\s*年", cell.text):
            place = origin_of(cell.place, (("年度", cell.place),))
            return Head(int(printed[1]), filler, origin=place)
    return Head(year, filler)


def _stated(pattern: str, sheets: tuple[tuple[SheetRow, ...], ...]) -> str:
    """What stands behind a word above a sheet's heading row."""
    cells = (cell.text for rows in sheets for row in rows[:HEAD_ROWS] for cell in row)
    found = re.search(pattern, " ".join(cells))
    return found[1] if found else ""
