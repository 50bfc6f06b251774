"""Search postings: in which entries of a block a gram stands, as letters that need no escape.

Promise: what is packed is unpacked to the same numbers, and equal numbers are packed alike.
Decision 23 describes the format; `search_index.js` reads it.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from itertools import accumulate, chain
from operator import sub

BITS = "~"  # begins a posting written as bits; folding leaves it out of texts
LETTERS = "".join(chr(n) for n in range(32, 127) if chr(n) not in '"\\{}~')
# The first letter of a gap tells its length: 60 stand alone, 28 before one more, 2 before two.
ALONE, LEADING = 60, 28
TWO = LEADING * len(LETTERS)
MOST = ALONE + TWO + (len(LETTERS) - ALONE - LEADING) * len(LETTERS) ** 2  # the widest gap


def packed(numbers: Sequence[int], count: int) -> str:
    """Rising numbers below `count` as gaps, or as bits where that is shorter."""
    if len(numbers) == 1:
        return GAPS[numbers[0] + 1]
    if len(numbers) * 6 < count:
        return "".join(map(GAPS.__getitem__, map(sub, numbers, chain((-1,), numbers))))
    bits = bytearray(b"0") * (-(-count // 8) * 8)
    for number in numbers:
        bits[number] = 49  # "1"
    whole = int(bits, 2).to_bytes(len(bits) // 8)
    return BITS + b2a_base64(whole, newline=False).decode()


def unpacked(posting: str) -> list[int]:
    """The numbers of a posting, rising."""
    if posting.startswith(BITS):
        whole = a2b_base64(posting[1:])
        bits = bin(int.from_bytes(b"\1" + whole))[3:]
        return [number for number, bit in enumerate(bits) if bit == "1"]
    return [number - 1 for number in accumulate(_gaps(posting))]


def _gaps(posting: str) -> list[int]:
    found, at = [], 0
    while at < len(posting):
        length = 1 + (posting[at] in LONGER) + (posting[at] in LONGEST)
        found.append(VALUES[posting[at : at + length]])
        at += length
    return found


def _gap(gap: int) -> str:
    """One letter, two or three."""
    if gap <= ALONE:
        return LETTERS[gap - 1]
    more, last = divmod(gap - 1 - ALONE, len(LETTERS))
    if more < LEADING:
        return LETTERS[ALONE + more] + LETTERS[last]
    first, middle = divmod(more - LEADING, len(LETTERS))
    return LETTERS[ALONE + LEADING + first] + LETTERS[middle] + LETTERS[last]


GAPS = ("", *map(_gap, range(1, MOST + 1)))
VALUES = {letters: gap for gap, letters in enumerate(GAPS)}
LONGER, LONGEST = frozenset(LETTERS[ALONE:]), frozenset(LETTERS[ALONE + LEADING :])
