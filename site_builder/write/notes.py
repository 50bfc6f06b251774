"""Notes: the builder's own small files in `.cache/site_builder/`.

Promise: a note comes back exactly as it was written under its name or not at all; a damaged, cut or
foreign one is none, reading one never runs anything, and whatever stands in its place gives way.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = f"values of Python {sys.version_info[0]}.{sys.version_info[1]}"
HEAD = b"site_builder notes 3 "


def load_note(file: Path) -> bytes | None:
    """What was saved under this name; None where it is not whole."""
    try:
        head, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return payload if head == _head(file.name, payload) else None


def save_note(file: Path, payload: bytes) -> None:
    """Whole or not at all; on a full disk nothing is left that needs room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    for place in (fresh, file):
        clear(place)
    try:
        with fresh.open("wb") as stream:
            stream.write(_head(file.name, payload) + b"\n")
            stream.write(payload)
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


def drop_note(file: Path) -> None:
    """No note any more."""
    clear(file)
    file.unlink(missing_ok=True)


def clear(file: Path) -> None:
    """A folder where a file of the builder's own belongs goes; a file there is left."""
    if file.is_dir() and not file.is_symlink():
        import shutil  # seldom needed, and a build with nothing to do is quick

        shutil.rmtree(file)


def _head(name: str, payload: bytes) -> bytes:
    """With the name, so that a note copied over another one is none."""
    hasher = sha256(name.encode() + b"\n")
    hasher.update(payload)  # by itself: it may be large
    return HEAD + hasher.hexdigest().encode()
