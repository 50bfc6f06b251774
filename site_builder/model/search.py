"""Search: what the site's own search knows of its texts.

Promise: `Entry` is one page that can be found; `Block` is a stretch of entries that are indexed
together, and its digest changes with any of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

IN_ONE_FILE = 4  # entries in a file of texts: ten hits far apart load ten of them


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: `prose` is Markdown, `plain` are values as they are printed.

    `day` is ISO or empty; `column` is the place of its column in the configuration.
    """

    title: str
    path: str
    day: str
    column: int
    plain: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()

    def digest(self) -> str:
        """Over everything there is; quicker than the general one, for there are many entries."""
        parts = (self.title, self.path, self.day, self.column, self.plain, self.prose)
        return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Entries from the oldest to the newest. One is like no other."""

    entries: tuple[Entry, ...]


def shards_for(entries: int) -> int:
    """How many shards a block has: a power of two, about the number of entries to 3/4.

    It depends on nothing else, so that no edit of a text moves a gram to another shard.
    """
    return 1 << ((2 * entries**3).bit_length() - 1) // 4


def shard_of(gram: str, shards: int) -> int:
    """The shard in which a gram of two characters stands; `search.js` counts the same."""
    return (ord(gram[0]) * 31 + ord(gram[1])) % shards
