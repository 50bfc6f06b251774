"""Statistics files: 统计.yaml, 统计.csv or 统计.xlsx as found beside a report.

Promise: whatever the file type, the same figures under the same labels give the same table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.model.tables import Form, Table
from site_builder.model.values import Mapped, Scalar, Value
from site_builder.problems import Place, Problem
from site_builder.sources.decode import decode
from site_builder.sources.sheets import Sheet, read_csv, read_workbook
from site_builder.sources.statistics import Head, table_from_rows, table_from_values
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

FIGURES = "统计数"


@dataclass(frozen=True, slots=True)
class StatisticsFile:
    """A file that was read, not yet matched with a form: nested values or sheet rows."""

    path: str
    head: Head | None
    values: Value | None = None
    rows: tuple[tuple[Scalar, ...], ...] = ()

    def table(self, form: Form, year: int) -> tuple[Table | None, tuple[Problem, ...]]:
        """The table in a form; the file's own year must be the report's."""
        head = self.head or _head_of_rows(self.rows, year)
        if head.year != year:
            message = f"统计表写的是{head.year}年度，报告是{year}年度"
            return None, (Problem("T208", head.origin.at("年度"), message),)
        if self.values is not None:
            return table_from_values(form, head, values=self.values)
        return table_from_rows(form, head, rows=self.rows, place=Place(self.path))


def read_statistics(data: bytes, path: str) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    """The figures a file holds, by its ending: .yaml, .csv or .xlsx."""
    suffix = Path(path).suffix
    if suffix == ".xlsx":
        sheets, problems = read_workbook(data, path)
        return _of_sheets(sheets, path, problems=problems)
    text, problems = read_text(data, path)
    if suffix == ".csv":
        sheet, found = read_csv(text, path)
        return _of_sheets((sheet,) if sheet else (), path, problems=problems + found)
    if suffix in (".yaml", ".yml"):
        return _of_yaml(text, path, problems=problems)
    message = f"统计表应当是 .yaml、.csv 或 .xlsx 文件，不能是 {suffix}"
    return None, (Problem("F107", Place(path), message),)


def _of_sheets(
    sheets: tuple[Sheet, ...], path: str, *, problems: tuple[Problem, ...]
) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    rows = tuple(row for sheet in sheets for row in sheet.rows)
    return StatisticsFile(path, None, rows=rows) if rows else None, problems


def _of_yaml(
    text: str, path: str, *, problems: tuple[Problem, ...]
) -> tuple[StatisticsFile | None, tuple[Problem, ...]]:
    value, found = read_yaml(text, path)
    problems += found
    if not isinstance(value, Mapped) or found:
        return None, problems
    figures = next((e.value for e in value.entries if e.key.text == FIGURES), None)
    rest = replace(value, entries=tuple(e for e in value.entries if e.key.text != FIGURES))
    head, found = decode(Head, rest)
    if figures is None:
        found += (Problem("D101", value.place, f"缺少“{FIGURES}”"),)
    if head is None or figures is None:
        return None, problems + found
    return StatisticsFile(path, head, values=figures), problems + found


def _head_of_rows(rows: tuple[tuple[Scalar, ...], ...], year: int) -> Head:
    """Year and 填报单位 as printed above a sheet's heading row; the report's year when absent."""
    above = " ".join(cell.text for row in rows[:5] for cell in row)
    printed = re.search(r"(20[0-9]{2})\s*年", above)
    filler = re.search(r"填报单位\S*?[:：]\s*(\S+)", above)
    return Head(int(printed[1]) if printed else year, filler[1] if filler else "")
