"""Work shared among processes: the same results, and no failure that goes unseen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from errno import EAGAIN
from multiprocessing.context import ForkProcess

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
    return bytes(1 << 20)

workers.spread(much, range(10), jobs=3)
"""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items are enough for a process."""
    monkeypatch.setattr(workers, "FEW", 2)


def squares(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, number**2) for number in numbers]


def process(_: Sequence[int]) -> int:
    return os.getpid()


def refuses_three(numbers: Sequence[int]) -> None:
    if 3 in numbers:
        raise ValueError("drei")


def dies_elsewhere(numbers: Sequence[int]) -> list[tuple[int, int]]:
    if os.getpid() != PARENT:
        os.kill(os.getpid(), signal.SIGKILL)  # as a system short of memory does
    return squares(numbers)


def has_no_room_elsewhere(numbers: Sequence[int]) -> list[tuple[int, int]]:
    if os.getpid() != PARENT:
        raise MemoryError
    return squares(numbers)


def refuse(_: object) -> None:
    raise BlockingIOError(EAGAIN, "")


def test_every_item_is_done_once() -> None:
    shares = spread(squares, range(10), jobs=3)
    assert len(shares) == 3
    assert dict(pair for share in shares for pair in share) == {n: n**2 for n in range(10)}


def test_the_first_share_is_done_by_the_process_itself() -> None:
    own, *others = spread(process, range(10), jobs=3)
    assert own == os.getpid()
    assert len({own, *others}) == 3


def test_little_work_needs_no_second_process() -> None:
    assert spread(process, range(3), jobs=8) == [os.getpid()]
    assert spread(process, range(100), jobs=1) == [os.getpid()]


def test_what_belongs_together_comes_into_one_share() -> None:
    shares = spread(list, range(40), jobs=3, together=lambda n: n % 4 if n < 20 else None)
    assert sorted(n for share in shares for n in share) == list(range(40))
    assert all(share == sorted(share) and len(share) > 5 for share in shares)
    for group in ({n for n in range(20) if n % 4 == rest} for rest in range(4)):
        assert sum(not group.isdisjoint(share) for share in shares) == 1


def test_a_failure_of_one_share_is_a_failure_of_the_whole() -> None:
    with pytest.raises(RuntimeError, match="ValueError: drei"):
        spread(refuses_three, range(10), jobs=2)


@pytest.mark.parametrize("task", [dies_elsewhere, has_no_room_elsewhere])
def test_the_share_of_a_process_that_is_gone_is_done_by_this_one(
    task: Callable[[Sequence[int]], list[tuple[int, int]]],
) -> None:
    shares = spread(task, range(10), jobs=3)
    assert shares == spread(squares, range(10), jobs=3)


def test_a_machine_that_has_room_for_no_second_process_does_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = spread(squares, range(10), jobs=3)
    monkeypatch.setattr(ForkProcess, "start", refuse)
    assert spread(squares, range(10), jobs=3) == expected


def test_a_process_whose_parent_was_killed_ends_though_nobody_takes_its_result() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", ORPHANED], check=False, capture_output=True, timeout=30
    )
    assert killed.returncode == -signal.SIGKILL
