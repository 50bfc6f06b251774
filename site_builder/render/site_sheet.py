"""政府网站年度工作报表 as a workbook.

Promise: numbers are numbers, an empty cell is one to be filled in, and no text acts as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Protocol

from site_builder.render.exports import new_workbook

HEADINGS = ("部分", "项目", "单位", "填报", "说明")
WIDTHS = (12, 40, 8, 30, 60)
TOP = 3  # rows above the headings


class Row(Protocol):
    """One row of the sheet."""

    @property
    def part(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def remark(self) -> str: ...


class Sheet(Protocol):
    """The sheet of a year."""

    @property
    def title(self) -> str: ...
    @property
    def notice(self) -> str: ...
    @property
    def rows(self) -> Iterable[Row]: ...


def render_site_sheet(view: Sheet, *, bureau: str) -> bytes:
    """The bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book = new_workbook(buffer, view.title)
    sheet = book.add_worksheet("报表")
    wrapped = {"text_wrap": True, "valign": "top", "border": 1}
    cell, head = book.add_format(wrapped), book.add_format({**wrapped, "bold": True})
    sheet.write_string(0, 0, view.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"主办单位：{bureau}")
    sheet.merge_range(2, 0, 2, len(HEADINGS) - 1, view.notice, cell)
    sheet.set_row(2, 36)
    for column, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(TOP, column, name, head)
        sheet.set_column(column, column, width)
    for line, row in enumerate(view.rows, TOP + 1):
        for column, text in enumerate((row.part, row.name, row.unit, row.value, row.remark)):
            if column == HEADINGS.index("填报") and row.unit and text.isdigit():
                sheet.write_number(line, column, int(text), cell)
            else:
                sheet.write_string(line, column, text, cell)
    sheet.freeze_panes(TOP + 1, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
