"""Workbooks in the older format, .xls, made for tests.

Promise: `old_workbook` writes them as a program does; `raw_workbook` puts together any records,
those that no program would write among them.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable
from typing import Any

import xlwt
from xlwt.CompoundDoc import XlsDoc

BIFF8, BIFF5 = 0x0600, 0x0500
BOF, EOF, SHEET, CODEPAGE, FILEPASS = 0x0809, 0x000A, 0x0085, 0x0042, 0x002F
DIMENSIONS, NUMBER, FORMULA, STRING, LABEL = 0x0200, 0x0203, 0x0006, 0x0207, 0x0204
CONTINUE, SHARED, LABELSST, MULRK, BOOLERR = 0x003C, 0x00FC, 0x00FD, 0x00BD, 0x0205
TEXT_FOLLOWS = b"\x00\x00\x00\x00\x00\x00\xff\xff"


def old_workbook(fill: Callable[[Any], object]) -> bytes:
    """An .xls file; `fill` gets the xlwt workbook."""
    stream = io.BytesIO()
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    book.save(stream)
    return stream.getvalue()


def one_old_sheet(fill: Callable[[Any], object]) -> bytes:
    """An .xls file with the sheet 统计表; `fill` gets the sheet."""
    return old_workbook(lambda book: fill(book.add_sheet("统计表")))


def record(kind: int, body: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float) -> bytes:
    """A record with a number."""
    return record(NUMBER, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, result: bytes, flags: int = 0) -> bytes:
    """A record with a formula and its stored result of eight bytes."""
    return record(FORMULA, struct.pack("<HHH8sH", row, column, 0, result, flags) + bytes(6))


def raw_workbook(
    cells: bytes,
    before: bytes = b"",
    *,
    version: int = BIFF8,
    name: bytes = b"\x01\x01" + "表".encode("utf-16-le"),
) -> bytes:
    """An .xls file with one sheet of such records; `before` stands before the list of sheets."""
    start = record(BOF, struct.pack("<HH12x", version, 5)) + before
    listed = struct.pack("<IH", 0, 0) + name
    at = len(start) + len(record(SHEET, listed)) + len(record(EOF))
    sheet = record(SHEET, struct.pack("<I", at) + listed[4:])
    content = start + sheet + record(EOF) + record(BOF, struct.pack("<HH12x", version, 16))
    return in_container(content + cells + record(EOF))


def in_container(content: bytes) -> bytes:
    """A stream named Workbook in a compound file."""
    file = io.BytesIO()
    XlsDoc().save(file, content.ljust(4096, b"\0"))
    return file.getvalue()


def shared(texts: Iterable[bytes], *more: bytes) -> bytes:
    """The record of the shared texts, and continuations."""
    listed = tuple(texts)
    head = struct.pack("<II", len(listed), len(listed))
    return record(SHARED, head + b"".join(listed)) + b"".join(record(CONTINUE, m) for m in more)
