"""Kept readings: what the files of a site gave, from one build to the next.

Promise: what is found here was made by this program from a file with exactly this stamp; a
damaged, cut, foreign or older store is an empty one. Neither reading nor writing it needs room for
more than a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from site_builder.write.notes import drop_note, read_parts, save_parts

NAME, NEWER = "records", "records-newer"
PART = 500  # entries that are packed at once
FEW = 200  # new entries that are kept beside the others, so that one edit does not rewrite them all

Stamp = tuple[str | int, ...]
Entry = tuple[str, Stamp, bytes]  # a path, the stamp of its file, and what the file gave


@dataclass(frozen=True, slots=True)
class Kept:
    """The store in a folder: `key` is that of the program and its configuration."""

    cache: Path
    key: str

    def entries(self) -> Iterator[Entry]:
        """All of it; the newer one of a path alone."""
        newer = self._newer()
        yield from newer.values()
        yield from (
            entry for entry in _entries(self.cache / NAME, self.key) if entry[0] not in newer
        )

    def save(self, fresh: Iterable[Entry], *, count: int, stay: frozenset[str]) -> None:
        """Keep at most `count` new entries, and the old ones of the paths that `stay`."""
        newer = self._newer() if count <= FEW < len(stay) else {}
        if count + len(newer) <= FEW < len(stay):
            self._add(newer, fresh)
            return
        old = (entry for entry in self.entries() if entry[0] in stay)
        _save(self.cache / NAME, self.key, chain(old, fresh))
        drop_note(self.cache / NEWER)

    def _newer(self) -> dict[str, Entry]:
        return {entry[0]: entry for entry in _entries(self.cache / NEWER, self.key)}

    def _add(self, newer: dict[str, Entry], fresh: Iterable[Entry]) -> None:
        added = {entry[0]: entry for entry in fresh}
        if added:
            _save(self.cache / NEWER, self.key, (newer | added).values())


def _entries(file: Path, key: str) -> Iterator[Entry]:
    parts = read_parts(file)
    if next(parts, None) == key:
        for part in parts:
            yield from part


def _save(file: Path, key: str, entries: Iterable[Entry]) -> None:
    rows = iter(entries)
    parts = iter(lambda: tuple(islice(rows, PART)), ())
    save_parts(file, chain((key,), parts))
