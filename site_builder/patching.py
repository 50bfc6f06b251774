"""Patching: files of the search index after an edit, from the bytes of the last build.

Promise: a patched file is the one that rendering would give. Bytes that are not those of the trace
are not read, and where more than the texts of a few entries changed nothing is patched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from site_builder.model.page import Page
from site_builder.model.search import Block
from site_builder.render.search_patch import (
    Edit,
    as_shown,
    edit_of,
    edits_by_shard,
    patched,
    texts_alone,
    texts_in,
)
from site_builder.write.plan import Change, Comparison
from site_builder.write.trace import Trace, read_written

Read = Callable[[str], bytes | None]
Edits = tuple[Mapping[int, Edit], ...]  # for each edited entry what falls on which shard
NOTHING_ELSE = ("texts",)  # why a file is rendered again where its block holds another text


def patching(
    comparison: Comparison, trace: Trace, *, output: Path
) -> Callable[[Page], bytes | None]:
    """What patches a page of the search index, or answers None: then it has to be rendered.

    It can be sent to another machine, with the trace of the files that change and no more.
    """
    changed = {change.wanted.page.path for change in comparison.changes}
    left = Trace({path: row for path, row in trace.rows.items() if path in changed})
    read = partial(read_written, output, trace=left)
    edits = _edits(comparison, read)
    return partial(_patch, edits=edits, read=read) if edits else _nothing


def _patch(page: Page, *, edits: Mapping[Block, Edits], read: Read) -> bytes | None:
    if page.kind not in ("search-shard", "search-texts") or page.view.block not in edits:
        return None
    if page.kind == "search-texts":
        return texts_alone(page.view)
    shard = read(page.path)
    for parts in edits[page.view.block] if shard else ():
        if shard and page.view.number in parts:
            count = len(page.view.block.entries)
            shard = patched(shard, parts[page.view.number], count=count)
    return shard


def _nothing(_: Page) -> None:
    """There is nothing to patch; other machines are sent no more than that."""


def _edits(comparison: Comparison, read: Read) -> Mapping[Block, Edits]:
    """The blocks that can be patched."""
    blocks: defaultdict[Block, list[Change]] = defaultdict(list)
    for change in comparison.changes:
        if change.wanted.page.kind in ("search-shard", "search-texts"):
            blocks[change.wanted.page.view.block].append(change)
    left = {_folder(path) for path in comparison.removals}
    found = {
        block: _edits_of(changes, read)
        for block, changes in blocks.items()
        if _folder(changes[0].wanted.page.path) not in left
        and all(change.reasons == NOTHING_ELSE for change in changes)
    }
    return {block: edits for block, edits in found.items() if edits is not None}


def _edits_of(changes: Sequence[Change], read: Read) -> Edits | None:
    """The edits of a block; None if it holds other entries, or if patching would take longer."""
    pages = [change.wanted.page for change in changes]
    shards = [page for page in pages if page.kind == "search-shard"]
    found: list[Mapping[int, Edit]] = []
    for page in pages:
        if page.kind == "search-texts":
            edits = _edits_in(page, read, shards=len(shards))
            found += edits or ()
            if edits is None or sum(map(len, found)) > 2 * len(shards):
                return None
    return tuple(found)


def _edits_in(page: Page, read: Read, *, shards: int) -> Edits | None:
    """The edits in one file of texts."""
    file, first = read(page.path), page.view.first
    before = texts_in(file) if file else ()
    entries = page.view.block.entries[first : first + len(page.view.texts)]
    if [path for _, path, _, _ in before] != [entry.path for entry in entries]:
        return None
    return tuple(
        edits_by_shard(edit_of(number, old, as_shown(entry)), shards)
        for number, (old, entry) in enumerate(zip(before, entries, strict=True), start=first)
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
