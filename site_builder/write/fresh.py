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
    place, beside = _names(output, path)
    found = _stat(place)
    digest = sha256(content).hexdigest()
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(EISDIR, "", place)
    if found is not None and _holds(place, content, size=found.st_size):
        with suppress(FileNotFoundError):  # a killed build may have left another text there
            os.unlink(beside)
        return Fresh(path, digest, found.st_size, found.st_mtime_ns, waits=False)
    made = _written(beside, content)
    return Fresh(path, digest, made.st_size, made.st_mtime_ns, waits=True)


def switch(output: Path, fresh: Fresh) -> None:
    """Let a file take its place."""
    if fresh.waits:
        place, beside = _names(output, fresh.path)
        os.replace(beside, place)


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


def _names(output: Path, path: str) -> tuple[str, str]:
    """The same as text: there are many files, and a Path costs more than what is done with it."""
    folder, slash, name = path.rpartition("/")
    return f"{output}/{path}", f"{output}/{folder}{slash}.{name}{FRESH}"


def _written(file: str, content: bytes) -> os.stat_result:
    """Write it, and make its folder if it is the first there."""
    try:
        return _put(file, content)
    except (FileNotFoundError, NotADirectoryError):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    return _put(file, content)


def _put(file: str, content: bytes) -> os.stat_result:
    with open(file, "wb") as stream:
        stream.write(content)
        stream.flush()
        return os.fstat(stream.fileno())


def _stat(file: str) -> os.stat_result | None:
    try:
        return os.stat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _holds(file: str, content: bytes, *, size: int) -> bool:
    if size != len(content):
        return False
    try:
        with open(file, "rb") as stream:
            return stream.read() == content
    except OSError:
        return False
