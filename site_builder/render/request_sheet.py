"""The register of applications as CSV and as a workbook to work in.

Promise: what is written reads back as the same applications; no text can act as a formula, and in
the workbook a spreadsheet program makes no date of a number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from site_builder.model.fields import labelled
from site_builder.model.requests import Request, RequestBook
from site_builder.render.exports import new_workbook
from site_builder.render.lists import render_list_csv

TITLE, WORDS = "依申请公开登记簿", "可以写的"
KIND, RESULT = "申请人类型", "处理结果"
WIDTHS = {"内容": 40, "备注": 40, RESULT: 26}
WIDTH, LINES = 14, 2000  # rows in which a choice is offered
Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _List:
    title: str
    publisher: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render_requests_csv(book: RequestBook) -> bytes:
    """UTF-8 with BOM, one line for each application."""
    whole = _list(book)
    rows = tuple(tuple(map(_marked, row)) for row in whole.rows)
    return render_list_csv(replace(whole, rows=rows))


def render_requests_xlsx(book: RequestBook, choices: Choices) -> bytes:
    """A sheet of texts, with the words of the official table to choose from."""
    buffer, whole = io.BytesIO(), _list(book)
    made = new_workbook(buffer, TITLE)
    sheet, words = made.add_worksheet("登记"), made.add_worksheet(WORDS)
    bold = made.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F5F9"})
    text = made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, name in enumerate(whole.columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH), text)
        if name in choices:
            _offer(sheet, words, column=column, name=name, choices=choices)
    for line, row in enumerate(whole.rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, text)
    sheet.freeze_panes(1, 1)
    made.close()
    return buffer.getvalue()


def _list(book: RequestBook) -> _List:
    fields = labelled(Request)
    rows = tuple(
        tuple(str(getattr(request, field.name) or "") for field in fields.values())
        for request in book.requests
    )
    return _List(TITLE, "", tuple(fields), rows)


def _marked(cell: str) -> str:
    """One more apostrophe where there is one already, as the reader takes one away."""
    return f"'{cell}" if re.match(r"'+[=+\-@]", cell) else cell


def _offer(sheet: Any, words: Any, *, column: int, name: str, choices: Choices) -> None:
    """A list to choose from, which stands on the second sheet: in a cell it may not be so long."""
    at = list(choices).index(name)
    words.set_column(at, at, 40)
    words.write_string(0, at, name)
    for line, word in enumerate(choices[name], 1):
        words.write_string(line, at, word)
    source = f"='{WORDS}'!${chr(65 + at)}$2:${chr(65 + at)}${len(choices[name]) + 1}"
    rule = {"validate": "list", "source": source, "error_title": name}
    sheet.data_validation(1, column, LINES, column, rule | {"error_message": "请从列表里选。"})
