"""Kept readings: what the files of a site gave, from one build to the next.

Promise: what is found here was made by this program from a file with exactly this stamp; a
damaged, cut, foreign or older store is an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from site_builder.write.notes import drop_note, load_values, save_values

NAME, NEWER = "records", "records-newer"
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
    found, entries = load_values(file) or ("", {})
    return entries if found == key else {}


def _save(file: Path, key: str, entries: Entries) -> None:
    save_values(file, (key, entries))
