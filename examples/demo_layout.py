"""The demonstration's tables in the layout of bureaus: cells of printed tables, merged as usual.

Promise: the halves of a table stand side by side, headings are nested and merged over their
columns, codes are text; whatever file the cells are written to, they are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from examples.demo_tables import Line, Sheet

SCHEMAS = Path(__file__).parents[1] / "site_builder" / "schemas"
FORMS = {"预算": "budget_2017.yaml", "决算": "final_account_2016.yaml"}
ORDINALS = "一二三四五六七八九十"
CODE_PARTS = ((0, 3, "类"), (3, 5, "款"), (5, 7, "项"))
TOP = 3  # rows above the headings: title, number of the table, filler and unit
Column = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text or an amount in 0.01 of the unit, over rows and columns from 0; headings are merged."""

    top: int
    left: int
    value: str | int
    bottom: int = -1
    right: int = -1

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, over one cell or many."""
        return self.bottom >= 0


@dataclass(slots=True)
class Printed:
    """A printed table being laid out."""

    title: str
    cells: list[Cell] = field(default_factory=list)

    def head(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        """Put a heading over a range."""
        self.cells.append(Cell(top, left, text, bottom, right))

    def put(self, top: int, left: int, value: str | int) -> None:
        """Put a value into a cell."""
        self.cells.append(Cell(top, left, value))


def laid_out(sheets: tuple[Sheet, ...], *, bureau: str, kind: str, year: int) -> Iterator[Printed]:
    """The printed tables of a budget or an account."""
    form = yaml.safe_load((SCHEMAS / FORMS[kind]).read_text(encoding="utf-8"))
    tables = {table["title"]: table for table in form["tables"]}
    printed: dict[str, list[tuple[Sheet, Column]]] = {}
    for sheet in sheets:
        table = tables[sheet.title]
        printed.setdefault(table.get("printed", sheet.title), []).append((sheet, table))
    for number, (title, blocks) in enumerate(printed.items(), 1):
        page = Printed(title)
        widths = [_width(table) for _, table in blocks]
        right = sum(widths) - 1
        page.head(0, 0, 0, right, f"{year}年{title}")
        page.put(1, right, f"公开{number:02}表")
        page.put(2, 0, f"编制单位：{bureau}")
        page.put(2, right, f"单位：{blocks[0][0].unit}")
        _blocks(page, blocks, widths)
        yield page


def _blocks(page: Printed, blocks: list[tuple[Sheet, Column]], widths: list[int]) -> None:
    halved = len(blocks) > 1
    depth = max(2, max(_depth(table["columns"]) for _, table in blocks) + halved)
    left = 0
    for (sheet, table), width in zip(blocks, widths, strict=True):
        if halved:
            page.head(TOP, left, TOP, left + width - 1, sheet.title[-3:-1])
        _headings(page, table, top=TOP + halved, bottom=TOP + depth - 1, left=left)
        _figures(page, sheet, table, top=TOP + depth, left=left)
        left += width
    if note := blocks[0][0].note:
        page.put(TOP + depth, 0, f"注：{note}。")


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


def _headings(page: Printed, table: Column, *, top: int, bottom: int, left: int) -> None:
    labels = _labels(table)
    if labels == 1:
        page.head(top, left, bottom, left, table["label"])
    elif labels:
        _coded_headings(page, table, top=top, bottom=bottom, left=left)
    left += labels
    for column in table["columns"]:
        _heading(page, column, top=top, bottom=bottom, left=left)
        left += _span(column)


def _coded_headings(page: Printed, table: Column, *, top: int, bottom: int, left: int) -> None:
    """项目 over code and name, or 科目编码 over 类, 款 and 项 and the name beside it."""
    parts = _code_parts(table)
    end = left + len(parts)
    for n, (_, _, name) in enumerate(parts, left):
        page.head(top + 1, n, bottom, n, name)
    if len(parts) == 1:
        page.head(top, left, top, end, "项目")
        page.head(top + 1, end, bottom, end, table["label"])
    else:
        page.head(top, left, top, end - 1, "科目编码")
        page.head(top, end, bottom, end, table["label"])


def _heading(page: Printed, column: Column, *, top: int, bottom: int, left: int) -> None:
    if "columns" not in column:
        page.head(top, left, bottom, left, column["label"])
        return
    page.head(top, left, top, left + _span(column) - 1, column["label"])
    for inner in column["columns"]:
        _heading(page, inner, top=top + 1, bottom=bottom, left=left)
        left += _span(inner)


def _figures(page: Printed, sheet: Sheet, table: Column, *, top: int, left: int) -> None:
    labels = _labels(table)
    for row, (ordinal, line) in enumerate(_lines(sheet.lines), top):
        if labels == 1:
            page.put(row, left, f"{ordinal}{line.label}")
        elif labels:
            for n, (start, end, _) in enumerate(_code_parts(table), left):
                if part := line.code[start:end]:
                    page.put(row, n, part)
            page.put(row, left + labels - 1, line.label)
        for n, figure in enumerate(line.figures, left + labels):
            page.put(row, n, figure)


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[str, Line]]:
    """Every row with the ordinal before its label; totals and what is left have none."""
    number = 0
    for line in lines:
        is_total = line.label.endswith(("计", "结余"))
        number += not is_total
        yield "" if is_total or number > len(ORDINALS) else f"{ORDINALS[number - 1]}、", line
        for inner, below in enumerate(line.below, 1):
            yield f"  {inner}.", below
