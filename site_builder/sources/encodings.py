"""Encodings: which one the bytes of a file are in, as far as the bytes themselves can tell.

Promise: a yes means that another reading of the same bytes would not be sensible Chinese text;
in doubt the answer is no.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

MAGIC = (
    (b"PK\x03\x04", "压缩包或 Office 文件（.docx、.xlsx、.zip）"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 或 WPS 文件（.doc、.xls、.wps、.et）"),
    (b"%PDF-", " PDF 文件"),
    (b"{\\rtf", " RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (codecs.BOM_UTF32_LE, " UTF-32 编码"),
    (codecs.BOM_UTF32_BE, " UTF-32 编码"),
)
UTF16_WITHOUT_MARK = "没有标记的 UTF-16 编码"
BINARY = "程序使用的二进制文件"
WIDE = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
WIDE_RUN = re.compile("[\u2000-\u206f\u3000-\u9fff\uff00-\uffef]{4}")
CHINESE = re.compile("[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def foreign(data: bytes) -> str:
    """What the bytes are if they are no text at all, or text no editor saves by itself."""
    for start, name in MAGIC:
        if data.startswith(start):
            return name
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked or data.count(0) * 10 < len(data) or not data:
        return ""
    return UTF16_WITHOUT_MARK if _is_utf16(data) else BINARY


def could_be_either(text: str, data: bytes) -> bool:
    """Whether bytes that are valid UTF-8 are rather a few GB18030 characters (`联通`)."""
    if text.isascii() or WIDE.search(text):
        return False
    return _share_of_common(_gb18030(data)) >= 0.9


def is_gb18030(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are Chinese in GB18030 from beginning to end.

    A single character is no evidence: the rest of a damaged UTF-8 character looks the same.
    """
    text = _gb18030(data)
    several = sum(char > "\x7f" for char in text) > 1
    return several and _share_of_common(text) >= 0.7 and not is_mostly_utf8(data)


def broken_gb18030(data: bytes) -> str | None:
    """The text before the first bad byte of a file that is GB18030 but for a few bytes."""
    text = data.decode("gb18030", "replace")
    bad = text.count("\ufffd")
    if not 0 < bad * 100 <= len(text) or is_mostly_utf8(data) or _share_of_common(text) < 0.7:
        return None
    return text[: text.index("\ufffd")]


def is_mostly_utf8(data: bytes) -> bool:
    """Whether stretches of real UTF-8 stand in the bytes: damaged or mixed, but UTF-8."""
    text = data.decode("utf-8", "replace")
    wide, bad = len(WIDE.findall(text)), text.count("\ufffd")
    return WIDE_RUN.search(text) is not None or wide * 4 >= bad


def nearest(data: bytes) -> str:
    """A word for bytes that are neither UTF-8 nor GB18030."""
    if _is_utf16(data):
        return UTF16_WITHOUT_MARK
    controls = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\r")
    return BINARY if controls * 20 > len(data) else "别的地区或旧软件的编码"


def _is_utf16(data: bytes) -> bool:
    texts = (data.decode(codec, "replace") for codec in ("utf-16-le", "utf-16-be"))
    return any(len(CHINESE.findall(text)) >= 0.9 * len(text) for text in texts)


def _gb18030(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return ""


def _share_of_common(text: str) -> float:
    """How much of a text's non-ASCII part are common hanzi and marks: 0 where there is none."""
    special = [char for char in text if char > "\x7f"]
    common = _common()
    return sum(char in common for char in special) / len(special) if special else 0.0


@cache
def _common() -> frozenset[str]:
    """Marks and the 3755 characters of level one in GB/T 2312, nine tenths of any Chinese text."""
    rows = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset("".join(cell.decode("gb2312", "ignore") for cell in cells))
