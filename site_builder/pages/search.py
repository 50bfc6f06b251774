"""Search: the search page, and the index of every text of the site.

Promise: what has a page of its own can be found and nothing else; one edited text changes the index
of its block alone.

Entries stand in blocks from the oldest to the newest. A block ends where the address of its last
entry says so, not after a fixed number: one entry more among old ones moves no other block's
border.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from zlib import crc32

from site_builder.model.page import Page, digest
from site_builder.model.search import IN_ONE_FILE, Block, Entry
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.search_entries import entries
from site_builder.pages.search_views import (
    BlockSummary,
    Choice,
    OpenSearchView,
    SearchMapView,
    SearchShardView,
    SearchTextsView,
    SearchView,
)

LEAST, USUAL, MOST = 256, 512, 2048  # entries in a block: a border is due after USUAL more
IN_ONE_SHARD = 32_768  # characters of the site's text for each shard
MOST_SHARDS = 4096
SHORT = 16  # characters of a name in OpenSearch


def plan_search(context: Context, pages: list[Page]) -> Iterator[Page]:
    """The page, its description, the map of the index and the index itself."""
    found = entries(context, pages)
    choices = tuple(_choices(context, found))
    yield _page(context, choices, years=sorted({e.day[:4] for e in found if e.day}, reverse=True))
    yield from _description(context)
    names = tuple(column.name for column in context.library.config.columns)
    yield from index_pages(found, choices, names)


def index_pages(
    found: tuple[Entry, ...], choices: tuple[Choice, ...] = (), names: tuple[str, ...] = ()
) -> Iterator[Page]:
    """The files of the index; `found` goes from the oldest to the newest."""
    shards = shards_for(sum(len(text) for entry in found for text in entry.prose))
    blocks = tuple(_blocks(found))
    view = SearchMapView(
        shards=shards,
        in_one_file=IN_ONE_FILE,
        columns=choices,
        names=tuple((letter(n), name) for n, name in enumerate(names)),
        blocks=tuple(_summary(block) for block in blocks),
    )
    yield Page(routes.SEARCH_MAP, "search-map", "", view)
    for number, block in enumerate(blocks):
        yield from _shards(block, number=number, shards=shards)
        yield from _texts(block, number=number)


def shards_for(characters: int) -> int:
    """A power of two, so that it seldom changes."""
    return min(MOST_SHARDS, 1 << (characters // IN_ONE_SHARD).bit_length())


def letter(column: int) -> str:
    """A column's letter in the index."""
    return chr(ord("0") + column)


def _page(context: Context, choices: tuple[Choice, ...], *, years: list[str]) -> Page:
    view = SearchView(
        frame=frame(context.library, routes.SEARCH, title="站内搜索"),
        columns=choices,
        years=tuple(years),
        all_path=routes.FULL_LISTING,
    )
    return Page(routes.SEARCH, "html", "pages/search.html", view, ("config.yaml",))


def _description(context: Context) -> Iterator[Page]:
    site = context.library.config.site
    if site.url:
        view = OpenSearchView(site.bureau[:SHORT], f"{site.name}：站内搜索", site.url)
        yield Page(routes.OPENSEARCH, "text", "feeds/opensearch.xml", view, ("config.yaml",))


def _choices(context: Context, found: tuple[Entry, ...]) -> Iterator[Choice]:
    """Every column with entries in it or in a column beneath it."""
    columns = context.library.config.columns
    used = {entry.column for entry in found}
    for column in columns:
        inner = (
            n
            for n, c in enumerate(columns)
            if n in used and (c == column or c.folder.startswith(f"{column.folder}/"))
        )
        letters = "".join(map(letter, inner))
        if letters:
            yield Choice(column.slug, column.name, letters)


def _blocks(found: tuple[Entry, ...]) -> Iterator[Block]:
    block: list[Entry] = []
    for entry in found:
        block.append(entry)
        due = len(block) >= LEAST and crc32(entry.path.encode()) % USUAL == 0
        if due or len(block) == MOST:
            yield _block(block)
            block = []
    if block:
        yield _block(block)


def _block(block: list[Entry]) -> Block:
    return Block(tuple(block), tuple(entry.digest() for entry in block))


def _summary(block: Block) -> BlockSummary:
    years = groupby(enumerate(block.entries), key=lambda pair: pair[1].day[:4])
    return BlockSummary(
        version=digest(block.digests)[:8],
        letters="".join(letter(entry.column) for entry in block.entries),
        years=tuple((year, next(group)[0]) for year, group in years),
    )


def _shards(block: Block, *, number: int, shards: int) -> Iterator[Page]:
    texts = digest(block.digests)
    for shard in range(shards):
        name = f"{number}/g{shard}"
        view = SearchShardView(name, shard, shards, texts, block)
        yield Page(routes.search_file(name), "search-shard", "", view)


def _texts(block: Block, *, number: int) -> Iterator[Page]:
    for first in range(0, len(block.entries), IN_ONE_FILE):
        name = f"{number}/t{first // IN_ONE_FILE}"
        view = SearchTextsView(name, first, block.digests[first : first + IN_ONE_FILE], block)
        yield Page(routes.search_file(name), "search-texts", "", view)
