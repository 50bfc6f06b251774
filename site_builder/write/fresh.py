"""Fresh files: what is written stands whole beside its place before it takes it.

Promise: until a file is switched its place holds what it held before; a file that already has the
right bytes is not touched.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from errno import EISDIR
from hashlib import sha256
from pathlib import Path

FRESH = ".new~"  # ends the name of a file that is not whole yet


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file as its place will hold it; `waits` says that it still stands beside."""

    path: str
    sha256: str
    size: int
    mtime_ns: int
    waits: bool


def prepare(output: Path, path: str, *, content: bytes) -> Fresh:
    """Put the bytes beside their place, unless it has them already."""
    place, beside = _places(output, path)
    found = _stat(place)
    digest = sha256(content).hexdigest()
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(EISDIR, "", str(place))
    if found is not None and _holds(place, content, size=found.st_size):
        with suppress(FileNotFoundError):  # a killed build may have left another text there
            beside.unlink()
        return Fresh(path, digest, found.st_size, found.st_mtime_ns, waits=False)
    if found is None:
        place.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        made = os.fstat(stream.fileno())
    return Fresh(path, digest, made.st_size, made.st_mtime_ns, waits=True)


def switch(output: Path, fresh: Fresh) -> None:
    """Let a file take its place."""
    if fresh.waits:
        place, beside = _places(output, fresh.path)
        beside.replace(place)


def withdraw(output: Path, paths: Iterable[str]) -> None:
    """Leave nothing beside its place, and no folder that was made for it."""
    for path in paths:
        place, beside = _places(output, path)
        with suppress(OSError):
            beside.unlink(missing_ok=True)
            _leave(output, place.parent)


def remove(output: Path, path: str) -> None:
    """A file that is no longer planned, and the folders it leaves empty."""
    place, beside = _places(output, path)
    for file in (beside, place):
        with suppress(NotADirectoryError):
            file.unlink(missing_ok=True)
    with suppress(OSError):
        _leave(output, place.parent)


def _leave(output: Path, folder: Path) -> None:
    """Remove a folder and those above it as long as they are empty."""
    while folder != output.parent:
        folder.rmdir()
        folder = folder.parent


def _places(output: Path, path: str) -> tuple[Path, Path]:
    place = output / path
    return place, place.with_name(f".{place.name}{FRESH}")


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _holds(file: Path, content: bytes, *, size: int) -> bool:
    if size != len(content):
        return False
    try:
        with file.open("rb") as stream:
            return stream.read() == content
    except OSError:
        return False
