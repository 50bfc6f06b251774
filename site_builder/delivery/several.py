"""Several sites: each built or checked by itself, shared among processes.

Promise: what becomes of a site is what would become of it alone; a fault of one leaves the others
as they are.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from site_builder.outcome import Built, Site, site_at
from site_builder.pipeline import build, check
from site_builder.problems import Place, Problem
from site_builder.write.workers import FEW

Run = Callable[[Path, int], "Outcome"]  # a site's folder, and how many processes it may have


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one site; a `fault` is one of the program itself."""

    root: Path
    problems: tuple[Problem, ...] = ()
    changed: int = 0
    removed: int = 0
    total: int = 0
    seconds: float = 0.0
    fault: BaseException | None = None


class NothingFound(Exception):
    """A pattern that no folder answers to."""


def find_sites(top: Path, patterns: Iterable[str]) -> tuple[Path, ...]:
    """The folders that answer to the patterns, each once, by name. Raises NothingFound."""
    found: set[Path] = set()
    for pattern in patterns:
        try:
            folders = {folder.resolve() for folder in _matching(top, pattern) if folder.is_dir()}
        except ValueError:  # no pattern, as `局**`
            folders = set()
        visible = {folder for folder in folders if not folder.name.startswith(".")}
        if not visible:
            raise NothingFound(pattern)
        found |= visible
    return tuple(sorted(found))


def built(root: Path, jobs: int, *, as_of: date) -> Outcome:
    """Build one site."""
    return _outcome(root, lambda site: build(site, as_of, jobs=jobs))


def checked(root: Path, jobs: int, *, as_of: date) -> Outcome:  # noqa: ARG001  # a check has one
    """Check one site."""
    return _outcome(root, lambda site: check(site, as_of))


def each(run: Run, roots: Sequence[Path], *, jobs: int) -> Iterator[Outcome]:
    """What becomes of each site, as it is known.

    A site that would keep the others waiting has all processes to itself; the rest are taken up one
    by one, the largest first, by whichever process is free.
    """
    alone, shared = divided({root: _size(root) for root in roots}, jobs=jobs)
    for root in alone:
        yield from _run(run, (root,), processes=1, jobs=jobs)
    if shared:
        yield from _run(run, shared, processes=min(jobs, len(shared)), jobs=1)


def divided(sizes: Mapping[Path, int], *, jobs: int) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The sites that are each more than a process's share of what is left, and the others.

    A site that one process would build in any case is among the others.
    """
    waiting = sorted(sizes, key=lambda root: (-sizes[root], root))
    number, left = 0, sum(sizes.values())
    for root in waiting:
        if sizes[root] < 2 * FEW or sizes[root] * jobs <= left:
            break
        left -= sizes[root]
        number += 1
    return tuple(waiting[:number]), tuple(waiting[number:])


def placed(outcome: Outcome, top: Path) -> Outcome:
    """The same with the places of its problems as they are seen from a folder above."""
    name = named(outcome.root, top)

    def at(place: Place) -> Place:
        return replace(place, file=f"{name}/{place.file}")

    problems = (
        replace(p, place=at(p.place), related=tuple(map(at, p.related))) for p in outcome.problems
    )
    return replace(outcome, problems=tuple(problems))


def named(root: Path, top: Path) -> str:
    """How a site is called where several are spoken of."""
    return (root.relative_to(top) if root.is_relative_to(top) else root).as_posix()


def _matching(top: Path, pattern: str) -> Iterator[Path]:
    anchor = Path(pattern).anchor
    inner = pattern.removeprefix(anchor)
    return (Path(anchor) if anchor else top).glob(inner) if inner else iter(())


def _size(root: Path) -> int:
    """How much there is to do, roughly."""
    return 1 + sum(len(files) for _, _, files in os.walk(root / "content"))


def _run(run: Run, roots: Sequence[Path], *, processes: int, jobs: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(processes, context, initializer=_leave_interrupts) as pool:
        runs: dict[Future[Outcome], Path] = {pool.submit(run, root, jobs): root for root in roots}
        try:
            for done in as_completed(runs):
                fault = done.exception()
                yield done.result() if fault is None else Outcome(runs[done], fault=fault)
        except BaseException:  # what was begun is finished, the rest is left
            pool.shutdown(cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """Ctrl+C is for the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(root: Path, run: Callable[[Site], Built]) -> Outcome:
    started = time.perf_counter()
    done = run(site_at(root))
    seconds = time.perf_counter() - started
    changed, removed = len(done.changes), len(done.removals)
    return Outcome(root, done.problems, changed, removed, done.total, seconds)
