"""Workers: one task on many items, shared among processes where that pays.

Promise: the results are those of a single process, in the order of the shares; a worker that
fails fails the whole, and none outlives its task.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
FEW = 300  # items for which a second process costs more than it saves
HEAVY = 2  # what an item that is kept together with others counts among those that are not


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(
    task: Callable[[Sequence[T]], R],
    items: Sequence[T],
    *,
    jobs: int,
    together: Callable[[T], Hashable] = lambda _: None,
) -> list[R]:
    """The task done on shares of the items, the first share by this process itself.

    Only a process that can be forked is divided: there a worker has all that the task knows.
    Items for which `together` says the same, unless it is None, come into one share.
    """
    share = min(jobs, len(items) // FEW) if sys.platform == "linux" else 1
    if share < 2:
        return [task(items)]
    context = multiprocessing.get_context("fork")
    workers = []
    first, *others = _shares(items, share, together)
    for part in others:
        there, here = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(here, task, part))
        worker.start()
        here.close()
        workers.append((worker, there))
    try:
        own = task(first)
        return [own, *(_result(there) for _, there in workers)]
    except BaseException:
        for worker, _ in workers:
            worker.kill()
        raise
    finally:
        for worker, there in workers:
            there.close()
            worker.join()


def _shares(items: Sequence[T], count: int, together: Callable[[T], Hashable]) -> list[list[T]]:
    """Shares of about the same weight, each in the order of the items."""
    groups: dict[Hashable, list[int]] = {}
    for number, item in enumerate(items):
        groups.setdefault(together(item), []).append(number)
    loose = groups.pop(None, [])
    weights = [0] * count
    shares: list[list[int]] = [[] for _ in range(count)]
    for group in sorted(groups.values(), key=len, reverse=True):
        lightest = weights.index(min(weights))
        shares[lightest] += group
        weights[lightest] += HEAVY * len(group)
    for number in loose:
        lightest = weights.index(min(weights))
        shares[lightest].append(number)
        weights[lightest] += 1
    return [[items[number] for number in sorted(share)] for share in shares]


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
