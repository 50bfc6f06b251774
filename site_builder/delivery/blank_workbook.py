"""A blank workbook: the tables of a budget or an account as they are printed, to be filled in.

Promise: what is written reads back as the form's tables without a figure; codes are text, and
the words in it are the form's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import xlsxwriter

from site_builder.model.tables import Form, FormTable, Row, ValueColumn

CODE, NAME = "科目编码", "项目"
LINES = 40  # for coded rows; more can be inserted
TOP = 2  # rows above the heading: title, bureau and unit
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look; codes are kept as text, so that no zero is lost."""

    title: Any
    head: Any
    code: Any
    amount: Any
    names: tuple[Any, ...]


def blank_workbook(form: Form, *, year: int, bureau: str, names: Names) -> bytes:
    """The bytes of an .xlsx file with a sheet for each printed table of the form.

    `names` are the subjects' names by code in that year: functional classes stand in it already.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": FIXED_DATE})
    formats = _formats(book)
    groups = groupby(form.tables, key=lambda part: part.printed or part.title)
    for number, (title, parts) in enumerate(groups, 1):
        sheet = book.add_worksheet(NOT_IN_NAMES.sub("", f"{number} {title}")[:31])
        halves = tuple(parts)
        _heads(sheet, halves, formats=formats, title=f"{year}年度{title}", bureau=bureau)
        left = 0
        for part in halves:
            _lines(sheet, part, top=TOP + _depth(halves), left=left, to=(formats, names))
            left += _width(part)
        sheet.freeze_panes(TOP + _depth(halves), _labels(halves[0]) if len(halves) == 1 else 0)
    book.close()
    return buffer.getvalue()


def _formats(book: Any) -> _Formats:
    centred = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        head=book.add_format({**centred, "bold": True, "bg_color": "#F2F5F9"}),
        code=book.add_format({"num_format": "@", "border": 1}),
        amount=book.add_format({"num_format": "#,##0.00", "border": 1}),
        names=tuple(book.add_format({"indent": n, "border": 1}) for n in range(4)),
    )


def _labels(part: FormTable) -> int:
    """Columns before the figures: one for codes, one for names."""
    named = part.label or part.codes or len(part.rows) > 1
    return (1 if named else 0) + (1 if _has_codes(part) else 0)


def _has_codes(part: FormTable) -> bool:
    return part.codes in ("functional", "economic")


def _width(part: FormTable) -> int:
    return _labels(part) + len(part.leaves())


def _depth(halves: tuple[FormTable, ...]) -> int:
    """Rows of the heading; side by side, the halves have their names above."""
    return max(_levels(part.columns) for part in halves) + (len(halves) > 1)


def _levels(columns: tuple[ValueColumn, ...]) -> int:
    return 1 + max((_levels(c.columns) for c in columns if c.columns), default=0)


def _heads(
    sheet: Any, halves: tuple[FormTable, ...], *, formats: _Formats, title: str, bureau: str
) -> None:
    width, bottom = sum(map(_width, halves)), TOP + _depth(halves) - 1
    _merged(sheet, (0, 0, 0, width - 1), text=title, look=formats.title)
    sheet.write_string(1, 0, f"编制单位：{bureau}")
    sheet.write_string(1, width - 1, f"单位：{halves[0].units[0]}")
    left = 0
    for part in halves:
        top = TOP
        if len(halves) > 1:
            half = part.title.rpartition("（")[2].rstrip("）")
            area = (top, left, top, left + _width(part) - 1)
            _merged(sheet, area, text=half, look=formats.head)
            top += 1
        for text, area in _headings(part, top=top, bottom=bottom, left=left):
            _merged(sheet, area, text=text, look=formats.head)
        _set_widths(sheet, part, left=left, formats=formats)
        left += _width(part)


_Area = tuple[int, int, int, int]


def _headings(part: FormTable, *, top: int, bottom: int, left: int) -> Iterator[tuple[str, _Area]]:
    labels = [CODE] * _has_codes(part)
    labels += [part.label or NAME] * (_labels(part) - len(labels))
    for text in labels:
        yield text, (top, left, bottom, left)
        left += 1
    yield from _columns(part.columns, top=top, bottom=bottom, left=left)


def _columns(
    columns: tuple[ValueColumn, ...], *, top: int, bottom: int, left: int
) -> Iterator[tuple[str, _Area]]:
    for column in columns:
        if not column.columns:
            yield column.label, (top, left, bottom, left)
            left += 1
            continue
        width = _leaves(column)
        yield column.label, (top, left, top, left + width - 1)
        yield from _columns(column.columns, top=top + 1, bottom=bottom, left=left)
        left += width


def _leaves(column: ValueColumn) -> int:
    return sum(map(_leaves, column.columns)) if column.columns else 1


def _merged(sheet: Any, area: _Area, *, text: str, look: Any) -> None:
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, look)
    else:
        sheet.merge_range(top, left, bottom, right, text, look)


def _set_widths(sheet: Any, part: FormTable, *, left: int, formats: _Formats) -> None:
    first = left + _labels(part)
    if _has_codes(part):
        sheet.set_column(left, left, 12, formats.code)
    if _labels(part):
        sheet.set_column(first - 1, first - 1, 40)
    sheet.set_column(first, left + _width(part) - 1, 16)


def _lines(sheet: Any, part: FormTable, *, top: int, left: int, to: tuple[_Formats, Names]) -> None:
    """Every row of the form by its name, and between them the lines for coded rows."""
    formats, names = to
    first = left + _labels(part)
    for number, (depth, label) in enumerate(_rows(part, names), top):
        if _has_codes(part):
            sheet.write_blank(number, left, None, formats.code)
        if _labels(part):
            look = formats.names[min(depth, len(formats.names) - 1)]
            sheet.write(number, first - 1, label or None, look)
        for column in range(first, left + _width(part)):
            sheet.write_blank(number, column, None, formats.amount)


def _rows(part: FormTable, names: Names) -> Iterator[tuple[int, str]]:
    """Depth and label of each line; an empty label is a line for a coded row."""
    totals = {id for rule in part.rules for id in rule.this if f"{part.id}.*" in rule.that}
    leads = part.codes in ("functional", "economic", "named")
    above = [row for row in part.rows if leads and row.id in totals]
    yield from _labelled(above, 0)
    if part.codes == "classes":
        yield from ((0, name) for code, name in sorted(names.items()) if _is_class(code))
    elif part.codes:
        yield from [(0, "")] * LINES
    yield from _labelled([row for row in part.rows if row not in above], 0)


def _labelled(rows: list[Row], depth: int) -> Iterator[tuple[int, str]]:
    for row in rows:
        yield depth, row.label
        yield from _labelled(list(row.rows), depth + 1)


def _is_class(code: str) -> bool:
    return len(code) == 3 and code.startswith("2")
