"""Writing: rendered bytes → output.

Promise: a file of the output is old or new, never half; when a page cannot be rendered or written
none has changed; where one cannot take its place the others do, and it is said which are missing;
after that, as after a kill, the next build knows which files were begun.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from site_builder.model.page import Page
from site_builder.problems import Place, Problem
from site_builder.write.fresh import FRESH, Fresh, prepare, remove, switch, withdraw
from site_builder.write.notes import clear
from site_builder.write.plan import Change, Comparison
from site_builder.write.reasons import reason_of
from site_builder.write.trace import Trace, Written, begin, end, save_trace
from site_builder.write.workers import Jobs, spread

LOCK, LOCK_SECONDS = "build.lock", 60.0
NAMED = 10  # files that did not take their places


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a page could not be prepared."""

    path: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of it all, and the trace of it: the former one where there are problems."""

    problems: tuple[Problem, ...]
    trace: Trace


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
    lock = FileLock(cache / LOCK, timeout=seconds)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        clear(cache / LOCK)
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    except OSError as error:
        raise Unwritable(not_written(error, cache.parent)) from error
    try:
        yield
    finally:
        lock.release()


def apply(
    comparison: Comparison,
    render: Callable[[Page], bytes | Problem],
    *,
    trace: Trace,
    output: Path,
    cache: Path,
    jobs: Jobs = 1,
    keeps: bool = True,
) -> Applied:
    """Render and write what changed, remove what is no longer planned, keep the trace.

    Where that is not kept the files stay noted as begun, so that the next process looks at them.
    A problem, of a template or of the disk, or Lost has left every file in its place as it was; but
    O311 says that some have changed places already.
    """
    paths = [change.wanted.page.path for change in comparison.changes]
    earlier: tuple[str, ...] = ()
    try:
        earlier = begin(cache, paths) if paths else ()
        task = partial(_prepared, render=render, output=output)
        prepared = tuple(spread(task, comparison.changes, jobs=jobs, together=_block))
    except OSError as error:
        withdraw(output, paths)
        return Applied((not_written(error, output),), trace)
    except BaseException:  # no memory, or Ctrl+C
        withdraw(output, paths)
        raise
    faults = [one for one in prepared if isinstance(one, _Fault)]
    if faults:
        withdraw(output, paths)
        with suppress(OSError):
            end(cache, earlier)
        return Applied((min(faults, key=lambda fault: fault.path).problem,), trace)
    done = {fresh.path: fresh for fresh in prepared if isinstance(fresh, Fresh)}
    now = _new_trace(comparison, done, trace=trace)
    problems = _switched(comparison, done, trace=now if keeps else None, output=output, cache=cache)
    return Applied(problems, trace if problems else now)


def _switched(
    comparison: Comparison,
    done: dict[str, Fresh],
    *,
    trace: Trace | None,
    output: Path,
    cache: Path,
) -> tuple[Problem, ...]:
    """Every file takes its place that can; one that cannot waits for the next build, and is named.

    On Windows that is one which another program has open.
    """
    waiting = {path: fresh for path, fresh in done.items() if fresh.waits}
    steps = (
        *((path, partial(switch, output, fresh)) for path, fresh in waiting.items()),
        *((path, partial(remove, output, path)) for path in comparison.removals),
    )
    tried = (_refusal(path, step, output=output) for path, step in steps)
    refused = [problem for problem in tried if problem]
    if refused:
        return (*refused[:NAMED], *_in_part(len(steps) - len(refused), of=len(steps)))
    try:
        if trace is not None:
            save_trace(cache, trace)
    except OSError as error:
        return (not_written(error, output), *_in_part(len(steps), of=len(steps)))
    except MemoryError:
        return (no_memory(), *_in_part(len(steps), of=len(steps)))
    return ()


def _refusal(path: str, step: Callable[[], None], *, output: Path) -> Problem | None:
    try:
        step()
    except OSError as error:
        withdraw(output, (path,))
        error.filename = str(output / path)
        return not_written(error, output)
    return None


def _in_part(done: int, *, of: int) -> Iterator[Problem]:
    """What stands in the output now: nobody must think that it is as it was."""
    if done:
        left = f"另外 {of - done} 个没有换上" if done < of else "只是没有记下来"
        yield Problem("O311", Place("output"), f"{done} 个文件已经换成新的，{left}")


def _block(change: Change) -> Hashable:
    """The shards of a block of the search index are made from its texts together."""
    page = change.wanted.page
    return page.view.block if page.kind == "search-shard" else None


def _prepared(
    changes: Sequence[Change], *, render: Callable[[Page], bytes | Problem], output: Path
) -> Iterator[Fresh | _Fault]:
    """The files that wait, up to the first fault."""
    for change in changes:
        path = change.wanted.page.path
        content = render(change.wanted.page)
        if isinstance(content, Problem):
            yield _Fault(path, content)
            return
        try:
            yield prepare(output, path, content=content)
        except OSError as error:
            yield _Fault(path, not_written(error, output))
            return


def _new_trace(comparison: Comparison, done: dict[str, Fresh], *, trace: Trace) -> Trace:
    fingerprints = {c.wanted.page.path: c.wanted.fingerprint for c in comparison.changes}
    written = {
        path: Written(fingerprint, done[path].sha256, done[path].size, done[path].mtime_ns)
        for path, fingerprint in fingerprints.items()
    }
    return trace.followed_by(written, kept=comparison.kept)


def no_memory() -> Problem:
    """The machine has less memory than the site needs."""
    return Problem("O313", Place("output"), "电脑的内存不够，没有做完")


def not_written(error: OSError, output: Path) -> Problem:
    """What the disk said, at the file it said it of; `output` where it names none."""
    file = Path(str(error.filename or output))
    file = file.with_name(file.name.removeprefix(".").removesuffix(FRESH))
    site = output.parent
    place = file.relative_to(site) if file.is_relative_to(site) else Path(output.name)
    return Problem("O302", Place(place.as_posix()), f"无法写入：{reason_of(error)}")
