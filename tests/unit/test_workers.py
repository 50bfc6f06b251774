"""Work shared among processes: the same results, and no failure that goes unseen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from errno import EAGAIN
from functools import partial, partialmethod
from multiprocessing import active_children
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess

import pytest

from site_builder.write import workers
from site_builder.write.workers import spread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only a fork is shared among")
PARENT = os.getpid()
# The output stays open until the last process has ended, so that a run that waits for it tells.
ORPHANED = """
import os, signal, time
from site_builder.write import workers

workers.FEW, parent = 2, os.getpid()

def much(_):
    if os.getpid() == parent:
        time.sleep(0.2)
        os.kill(parent, signal.SIGKILL)
    time.sleep(0.5)
    return [bytes(1 << 20)]

list(workers.spread(much, range(10), jobs=3))
"""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items are enough for a process."""
    monkeypatch.setattr(workers, "FEW", 2)


def squares(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, number**2) for number in numbers]


def process(_: Sequence[int]) -> list[int]:
    return [os.getpid()]


def refuses_three(numbers: Sequence[int]) -> list[int]:
    if 3 in numbers:
        raise ValueError("drei")
    return []


def dies_elsewhere(numbers: Sequence[int]) -> list[tuple[int, int]]:
    if os.getpid() != PARENT:
        os.kill(os.getpid(), signal.SIGKILL)  # as a system short of memory does
    return squares(numbers)


def has_no_room_elsewhere(numbers: Sequence[int]) -> list[tuple[int, int]]:
    if os.getpid() != PARENT:
        raise MemoryError
    return squares(numbers)


def waits_elsewhere(numbers: Sequence[int]) -> list[tuple[int, int]]:
    if os.getpid() != PARENT:
        time.sleep(60)
    return squares(numbers)


def refuse(_: object, **__: object) -> None:
    raise BlockingIOError(EAGAIN, "")


def test_every_item_is_done_once() -> None:
    found = list(spread(squares, range(10), jobs=3))
    assert sorted(found) == squares(range(10))


def test_the_first_share_is_done_by_the_process_itself() -> None:
    own, *others = spread(process, range(10), jobs=3)
    assert own == os.getpid()
    assert len({own, *others}) == 3


def test_little_work_needs_no_second_process() -> None:
    assert list(spread(process, range(3), jobs=8)) == [os.getpid()]
    assert list(spread(process, range(100), jobs=1)) == [os.getpid()]


def test_what_belongs_together_comes_into_one_share() -> None:
    together = partial(spread, jobs=3, together=lambda n: n % 4 if n < 20 else None)
    shares = list(together(lambda share: [list(share)], range(40)))
    assert sorted(n for share in shares for n in share) == list(range(40))
    assert all(share == sorted(share) and len(share) > 5 for share in shares)
    for group in ({n for n in range(20) if n % 4 == rest} for rest in range(4)):
        assert sum(not group.isdisjoint(share) for share in shares) == 1


def test_a_failure_of_one_share_is_a_failure_of_the_whole() -> None:
    with pytest.raises(RuntimeError, match="ValueError: drei"):
        list(spread(refuses_three, range(10), jobs=2))


@pytest.mark.parametrize("task", [dies_elsewhere, has_no_room_elsewhere])
def test_the_share_of_a_process_that_is_gone_is_done_by_this_one(
    task: Callable[[Sequence[int]], list[tuple[int, int]]],
) -> None:
    found = list(spread(task, range(10), jobs=3))
    assert found == list(spread(squares, range(10), jobs=3))


def test_what_a_process_has_not_sent_before_it_is_gone_is_done_by_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sends_once(self: Connection, results: object, send: Callable[..., None]) -> None:
        send(self, results)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(workers, "AT_ONCE", 2)
    monkeypatch.setattr(Connection, "send", partialmethod(sends_once, send=Connection.send))
    assert sorted(spread(squares, range(100), jobs=2)) == squares(range(100))


def test_who_takes_no_more_leaves_no_process_behind() -> None:
    found = spread(waits_elsewhere, range(10), jobs=3)
    assert next(found) == (0, 0)
    assert len(active_children()) == 2
    del found
    assert not active_children()


@pytest.mark.parametrize(("kind", "call"), [(ForkProcess, "start"), (ForkContext, "Pipe")])
def test_a_machine_that_has_room_for_no_second_process_does_with_one(
    monkeypatch: pytest.MonkeyPatch, kind: type, call: str
) -> None:
    expected = list(spread(squares, range(10), jobs=3))
    monkeypatch.setattr(kind, call, refuse)
    assert list(spread(squares, range(10), jobs=3)) == expected


def test_a_process_whose_parent_was_killed_ends_though_nobody_takes_its_result() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", ORPHANED], check=False, capture_output=True, timeout=30
    )
    assert killed.returncode == -signal.SIGKILL
