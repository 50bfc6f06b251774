"""Records of an .xls stream, and the texts inside them.

Promise: a stream that ends inside a record, or has more records than any sheet of figures, is
refused; a text is decoded by the encoding its file states, never by a guess.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from site_builder.sources.compound_file import DAMAGED
from site_builder.sources.workbook_guard import UnfitError

MAX_RECORDS = 1_000_000
MAX_TEXTS = 500_000
BIFF8 = 0x0600
_HEAD = struct.Struct("<HH")
_WIDE, _WITH_SOUND, _WITH_FONTS = 1, 4, 8
_CODECS = {
    367: "ascii",
    874: "cp874",
    932: "cp932",
    936: "gb18030",
    949: "cp949",
    950: "cp950",
    1250: "cp1250",
    1251: "cp1251",
    1252: "cp1252",
    10000: "mac_roman",
    32768: "mac_roman",
    32769: "cp1252",
}


class Kind(IntEnum):
    """The records that are read, by their names in [MS-XLS]."""

    FORMULA = 0x0006
    EOF = 0x000A
    DATES_FROM_1904 = 0x0022
    FILEPASS = 0x002F
    CONTINUE = 0x003C
    CODEPAGE = 0x0042
    COLUMNS = 0x007D
    SHEET = 0x0085
    MULRK = 0x00BD
    RSTRING = 0x00D6
    STYLE = 0x00E0
    MERGED = 0x00E5
    SHARED_TEXTS = 0x00FC
    LABELSST = 0x00FD
    NUMBER = 0x0203
    LABEL = 0x0204
    BOOLERR = 0x0205
    STRING = 0x0207
    ROW = 0x0208
    RK = 0x027E
    FORMAT = 0x041E
    BOF = 0x0809


@dataclass(frozen=True, slots=True)
class Record:
    """One record with what its continuations hold; `parts` are never joined, since a text that
    goes on in a continuation states its width anew."""

    kind: int
    parts: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """What the record itself holds."""
        return self.parts[0]


@dataclass(slots=True)
class Stream:
    """The stream of a workbook; sheets that lie inside one another are not read without end."""

    content: bytes
    records_left: int = MAX_RECORDS
    bytes_left: int = 0

    def __post_init__(self) -> None:
        """Every byte may be read once, and some twice."""
        self.bytes_left = 2 * len(self.content)

    def spend(self, size: int) -> None:
        """Count one record of some bytes; raises UnfitError for one too many."""
        self.records_left -= 1
        self.bytes_left -= size
        if self.records_left < 0 or self.bytes_left < 0:
            raise UnfitError("过大：表格的成分太多")


def records(stream: Stream, start: int) -> Iterator[Record]:
    """The records of one sheet, or of the workbook's own part, from its BOF to its EOF.

    What is embedded in between, a chart for one, is passed over. Raises UnfitError.
    """
    depth = 0
    for record in _all(stream, start):
        depth += (record.kind == Kind.BOF) - (record.kind == Kind.EOF)
        if depth < 1:
            if record.kind != Kind.EOF:
                raise UnfitError(DAMAGED)
            return
        if depth == 1:
            yield record
    raise UnfitError(DAMAGED)


def codec(codepage: int) -> str:
    """Python's name of the encoding that CODEPAGE states, empty where it is not known."""
    return _CODECS.get(codepage, "")


def shared_texts(record: Record) -> tuple[str, ...]:
    """The texts of SST, which the cells name by number."""
    cursor = TextCursor(record.parts, at=8)
    (count,) = struct.unpack_from("<I", record.body, 4)
    if count > MAX_TEXTS:
        raise UnfitError("过大：不同的文字太多")
    return tuple(cursor.text() for _ in range(count))


def short_text(content: bytes, *, wide_length: bool, encoding: str) -> str:
    """A text at the end of a record before BIFF8: bytes behind their number."""
    head = 2 if wide_length else 1
    size = int.from_bytes(content[:head], "little")
    found = content[head : head + size]
    if len(found) < size:
        raise UnfitError(DAMAGED)
    try:
        return found.decode(encoding or "ascii")
    except UnicodeDecodeError as error:
        raise UnfitError("认不出里面文字的编码") from error


@dataclass(slots=True)
class TextCursor:
    """A reader of BIFF8 texts that goes on from one part of a record to the next."""

    parts: tuple[bytes, ...]
    at: int = 0
    part: int = 0

    def text(self, *, wide_length: bool = True) -> str:
        """The text that begins here, its fonts and its sound left out."""
        length = int.from_bytes(self._take(2 if wide_length else 1), "little")
        flags = self._take(1)[0]
        fonts = int.from_bytes(self._take(2), "little") if flags & _WITH_FONTS else 0
        sound = int.from_bytes(self._take(4), "little") if flags & _WITH_SOUND else 0
        found = self._characters(length, is_wide=bool(flags & _WIDE))
        self._skip(4 * fonts + sound)
        return found

    def _characters(self, length: int, *, is_wide: bool) -> str:
        """UTF-16 with its upper bytes, or without them where all are 0."""
        found: list[bytes] = []
        while True:
            width = 2 if is_wide else 1
            piece = self.parts[self.part][self.at : self.at + length * width]
            count = len(piece) // width
            self.at += count * width
            length -= count
            found.append(piece if is_wide else piece.decode("latin-1").encode("utf-16-le"))
            if not length:
                return b"".join(found).decode("utf-16-le", errors="replace")
            self._next_part()
            is_wide = bool(self._take(1)[0] & _WIDE)

    def _take(self, size: int) -> bytes:
        """So many bytes, from several parts where they have to be."""
        found = self.parts[self.part][self.at : self.at + size]
        self.at += len(found)
        while len(found) < size:
            self._next_part()
            more = self.parts[self.part][: size - len(found)]
            self.at = len(more)
            found += more
        return found

    def _skip(self, size: int) -> None:
        while size:
            step = min(size, len(self.parts[self.part]) - self.at)
            self.at, size = self.at + step, size - step
            if size:
                self._next_part()

    def _next_part(self) -> None:
        self.part, self.at = self.part + 1, 0
        if self.part == len(self.parts):
            raise UnfitError(DAMAGED)


def _all(stream: Stream, start: int) -> Iterator[Record]:
    """Every record from a place on, up to the end of the stream."""
    content, at = stream.content, start
    kind, parts = -1, list[bytes]()
    while at + _HEAD.size <= len(content):
        found, size = _HEAD.unpack_from(content, at)
        stream.spend(size)
        body = content[at + _HEAD.size : at + _HEAD.size + size]
        at += _HEAD.size + size
        if len(body) < size:
            raise UnfitError(DAMAGED)
        if found == Kind.CONTINUE and kind >= 0:
            parts.append(body)
            continue
        if kind >= 0:
            yield Record(kind, tuple(parts))
        kind, parts = found, [body]
    if kind >= 0:
        yield Record(kind, tuple(parts))
