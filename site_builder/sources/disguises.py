"""What a file named .xls is: a workbook, or a web page or a text under that name.

Promise: the content decides, not the name; programs that export "Excel files" write all of them.
"""

from __future__ import annotations

from typing import Literal

from site_builder.sources.workbook_guard import OLE, UnfitError

Content = Literal["workbook", "page", "text"]
_START = 4096
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BEFORE_EXCEL_5 = (b"\x09\x00", b"\x09\x02", b"\x09\x04")
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"


def content_of(data: bytes) -> Content:
    """What the bytes are; raises UnfitError for what is neither of these, with its name."""
    if data.startswith((OLE, b"PK\x03\x04")):
        return "workbook"
    if not data:
        raise UnfitError("文件是空的")
    if data.startswith(_BEFORE_EXCEL_5):
        raise UnfitError("这是 Excel 4 或更早的工作簿")
    start = _plain(data[:_START])
    if b"\0" in start:
        raise UnfitError("这不是 .xls 工作簿，或者文件已经损坏")
    if start.startswith(b"mime-version"):
        raise UnfitError("这不是 .xls 工作簿，其实是存成单个文件的网页（.mht）")
    if start.startswith(b"<?xml") and _XML_WORKBOOK in start:
        raise UnfitError("这不是 .xls 工作簿，其实是“XML 表格 2003”")
    return "page" if start.startswith(b"<") else "text"


def disguise_of(data: bytes) -> str:
    """Why a file named .xls is no workbook, empty where it is one."""
    try:
        content = content_of(data)
    except UnfitError as reason:
        return str(reason)
    names = {"workbook": "", "page": "网页", "text": "文本文件"}
    return f"这不是 .xls 工作簿，其实是{names[content]}" if names[content] else ""


def _plain(start: bytes) -> bytes:
    """The beginning in lower case, in one byte for each letter."""
    if start.startswith(_WIDE):
        start = start.decode("utf-16", errors="ignore").encode()
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
