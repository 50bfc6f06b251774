"""Tables from CSV, XLSX and XLS files, every cell as text with its place.

Promise: a cell's text is what the clerk sees in it, never rounded beyond 15 digits and never
written with an exponent; what has no value to see is reported at its cell.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from site_builder.model.values import Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.csv_reader import read_cells
from site_builder.sources.texts import without_hidden
from site_builder.sources.workbook_guard import OLE, UnfitError, pack, unpack
from site_builder.sources.workbook_parts import SheetPart, date_styles, sheet_parts, text_lengths
from site_builder.sources.workbook_scan import (
    MAX_CELLS,
    MAX_CELLS_OF_WORKBOOK,
    address,
    scan_sheet,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = int | float | str | bool | time | date | datetime | timedelta
Spot = tuple[int, int]
Found = tuple[Spot, list[list[Cell]], dict[Spot, str]]  # first cell, rows, faulty cells

MAX_PROBLEMS = 100  # of one kind in one sheet
NEEDED_PARTS = {
    "[content_types].xml": "[Content_Types].xml",
    "_rels/.rels": "_rels/.rels",
    "xl/workbook.xml": "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels": "xl/_rels/workbook.xml.rels",
    "xl/sharedstrings.xml": "xl/sharedStrings.xml",
    "xl/styles.xml": "xl/styles.xml",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; rows may differ in length, and begin at the first column that is in use."""

    name: str
    rows: tuple[tuple[Scalar, ...], ...]


def read_csv(text: str, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The table of a CSV text as `read_text` gives it, named like the file (F401 for faults)."""
    rows, problems = read_cells(text, file)
    name = PurePosixPath(file).stem
    return (None if rows is None else Sheet(name, rows)), problems


def read_workbook(data: bytes, file: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The visible sheets of an .xlsx or .xls file; none, with an F402, where the file is unfit.

    What the file is, its first bytes say and not its name. Hidden sheets are left out with a note
    (F404). Error values and formulas without a stored result are empty cells with a problem
    (F403), hidden characters an F203. Of merged cells the first has the value. Numbers come
    without their number format: 25% is `0.25`.
    """
    try:
        hidden, found = _older(data) if data.startswith(OLE) else _current(data)
    except UnfitError as reason:
        return (), (Problem("F402", Place(file), str(reason)),)
    if not (hidden or found):
        return (), (Problem("F402", Place(file), "文件里没有工作表"),)
    problems = [_hidden_sheet(name, file) for name in hidden]
    tables: list[Sheet] = []
    for name, (start, rows, faults) in found.items():
        table, faulty = _table(name, start, rows, file=file, faults=faults)
        tables.append(table)
        problems += faulty
    return tuple(tables), tuple(problems)


def _older(data: bytes) -> tuple[tuple[str, ...], dict[str, Found]]:
    from site_builder.sources.old_workbook import read_old_workbook

    hidden, sheets = read_old_workbook(data)
    found: dict[str, Found] = {}
    for name, sheet in sheets.items():
        start, rows = sheet.grid()
        corners = (((t, left), (b, right)) for t, left, b, right in sheet.layout.merged)
        _empty_covered(start, rows, merged=corners)
        found[name] = start, rows, sheet.faults
    return hidden, found


def _current(data: bytes) -> tuple[tuple[str, ...], dict[str, Found]]:
    parts = unpack(data)
    listed = sheet_parts(parts)
    visible = [sheet for sheet in listed if not sheet.hidden]
    faults = _scanned(parts, visible)
    read = zip(visible, _sheets(parts, visible), strict=True)
    found = {sheet.name: (*table, faults[sheet.name]) for sheet, table in read}
    return tuple(sheet.name for sheet in listed if sheet.hidden), found


def _scanned(parts: dict[str, bytes], visible: list[SheetPart]) -> dict[str, dict[Spot, str]]:
    """The faulty cells of each sheet; raises UnfitError where any sheet is too large."""
    lengths, dates = text_lengths(parts), date_styles(parts)
    faults: dict[str, dict[Spot, str]] = {}
    cells = 0
    for sheet in visible:
        count, faults[sheet.name] = scan_sheet(parts[sheet.part], lengths, dates=dates)
        cells += count
    if cells > MAX_CELLS_OF_WORKBOOK:
        raise UnfitError(f"解压后过大：各工作表合起来超过 {MAX_CELLS_OF_WORKBOOK} 格")
    return faults


def _sheets(
    parts: dict[str, bytes], visible: list[SheetPart]
) -> list[tuple[Spot, list[list[Cell]]]]:
    """Start and rows of each sheet, read from an archive that holds scanned parts only."""
    import python_calamine

    kept = {right: parts[name] for name, right in NEEDED_PARTS.items() if name in parts}
    kept |= {sheet.part: parts[sheet.part] for sheet in visible}
    try:
        with python_calamine.load_workbook(io.BytesIO(pack(kept))) as workbook:
            return [_rows(workbook.get_sheet_by_name(sheet.name)) for sheet in visible]
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnfitError("文件已经损坏，表格读不出来") from error


def _rows(sheet: CalamineSheet) -> tuple[Spot, list[list[Cell]]]:
    start = sheet.start or (0, 0)
    rows: list[list[Cell]] = sheet.to_python() if sheet.start else []
    _empty_covered(start, rows, merged=sheet.merged_cell_ranges or ())
    return start, rows


def _empty_covered(
    start: Spot, rows: list[list[Cell]], *, merged: Iterable[tuple[Spot, Spot]]
) -> None:
    """Empty what merged cells cover; raises UnfitError where they lie over one another."""
    covered = 0
    for (top, left), (bottom, right) in merged:
        area = [
            (row, column)
            for row in range(max(top - start[0], 0), min(bottom - start[0] + 1, len(rows)))
            for column in range(max(left - start[1], 0), min(right - start[1] + 1, len(rows[0])))
        ]
        covered += len(area)
        if covered > MAX_CELLS:
            raise UnfitError("文件已经损坏，合并的单元格互相重叠")
        for row, column in area:
            if (row + start[0], column + start[1]) != (top, left):
                rows[row][column] = ""


def _table(
    name: str, start: Spot, rows: list[list[Cell]], *, file: str, faults: dict[Spot, str]
) -> tuple[Sheet, list[Problem]]:
    problems: list[Problem] = []
    table: list[tuple[Scalar, ...]] = []
    for row, cells in enumerate(rows, start[0]):
        line: list[Scalar] = []
        for column, cell in enumerate(cells, start[1]):
            place = Place(file, cell=f"{name}!{address(row, column)}")
            text, hidden = without_hidden("" if (row, column) in faults else cell_text(cell), file)
            problems += (Problem(p.code, place, p.message) for p in hidden[:1])
            line.append(Scalar(text, place))
        table.append(tuple(line))
    problems += _faults(name, file, faults)
    return Sheet(name, tuple(table)), problems


def cell_text(cell: Cell) -> str:
    """A cell's value as text: 是 or 否, plain digits, ISO dates and times."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    hours, rest = divmod(int(cell.total_seconds()), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"


def _number(value: float) -> str:
    """Fifteen significant digits, which is all that Excel keeps and shows."""
    digits = f"{Decimal(f'{value:.14e}'):f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _faults(name: str, file: str, faults: dict[Spot, str]) -> Iterable[Problem]:
    for spot, message in islice(faults.items(), MAX_PROBLEMS):
        yield Problem("F403", Place(file, cell=f"{name}!{address(*spot)}"), message)


def _hidden_sheet(name: str, file: str) -> Problem:
    return Problem("F404", Place(file), f"工作表“{name}”是隐藏的，没有读")
