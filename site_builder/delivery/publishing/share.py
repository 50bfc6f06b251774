"""A shared folder that knows no links, as a Windows server offers it.

Promise: each file is replaced by a rename; what another program has open is said, not forced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from site_builder.delivery.publishing.files import (
    copy_whole,
    created,
    digest_of,
    files_below,
    patiently,
    require_parent,
    write_whole,
)


class Share:
    """A folder of this machine or of the network; its lifetime is one run."""

    def __init__(self, base: Path) -> None:
        self.base = base

    def connect(self) -> None:
        """The system reaches it; a drive or a server that is not there is no new folder."""
        require_parent(self.base)

    def sizes(self) -> Mapping[str, int]:
        """Every file there, with its size."""
        if not self.base.is_dir():
            return {}
        return {path: (self.base / path).stat().st_size for path in files_below(self.base)}

    def read(self, path: str) -> bytes | None:
        """A file; None when there is none."""
        file = self.base / path
        return file.read_bytes() if file.is_file() else None

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """The SHA-256 of files, read from there."""
        found = {path: digest_of(self.base / path) for path in paths}
        return {path: digest for path, digest in found.items() if digest}

    def create(self, path: str, content: bytes) -> bool:
        """A file that must not be there yet."""
        file = self.base / path
        file.parent.mkdir(parents=True, exist_ok=True)
        return created(file, content)

    def write(self, path: str, content: bytes) -> None:
        """A file, in place of one that may be there."""
        write_whole(self.base / path, content)

    def send(self, files: Iterable[tuple[Path, str]]) -> None:
        """Files of this machine."""
        for source, path in files:
            copy_whole(source, self.base / path)

    def move(self, source: str, target: str) -> None:
        """A file takes the place of another."""
        (self.base / target).parent.mkdir(parents=True, exist_ok=True)
        patiently(lambda: (self.base / source).replace(self.base / target))

    def remove(self, paths: Iterable[str]) -> None:
        """Files that may be gone already, and the folders this empties."""
        for path in paths:
            file = self.base / path
            patiently(partial(file.unlink, missing_ok=True))
            for folder in file.parents:
                if folder == self.base or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()

    def close(self) -> None:
        """Nothing to let go."""
