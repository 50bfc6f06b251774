"""The container of older Office files: an OLE2 compound file → the streams at its top.

Promise: no chain of sectors is followed further than the file has sectors, so a crafted file
costs no more than a true one of its size; a stream that is not all there is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from site_builder.sources.workbook_guard import OLE, UnfitError

DAMAGED = "文件已经损坏，或者没有复制、下载完"
_HEADER = struct.Struct("<8s20x2sHH14xI4x5I")
_LISTED_IN_HEADER = 109  # sectors of the table; more of them are listed in a chain of their own
_ENTRY = struct.Struct("<64sHBx3I36xIQ")
_LAST_SECTOR = 0xFFFFFFF9  # greater numbers mark ends and gaps
_STREAM, _ROOT = 2, 5
_SMALL_SECTOR = 64
Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory: a stream, a folder or the root, and its neighbours in a tree."""

    name: str
    kind: int
    beside: Numbers
    below: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """An opened file; `table` says for each sector which one follows it."""

    data: bytes
    sector: int
    table: Numbers
    small_table: Numbers
    cutoff: int
    root: _Entry
    entries: dict[str, _Entry]

    def stream(self, name: str) -> bytes:
        """The bytes of a stream at the top, named in lower case; raises UnfitError."""
        entry = self.entries[name]
        if not entry.size:
            return b""
        if entry.size >= self.cutoff:
            content = _chained(self.data, self.table, start=entry.start, size=self.sector)
        else:
            within = _chained(self.data, self.table, start=self.root.start, size=self.sector)
            numbers = _chain(self.small_table, entry.start)
            small = (within[n * _SMALL_SECTOR : (n + 1) * _SMALL_SECTOR] for n in numbers)
            content = b"".join(small)
        if len(content) < entry.size:
            raise UnfitError(DAMAGED)
        return content[: entry.size]


def opened(data: bytes) -> Container:
    """A compound file with the streams at its top; those in its folders are passed over.

    Layout: [MS-CFB]. Raises UnfitError where the file is cut short or contradicts itself.
    """
    try:
        return _opened(data)
    except (struct.error, IndexError) as error:
        raise UnfitError(DAMAGED) from error


def _opened(data: bytes) -> Container:
    sign, order, shift, small_shift, directory, cutoff, *rest = _HEADER.unpack_from(data)
    if (sign, order, small_shift) != (OLE, b"\xfe\xff", 6) or shift not in (9, 12):
        raise UnfitError(DAMAGED)
    size = 1 << shift
    table = _table(data, size, more=rest[2:])
    chained = partial(_chained, data, table, size=size)
    listed = chained(start=directory)
    root = _entry(listed, 0, size=size)
    if root.kind != _ROOT:
        raise UnfitError(DAMAGED)
    small_table = _numbers(chained(start=rest[0])) if rest[1] else ()
    streams = (entry for entry in _tree(listed, root.below, size=size) if entry.kind == _STREAM)
    entries = {entry.name.lower(): entry for entry in streams}
    return Container(data, size, table, small_table, cutoff, root, entries)


def _table(data: bytes, size: int, *, more: list[int]) -> Numbers:
    """What follows each sector; `more` is where further parts of the table are listed."""
    parts = list(struct.unpack_from(f"<{_LISTED_IN_HEADER}I", data, _HEADER.size))
    follower, count = more
    for _ in range(min(count, len(data) // size)):
        *listed, follower = _numbers(_sector(data, follower, size=size))
        parts += listed
    used = [part for part in parts if part <= _LAST_SECTOR]
    if len(set(used)) < len(used):
        raise UnfitError(DAMAGED)
    return _numbers(b"".join(_sector(data, part, size=size) for part in used))


def _sector(data: bytes, number: int, *, size: int) -> bytes:
    """One sector; the last one of a file may be cut off behind what is used of it."""
    found = data[(number + 1) * size : (number + 2) * size]
    if not found:
        raise UnfitError(DAMAGED)
    return found


def _numbers(content: bytes) -> Numbers:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(table: Numbers, start: int) -> Iterator[int]:
    number = start
    for _ in range(len(table) + 1):
        if number > _LAST_SECTOR:
            return
        yield number
        number = table[number]
    raise UnfitError(DAMAGED)  # it runs in a circle


def _chained(data: bytes, table: Numbers, *, start: int, size: int) -> bytes:
    return b"".join(_sector(data, number, size=size) for number in _chain(table, start))


def _entry(listed: bytes, number: int, *, size: int) -> _Entry:
    name, length, kind, left, right, below, start, extent = _ENTRY.unpack_from(
        listed, number * _ENTRY.size
    )
    text = name[: max(0, min(length, len(name)) - 2)].decode("utf-16-le", errors="replace")
    if size == 512:
        extent &= 0xFFFFFFFF  # the upper half is not used there, and not always empty
    return _Entry(text, kind, (left, right), below, start, extent)


def _tree(listed: bytes, top: int, *, size: int) -> Iterator[_Entry]:
    """The entries of one folder, which the directory keeps as a tree."""
    waiting, seen = [top], set[int]()
    while waiting:
        number = waiting.pop()
        if number > _LAST_SECTOR or number in seen:
            continue
        seen.add(number)
        entry = _entry(listed, number, size=size)
        waiting += entry.beside
        yield entry
