"""Search patches: files of the index after an edit, from the bytes that they had before.

Promise: a patched file has the bytes that rendering the whole block anew would give it, as long as
the block holds the same addresses in the same order.

A key is a gram behind its mark, as it stands in a shard.
"""

from __future__ import annotations

import json
import re
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.model.folding import fold
from site_builder.model.search import Entry, shard_of
from site_builder.render.search import (
    IN_TEXT,
    IN_TITLE,
    Shown,
    body_of,
    folded,
    joined,
    script,
    shown,
)
from site_builder.render.search_grams import grams
from site_builder.render.search_postings import packed, unpacked

POSTING = re.compile(r"([{}]..)([^{}]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Edit:
    """What the edit of one entry, by its number, takes from the keys of its block or adds."""

    number: int
    removed: frozenset[str]
    added: frozenset[str]


def edit_of(number: int, before: Shown, after: Shown) -> Edit:
    """From the entry as it stood in its file of texts, and as it will stand there."""
    old, new = _keys(before), _keys(after)
    return Edit(number, old - new, new - old)


def edits_by_shard(edit: Edit, shards: int) -> Mapping[int, Edit]:
    """The shards whose bytes change, and what of the edit falls on each."""
    parts: defaultdict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for place, keys in enumerate((edit.removed, edit.added)):
        for key in keys:
            parts[shard_of(key[1:], shards)][place].add(key)
    return {
        shard: Edit(edit.number, frozenset(removed), frozenset(added))
        for shard, (removed, added) in parts.items()
    }


def patched(shard: bytes, edit: Edit, *, count: int) -> bytes:
    """A shard after the edit; its block has `count` entries."""
    name, value = _read(shard)
    postings: dict[str, str] = dict(POSTING.findall(value))
    for key in edit.removed:
        numbers = unpacked(postings.pop(key))
        numbers.remove(edit.number)
        if numbers:
            postings[key] = packed(numbers, count)
    for key in edit.added:
        numbers = unpacked(postings.get(key, ""))
        insort(numbers, edit.number)
        postings[key] = packed(numbers, count)
    return script(name, joined(f"{key}{posting}" for key, posting in postings.items()))


def texts_in(file: bytes) -> tuple[Shown, ...]:
    """The entries of a file of texts."""
    return tuple((title, path, day, body) for title, path, day, body in _read(file)[1])


def patched_texts(file: bytes, entry: Entry, *, within: int) -> bytes:
    """A file of texts in which another entry stands at a place."""
    name, held = _read(file)
    held[within] = as_shown(entry)
    return script(name, held)


def texts_alone(view: Any) -> bytes:
    """A file of texts, without a look at the other texts of its block."""
    entries = view.block.entries[view.first : view.first + len(view.texts)]
    return script(view.name, [as_shown(entry) for entry in entries])


def as_shown(entry: Entry) -> Shown:
    """An entry as it stands in a file of texts."""
    return shown(entry, body_of(entry))


def _keys(text: Shown) -> frozenset[str]:
    title, _, _, body = text
    everywhere = (f"{IN_TEXT}{gram}" for gram in grams(folded(title, body)))
    return frozenset((*everywhere, *(f"{IN_TITLE}{gram}" for gram in grams(fold(title)))))


def _read(file: bytes) -> tuple[str, Any]:
    """Name and value of a script of the index."""
    call = file.decode()
    name, value = json.loads(f"[{call[call.index('(') + 1 : call.rindex(')')]}]")
    return name, value
