"""The last build: what it had before it, and what it said.

Promise: it answers for a build only where nothing that a build reads or has written differs from
what stood there then, down to the moment of each file; a doubt is a difference.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from site_builder.problems import Place, Problem
from site_builder.write.notes import load_values, save_values

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME, TRACE = "last", "trace"
COMPILED = "__pycache__"
FOLLOWED = ("schemas", "templates")  # elsewhere a link is refused or leads to what is seen anyway
HAS_INODES = sys.platform != "win32"  # there a listing of a folder has none
TICK = 50_000_000  # nanoseconds in which a second change may bear the same time as the first

Facts = tuple[int, ...]
Folders = dict[str, dict[str, Facts]]  # by folder: its files by name, each with what tells it apart


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
    """All that a build reads, as it stood in one moment, and what was asked of it.

    A file changed at `until` or later may change again and bear the same time: its facts are those
    of no other sight.
    """

    asked: str
    sources: Folders
    until: int


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build saw, left and said: its problems, and how many files the output has."""

    asked: str
    sources: Folders
    output: Folders
    problems: tuple[Problem, ...]
    total: int


def look(site: Places, *, program: Iterable[Path], asked: str) -> Sight:
    """The sources, the program and what was asked of it, as they stand in this moment."""
    until = time.time_ns() - TICK
    sources: Folders = {}
    try:
        for place in (*_sources(site), *program):
            _add(sources, place, until)
    except OSError:  # gone or closed in this very moment
        return Sight("", {}, until)
    return Sight(_asked(asked), sources, until)


def recall(site: Places, sight: Sight) -> Last | None:
    """What the last build left, if the same was asked of it and its output is as it was."""
    said = load_values(site.cache / NAME) if sight.asked else None
    if said is None:
        return None
    asked, sources, output, problems, total = said
    try:
        if asked != sight.asked or output != look_at_output(site):
            return None
    except OSError:
        return None
    return Last(asked, sources, output, tuple(_problem(*row) for row in problems), total)


def remember(site: Places, last: Last) -> None:
    """Keep what a build said for the next one."""
    problems = [astuple(problem) for problem in last.problems]
    said = (last.asked, last.sources, last.output, problems, last.total)
    save_values(site.cache / NAME, said)


def look_at_output(site: Places) -> Folders:
    """The output and the trace of it, as they stand in this moment."""
    found: Folders = {}
    for place in (site.output, site.cache / TRACE):
        _add(found, place, sys.maxsize)
    return found


def edited(last: Last, sight: Sight) -> tuple[str, ...] | None:
    """The files that are others than the last build saw; None where one has come or gone."""
    if last.sources.keys() != sight.sources.keys():
        return None
    files: list[str] = []
    for folder, found in sight.sources.items():
        known = last.sources[folder]
        if known == found:
            continue
        if known.keys() != found.keys():
            return None
        files += (f"{folder}/{name}" for name, facts in found.items() if known[name] != facts)
    return tuple(files)


def is_as_left(site: Places, last: Last) -> bool:
    """Whether the trace is the one that the last build wrote."""
    try:
        facts = facts_of((site.cache / TRACE).stat())
    except OSError:
        return False
    return last.output.get(str(site.cache), {}).get(TRACE) == facts


def with_written(site: Places, output: Folders, *, paths: Iterable[str]) -> Folders:
    """The output as it stands, where only these files and the trace have been written since."""
    files = (site.cache / TRACE, *(site.output / path for path in paths))
    found = {folder: dict(known) for folder, known in output.items()}
    for file in files:
        found.setdefault(str(file.parent), {})[file.name] = facts_of(file.stat())
    return found


def look_again(site: Places, last: Last, *, asked: str, changed: Iterable[str]) -> Sight | None:
    """The sight of a moment in which at most these files are others than the last build saw.

    They are named by their paths in the site; None where one has come or gone.
    """
    until, whole = time.time_ns() - TICK, _asked(asked)
    sources = dict(last.sources)
    for file in (site.root / path for path in changed):
        folder = str(file.parent)
        try:
            info = file.lstat()
        except OSError:
            return None
        if file.name not in sources.get(folder, {}) or stat.S_ISDIR(info.st_mode):
            return None
        facts = _seen(info, until, follows=True)
        sources[folder] = {**sources[folder], file.name: facts}
    return Sight(whole, sources, until) if whole == last.asked else None


def libraries() -> tuple[int, ...]:
    """When something was last installed beside the program."""
    folders = (Path(path) for path in sys.path if path.endswith("-packages"))
    return tuple(folder.stat().st_mtime_ns for folder in folders if folder.is_dir())


def _asked(asked: str) -> str:
    return sha256(repr((sys.version, asked, libraries())).encode()).hexdigest()


def facts_of(info: os.stat_result) -> Facts:
    """What tells a file apart from what may stand in its place later."""
    inode = info.st_ino if HAS_INODES else 0
    return (info.st_size, info.st_mtime_ns, info.st_ctime_ns, inode)


def _problem(code: str, place: tuple[Any, ...], *rest: Any) -> Problem:
    message, hint, basis, related = rest
    return Problem(code, Place(*place), message, hint, basis, tuple(Place(*p) for p in related))


def _sources(site: Places) -> list[Path]:
    """All that stands in the site's folder but what is made from it, and what is hidden."""
    made = (site.output, site.cache)
    return sorted(p for p in site.root.iterdir() if p not in made and not p.name.startswith("."))


def _add(folders: Folders, place: Path, until: int) -> None:
    """Add all below a place; what is too young, or leads elsewhere, is like nothing known."""
    try:
        top = place.stat()
    except OSError:
        folders[str(place)] = {}
        return
    if not stat.S_ISDIR(top.st_mode):
        files = folders.setdefault(str(place.parent), {})
        files[place.name] = _seen(top, until, follows=False)
        return
    follows, waiting = place.name in FOLLOWED, [str(place)]
    while waiting:
        folder = waiting.pop()
        found = folders.setdefault(folder, {})
        with os.scandir(folder) as entries:
            for entry in entries:
                info = entry.stat(follow_symlinks=False)
                if not stat.S_ISDIR(info.st_mode):
                    found[entry.name] = _seen(info, until, follows=follows)
                elif entry.name != COMPILED:
                    waiting.append(entry.path)


def _seen(info: os.stat_result, until: int, *, follows: bool) -> Facts:
    settled = max(info.st_mtime_ns, info.st_ctime_ns) < until
    if not settled or (follows and stat.S_ISLNK(info.st_mode)):
        return (until,)
    return facts_of(info)
