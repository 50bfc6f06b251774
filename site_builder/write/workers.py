"""Workers: one task on many items, shared among processes where that pays.

Promise: the results are those of a single process, share after share; a worker that fails fails the
whole, what one that was killed did not send is done here, and none outlives its task.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    Worker = tuple[ForkProcess, Connection]

T = TypeVar("T")
R = TypeVar("R")
Task = Callable[[Sequence[T]], Iterable[R]]  # what it finds, item after item
AT_ONCE = 200  # results that are sent in one piece
FEW = 300  # items for which a second process costs more than it saves
HEAVY = 2  # what an item that is kept together with others counts among those that are not


class Elsewhere(Protocol):
    """Processes of other machines, which see the same files: does a task on shares of the items.

    Task, items and results must be such as can be sent. Raises Lost.
    """

    def __call__(self, task: Task[T, R], items: Sequence[T]) -> list[R]: ...


Jobs = int | Elsewhere  # how many processes of this machine, or those of others


class Lost(Exception):
    """The other machines are not there any more."""


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(
    task: Task[T, R],
    items: Sequence[T],
    *,
    jobs: Jobs,
    together: Callable[[T], Hashable] = lambda _: None,
) -> Iterator[R]:
    """What the task gives for shares of the items, the first of which this process does itself.

    Only a process that can be forked is divided: there a worker has all that the task knows.
    Items for which `together` says the same, unless it is None, come into one share.
    Work for other machines is sent to them whole, unless it is little.
    """
    if not isinstance(jobs, int):
        yield from jobs(task, items) if len(items) >= 2 * FEW else task(items)
        return
    count = min(jobs, len(items) // FEW) if sys.platform == "linux" else 1
    if count < 2:
        yield from task(items)
        return
    own, *shares = _shares(items, count, together)
    workers: list[Worker] = []
    try:
        _begin(workers, task, shares)
        yield from task(own)
        for (_, there), share in zip(workers, shares, strict=False):
            yield from _results(there, task, share)
        for share in shares[len(workers) :]:
            yield from task(share)
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


def _begin(
    workers: list[Worker],
    task: Task[T, R],
    shares: Sequence[Sequence[T]],
) -> None:
    """A process for each share, as long as the machine has room for one."""
    context = multiprocessing.get_context("fork")
    for share in shares:
        try:
            there, here = context.Pipe(duplex=False)
        except OSError:  # too many files are open
            return
        ends = (there, *(earlier for _, earlier in workers))
        worker = context.Process(target=_work, args=(here, task, share, ends))
        try:
            worker.start()
        except OSError:  # no memory, or too many processes: the rest is done by this one
            there.close()
            return
        finally:
            here.close()
        workers.append((worker, there))


def _work(
    here: Connection,
    task: Task[T, Any],
    items: Sequence[T],
    ends: Sequence[Connection],
) -> None:
    """Do it all, then send it in parts: who waits needs room for one of them only."""
    for end in ends:  # held open here, they would let it wait for ever for a parent that was killed
        end.close()
    try:
        found = list(task(items))
        for first in range(0, len(found), AT_ONCE):
            here.send((found[first : first + AT_ONCE], ""))
        here.send(([], ""))
    except (BrokenPipeError, KeyboardInterrupt, MemoryError):
        return  # nobody waits any more, or there is no room: the parent does without
    except Exception as fault:  # noqa: BLE001  # it is raised again where the result is awaited
        here.send(([], f"{type(fault).__name__}: {fault}"))


def _results(there: Connection, task: Task[T, R], share: Sequence[T]) -> Iterator[R]:
    """What a worker found; the rest is done here where it was killed, as a system short of memory
    does.
    """
    taken = 0
    while True:
        try:
            found, fault = there.recv()
        except (EOFError, OSError):
            yield from islice(task(share), taken, None)
            return
        if fault:
            raise RuntimeError(fault)
        if not found:
            return
        yield from found
        taken += len(found)
