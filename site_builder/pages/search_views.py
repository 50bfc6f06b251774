"""Views of the search: its page, its description for browsers, and the files of its index.

Promise: what is indexed is compared by digest alone, so that a view stays cheap to compare however
much text it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.model.search import Block, shards_for
from site_builder.pages.pieces import Frame


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that can be chosen; `letters` are those that its entries carry in the index."""

    slug: str
    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block without its texts: what the files of the index are called and compared by.

    The files of texts begin anew with each segment; `segments` are their lengths. `years` says
    where each year begins, `letters` holds a column's letter for each entry.
    """

    paths: tuple[str, ...]
    digests: tuple[str, ...]
    segments: tuple[int, ...]
    letters: str
    years: tuple[tuple[str, int], ...]

    @property
    def shards(self) -> int:
        """How many files its grams are divided among."""
        return shards_for(len(self.paths))


@dataclass(frozen=True, slots=True)
class SearchState:
    """The whole index without its texts; `columns` and `names` are those of its map."""

    columns: tuple[Choice, ...]
    names: tuple[tuple[str, str], ...]
    blocks: tuple[BlockState, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; `all_path` leads to the full listing, for those without a script."""

    frame: Frame
    columns: tuple[Choice, ...]
    years: tuple[str, ...]
    all_path: str


@dataclass(frozen=True, slots=True)
class OpenSearchView:
    """opensearch.xml: how a browser asks this site."""

    name: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class BlockSummary:
    """A block in the map; `segments` are the lengths of the stretches that files of texts begin."""

    version: str
    shards: int
    letters: str
    years: tuple[tuple[str, int], ...]
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SearchMapView:
    """search/map.js: what the script has to know before it looks anything up.

    `state` is that of the whole index, for a build that only brings it up to date.
    """

    in_one_file: int
    columns: tuple[Choice, ...]
    names: tuple[tuple[str, str], ...]
    blocks: tuple[BlockSummary, ...]
    state: SearchState = field(compare=False)


@dataclass(frozen=True, slots=True)
class SearchShardView:
    """search/0/g7.js: where the grams of one shard stand in one block."""

    name: str
    number: int
    shards: int
    texts: str
    block: Block = field(compare=False)


@dataclass(frozen=True, slots=True)
class SearchTextsView:
    """search/0/t3-1.js: the texts of a few entries, to verify a hit and to show it."""

    name: str
    texts: tuple[str, ...]
    first: int = field(compare=False)
    block: Block = field(compare=False)
