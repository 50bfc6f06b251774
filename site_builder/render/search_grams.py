"""Search grams: every two neighbours and every single character of a folded text.

Promise: `Found` names the same grams as `grams`, whichever characters a text is made of; none
reaches across a line end.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import repeat
from operator import add

ALONE = "~"  # stands behind a single character; folding leaves it out of texts
LINE_END = "\n"
# Two neighbours of a text in UTF-16 are one number of 32 bits: a set of numbers is made in a third
# of the time that a set of strings takes, and a site has millions of them.
UTF_16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

_none = partial(array, "H")  # of two bytes: a block has fewer entries than these can count


def grams(text: str) -> frozenset[str]:
    """All of a text, each two characters long."""
    pairs = {pair for pair in map(add, text, text[1:]) if LINE_END not in pair}
    return frozenset(pairs | {f"{one}{ALONE}" for one in text if one != LINE_END})


class Found:
    """Which entries a gram stands in, as texts are added one after another."""

    __slots__ = ("_pairs", "_rare", "_single")

    def __init__(self) -> None:
        self._pairs: defaultdict[int, array[int]] = defaultdict(_none)
        self._rare: defaultdict[str, array[int]] = defaultdict(_none)  # beyond 16 bits
        self._single: defaultdict[str, array[int]] = defaultdict(_none)

    def add(self, number: int, text: str) -> None:
        """The next text; numbers rise."""
        written = text.encode(UTF_16)
        if len(written) == 2 * len(text):
            _append(map(self._pairs.__getitem__, _numbers(written)), number)
            _append(map(self._single.__getitem__, set(text)), number)
            return
        for gram in grams(text):
            pair = gram.encode(UTF_16)
            if gram[1] == ALONE:
                self._single[gram[0]].append(number)
            elif len(pair) == 4:
                self._pairs[int.from_bytes(pair, sys.byteorder)].append(number)
            else:
                self._rare[gram].append(number)

    def taken(self) -> Iterator[tuple[str, array[int]]]:
        """Each gram with its entries; nothing is kept of what was taken."""
        self._single.pop(LINE_END, None)
        while self._pairs:
            pair, numbers = self._pairs.popitem()
            gram = pair.to_bytes(4, sys.byteorder).decode(UTF_16)
            if LINE_END not in gram:
                yield gram, numbers
        while self._rare:
            yield self._rare.popitem()
        while self._single:
            one, numbers = self._single.popitem()
            yield f"{one}{ALONE}", numbers


def _append(postings: Iterable[array[int]], number: int) -> None:
    """One number behind each; a loop written out takes a third longer, and this is the longest."""
    deque(map(array.append, postings, repeat(number)), maxlen=0)


def _numbers(written: bytes) -> set[int]:
    whole = memoryview(written)
    even, odd = len(written) // 4 * 4, (len(written) - 2) // 4 * 4 + 2
    found = set(whole[:even].cast("I"))
    found.update(whole[2 : max(2, odd)].cast("I"))
    return found
