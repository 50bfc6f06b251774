"""Search files: the index and the texts behind it, as scripts that hand over one value.

Promise: for every one or two characters of a folded text its entry is named in the shard of that
gram, and no other entry is. Decision 23 describes the format; `search.js` reads it.

They are scripts because a page opened from a disk may load nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from site_builder.model.folding import fold
from site_builder.model.search import Block, Entry, shard_of, shards_for
from site_builder.render.search_grams import Found
from site_builder.render.search_postings import packed
from site_builder.render.search_text import visible

IN_TEXT, IN_TITLE = "}", "{"  # begin an entry of a shard; folding leaves both out of texts
Shown = tuple[str, str, str, str]  # title, address, day and text of an entry


def render_map(view: Any) -> bytes:
    """search/map.js."""
    value = {
        "inOneFile": view.in_one_file,
        "columns": {choice.slug: choice.letters for choice in view.columns},
        "names": dict(view.names),
        "blocks": [[b.version, b.shards, b.letters, b.years, b.segments] for b in view.blocks],
    }
    return script("map", value)


def render_shard(view: Any) -> bytes:
    """search/0/g7.js."""
    return script(view.name, _shards(view.block)[view.number])


def render_texts(view: Any) -> bytes:
    """search/0/t3-1.js."""
    entries = view.block.entries[view.first : view.first + len(view.texts)]
    return script(view.name, [shown(entry, body_of(entry)) for entry in entries])


def shown(entry: Entry, body: str) -> Shown:
    """An entry in a file of texts."""
    return (entry.title, entry.path, entry.day, body)


def folded(title: str, body: str) -> str:
    """What is searched of an entry."""
    return f"{fold(title)}\n{fold(body)}"


def body_of(entry: Entry) -> str:
    """The text of an entry as it is shown and searched."""
    return "\n".join((*map(visible, entry.prose), *entry.plain))


def script(name: str, value: object) -> bytes:
    """A file of the index."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends in scripts
    return f"searchLoaded({json.dumps(name)},{text});\n".encode()


def joined(postings: Iterable[str]) -> str:
    """A shard: its postings in the one order there is; each begins with a mark and its gram."""
    return "".join(sorted(postings))


@lru_cache(maxsize=1)
def _shards(block: Block) -> tuple[str, ...]:
    """All shards of a block at once: each of its texts is read one time."""
    texts, titles = Found(), Found()
    for number, entry in enumerate(block.entries):
        texts.add(number, folded(entry.title, body_of(entry)))
        titles.add(number, fold(entry.title))
    count = len(block.entries)
    shards: list[list[str]] = [[] for _ in range(shards_for(count))]
    for mark, found in ((IN_TEXT, texts), (IN_TITLE, titles)):
        for gram, numbers in found.taken():
            posting = f"{mark}{gram}{packed(numbers, count)}"
            shards[shard_of(gram, len(shards))].append(posting)
    return tuple(map(joined, shards))
