"""A store: files by name, and no way to switch them all at once.

Promise: what a store shows under a name is one whole file, the one before or the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """What shares, SFTP servers and object stores have in common."""

    def connect(self) -> None:
        """Reach it; or raise Unreachable."""
        ...

    def sizes(self) -> Mapping[str, int]:
        """Every file there, with its size."""
        ...

    def read(self, path: str) -> bytes | None:
        """A file; None when there is none."""
        ...

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """The SHA-256 of files, read from there; those that are missing are left out."""
        ...

    def create(self, path: str, content: bytes) -> bool:
        """A file that must not be there yet; says whether it is now."""
        ...

    def write(self, path: str, content: bytes) -> None:
        """A file, in place of one that may be there."""
        ...

    def send(self, files: Iterable[tuple[Path, str]]) -> None:
        """Files of this machine, in any order."""
        ...

    def move(self, source: str, target: str) -> None:
        """A file takes the place of another."""
        ...

    def remove(self, paths: Iterable[str]) -> None:
        """Files that may be gone already."""
        ...

    def close(self) -> None:
        """Let go."""
        ...
