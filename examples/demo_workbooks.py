"""The demonstration's tables as a workbook in the layout of bureaus: one sheet a printed table.

Promise: titles, units and nested headings are merged as people merge them, the halves of a table
stand side by side, codes are text, amounts are numbers, and the bytes are always the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from examples.demo_tables import Line, Sheet

SCHEMAS = Path(__file__).parents[1] / "site_builder" / "schemas"
FORMS = {"预算": "budget_2017.yaml", "决算": "final_account_2016.yaml"}
FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC)
ORDINALS = "一二三四五六七八九十"
CODE_PARTS = ((0, 3, "类"), (3, 5, "款"), (5, 7, "项"))
TOP = 3  # rows above the headings: title, number of the table, filler and unit
Column = dict[str, Any]


@dataclass(slots=True)
class _Page:
    """A sheet being written, with the formats of its cells."""

    sheet: Any
    text: Any
    amount: Any
    head: Any

    def merge(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        """Write a heading over a range, which may be a single cell."""
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, self.head)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self.head)


def workbook(sheets: tuple[Sheet, ...], *, bureau: str, kind: str, year: int) -> bytes:
    """The bytes of a workbook that holds all tables of a budget or an account."""
    form = yaml.safe_load((SCHEMAS / FORMS[kind]).read_text(encoding="utf-8"))
    tables = {table["title"]: table for table in form["tables"]}
    printed: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        title = tables[sheet.title].get("printed", sheet.title)
        printed.setdefault(f"{year}年{title}", []).append(sheet)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": f"部门{kind}公开表", "author": bureau, "created": FIXED_DATE})
    head = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
    text, amount = book.add_format({"border": 1}), book.add_format({"num_format": "#,##0.00"})
    for number, (title, halves) in enumerate(printed.items(), 1):
        page = _Page(book.add_worksheet(f"公开{number:02}表"), text, amount, head)
        blocks = [(half, tables[half.title]) for half in halves]
        _printed(page, title, blocks, number=number, bureau=bureau)
    book.close()
    return buffer.getvalue()


def _printed(
    page: _Page, title: str, blocks: list[tuple[Sheet, Column]], *, number: int, bureau: str
) -> None:
    """One printed table: its blocks side by side, below the title and the unit."""
    widths = [_width(table) for _, table in blocks]
    page.merge(0, 0, 0, sum(widths) - 1, title)
    page.sheet.write_string(1, sum(widths) - 1, f"公开{number:02}表")
    page.sheet.write_string(2, 0, f"编制单位：{bureau}")
    page.sheet.write_string(2, sum(widths) - 1, f"单位：{blocks[0][0].unit}")
    depth = max(_depth(table["columns"]) for _, table in blocks) + (len(blocks) > 1)
    depth = max(depth, 2)
    left = 0
    for (sheet, table), width in zip(blocks, widths, strict=True):
        top = TOP
        if len(blocks) > 1:
            page.merge(top, left, top, left + width - 1, sheet.title[-3:-1])
            top += 1
        _headings(page, table, top=top, bottom=TOP + depth - 1, left=left)
        _figures(page, sheet, table, top=TOP + depth, left=left)
        left += width
    if note := blocks[0][0].note:
        page.sheet.write_string(TOP + depth, 0, f"注：{note}。")


def _width(table: Column) -> int:
    return _labels(table) + sum(map(_span, table["columns"]))


def _labels(table: Column) -> int:
    """Columns before the figures: codes in one or three, and the name."""
    match table.get("codes", ""):
        case "functional" | "economic":
            return 1 + len(_code_parts(table))
        case _:
            return 1 if table.get("label") else 0


def _code_parts(table: Column) -> tuple[tuple[int, int, str], ...]:
    """Budgets part codes into 类, 款 and 项; accounts write them in one cell."""
    if table["id"].startswith("F"):
        return ((0, 7, "科目编码"),)
    return CODE_PARTS[: 2 if table["codes"] == "economic" else 3]


def _span(column: Column) -> int:
    return sum(map(_span, column["columns"])) if "columns" in column else 1


def _depth(columns: list[Column]) -> int:
    return 1 + max((_depth(c["columns"]) for c in columns if "columns" in c), default=0)


def _headings(page: _Page, table: Column, *, top: int, bottom: int, left: int) -> None:
    labels = _labels(table)
    if labels == 1:
        page.merge(top, left, bottom, left, table["label"])
    elif labels:
        parts = _code_parts(table)
        if len(parts) == 1:
            page.merge(top, left, top, left + 1, "项目")
            page.merge(top + 1, left, bottom, left, parts[0][2])
            page.merge(top + 1, left + 1, bottom, left + 1, table["label"])
        else:
            page.merge(top, left, top, left + len(parts) - 1, "科目编码")
            for n, (_, _, name) in enumerate(parts):
                page.merge(top + 1, left + n, bottom, left + n, name)
            page.merge(top, left + len(parts), bottom, left + len(parts), table["label"])
    for column in table["columns"]:
        _heading(page, column, top=top, bottom=bottom, left=left + labels)
        labels += _span(column)


def _heading(page: _Page, column: Column, *, top: int, bottom: int, left: int) -> None:
    if "columns" not in column:
        page.merge(top, left, bottom, left, column["label"])
        return
    page.merge(top, left, top, left + _span(column) - 1, column["label"])
    for inner in column["columns"]:
        _heading(page, inner, top=top + 1, bottom=bottom, left=left)
        left += _span(inner)


def _figures(page: _Page, sheet: Sheet, table: Column, *, top: int, left: int) -> None:
    labels = _labels(table)
    for row, (ordinal, line) in enumerate(_lines(sheet.lines), top):
        if labels == 1:
            page.sheet.write_string(row, left, f"{ordinal}{line.label}", page.text)
        elif labels:
            for n, (start, end, _) in enumerate(_code_parts(table)):
                if part := line.code[start:end]:
                    page.sheet.write_string(row, left + n, part, page.text)
            page.sheet.write_string(row, left + labels - 1, line.label, page.text)
        for n, figure in enumerate(line.figures, left + labels):
            page.sheet.write_number(row, n, figure / 100, page.amount)


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, Line]]:
    """Every row with the ordinal before its label: 一、 for those without parts of a whole."""
    number = 0
    for line in lines:
        if line.label.endswith(("计", "结余")):
            yield "", line
        else:
            number += 1
            yield f"{ORDINALS[number - 1]}、" if number <= len(ORDINALS) else "", line
        for inner, below in enumerate(line.below, 1):
            yield f"  {inner}.", below
