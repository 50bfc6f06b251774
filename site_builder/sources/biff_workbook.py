"""What an .xls stream says before its sheets: their list, the shared texts, the date formats.

Promise: a workbook behind a password, or older than Excel 5, is refused by that name.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from site_builder.sources.biff_records import (
    BIFF8,
    Kind,
    Record,
    Stream,
    TextCursor,
    codec,
    records,
    shared_texts,
    short_text,
)
from site_builder.sources.compound_file import DAMAGED
from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_parts import BUILT_IN_DATES, shows_dates

BIFF5 = 0x0500
ELAPSED = 46  # the built-in format [h]:mm:ss
_WORKSHEET = 0


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """One worksheet in the list: where it begins in the stream."""

    name: str
    start: int
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """The workbook's own part; it is filled while its records are read.

    `formats` are those that the file defines itself, `styles` name a format for each style.
    """

    version: int
    encoding: str = ""
    from_1904: bool = False
    sheets: list[ListedSheet] = field(default_factory=list)
    texts: tuple[str, ...] = ()
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def text(self, *parts: bytes, wide_length: bool = True) -> str:
        """A text at the end of a record and its continuations, as the file's version has it."""
        if self.version == BIFF8:
            return TextCursor(parts).text(wide_length=wide_length)
        return short_text(b"".join(parts), wide_length=wide_length, encoding=self.encoding)

    def shows_dates(self, style: int) -> bool:
        """Whether cells of a style show a date or a time."""
        number = self._format(style)
        code = self.formats.get(number)
        return str(number) in BUILT_IN_DATES if code is None else shows_dates(code)

    def shows_elapsed_time(self, style: int) -> bool:
        """Whether cells of a style show hours beyond 24."""
        number = self._format(style)
        code = self.formats.get(number)
        return number == ELAPSED if code is None else "[h" in code.lower()

    def _format(self, style: int) -> int:
        return self.styles[style] if style < len(self.styles) else 0


def read_workbook_part(stream: Stream) -> Workbook:
    """The records before the sheets; raises UnfitError."""
    workbook = Workbook(0)
    for record in records(stream, 0):
        if record.kind == Kind.BOF and not workbook.version:
            (workbook.version,) = struct.unpack_from("<H", record.body)
            if workbook.version not in (BIFF8, BIFF5):
                raise UnfitError("这是 Excel 4 或更早的工作簿")
        elif record.kind == Kind.FILEPASS:
            raise UnfitError("文件设了打开密码（加密）")
        else:
            _take(record, workbook)
    starts = {sheet.start for sheet in workbook.sheets}
    names = {sheet.name for sheet in workbook.sheets}
    if not len(starts) == len(names) == len(workbook.sheets):
        raise UnfitError("文件已经损坏，工作表的清单对不上")
    return workbook


def _take(record: Record, workbook: Workbook) -> None:
    body = record.body
    match record.kind:
        case Kind.CODEPAGE:
            workbook.encoding = codec(*struct.unpack_from("<H", body))
        case Kind.DATES_FROM_1904:
            workbook.from_1904 = body[:1] == b"\1"
        case Kind.FORMAT:
            (number,) = struct.unpack_from("<H", body)
            is_wide = workbook.version == BIFF8
            workbook.formats[number] = workbook.text(body[2:], wide_length=is_wide)
        case Kind.STYLE:
            workbook.styles += struct.unpack_from("<H", body, 2)
        case Kind.SHEET:
            start, state, type = struct.unpack_from("<IBB", body)
            if type == _WORKSHEET:
                name = workbook.text(body[6:], wide_length=False)
                workbook.sheets.append(ListedSheet(name, start, bool(state & 3)))
        case Kind.SHARED_TEXTS:
            if workbook.texts:
                raise UnfitError(DAMAGED)
            workbook.texts = shared_texts(record)
