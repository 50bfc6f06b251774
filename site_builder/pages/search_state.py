"""Search state: how the index is cut into files, by the addresses and digests of its texts alone.

Promise: the paths and fingerprints of all files of the index follow from its state, whether the
texts are at hand or not; with one text edited, only those of its block are others.

Entries stand in segments from the oldest to the newest. Where a segment ends is decided by the
address of its last entry, not by counting: one text more among old ones moves no other border. All
segments that have ended make one large block, the entries after them a small one: a new text
changes the small one alone, until its address ends the segment.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby, pairwise

from site_builder.model.page import Page, digest
from site_builder.model.search import IN_ONE_FILE, Block, Entry
from site_builder.pages import routes
from site_builder.pages.search_views import (
    BlockState,
    BlockSummary,
    SearchMapView,
    SearchShardView,
    SearchState,
    SearchTextsView,
)

SEGMENT = 64  # entries after which, on average, a segment ends
MOST = 16_384  # entries in a block
NONE = Block(())


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its block, its number in it, its file of texts and its place there."""

    block: int
    number: int
    file: str
    within: int


def letter(column: int) -> str:
    """A column's letter in the index."""
    return chr(ord("0") + column)


def blocks_of(found: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], ...]:
    """The blocks of entries that go from the oldest to the newest."""
    ended = next((n for n in range(len(found), 0, -1) if _is_border(found[n - 1].path)), 0)
    borders = (*range(0, ended, MOST), *range(ended, len(found), MOST))
    return tuple(found[first:end] for first, end in pairwise((*borders, len(found))))


def state_of(entries: tuple[Entry, ...]) -> BlockState:
    """The state of a block."""
    years = groupby(enumerate(entries), key=lambda pair: pair[1].day[:4])
    paths = tuple(entry.path for entry in entries)
    return BlockState(
        paths=paths,
        digests=tuple(entry.digest() for entry in entries),
        segments=_segments(paths),
        letters="".join(letter(entry.column) for entry in entries),
        years=tuple((year, next(group)[0]) for year, group in years),
    )


def pages_of(state: SearchState, blocks: tuple[Block, ...] = ()) -> Iterator[Page]:
    """The files of the index; without the blocks they can be compared, but not be rendered."""
    yield map_page(state)
    for number, block in enumerate(state.blocks):
        texts = blocks[number] if blocks else NONE
        yield from shard_pages(block, number=number, texts=texts)
        yield from text_pages(block, number=number, texts=texts)


def map_page(state: SearchState) -> Page:
    """The map of the index."""
    return Page(routes.SEARCH_MAP, "search-map", "", _map(state))


def shard_pages(state: BlockState, *, number: int, texts: Block = NONE) -> Iterator[Page]:
    """The files of one block that hold its grams."""
    version, shards = digest(state.digests), state.shards
    for shard in range(shards):
        name = f"{number}/g{shard}"
        shown = SearchShardView(name, shard, shards, version, texts)
        yield Page(routes.search_file(name), "search-shard", "", shown)


def text_pages(
    state: BlockState, *, number: int, texts: Block = NONE, only: Container[str] | None = None
) -> Iterator[Page]:
    """The files of one block that hold its texts, or only those with these paths."""
    for name, first, size in _files(state, number=number):
        path = routes.search_file(name)
        if only is None or path in only:
            held = SearchTextsView(name, state.digests[first : first + size], first, texts)
            yield Page(path, "search-texts", "", held)


def place_of(state: SearchState, path: str) -> Place | None:
    """Where the entry of this address stands."""
    for number, block in enumerate(state.blocks):
        if path in block.paths:
            at = block.paths.index(path)
            for name, first, size in _files(block, number=number):
                if first <= at < first + size:
                    return Place(number, at, name, at - first)
    return None


def edited(state: SearchState, place: Place, *, digest: str) -> SearchState:
    """The state after one entry got another text; its day and column are what they were."""
    block = state.blocks[place.block]
    digests = (*block.digests[: place.number], digest, *block.digests[place.number + 1 :])
    after = replace(block, digests=digests)
    blocks = (*state.blocks[: place.block], after, *state.blocks[place.block + 1 :])
    return replace(state, blocks=blocks)


def _map(state: SearchState) -> SearchMapView:
    summaries = (
        BlockSummary(digest(b.digests)[:8], b.shards, b.letters, b.years, b.segments)
        for b in state.blocks
    )
    return SearchMapView(IN_ONE_FILE, state.columns, state.names, tuple(summaries), state)


def _files(state: BlockState, *, number: int) -> Iterator[tuple[str, int, int]]:
    """Each file of texts: its name, the number of its first entry and how many there are."""
    begin = 0
    for segment, length in enumerate(state.segments):
        for file, first in enumerate(range(0, length, IN_ONE_FILE)):
            name = f"{number}/t{segment}-{file}"
            yield name, begin + first, min(IN_ONE_FILE, length - first)
        begin += length


def _segments(paths: tuple[str, ...]) -> tuple[int, ...]:
    ends = [n for n, path in enumerate(paths, start=1) if _is_border(path)]
    borders = (0, *(end for end in ends if end < len(paths)), len(paths))
    return tuple(end - begin for begin, end in pairwise(borders))


def _is_border(path: str) -> bool:
    return int.from_bytes(sha256(path.encode()).digest()[:4]) % SEGMENT == 0
