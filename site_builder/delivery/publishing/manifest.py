"""The manifest of a release: every file with its size and SHA-256.

Promise: the same files give the same text, and two manifests tell exactly what differs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

FORMAT = 1
ASSETS = (".css", ".js")  # what pages load for themselves: style, script, the search index
COMPANIONS = (".gz", ".br")  # a file in compressed form beside the file itself


@dataclass(frozen=True, slots=True)
class Entry:
    """One file; `carried` is an asset of the release before, kept for pages still open."""

    path: str
    size: int
    sha256: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release: its name, the day it speaks for, when and with what it was made, its files.

    `log` is the last line of the publication log when the release was recorded.
    """

    release: str = ""
    as_of: str = ""
    published: str = ""
    generator: str = ""
    files: tuple[Entry, ...] = ()
    log: str = ""

    def entries(self) -> Mapping[str, Entry]:
        """Each file by path."""
        return {entry.path: entry for entry in self.files}

    def addresses(self) -> Mapping[str, Entry]:
        """What readers open: no assets, nothing compressed that stands beside itself."""
        known = self.entries()
        return {
            path: entry
            for path, entry in known.items()
            if not path.endswith(ASSETS) and original(path, known) == path
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What readers will find new, changed and gone."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def difference(before: Manifest, after: Manifest) -> Difference:
    """Between two releases, by address."""
    old, new = before.addresses(), after.addresses()
    return Difference(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(p for p in sorted(new.keys() & old.keys()) if new[p].sha256 != old[p].sha256),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def is_same(before: Manifest, after: Manifest) -> bool:
    """Whether both hold the same files; what was only carried along does not count."""
    own = ({(e.path, e.sha256) for e in m.files if not e.carried} for m in (before, after))
    first, second = own
    return bool(before.release) and first == second


def original(path: str, known: Mapping[str, object]) -> str:
    """The file that a compressed companion stands beside; any other path itself."""
    for ending in COMPANIONS:
        if path.endswith(ending) and path.removesuffix(ending) in known:
            return path.removesuffix(ending)
    return path


def written(manifest: Manifest) -> bytes:
    """The manifest as it is signed and kept."""
    fields = {
        "format": FORMAT,
        "release": manifest.release,
        "as_of": manifest.as_of,
        "published": manifest.published,
        "generator": manifest.generator,
        "log": manifest.log,
        "files": [_fields(entry) for entry in manifest.files],
    }
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(data: bytes | None) -> Manifest:
    """A manifest; an empty one where there is none or it cannot be understood."""
    try:
        raw = json.loads(data or b"")
        files = tuple(Entry(**entry) for entry in raw["files"])
        texts = {name: str(raw[name]) for name in ("release", "as_of", "published", "generator")}
        return Manifest(**texts, files=files, log=str(raw.get("log", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _fields(entry: Entry) -> dict[str, object]:
    fields: dict[str, object] = {"path": entry.path, "size": entry.size, "sha256": entry.sha256}
    return {**fields, "carried": True} if entry.carried else fields
