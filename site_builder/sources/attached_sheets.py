"""Workbooks that are published as they are: every cell, also of hidden sheets, and their notes.

Promise: what a citizen could find by unhiding is found here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import AttachmentFinding
from site_builder.sources.attachments import Piece, Unreadable
from site_builder.sources.office_parts import Part, author_of, read_part
from site_builder.sources.sheets import Sheet, read_workbook
from site_builder.sources.workbook_guard import OLE, UnfitError, unpack
from site_builder.sources.workbook_xml import Attributes

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
NOTES = re.compile(r"xl/(?:comments[^/]*|threadedcomments/[^/]+)\.xml")


def inside_workbook(
    data: bytes, path: str
) -> tuple[tuple[Piece, ...], tuple[AttachmentFinding, ...]]:
    """The texts of a workbook, and what is hidden or noted in it. Raises Unreadable."""
    sheets, problems = read_workbook(data, path)
    refused = [p.message for p in problems if p.code == "F402"]
    if refused and not sheets:
        raise Unreadable(refused[0])
    pieces = tuple(piece for sheet in sheets for piece in _cells(sheet))
    hidden = tuple(
        AttachmentFinding("V301", "", "有隐藏的" + p.message.partition("是隐藏的")[0])
        for p in problems
        if p.code == "F404"
    )
    if data.startswith(OLE):
        return pieces, hidden
    try:
        parts = unpack(data)
        return (*pieces, *_all_strings(parts)), (*hidden, *_hidden(parts), *author_of(parts))
    except UnfitError as error:
        raise Unreadable(str(error)) from error


def _cells(sheet: Sheet) -> Iterator[Piece]:
    """Each cell with the head of its column: the first row that fills two cells or more."""
    heads: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        texts = [cell.text for cell in row]
        if not heads and sum(bool(text.strip()) for text in texts) > 1:
            heads = texts
        where = f"工作表“{sheet.name}”第{number}行"
        for index, text in enumerate(texts):
            if text:
                yield Piece(where, text, heads[index] if index < len(heads) else "")
        yield Piece(where, "\t".join(texts))


def _all_strings(parts: dict[str, bytes]) -> Iterator[Piece]:
    """Every text the workbook holds, wherever it is shown or hidden."""
    for name in sorted(parts):
        if name == "xl/sharedstrings.xml" or NOTES.fullmatch(name) or SHEET.fullmatch(name):
            yield Piece("看不见的地方或批注里", read_part(parts[name], lambda *_: "").text)


def _hidden(parts: dict[str, bytes]) -> Iterator[AttachmentFinding]:
    for name in sorted(parts):
        if NOTES.fullmatch(name):
            yield AttachmentFinding("V302", "", "有批注")
        elif SHEET.fullmatch(name):
            for kind in read_part(parts[name], _see).seen:
                yield AttachmentFinding("V301", "", f"有隐藏的{kind}")


def _see(_: Part, element: str, given: Attributes) -> str:
    if given.get("hidden") in ("1", "true"):
        return {"row": "行", "col": "列"}.get(element, "")
    return ""
