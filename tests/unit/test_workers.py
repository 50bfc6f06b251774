"""Work shared among processes: the same results, and no failure that goes unseen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import pytest

from site_builder.write import workers
from site_builder.write.workers import spread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only a fork is shared among")
PARENT = os.getpid()


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


def dies_elsewhere(_: Sequence[int]) -> None:
    if os.getpid() != PARENT:
        os._exit(9)


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
    with pytest.raises(EOFError):
        spread(dies_elsewhere, range(10), jobs=2)
