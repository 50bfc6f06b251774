"""The trace: what the last build wrote, and from which fingerprints.

Promise: a damaged, missing or older trace is an empty one: the next build then compares bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder.write.notes import drop_note, load_note, save_note

VERSION = 3
NAME, BEGUN = "trace.json", "begun.json"


@dataclass(frozen=True, slots=True)
class Written:
    """One output file as last written; an empty `sha256` is one that a build had begun."""

    fingerprint: Mapping[str, str]
    sha256: str = ""
    size: int = -1
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class Trace:
    """Every output file the builder knows, by path."""

    files: Mapping[str, Written] = field(default_factory=dict)


def load_trace(cache: Path) -> Trace:
    """The trace of the last build, and what a build after it began and did not end."""
    try:
        version, names, files = _load(cache / NAME) or (0, [], {})
        entries: Iterable[tuple[str, Any]] = files.items() if version == VERSION else ()
        known = {path: _written(names, *entry) for path, entry in entries}
    except (ValueError, TypeError, IndexError, AttributeError):
        known = {}
    return Trace({**known, **{path: Written({}) for path in _begun(cache)}})


def save_trace(cache: Path, trace: Trace) -> None:
    """Whole or not at all; nothing is left begun."""
    names: dict[tuple[str, ...], int] = {}
    files = {
        path: [
            names.setdefault(tuple(entry.fingerprint), len(names)),
            " ".join(entry.fingerprint.values()),
            entry.sha256,
            entry.size,
            entry.mtime_ns,
        ]
        for path, entry in trace.files.items()
    }
    _save(cache / NAME, [VERSION, list(names), files])
    end(cache)


def begin(cache: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Note the files about to be written, so that a kill leaves a record; and what stood there."""
    earlier = _begun(cache)
    _save(cache / BEGUN, sorted({*earlier, *paths}))
    return earlier


def end(cache: Path, begun: tuple[str, ...] = ()) -> None:
    """Nothing is begun any more, but for what was before."""
    if begun:
        _save(cache / BEGUN, begun)
    else:
        drop_note(cache / BEGUN)


def _begun(cache: Path) -> tuple[str, ...]:
    try:
        found = _load(cache / BEGUN)
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _written(names: list[list[str]], which: int, digests: str, *rest: object) -> Written:
    fingerprint = dict(zip(names[which], digests.split(), strict=True))
    return Written(fingerprint, *rest)  # type: ignore[arg-type]  # as they were saved


def _load(file: Path) -> Any:
    note = load_note(file)
    return json.loads(note) if note is not None else None


def _save(file: Path, value: object) -> None:
    save_note(file, json.dumps(value, ensure_ascii=False).encode())
