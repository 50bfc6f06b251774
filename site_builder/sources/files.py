"""Files: what stands on disk under a folder, and the bytes of one file.

Promise: nothing on disk raises here; what cannot be read, named or trusted is a problem with
its path, and a file that is reported as no ordinary file or as too large is never opened.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.model.published import LEDGER, LOG
from site_builder.problems import Place, Problem
from site_builder.sources import names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MIB = 1024 * 1024
SIZE_LIMITS = {
    ".md": 2 * MIB,
    ".yaml": 2 * MIB,
    ".yml": 2 * MIB,
    ".csv": 2 * MIB,
    ".xlsx": 20 * MIB,
    ".xls": 20 * MIB,
}
OTHER_LIMIT = 200 * MIB
GROWING = (LEDGER, LOG)  # written by the program, a line for everything ever published
JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which module stat knows on Windows only


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: `path` is posix and relative to the root; size in bytes."""

    path: str
    size: int
    mtime_ns: int
    changed_ns: int = field(default=0, compare=False)
    inode: int = field(default=0, compare=False)


def scan(root: Path, folder: str) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Every file under root/folder in order of its path, and what is wrong with names and kinds.

    Leftovers of editors are passed over. Symbolic links, devices (F103) and files over their
    limit (F104) are left out. A file whose name is bad (F101, F102) is reported and kept, so
    that the same run can look inside; only a name no text can hold is left out.
    """
    found: list[SourceFile] = []
    problems: list[Problem] = []
    waiting = [folder]
    if (root / folder).is_symlink():
        waiting, problems = [], [_no_ordinary_file(folder, "快捷链接")]
    while waiting:
        here = waiting.pop()
        entries, missing = _entries(root, here)
        problems += missing
        problems += _same_names(here, entries)
        for entry in entries:
            path = f"{here}/{entry.name}"
            problems += _name_problems(path, entry.name)
            kept = _look(entry, path)
            if isinstance(kept, Problem):
                problems.append(kept)
            elif kept is None:
                waiting.append(path)
            elif names.shown(path) == path:
                found.append(kept)
    return tuple(sorted(found, key=lambda file: file.path.split("/"))), tuple(problems)


def read_bytes(root: Path, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The content of one file; empty, with a problem, where it cannot be had (F105).

    `path` is relative to the root, as `scan` gives it. A file that outgrew its limit since it
    was scanned is not taken in (F104).
    """
    limit = _limit(path)
    try:
        with open(f"{root}/{path}", "rb") as stream:  # noqa: PTH123  # a Path costs more than that
            content = stream.read(limit + 1)
    except OSError as error:
        return b"", (_unreadable(path, error),)
    problem = _too_large(path, len(content))
    return (b"", (problem,)) if problem else (content, ())


def _entries(root: Path, here: str) -> tuple[list[os.DirEntry[str]], list[Problem]]:
    try:
        with os.scandir(root / here) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        return [], [_unreadable(here, error)]
    return [entry for entry in entries if not _is_leftover(entry)], []


def _is_leftover(entry: os.DirEntry[str]) -> bool:
    return names.is_leftover(entry.name, folder=_is_folder(entry))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _look(entry: os.DirEntry[str], path: str) -> SourceFile | Problem | None:
    """The file, or why it is left out; None for a folder to walk into."""
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError as error:
        return _unreadable(path, error)
    if stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) == JUNCTION:
        return _no_ordinary_file(path, "快捷链接")
    if stat.S_ISDIR(info.st_mode):
        return None
    if not stat.S_ISREG(info.st_mode):
        return _no_ordinary_file(path, "设备或管道")
    return _too_large(path, info.st_size) or SourceFile(
        path, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino
    )


def _too_large(path: str, size: int) -> Problem | None:
    limit = _limit(path)
    if size <= limit:
        return None
    message = f"文件有 {size / MIB:.1f} MB，超过这类文件的上限 {limit // MIB} MB"
    return Problem("F104", _place(path), message)


def _limit(path: str) -> int:
    if path in GROWING:
        return OTHER_LIMIT
    return SIZE_LIMITS.get(path[path.rfind(".") :].lower(), OTHER_LIMIT)


def _name_problems(path: str, name: str) -> Iterable[Problem]:
    return (Problem("F101", _place(path), *fault) for fault in names.faults(name))


def _same_names(here: str, entries: list[os.DirEntry[str]]) -> Iterable[Problem]:
    first: dict[str, str] = {}
    for entry in entries:
        path = f"{here}/{entry.name}"
        other = first.setdefault(names.folded(entry.name), path)
        if other != path:
            shown = names.shown(other.rsplit("/", 1)[1])
            message = f"与同一文件夹里的“{shown}”只差大小写、全角半角或字的写法"
            yield Problem("F102", _place(path), message, related=(_place(other),))


def _no_ordinary_file(path: str, what: str) -> Problem:
    return Problem("F103", _place(path), f"这是{what}，不是普通的文件或文件夹")


def _unreadable(path: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem("F105", _place(path), "没有这个文件或文件夹，或者刚刚被删除、改名")
    if isinstance(error, PermissionError):
        hint = "先在 WPS 等软件里把它关闭；仍不行，请管理员检查读取权限。"
        return Problem("F105", _place(path), "没有权限读取，或者正被别的软件占用", hint)
    return Problem("F105", _place(path), f"读不出来（系统错误号 {error.errno}）")


def _place(path: str) -> Place:
    return Place(names.shown(path))
