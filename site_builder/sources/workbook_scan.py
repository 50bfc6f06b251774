"""One sheet of a workbook, looked over before any cell is built.

Promise: a sheet that passes holds at most 100,000 cells in a rectangle, its texts are of a
bearable length, and every cell without a usable value is known by its row and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_xml import DAMAGED, Attributes, parse

MAX_CELLS = 100_000
MAX_CELLS_OF_WORKBOOK = 300_000
MAX_TEXT = 8_000_000  # characters in all cells of a sheet
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
BEYOND_ANY_TIME = 1e10  # days; the library that reads cells cannot count much further
END_OF_DATES = 2_958_466  # the day after 9999-12-31, as Excel counts
NO_RESULT = "这一格是公式，但文件里没有存它的计算结果"
NO_NUMBER = "这一格标明是数，内容却不是数"
NO_DATE = "这一格按日期显示，里面的数却不是日期"
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class _Scan:
    """One pass over a sheet, cell by cell; rows and columns count from 0."""

    lengths: list[int]
    dates: frozenset[int]
    row: int = -1
    column: int = -1
    kind: str = ""
    style: str = ""
    value: list[str] = field(default_factory=list)
    in_value: bool = False
    has_formula: bool = False
    has_content: bool = False
    text: int = 0
    rows: tuple[int, int] = (MAX_ROW, -1)
    columns: tuple[int, int] = (MAX_COLUMN, -1)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def scan_sheet(
    content: bytes, lengths: list[int], *, dates: frozenset[int]
) -> tuple[int, dict[tuple[int, int], str]]:
    """How many cells the sheet's rectangle has, and what is wrong with single cells.

    `lengths` are those of the shared texts, `dates` the styles that show dates. The keys of the
    result are (row, column) from 0. Raises UnfitError for a damaged sheet, for a rectangle of
    more than 100,000 cells and for too much text.
    """
    scan = _Scan(lengths, dates)
    parse(content, _opener(scan), end=_closer(scan), text=_collector(scan))
    height, width = scan.rows[1] - scan.rows[0] + 1, scan.columns[1] - scan.columns[0] + 1
    if scan.rows[1] < 0:
        return 0, scan.faults
    if height * width > MAX_CELLS:
        last = address(scan.rows[1], scan.columns[1])
        raise UnfitError(f"解压后过大：表格一直写到 {last}，超过 {MAX_CELLS} 格")
    return height * width, scan.faults


def address(row: int, column: int) -> str:
    """`C5` for row 4, column 2, both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def error_value(value: str) -> str:
    """What is said about a cell that holds an error."""
    return f"这一格是错误值 {value}"


def _opener(scan: _Scan) -> Callable[[str, Attributes], None]:
    def opened(name: str, attributes: Attributes) -> None:
        if name == "row":
            scan.row = _row(attributes["r"]) if "r" in attributes else scan.row + 1
            scan.column = -1
        elif name == "c":
            scan.row, scan.column = _position(attributes, scan)
            scan.kind, scan.style = attributes.get("t", "n"), attributes.get("s", "")
            scan.value, scan.has_formula, scan.has_content = [], False, False
        else:
            scan.has_content = True
            scan.has_formula = scan.has_formula or name == "f"
            if name == "v":
                scan.value, scan.in_value = [], True

    return opened


def _collector(scan: _Scan) -> Callable[[str], None]:
    def collected(piece: str) -> None:
        scan.text += len(piece)
        if scan.in_value:
            scan.value.append(piece)

    return collected


def _closer(scan: _Scan) -> Callable[[str], None]:
    def closed(name: str) -> None:
        scan.in_value = False
        if name != "c" or not scan.has_content:
            return
        scan.rows = min(scan.rows[0], scan.row), max(scan.rows[1], scan.row)
        scan.columns = min(scan.columns[0], scan.column), max(scan.columns[1], scan.column)
        _judge(scan, "".join(scan.value))

    return closed


def _judge(scan: _Scan, value: str) -> None:
    """Note what is wrong with the cell that just ended."""
    here = (scan.row, scan.column)
    if scan.kind == "s":
        index = int(value) if value.isdecimal() and len(value) < 10 else len(scan.lengths)
        scan.text += scan.lengths[index] if index < len(scan.lengths) else 0
    elif scan.kind == "e":
        scan.faults[here] = error_value(value)
    elif scan.has_formula and not value and scan.kind != "str":
        scan.faults[here] = NO_RESULT
    elif scan.kind == "n" and value:
        _judge_number(scan, value, here)
    if scan.text > MAX_TEXT:
        raise UnfitError("解压后过大：单元格里的文字太多")


def _judge_number(scan: _Scan, value: str, here: tuple[int, int]) -> None:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    is_date = scan.style.isdecimal() and int(scan.style[:6]) in scan.dates
    if not abs(number) < float("inf"):
        scan.faults[here] = NO_NUMBER
    elif is_date and abs(number) > BEYOND_ANY_TIME:
        raise UnfitError(f"{address(*here)} 格按日期显示，里面的数却大得不可能是日期")
    elif is_date and not 0 <= number < END_OF_DATES:
        scan.faults[here] = NO_DATE


def _position(attributes: Attributes, scan: _Scan) -> tuple[int, int]:
    """Row and column of a cell; one without an address follows the cell before it."""
    if "r" not in attributes:
        return max(scan.row, 0), scan.column + 1
    match = _ADDRESS.fullmatch(attributes["r"])
    if match is None:
        raise UnfitError(DAMAGED)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > MAX_COLUMN:
        raise UnfitError(DAMAGED)
    return _row(match[2]), column - 1


def _row(number: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", number) or not 1 <= int(number) <= MAX_ROW:
        raise UnfitError(DAMAGED)
    return int(number) - 1
