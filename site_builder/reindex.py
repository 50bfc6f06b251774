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
    state: SearchState, entries: Iterable[Entry], *, held: Callable[[str], bytes | None]
) -> Reindexed | None:
    """The index with these entries as they are now; None where one does not stand in it.

    `held` gives the bytes of a file of the index if they are those that the last build left; where
    they are not the answer is None too.
    """
    found = Reindexed(state)
    for entry in entries:
        if not _put(found, entry, held=held):
            return None
    page = map_page(found.state)
    found.files[page.path] = render_map(page.view)
    return found


def _put(found: Reindexed, entry: Entry, *, held: Callable[[str], bytes | None]) -> bool:
    place = place_of(found.state, entry.path)
    if place is None:
        return False
    block, texts = found.state.blocks[place.block], routes.search_file(place.file)
    file = found.files.get(texts) or held(texts)
    if file is None:
        return False
    edit = edit_of(place.number, texts_in(file)[place.within], as_shown(entry))
    found.files[texts] = patched_texts(file, entry, within=place.within)
    for number, part in edits_by_shard(edit, block.shards).items():
        path = routes.search_file(f"{place.block}/g{number}")
        shard = found.files.get(path) or held(path)
        if shard is None:
            return False
        found.files[path] = patched(shard, part, count=len(block.paths))
    found.state = edited(found.state, place, digest=entry.digest())
    found.blocks.add(place.block)
    return True
