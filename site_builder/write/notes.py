"""Notes: the builder's own small files in `.cache/site_builder/`.

Promise: a note comes back exactly as it was written under its name or not at all; a damaged, cut or
foreign one is none, reading one never runs anything, and whatever stands in its place gives way.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

FORMAT = f"values of Python {sys.version_info[0]}.{sys.version_info[1]}"
HEAD = b"site_builder notes 3 "
LENGTH, AT_ONCE = 4, 1 << 20  # bytes: of the number before a part, and read to see what is whole


def load_note(file: Path) -> bytes | None:
    """What was saved under this name; None where it is not whole."""
    try:
        with file.open("rb") as stream:
            head, payload = stream.readline(), stream.read()
    except OSError:
        return None
    return payload if head == _head(file.name, (payload,)) else None


def save_note(file: Path, payload: bytes) -> None:
    """Whole or not at all; on a full disk nothing is left that needs room."""
    _save(file, (payload,))


def _save(file: Path, payloads: Iterable[bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    for place in (fresh, file):
        clear(place)
    try:
        with fresh.open("wb") as stream:
            stream.write(_head(file.name, ()))
            head = _head(file.name, _written(stream, payloads))
            stream.seek(0)
            stream.write(head)  # as long as the one that held its place
        fresh.replace(file)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        error.filename = str(file)
        raise


def load_values(file: Path) -> Any:
    """The plain values that were saved under this name; None where it is not whole.

    `marshal` makes nothing but plain values of them, never code that could run.
    """
    note = load_note(file)
    if note is None:
        return None
    try:
        found = marshal.loads(note)
    except (ValueError, EOFError, TypeError):  # well kept, but nothing of ours
        return None
    return found[1] if type(found) is tuple and found[:1] == (FORMAT,) else None


def save_values(file: Path, value: Any) -> None:
    """Plain values, whole or not at all."""
    save_note(file, marshal.dumps((FORMAT, value)))


def load_parts(file: Path) -> list[Any]:
    """The values that `save_parts` was given; none where the note is not whole."""
    return list(read_parts(file))


def read_parts(file: Path) -> Iterator[Any]:
    """The same one after another, with room for one of them."""
    with suppress(OSError, ValueError, EOFError, TypeError), file.open("rb") as stream:
        head = stream.readline()
        if head != _head(file.name, iter(lambda: stream.read(AT_ONCE), b"")):
            return
        stream.seek(len(head))
        found = _parts(stream)
        if next(found, None) == FORMAT:
            yield from found


def save_parts(file: Path, values: Iterable[Any]) -> None:
    """Plain values one after another: what holds much needs room for one of its parts only."""
    packed = map(marshal.dumps, chain((FORMAT,), values))
    _save(file, (piece for part in packed for piece in (len(part).to_bytes(LENGTH), part)))


def drop_note(file: Path) -> None:
    """No note any more."""
    clear(file)
    file.unlink(missing_ok=True)


def clear(file: Path) -> None:
    """A folder where a file of the builder's own belongs goes; a file there is left."""
    if file.is_dir() and not file.is_symlink():
        import shutil  # seldom needed, and a build with nothing to do is quick

        shutil.rmtree(file)


def _head(name: str, payloads: Iterable[bytes]) -> bytes:
    """The first line; with the name, so that a note copied over another one is none."""
    hasher = sha256(name.encode() + b"\n")
    for payload in payloads:
        hasher.update(payload)
    return HEAD + hasher.hexdigest().encode() + b"\n"


def _written(stream: BinaryIO, payloads: Iterable[bytes]) -> Iterator[bytes]:
    for payload in payloads:
        stream.write(payload)
        yield payload


def _parts(stream: BinaryIO) -> Iterator[Any]:
    size = os.fstat(stream.fileno()).st_size
    while length := stream.read(LENGTH):
        yield marshal.loads(stream.read(min(int.from_bytes(length), size)))
