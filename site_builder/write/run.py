"""Writing: rendered bytes → output.

Promise: a file of the output is old or new, never half; when a page cannot be rendered or written
nothing has changed; after a kill the next build knows which files were begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import (
    EACCES,
    EDQUOT,
    EEXIST,
    EFBIG,
    EISDIR,
    ENAMETOOLONG,
    ENOSPC,
    ENOTDIR,
    EPERM,
    EROFS,
)
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from site_builder.model.page import Page
from site_builder.problems import Place, Problem
from site_builder.write.plan import FRESH, Change, Comparison
from site_builder.write.trace import Trace, Written, save_trace

LOCK_SECONDS = 60.0
TAKEN = "那里已经有一个同名的文件或文件夹"
REASONS = {
    EACCES: "没有写入权限，或者文件正被别的程序打开",
    EDQUOT: "磁盘配额已满",
    EEXIST: TAKEN,
    EFBIG: "文件太大",
    EISDIR: TAKEN,
    ENAMETOOLONG: "名称太长",
    ENOSPC: "磁盘已满",
    ENOTDIR: TAKEN,
    EPERM: "没有写入权限，或者文件正被别的程序打开",
    EROFS: "磁盘只能读，不能写",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A change with its bytes."""

    change: Change
    content: bytes

    @property
    def path(self) -> str:
        """Where the bytes belong, relative to the output."""
        return self.change.wanted.page.path


class Busy(Exception):
    """Another build holds the lock."""


class Unwritable(Exception):
    """The builder cannot keep its notes; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def locked(cache: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """One build at a time; a second one waits, then raises Busy. Or raises Unwritable."""
    lock = FileLock(cache / "build.lock", timeout=seconds)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    except OSError as error:
        raise Unwritable(not_written(error, cache.parent)) from error
    try:
        yield
    finally:
        lock.release()


def render_all(
    changes: tuple[Change, ...], render: Callable[[Page], bytes]
) -> tuple[Rendered, ...]:
    """Every changed page, before anything is written."""
    return tuple(Rendered(change, render(change.wanted.page)) for change in changes)


def apply(
    rendered: tuple[Rendered, ...],
    comparison: Comparison,
    *,
    trace: Trace,
    output: Path,
    cache: Path,
) -> tuple[Problem, ...]:
    """Write, remove what is no longer planned, keep the trace. Problems only from the disk."""
    try:
        _announce(rendered, trace, cache=cache)
        _prepare(rendered, output)
        for item in rendered:
            _switch(item, output)
        for path in comparison.removals:
            _remove(output, path)
        save_trace(cache, _new_trace(rendered, comparison, trace=trace, output=output))
    except OSError as error:
        _withdraw(rendered, output)
        return (not_written(error, output),)
    return ()


def not_written(error: OSError, output: Path) -> Problem:
    """What the disk said, at the file it said it of; `output` where it names none."""
    file = Path(str(error.filename or output))
    file = file.with_name(file.name.removeprefix(".").removesuffix(FRESH))
    site = output.parent
    place = file.relative_to(site) if file.is_relative_to(site) else Path(output.name)
    reason = REASONS.get(error.errno or 0, f"系统错误号 {error.errno}")
    return Problem("O302", Place(place.as_posix()), f"无法写入：{reason}")


def _announce(rendered: tuple[Rendered, ...], trace: Trace, *, cache: Path) -> None:
    """The files about to be written stand in the trace first, so that a kill leaves a record."""
    if not rendered:
        return
    begun = {item.path: Written(item.change.wanted.fingerprint) for item in rendered}
    save_trace(cache, Trace({**trace.files, **begun}))


def _prepare(rendered: tuple[Rendered, ...], output: Path) -> None:
    """Every new file stands whole beside its place before the first one is switched."""
    for item in rendered:
        file = output / item.path
        if _same(file, item.content):
            _fresh(file).unlink(missing_ok=True)  # a killed build may have left another text there
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            raise IsADirectoryError(EISDIR, "", str(file))
        _fresh(file).write_bytes(item.content)


def _switch(item: Rendered, output: Path) -> None:
    file = output / item.path
    if _fresh(file).exists():
        _fresh(file).replace(file)


def _withdraw(rendered: tuple[Rendered, ...], output: Path) -> None:
    for item in rendered:
        with suppress(OSError):
            _fresh(output / item.path).unlink(missing_ok=True)


def _remove(output: Path, path: str) -> None:
    """A file that is no longer planned, and the folders it leaves empty."""
    file = output / path
    _fresh(file).unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == output or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _new_trace(
    rendered: tuple[Rendered, ...], comparison: Comparison, *, trace: Trace, output: Path
) -> Trace:
    files = {path: trace.files[path] for path in comparison.kept}
    for item in rendered:
        stat = (output / item.path).stat()
        files[item.path] = Written(
            fingerprint=item.change.wanted.fingerprint,
            sha256=sha256(item.content).hexdigest(),
            size=stat.st_size,
            mtime_ns=stat.st_mtime_ns,
        )
    return Trace(files)


def _fresh(file: Path) -> Path:
    return file.with_name(f".{file.name}{FRESH}")


def _same(file: Path, content: bytes) -> bool:
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False
