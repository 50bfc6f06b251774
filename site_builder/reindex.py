"""The search index after the words of a few documents have changed.

Promise: every file of the index is what a whole build would make it, and none but those whose bytes
change is made at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from site_builder.model.page import Page
from site_builder.model.search import Entry
from site_builder.pages import routes
from site_builder.pages.search_state import edited, map_page, place_of, shard_pages, text_pages
from site_builder.pages.search_views import SearchState
from site_builder.render.search import render_map
from site_builder.render.search_patch import (
    as_shown,
    edit_of,
    edits_by_shard,
    patched,
    patched_texts,
    texts_in,
)


@dataclass(slots=True)
class Reindexed:
    """The index brought up to date: all pages that are compared anew, and the bytes that change."""

    state: SearchState
    files: dict[str, bytes] = field(default_factory=dict)
    blocks: set[int] = field(default_factory=set)

    def pages(self) -> Iterable[Page]:
        """The map, the grams of the blocks with an edited text, and that text."""
        yield map_page(self.state)
        for number in sorted(self.blocks):
            block = self.state.blocks[number]
            yield from shard_pages(block, number=number)
            yield from text_pages(block, number=number, only=self.files)


def reindexed(
    state: SearchState, entries: Iterable[Entry], *, held: Callable[[str], bytes]
) -> Reindexed | None:
    """The index with these entries as they are now; None where one does not stand in it.

    `held` gives the bytes of a file of the index as the last build left it.
    """
    found = Reindexed(state)
    for entry in entries:
        if not _put(found, entry, held=held):
            return None
    page = map_page(found.state)
    found.files[page.path] = render_map(page.view)
    return found


def _put(found: Reindexed, entry: Entry, *, held: Callable[[str], bytes]) -> bool:
    place = place_of(found.state, entry.path)
    if place is None:
        return False
    block = found.state.blocks[place.block]

    def now(path: str) -> bytes:
        return found.files[path] if path in found.files else held(path)

    texts = routes.search_file(place.file)
    before = texts_in(now(texts))[place.within]
    edit = edit_of(place.number, before, as_shown(entry))
    found.files[texts] = patched_texts(now(texts), entry, within=place.within)
    for shard, part in edits_by_shard(edit, block.shards).items():
        path = routes.search_file(f"{place.block}/g{shard}")
        found.files[path] = patched(now(path), part, count=len(block.paths))
    found.state = edited(found.state, place, digest=entry.digest())
    found.blocks.add(place.block)
    return True
