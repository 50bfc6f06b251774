"""The layout of a workbook's sheets: merged cells, hidden rows and columns.

Promise: what a spreadsheet program would hide is known by its number, and a merged cell by the
rectangle it covers, both from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from site_builder.sources.workbook_guard import OLE, unpack
from site_builder.sources.workbook_parts import sheet_parts
from site_builder.sources.workbook_xml import Attributes, parse

MAX_MERGED = 10_000
LAST_COLUMN = 16_384
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Layout:
    """One sheet: rectangles (top, left, bottom, right), numbers of hidden rows and columns."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: list[range] = field(default_factory=list)
    last_row: int = -1

    def hides(self, row: int, column: int) -> bool:
        """Whether a cell stands in a hidden row or column."""
        return row in self.rows or any(column in hidden for hidden in self.columns)


def layouts(data: bytes) -> dict[str, Layout]:
    """The layout of each visible sheet of an .xlsx or .xls file, by name; raises UnfitError."""
    if data.startswith(OLE):
        from site_builder.sources.old_workbook import read_old_workbook

        return {name: sheet.layout for name, sheet in read_old_workbook(data)[1].items()}
    parts = unpack(data)
    visible = [sheet for sheet in sheet_parts(parts) if not sheet.hidden]
    return {sheet.name: _layout(parts[sheet.part]) for sheet in visible}


def position(cell: str) -> tuple[int, int]:
    """Row and column of an address such as `C5`, from 0."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, _column(letters)


def _layout(content: bytes) -> Layout:
    layout = Layout()

    def start(name: str, attributes: Attributes) -> None:
        hidden = attributes.get("hidden", "0") in ("1", "true")
        if name == "row":
            number = _number(attributes.get("r", "")) - 1
            layout.last_row = number if number >= 0 else layout.last_row + 1
            if hidden:
                layout.rows.add(layout.last_row)
        elif name == "col" and hidden and len(layout.columns) < MAX_MERGED // 10:
            first, last = (_number(attributes.get(key, "")) for key in ("min", "max"))
            layout.columns.append(range(first - 1, min(last, LAST_COLUMN)))
        elif name == "mergeCell" and len(layout.merged) < MAX_MERGED:
            found = _RANGE.fullmatch(attributes.get("ref", ""))
            if found:
                left, top, right, bottom = found.groups()
                corners = (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
                layout.merged.append(corners)

    parse(content, start)
    return layout


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
