"""A disk that fails at its n-th change: full, over a quota, closed or read-only.

Promise: every change that Python makes below a folder is counted (files opened for writing,
written, renamed, linked and removed, folders made); what fails does so as the system would have it,
half a text written.
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EDQUOT, ENOSPC, EROFS
from pathlib import Path
from typing import Any

import pytest

GROWING = ("open", "write", "mkdir", "link", "symlink")  # what a full disk refuses
FULL = (ENOSPC, EDQUOT)
ERRORS = (ENOSPC, EROFS, EACCES, EDQUOT)


@dataclass(slots=True)
class Disk:
    """What happens below `folder`: from the `limit`-th change on nothing succeeds.

    A full disk still renames and removes. `once`: that one change fails and no other.
    """

    folder: str
    limit: int = 0
    errno: int = ENOSPC
    once: bool = False
    done: int = 0
    failed: int = 0

    def change(self, kind: str, place: object) -> bool:
        """Count a change; raises where it must fail, or says so of a write."""
        if not self.holds(place):
            return False
        if self.errno in FULL and kind not in GROWING:
            return False
        self.done += 1
        if not self.limit or self.done < self.limit or (self.once and self.failed):
            return False
        self.failed += 1
        return True

    def holds(self, place: object) -> bool:
        if not isinstance(place, str | os.PathLike):
            return False
        return f"{os.path.normpath(place)}/".startswith(f"{self.folder}/")

    def refuse(self, place: object) -> OSError:
        return OSError(self.errno, os.strerror(self.errno), os.fspath(place))  # type: ignore[call-overload]  # a path, as asked before


class Written:
    """A file open for writing on such a disk."""

    def __init__(self, stream: Any, disk: Disk, *, place: str) -> None:
        self.stream, self.disk, self.place = stream, disk, place

    def write(self, content: Any) -> Any:
        if self.disk.change("write", self.place):
            self.stream.write(content[: len(content) // 2])
            raise OSError(self.disk.errno, os.strerror(self.disk.errno))  # it names no file
        return self.stream.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def __enter__(self) -> Written:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.stream)


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """All that this process does to the disk meanwhile."""
    opened, low = io.open, os.open

    def opening(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if not set(mode) & set("wax+"):
            return opened(file, mode, *rest, **more)
        if disk.change("open", file):
            raise disk.refuse(file)
        stream = opened(file, mode, *rest, **more)
        return Written(stream, disk, place=os.fspath(file)) if disk.holds(file) else stream

    def opening_low(file: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and disk.change("open", file):
            raise disk.refuse(file)
        return low(file, flags, *rest, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(io, "open", opening)
        patched.setattr(builtins, "open", opening)
        patched.setattr(os, "open", opening_low)
        for name in ("mkdir", "link", "symlink", "rename", "replace", "unlink", "remove", "rmdir"):
            patched.setattr(os, name, _counted(disk, name, getattr(os, name)))
        patched.setattr(os, "sendfile", _copied(disk, os.sendfile))
        yield disk


def _counted(disk: Disk, kind: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """The place that changes is the last path of a call."""

    def acting(*paths: Any, **more: Any) -> Any:
        place = paths[1] if kind in ("link", "symlink", "rename", "replace") else paths[0]
        if more.get("dir_fd") is None and disk.change(kind, place):
            raise disk.refuse(place)
        return act(*paths, **more)

    return acting


def _copied(disk: Disk, act: Callable[..., int]) -> Callable[..., int]:
    """A copy made by the system itself: known by the file its number stands for."""

    def acting(out: int, source: int, *rest: Any) -> int:
        place = Path(f"/proc/self/fd/{out}").readlink()
        if disk.change("write", place):
            raise OSError(disk.errno, os.strerror(disk.errno))
        return act(out, source, *rest)

    return acting
