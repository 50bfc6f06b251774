"""The last build: what it had before it, and what it said.

Promise: it answers for a build only where nothing that a build reads or has written differs from
what stood there then, down to the moment of each file; a doubt is a difference.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from site_builder.problems import Place, Problem
from site_builder.write.notes import load_note, save_note

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME, TRACE = "last.json", "trace.json"
COMPILED = "__pycache__"
FOLLOWED = ("schemas", "templates")  # elsewhere a link is refused or leads to what is seen anyway
TICK = 50_000_000  # nanoseconds in which a second change may bear the same time as the first


class Places(Protocol):
    """Where a site stands."""

    @property
    def root(self) -> Path: ...
    @property
    def output(self) -> Path: ...
    @property
    def cache(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a build reads, as it stood: a digest of the files' stats, empty where in doubt.

    A file changed at `until` or later may change again and bear the same time.
    """

    key: str
    until: int


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build said: its problems, and how many files the output has."""

    problems: tuple[Problem, ...]
    total: int


def look(site: Places, *, program: Iterable[Path], asked: str) -> Sight:
    """The sources, the program and what was asked of it, as they stand in this moment."""
    until = time.time_ns() - TICK
    hasher = sha256(repr((sys.version, asked, libraries())).encode())
    try:
        places = (*_sources(site), *program)
        settled = [_add(hasher, place, until) for place in places]
    except OSError:  # gone or closed in this very moment
        return Sight("", until)
    return Sight(hasher.hexdigest() if all(settled) else "", until)


def recall(site: Places, sight: Sight) -> Last | None:
    """What the last build said, if it saw the same and its output is as it left it."""
    note = load_note(site.cache / NAME) if sight.key else None
    if note is None:
        return None
    try:
        said = json.loads(note)
        if said["sight"] != sight.key or said["output"] != _output(site):
            return None
        return Last(tuple(_problem(*row) for row in said["problems"]), said["total"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(site: Places, sight: Sight, *, last: Last) -> None:
    """Keep what a build said for the next one."""
    said = {
        "sight": sight.key,
        "output": _output(site),
        "total": last.total,
        "problems": [astuple(problem) for problem in last.problems],
    }
    save_note(site.cache / NAME, json.dumps(said, ensure_ascii=False).encode())


def _problem(code: str, place: list[Any], *rest: Any) -> Problem:
    message, hint, basis, related = rest
    return Problem(code, Place(*place), message, hint, basis, tuple(Place(*p) for p in related))


def _sources(site: Places) -> list[Path]:
    """All that stands in the site's folder but what is made from it, and what is hidden."""
    made = (site.output, site.cache)
    return sorted(p for p in site.root.iterdir() if p not in made and not p.name.startswith("."))


def libraries() -> tuple[int, ...]:
    """When something was last installed beside the program."""
    folders = (Path(path) for path in sys.path if path.endswith("-packages"))
    return tuple(folder.stat().st_mtime_ns for folder in folders if folder.is_dir())


def _output(site: Places) -> str:
    hasher = sha256()
    for place in (site.output, site.cache / TRACE):
        _add(hasher, place, sys.maxsize)
    return hasher.hexdigest()


def _add(hasher: Any, place: Path, until: int) -> bool:
    """Add all below a place; False where a file is too young, or leads to one elsewhere."""
    settled, waiting = True, [str(place)]
    try:
        top = place.stat()
    except OSError:
        hasher.update(b"none")
        return True
    if not stat.S_ISDIR(top.st_mode):
        hasher.update(repr(_facts("", top)).encode())
        return _is_settled(top, until)
    while waiting:
        folder = waiting.pop()
        files, folders = _entries(folder)
        linked = place.name in FOLLOWED and any(stat.S_ISLNK(info.st_mode) for _, info in files)
        settled = settled and not linked and all(_is_settled(info, until) for _, info in files)
        rows = sorted(_facts(name, info) for name, info in files)
        hasher.update(repr((folder[len(str(place)) :], rows)).encode())
        waiting += sorted(folders)
    return settled


def _entries(folder: str) -> tuple[list[tuple[str, os.stat_result]], list[str]]:
    """The files of a folder with their stats, and the paths of its folders."""
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            info = entry.stat(follow_symlinks=False)
            if not stat.S_ISDIR(info.st_mode):
                files.append((entry.name, info))
            elif entry.name != COMPILED:
                folders.append(entry.path)
    return files, folders


def _facts(name: str, info: os.stat_result) -> tuple[str | int, ...]:
    return (name, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def _is_settled(info: os.stat_result, until: int) -> bool:
    return max(info.st_mtime_ns, info.st_ctime_ns) < until
