"""Kept readings: what the files of a site gave, from one build to the next.

Promise: what is found here was made by this program from a file with exactly this stamp; a
damaged, cut, foreign or older store is an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from site_builder.write.notes import drop_note, load_parts, save_parts

NAME, NEWER = "records", "records-newer"
PART = 500  # entries that are packed at once
FEW = 200  # new entries that are kept beside the others, so that one edit does not rewrite them all

Stamp = tuple[str | int, ...]
Entries = dict[str, tuple[Stamp, bytes]]


@dataclass(slots=True)
class Kept:
    """The store, open for one build: `key` is that of the program and its configuration."""

    cache: Path
    key: str
    entries: Entries
    newer: Entries = field(default_factory=dict)
    is_newer: bool = False

    def find(self, path: str, stamp: Stamp) -> bytes | None:
        """What a file with this stamp gave."""
        entry = self.newer.get(path) or self.entries.get(path)
        return entry[1] if entry and entry[0] == stamp else None

    def put(self, path: str, stamp: Stamp, *, content: bytes) -> None:
        """Keep what a file gave."""
        self.newer[path] = (stamp, content)
        self.is_newer = True


def open_kept(cache: Path, key: str) -> Kept:
    """The store that the last build with this key left."""
    return Kept(cache, key, _load(cache / NAME, key), _load(cache / NEWER, key))


def save_kept(kept: Kept, *, live: frozenset[str]) -> None:
    """Keep the entries of the files that are still there."""
    kept.is_newer = False
    if len(kept.newer) <= FEW and len(kept.entries) > FEW:
        _save(kept.cache / NEWER, kept.key, kept.newer)
        return
    whole = {path: entry for path, entry in (kept.entries | kept.newer).items() if path in live}
    _save(kept.cache / NAME, kept.key, whole)
    drop_note(kept.cache / NEWER)
    kept.entries, kept.newer = whole, {}


def _load(file: Path, key: str) -> Entries:
    found, *parts = load_parts(file) or ("",)
    entries: Entries = {}
    for part in parts if found == key else ():
        entries |= part
    return entries


def _save(file: Path, key: str, entries: Entries) -> None:
    rows = list(entries.items())
    parts = (dict(rows[first : first + PART]) for first in range(0, len(rows), PART))
    save_parts(file, chain((key,), parts))
