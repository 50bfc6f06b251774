"""Workbooks in the older format, .xls: bytes → sheets.

Promise: whatever the bytes are, the answer is sheets or an UnfitError; a file that is no workbook
is called what it is.
"""

from __future__ import annotations

import struct

from site_builder.sources.biff_records import Stream
from site_builder.sources.biff_sheet import SheetCells, read_sheet
from site_builder.sources.biff_workbook import read_workbook_part
from site_builder.sources.compound_file import DAMAGED, opened
from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_scan import MAX_CELLS_OF_WORKBOOK

ENCRYPTED = "EncryptedPackage"  # the stream of an .xlsx or .docx file behind a password
STREAMS = ("workbook", "book")  # since Excel 97, and before
OTHERS = {
    "worddocument": "这不是工作簿，是旧版 Word 或 WPS 文字的文档（.doc、.wps）",
    "powerpoint document": "这不是工作簿，是旧版的演示文稿（.ppt、.dps）",
}


def read_old_workbook(data: bytes) -> tuple[tuple[str, ...], dict[str, SheetCells]]:
    """Names of the hidden sheets, and the visible ones by name, of an OLE2 compound file.

    Raises UnfitError with the reason in Chinese: another kind of file, encrypted, damaged, too
    many cells.
    """
    if ENCRYPTED.encode("utf-16-le") in data:
        raise UnfitError("文件设了打开密码（加密）")
    try:
        return _read(data)
    except (struct.error, IndexError) as error:
        raise UnfitError(DAMAGED) from error


def _read(data: bytes) -> tuple[tuple[str, ...], dict[str, SheetCells]]:
    container = opened(data)
    name = next((name for name in STREAMS if name in container.entries), "")
    if not name:
        reasons = (reason for sign, reason in OTHERS.items() if sign in container.entries)
        raise UnfitError(next(reasons, "这不是工作簿，是别的 Office 文件"))
    stream = Stream(container.stream(name))
    workbook = read_workbook_part(stream)
    sheets: dict[str, SheetCells] = {}
    for listed in workbook.sheets:
        if not listed.hidden:
            sheets[listed.name] = read_sheet(stream, listed.start, workbook=workbook)
    if sum(len(sheet.cells) for sheet in sheets.values()) > MAX_CELLS_OF_WORKBOOK:
        raise UnfitError(f"过大：各工作表合起来超过 {MAX_CELLS_OF_WORKBOOK} 格")
    return tuple(sheet.name for sheet in workbook.sheets if sheet.hidden), sheets
