"""The register of applications as a spreadsheet: one row for each, one column for each item.

Promise: a cell is taken only under the name of its column; each fault is told at its own cell, and
what a spreadsheet program made of a date or an apostrophe is undone, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, replace
from datetime import date
from functools import cache
from typing import get_type_hints

from site_builder.model.fields import labelled
from site_builder.model.requests import Request, RequestBook
from site_builder.model.values import Entry, Mapped, Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.decode import decode
from site_builder.sources.requests import OWN
from site_builder.sources.sheet_files import read_sheets
from site_builder.sources.sheets import Sheet

HEAD_ROWS, ENOUGH = 10, 3  # how far down the heading may stand, and by how many names it is known
ID = "编号"
# In a CSV, the apostrophe that keeps a text from being a formula.
FORMULA = re.compile(r"'(?='*[=+\-@])")
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 0{1,2}:00(?::00)?)?")
# What becomes of 2024-01 in a cell that is no text.
MADE_A_DATE = re.compile(
    r"[A-Z][a-z]{2}-[0-9]{2}|[0-9]{1,2}-[A-Z][a-z]{2}|[0-9]{1,4}年[0-9]{1,2}月([0-9]{1,2}日)?"
    r"|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[0-9-]{10} 0?0:00:00"
)


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """What a sheet says: applications, the items it has a column for, and rows with a fault."""

    book: RequestBook
    labels: frozenset[str]
    faulty: tuple[Mapping[str, Scalar], ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The row of names: where it stands, and each name with its column."""

    row: int
    names: tuple[tuple[int, Scalar], ...]


def read_request_sheet(data: bytes, path: str) -> tuple[RequestSheet | None, tuple[Problem, ...]]:
    """The applications of a .csv, .xlsx or .xls file; those without a fault, and every fault."""
    sheets, problems = read_sheets(data, path)
    found = [(sheet, head) for sheet in sheets if (head := _head(sheet))]
    if not found:
        message = f"没有找到表头：要有一行写着 {'、'.join(_needed())} 等各列的名称"
        return None, (*problems, Problem("S201", Place(path), message))
    sheet, head = found[0]
    faults = (*problems, *_of_head(head))
    requests: list[Request] = []
    faulty: list[Mapping[str, Scalar]] = []
    for row in sheet.rows[head.row + 1 :]:
        if any(cell.text.strip() for cell in row):
            cells = dict(_cells(row, head))
            request, wrong = _request(cells, row[0].place)
            wrong += _beyond(row, head)
            faults += wrong
            if request and not wrong:
                requests.append(request)
            else:
                faulty.append(cells)
    labels = frozenset(name.text for _, name in head.names)
    return RequestSheet(RequestBook(tuple(requests)), labels, tuple(faulty)), faults


def _head(sheet: Sheet) -> _Head | None:
    """The first row in which enough names stand; titles may stand above it."""
    known = labelled(Request)
    for number, row in enumerate(sheet.rows[:HEAD_ROWS]):
        names = [(n, replace(cell, text=_plain(cell.text))) for n, cell in enumerate(row)]
        if sum(name.text in known for _, name in names) >= ENOUGH:
            return _Head(number, tuple((n, name) for n, name in names if name.text))
    return None


def _of_head(head: _Head) -> Iterator[Problem]:
    seen: set[str] = set()
    for _, name in head.names:
        if name.text not in labelled(Request):
            hint = f"可以有的列：{'、'.join(labelled(Request))}。"
            yield Problem("S202", name.place, f"不认识“{name.text}”这一列", hint=hint)
        elif name.text in seen:
            yield Problem("S202", name.place, f"有两列都叫“{name.text}”")
        seen.add(name.text)
    for label in _needed():
        if label not in seen:
            yield Problem("S201", replace(head.names[0][1].place, column=0), f"没有“{label}”这一列")


def _cells(row: tuple[Scalar, ...], head: _Head) -> Iterator[tuple[str, Scalar]]:
    """The cell under each name; of a name used twice the first."""
    seen: set[str] = set()
    for column, name in head.names:
        if name.text in labelled(Request) and name.text not in seen:
            seen.add(name.text)
            cell = row[column] if column < len(row) else Scalar("", row[-1].place)
            text = cell.text.strip()
            if not cell.place.cell and FORMULA.match(text):
                text = text[1:]
            yield name.text, Scalar(_day(text) if name.text in _days() else text, cell.place)


def _request(
    cells: Mapping[str, Scalar], place: Place
) -> tuple[Request | None, tuple[Problem, ...]]:
    """Each name at the place of its cell, so that what is not filled in is told there."""
    entries = (Entry(Scalar(name, cell.place), cell) for name, cell in cells.items())
    request, found = decode(Request, Mapped(tuple(entries), place), family="S")
    problems = tuple(replace(p, code=OWN.get(p.code, p.code)) for p in found)
    if request and MADE_A_DATE.fullmatch(request.id):
        message = f"编号“{request.id}”像是被电子表格改成了日期"
        hint = "把编号这一列的格式设成“文本”，重新输入编号。"
        problems += (Problem("S203", request.origin.at(ID), message, hint=hint),)
    return request, problems


def _beyond(row: tuple[Scalar, ...], head: _Head) -> tuple[Problem, ...]:
    named = {column for column, _ in head.names}
    return tuple(
        Problem("S202", cell.place, f"“{cell.text[:20]}”上面没有列名")
        for column, cell in enumerate(row)
        if column not in named and cell.text.strip()
    )


def _day(text: str) -> str:
    """As we write days, where a spreadsheet program writes 2024/3/1; else the text as it is."""
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return text
    year, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _plain(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def _needed() -> tuple[str, ...]:
    return tuple(label for label, field in labelled(Request).items() if field.default is MISSING)


@cache
def _days() -> frozenset[str]:
    hints, fields = get_type_hints(Request), labelled(Request)
    return frozenset(n for n, f in fields.items() if hints[f.name] in (date, date | None))
