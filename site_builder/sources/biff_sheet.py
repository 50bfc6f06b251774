"""One sheet of an .xls workbook: its cells, what is wrong with them, its layout.

Promise: memory is taken for cells with content only, never for the extent that the sheet states;
every cell without a usable value is known by its row and column.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

from site_builder.sources.biff_records import Kind, Record, Stream, records
from site_builder.sources.biff_workbook import Workbook
from site_builder.sources.compound_file import DAMAGED
from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_layout import MAX_MERGED, Layout
from site_builder.sources.workbook_scan import (
    END_OF_DATES,
    MAX_CELLS,
    MAX_TEXT,
    NO_DATE,
    NO_NUMBER,
    NO_RESULT,
    address,
    error_value,
)

Cell = int | float | str | bool | time | date | datetime | timedelta
Spot = tuple[int, int]
_COLUMN_LIMIT = 256
_NEVER_COMPUTED = 2  # Excel leaves this flag of a formula alone, other programs set it
_HIDDEN_ROW = 0x20
# Excel writes the same for a formula that gives an empty text, and programs that compute nothing
# write it for every formula; WPS would show a figure there.
_EMPTY_RESULT = "这一格是公式，文件里存的计算结果是空的；本来就没有内容的，请删掉公式"
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_DAY = 86_400
_FROM_1904 = 1_462  # days between the two ways of counting


@dataclass(slots=True)
class SheetCells:
    """A sheet while it is read; rows and columns count from 0."""

    workbook: Workbook
    cells: dict[Spot, Cell] = field(default_factory=dict)
    faults: dict[Spot, str] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    awaiting: Spot | None = None
    text: int = 0

    def put(self, spot: Spot, value: Cell) -> None:
        """Keep a cell's value; raises UnfitError for one too many."""
        if spot[1] >= _COLUMN_LIMIT:
            raise UnfitError(DAMAGED)
        self.cells[spot] = value
        self.text += len(value) if isinstance(value, str) else 0
        if len(self.cells) > MAX_CELLS:
            raise UnfitError(f"过大：表格一直写到 {address(*spot)}，超过 {MAX_CELLS} 格")
        if self.text > MAX_TEXT:
            raise UnfitError("过大：单元格里的文字太多")

    def put_fault(self, spot: Spot, message: str) -> None:
        """Keep a cell that has no usable value."""
        self.put(spot, "")
        self.faults[spot] = message

    def grid(self) -> tuple[Spot, list[list[Cell]]]:
        """The first row and column in use, and the rows from there; raises UnfitError."""
        if not self.cells:
            return (0, 0), []
        rows, columns = ({spot[way] for spot in self.cells} for way in (0, 1))
        top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
            raise UnfitError(f"过大：表格一直写到 {address(bottom, right)}，超过 {MAX_CELLS} 格")
        across = range(left, right + 1)
        return (top, left), [
            [self.cells.get((row, column), "") for column in across]
            for row in range(top, bottom + 1)
        ]


def read_sheet(stream: Stream, start: int, *, workbook: Workbook) -> SheetCells:
    """The cells of the sheet that begins there; raises UnfitError."""
    sheet = SheetCells(workbook)
    for record in records(stream, start):
        _take(record, sheet)
    return sheet


def _take(record: Record, sheet: SheetCells) -> None:
    body = record.body
    match record.kind:
        case Kind.FORMULA:
            _formula(body, sheet)
        case Kind.STRING:
            _result(record, sheet)
        case Kind.MULRK:
            row, first = struct.unpack_from("<HH", body)
            for column, (style, packed) in enumerate(struct.iter_unpack("<HI", body[4:-2]), first):
                _number((row, column), _unpacked(packed), style=style, sheet=sheet)
        case Kind.NUMBER | Kind.RK | Kind.LABELSST | Kind.LABEL | Kind.RSTRING | Kind.BOOLERR:
            _cell(record, sheet)
        case Kind.ROW | Kind.COLUMNS | Kind.MERGED:
            _lay_out(record, sheet.layout)


def _cell(record: Record, sheet: SheetCells) -> None:
    body = record.body
    row, column, style = struct.unpack_from("<HHH", body)
    spot = (row, column)
    match record.kind:
        case Kind.NUMBER:
            _number(spot, *struct.unpack_from("<d", body, 6), style=style, sheet=sheet)
        case Kind.RK:
            _number(spot, _unpacked(*struct.unpack_from("<I", body, 6)), style=style, sheet=sheet)
        case Kind.LABELSST:
            (number,) = struct.unpack_from("<I", body, 6)
            sheet.put(spot, sheet.workbook.texts[number])
        case Kind.BOOLERR:
            _truth_or_error(spot, body[6], is_error=bool(body[7]), sheet=sheet)
        case _:
            sheet.put(spot, sheet.workbook.text(body[6:], *record.parts[1:]))


def _formula(body: bytes, sheet: SheetCells) -> None:
    """A formula's stored result; a text follows in a record of its own."""
    row, column, style, result, flags = struct.unpack_from("<HHH8sH", body)
    spot, sheet.awaiting = (row, column), None
    kind, value = result[0], result[2]
    (number,) = struct.unpack("<d", result)
    if result[6:] != b"\xff\xff":
        if number == 0 and flags & _NEVER_COMPUTED:
            sheet.put_fault(spot, NO_RESULT)
        else:
            _number(spot, number, style=style, sheet=sheet)
    elif kind == 0:
        sheet.put_fault(spot, NO_RESULT)
        sheet.awaiting = spot
    elif kind in (1, 2):
        _truth_or_error(spot, value, is_error=kind == 2, sheet=sheet)
    else:
        sheet.put_fault(spot, _EMPTY_RESULT)


def _result(record: Record, sheet: SheetCells) -> None:
    if sheet.awaiting is not None:
        sheet.put(sheet.awaiting, sheet.workbook.text(*record.parts))
        del sheet.faults[sheet.awaiting]
        sheet.awaiting = None


def _truth_or_error(spot: Spot, value: int, *, is_error: bool, sheet: SheetCells) -> None:
    if is_error:
        sheet.put_fault(spot, error_value(_ERRORS.get(value, "#?")))
    else:
        sheet.put(spot, bool(value))


def _number(spot: Spot, number: float, *, style: int, sheet: SheetCells) -> None:
    if not isfinite(number):
        sheet.put_fault(spot, NO_NUMBER)
    elif not sheet.workbook.shows_dates(style):
        sheet.put(spot, number)
    else:
        days = number + (_FROM_1904 if sheet.workbook.from_1904 else 0)
        if not 0 <= days < END_OF_DATES - 1:
            sheet.put_fault(spot, NO_DATE)
        elif sheet.workbook.shows_elapsed_time(style):
            sheet.put(spot, timedelta(seconds=round(number * _DAY)))
        else:
            sheet.put(spot, _moment(days))


def _unpacked(packed: int) -> float:
    """RK: a whole number of 30 bits or the upper half of a number, as hundredths or not."""
    if packed & 2:
        number = float((packed >> 2) - ((packed >> 2 & 1 << 29) << 1))
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))
    return number / 100 if packed & 1 else number


def _moment(days: float) -> Cell:
    """A day, a time or both; Excel counts a 29 February 1900 that never was."""
    seconds = round(days * _DAY)
    if seconds < _DAY:
        return (datetime.min + timedelta(seconds=seconds)).time()
    first = datetime(1899, 12, 31 if days < 60 else 30)
    moment = first + timedelta(seconds=seconds)
    return moment if moment.time() != time() else moment.date()


def _lay_out(record: Record, layout: Layout) -> None:
    body = record.body
    match record.kind:
        case Kind.ROW:
            row, flags = struct.unpack_from("<H10xH", body)
            if flags & _HIDDEN_ROW:
                layout.rows.add(row)
        case Kind.COLUMNS:
            first, last, flags = struct.unpack_from("<HH4xH", body)
            if flags & 1 and len(layout.columns) < _COLUMN_LIMIT:
                layout.columns.append(range(first, min(last + 1, _COLUMN_LIMIT)))
        case Kind.MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", body[2:]):
                if len(layout.merged) < MAX_MERGED:
                    layout.merged.append((top, left, bottom, right))
