"""The watched files: all that a site is made from, as it stood at the last look.

Promise: each change is told once; leftovers of editors and of WPS are none.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.sources.config import load_config
from site_builder.sources.names import is_leftover

CONFIG = "config.yaml"
FOLDERS = ("content", "templates", "schemas")

Stamp = tuple[int, ...]  # size and times; () where no file is


@dataclass(slots=True)
class Watched:
    """The files of a site by their paths below `root`, each with its stamp.

    `named` are those that `config.yaml` names: fragments of the parent site, the file of signers.
    """

    root: Path
    named: frozenset[str] = frozenset()
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def holds(self, path: str) -> bool:
        """Whether the site is made from a file of this path."""
        if path == CONFIG or path in self.named:
            return True
        folder, *inner = path.split("/")
        return folder in FOLDERS and bool(inner) and not _left_over(inner)

    def is_known(self, path: str) -> bool:
        """Whether a file was there at the last look."""
        return path in self.stamps

    def stands(self, path: str) -> bool:
        """Whether there is a file now, with something in it."""
        return _stamp(self.root / path)[:1] > (0,)

    def hides_many(self, path: str) -> bool:
        """Whether the path is that of a folder, now or at the last look."""
        if path in self.stamps:
            return False
        if (self.root / path).exists():
            return (self.root / path).is_dir()
        return any(known.startswith(f"{path}/") for known in self.stamps)

    def differing(self) -> frozenset[str]:
        """All files that are not as they were at the last look."""
        now, before = self._scan(), self.stamps
        suspects = {
            path for path in now.keys() | before.keys() if now.get(path) != before.get(path)
        }
        # A listing of a folder may know less of a file than the file itself does, on Windows.
        return frozenset(p for p in suspects if _stamp(self.root / p) != before.get(p, ()))

    def look(self) -> frozenset[str]:
        """All files that are not as they were at the last look, which is over now."""
        changed = self.look_at(self.differing())
        return changed | self.look_at(self.differing()) if CONFIG in changed else changed

    def look_at(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of the files that are not as they were, each looked at now."""
        changed = set()
        for path in paths:
            now = _stamp(self.root / path)
            if now == self.stamps.get(path, ()):
                continue
            changed.add(path)
            if now:
                self.stamps[path] = now
            else:
                del self.stamps[path]
        if CONFIG in changed:
            self.named = _named(self.root) or self.named
        return frozenset(changed)

    def _scan(self) -> Mapping[str, Stamp]:
        found = {path: _stamp(self.root / path) for path in (CONFIG, *self.named)}
        for folder in FOLDERS:
            found.update(_below(self.root, folder))
        return {path: stamp for path, stamp in found.items() if stamp}


def _named(root: Path) -> frozenset[str]:
    """The files that `config.yaml` names; none where it cannot be understood."""
    config, _ = load_config(root)
    if config is None:
        return frozenset()
    signers = config.review.signers if config.review else ""
    named = (signers, config.shell.header, config.shell.footer, config.shell.head)
    return frozenset(os.path.normpath(path).replace(os.sep, "/") for path in named if path)


def _below(root: Path, folder: str) -> Iterator[tuple[str, Stamp]]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as listing:
                entries = list(listing)
        except OSError:  # not there, or gone in this very moment
            continue
        for entry in entries:
            with suppress(OSError):
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_leftover(entry.name, folder=is_folder):
                    continue
                if is_folder:
                    waiting.append(f"{here}/{entry.name}")
                else:
                    yield f"{here}/{entry.name}", _facts(entry.stat())


def _left_over(parts: list[str]) -> bool:
    *folders, name = parts
    return is_leftover(name, folder=False) or any(is_leftover(f, folder=True) for f in folders)


def _stamp(file: Path) -> Stamp:
    try:
        return _facts(file.stat())
    except (OSError, ValueError):
        return ()


def _facts(info: os.stat_result) -> Stamp:
    if not stat.S_ISREG(info.st_mode):
        return ()
    return (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
