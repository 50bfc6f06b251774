"""Workers: one task on many items, shared among processes where that pays.

Promise: the results are those of a single process, in the order of the shares; a worker that
fails fails the whole, and none outlives its task.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
FEW = 300  # items for which a second process costs more than it saves


class Elsewhere(Protocol):
    """Processes of other machines, which see the same files: does a task on shares of the items.

    Task, items and results must be such as can be sent. Raises Lost.
    """

    def __call__(self, task: Callable[[Sequence[T]], R], items: Sequence[T]) -> list[R]: ...


Jobs = int | Elsewhere  # how many processes of this machine, or those of others


class Lost(Exception):
    """The other machines are not there any more."""


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(task: Callable[[Sequence[T]], R], items: Sequence[T], *, jobs: Jobs) -> list[R]:
    """The task done on shares of the items, the first share by this process itself.

    Only a process that can be forked is divided: there a worker has all that the task knows. Work
    for other machines is sent to them whole, unless it is little.
    """
    if not isinstance(jobs, int):
        return jobs(task, items) if len(items) >= 2 * FEW else [task(items)]
    share = min(jobs, len(items) // FEW) if sys.platform == "linux" else 1
    if share < 2:
        return [task(items)]
    context = multiprocessing.get_context("fork")
    workers = []
    for number in range(1, share):
        there, here = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(here, task, items[number::share]))
        worker.start()
        here.close()
        workers.append((worker, there))
    try:
        own = task(items[::share])
        return [own, *(_result(there) for _, there in workers)]
    except BaseException:
        for worker, _ in workers:
            worker.kill()
        raise
    finally:
        for worker, there in workers:
            there.close()
            worker.join()


def _work(here: Connection, task: Callable[[Sequence[T]], Any], items: Sequence[T]) -> None:
    try:
        here.send((task(items), None))
    except (BrokenPipeError, KeyboardInterrupt):
        return  # nobody waits any more
    except Exception as fault:  # noqa: BLE001  # it is raised again where the result is awaited
        here.send((None, f"{type(fault).__name__}: {fault}"))


def _result(there: Connection) -> Any:
    result, fault = there.recv()
    if fault is not None:
        raise RuntimeError(fault)
    return result
