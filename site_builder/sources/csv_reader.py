"""CSV text → rows of cells, each with the line and column at which it begins.

Promise: the cells are those a spreadsheet would show; a quote that would shift or swallow cells
unseen is a problem, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem

MAX_CELLS = 100_000  # an empty line counts as one
MAX_PROBLEMS = 100
DELIMITERS = "\t,;"  # where two stand equally often in a line, the one named first
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_QUOTED_CELL = re.compile(r'(?<![^,;\t\n])"[^"]*+(?:""[^"]*+)*+"')
_FILLED_LINE = re.compile(r"[^\n]+")
Row = tuple[Scalar, ...]


@dataclass(slots=True)
class _Reading:
    """One reading in progress: `index` is the next character, `begin` that of its line."""

    text: str
    file: str
    plain: re.Pattern[str]
    index: int = 0
    line: int = 1
    begin: int = 0
    cells: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_cells(text: str, file: str) -> tuple[tuple[Row, ...] | None, tuple[Problem, ...]]:
    """The rows of a table separated by commas, tabs or semicolons.

    The first line that holds any of the three tells which. Rows may differ in length; an empty
    line is an empty row, empty lines at the end are left out. Every fault is an F401; after a
    quote that never closes, and beyond 100,000 cells, there are no rows.
    """
    delimiter = _delimiter(text)
    reading = _Reading(text, file, re.compile(f"[^{delimiter}\n]*"))
    if delimiter not in text and "，" in text:
        at = text.index("，")
        reading.line, reading.begin = _advanced(reading, 0, at)
        _report(reading, at, "分隔各格的是全角逗号“，”，不是半角逗号")
    rows: list[Row] = []
    reading.line, reading.begin = 1, 0
    while reading.index < len(text):
        row = _row(reading)
        if row is None:
            return None, tuple(reading.problems)
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows), tuple(reading.problems)


def _delimiter(text: str) -> str:
    for line in _FILLED_LINE.finditer(_QUOTED_CELL.sub("", text)):
        found = max(DELIMITERS, key=line[0].count)
        if found in line[0]:
            return found
    return ","


def _row(reading: _Reading) -> Row | None:
    """The next row, its line end passed over; None where reading has to stop."""
    text = reading.text
    row: list[Scalar] = []
    if text[reading.index] == "\n" and reading.cells < MAX_CELLS:
        reading.cells += 1
        _pass_over(reading, reading.index + 1)
        return ()
    while True:
        cell = _cell(reading)
        if cell is None:
            return None
        row.append(cell)
        if reading.index >= len(text):
            return tuple(row)
        is_end = text[reading.index] == "\n"
        _pass_over(reading, reading.index + 1)
        if is_end:
            return tuple(row)


def _cell(reading: _Reading) -> Scalar | None:
    start = reading.index
    reading.cells += 1
    if reading.cells > MAX_CELLS:
        _report(reading, start, f"表格太大，超过 {MAX_CELLS} 格")
        return None
    place = _place(reading, start)
    if reading.text.startswith('"', start):
        return _quoted(reading, place)
    value = _plain(reading)
    if value.lstrip(" ").startswith('"') and value.startswith(" "):
        _report(reading, start, "引号前面有空格，引号不起作用，里面的分隔符会把一格拆成两格")
    _pass_over(reading, start + len(value))
    return Scalar(value, place)


def _quoted(reading: _Reading, place: Place) -> Scalar | None:
    match = _QUOTED.match(reading.text, reading.index)
    if match is None:
        _report(reading, reading.index, "引号从这里开始，到文件最后也没有关上")
        return None
    _pass_over(reading, match.end())
    value, behind = match[1].replace('""', '"'), _plain(reading)
    if behind.strip():
        opened = f"（引号从第 {place.line} 行开始）" if reading.line > place.line else ""
        _report(reading, reading.index, f"引号关上以后又有文字{opened}")
    _pass_over(reading, reading.index + len(behind))
    return Scalar(value + behind, place)


def _plain(reading: _Reading) -> str:
    match = reading.plain.match(reading.text, reading.index)
    return match[0] if match else ""


def _pass_over(reading: _Reading, index: int) -> None:
    reading.line, reading.begin = _advanced(reading, reading.index, index)
    reading.index = index


def _advanced(reading: _Reading, start: int, index: int) -> tuple[int, int]:
    """Line number and beginning of the line at `index`, known for `start`."""
    newlines = reading.text.count("\n", start, index)
    begin = reading.text.rfind("\n", start, index) + 1 if newlines else reading.begin
    return reading.line + newlines, begin


def _place(reading: _Reading, index: int) -> Place:
    return Place(reading.file, reading.line, index - reading.begin + 1)


def _report(reading: _Reading, index: int, message: str) -> None:
    if len(reading.problems) < MAX_PROBLEMS:
        reading.problems.append(Problem("F401", _place(reading, index), message))
