"""Paging: a long list in pages that settle.

Promise: pages are filled from the oldest item, so that a full one changes no more than its link to
the next; each shows its newest item first, and the newest page has the name without a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
UNDATED = "undated"


class PathOfPage(Protocol):
    """The address of a page, by its number from the oldest and whether it is the newest."""

    def __call__(self, *, number: int, newest: bool) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """One page of a list: its items, its address and those of its neighbours (or empty).

    `mark` tells an older page from the newest one in its title: 第1页.
    """

    items: tuple[T, ...]
    path: str
    mark: str
    newer: str
    older: str


def stretches(newest_first: tuple[T, ...], *, size: int, path: PathOfPage) -> Iterator[Stretch[T]]:
    """The pages of a list, from the oldest to the newest."""
    oldest_first = newest_first[::-1]
    starts = range(0, len(oldest_first), size)
    paths = [path(number=n, newest=n == len(starts)) for n in range(1, len(starts) + 1)]
    for n, start in enumerate(starts):
        last = n + 1 == len(paths)
        yield Stretch(
            items=oldest_first[start : start + size][::-1],
            path=paths[n],
            mark="" if last else f"第{n + 1}页",
            newer="" if last else paths[n + 1],
            older=paths[n - 1] if n else "",
        )


def year_key(day: date | None) -> str:
    """The year a day is listed under, as addresses write it."""
    return str(day.year) if day else UNDATED


def year_text(year: str) -> str:
    """The same as readers see it."""
    return "日期不详" if year == UNDATED else f"{year}年"
