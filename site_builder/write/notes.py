"""Notes: the builder's own small files in `.cache/site_builder/`.

Promise: a note comes back exactly as it was written or not at all; a damaged, cut or foreign one
is none, and reading one never runs anything.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"site_builder notes 2 "


def load_note(file: Path) -> bytes | None:
    """What was saved under this name; None where it is not whole."""
    try:
        head, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return payload if head == _head(payload) else None


def save_note(file: Path, payload: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("wb") as stream:
        stream.write(_head(payload) + b"\n")
        stream.write(payload)
    fresh.replace(file)


def _head(payload: bytes) -> bytes:
    return HEAD + sha256(payload).hexdigest().encode()
