"""Search patches: files of the index after an edit are those of a build from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from site_builder.model.page import Page, field_digests
from site_builder.model.search import Entry
from site_builder.pages.search import index_pages
from site_builder.pages.search_state import edited, pages_of, place_of
from site_builder.pages.search_views import SearchShardView
from site_builder.reindex import reindexed
from site_builder.render.html import open_templates
from site_builder.render.pages import render
from site_builder.render.search_grams import Found, grams
from site_builder.render.search_patch import (
    edit_of,
    edits_by_shard,
)
from site_builder.render.search_postings import MOST, packed, unpacked

LETTERS = ("甲乙", "甲乙丙丁戊Aa1，。\n《》𠀀", "".join(map(chr, range(0x4E00, 0x4E80))))


def invented(chance: Random, count: int, *, letters: str, length: int) -> tuple[Entry, ...]:
    def text() -> str:
        return "".join(chance.choices(letters, k=chance.randint(0, length)))

    made = (
        Entry(text()[:5], f"wj/{n}.html", "", n % 3, (text(),), (text(),)) for n in range(count)
    )
    return tuple(sorted(made, key=lambda entry: entry.path))


def rendered(entries: tuple[Entry, ...]) -> dict[str, bytes]:
    templates = open_templates(())
    return {page.path: render(templates, page, site=None) for page in index_pages(entries)}


def after_edit(
    entries: tuple[Entry, ...], number: int, *, new: Entry, files: dict[str, bytes]
) -> dict[str, bytes]:
    """The files after the edit of one entry, from the files before and no other text."""
    state = next(index_pages(entries)).view.state
    assert new.path == entries[number].path
    found = reindexed(state, (new,), held=files.get)
    assert found
    return {**files, **found.files}


@pytest.mark.parametrize("seed", range(60))
def test_a_patched_index_is_that_of_a_build_from_nothing(seed: int) -> None:
    chance = Random(seed)
    letters = chance.choice(LETTERS)
    count = chance.choice((1, 2, 9, 40, 300))
    entries = invented(chance, count, letters=letters, length=chance.choice((3, 30)))
    files = rendered(entries)
    for _ in range(3):
        number = chance.randrange(count)
        (other,) = invented(chance, 1, letters=letters, length=chance.choice((0, 3, 90)))
        part = chance.choice(("title", "prose", "plain"))
        new = replace(entries[number], **{part: getattr(other, part)})
        files = after_edit(entries, number, new=new, files=files)
        entries = (*entries[:number], new, *entries[number + 1 :])
        assert files == rendered(entries)


def test_a_posting_changes_between_gaps_and_bits_in_both_directions() -> None:
    entries = tuple(Entry("", f"wj/{n}.html", "", 0, ("乙",)) for n in range(10, 99))
    files = rendered(entries)
    for text in ("甲", "乙"):  # one after another gets the letter, and loses it again
        for number, entry in enumerate(entries[:40]):
            new = replace(entry, plain=(text,))
            files = after_edit(entries, number, new=new, files=files)
            entries = (*entries[:number], new, *entries[number + 1 :])
            if number % 9 == 0:
                assert files == rendered(entries)
    assert files == rendered(entries)


def test_an_edit_changes_only_the_shards_of_its_own_grams() -> None:
    edit = edit_of(0, ("题", "a", "", "甲乙丙"), ("题", "a", "", "甲乙丁"))
    assert edit.removed == {"}乙丙", "}丙~"}
    assert edit.added == {"}乙丁", "}丁~"}
    assert 2 <= len(edits_by_shard(edit, 1024)) <= 4


def test_what_is_compared_needs_no_text() -> None:
    entries = invented(Random(1), 300, letters=LETTERS[2], length=9)
    new = replace(entries[7], prose=("另一段",))
    state = next(index_pages(entries)).view.state
    place = place_of(state, new.path)
    assert place
    assert place_of(state, "nowhere.html") is None
    known = edited(state, place, digest=new.digest())
    expected = index_pages((*entries[:7], new, *entries[8:]))
    assert compared(pages_of(known)) == compared(expected)
    views = [page.view for page in pages_of(known) if isinstance(page.view, SearchShardView)]
    assert views
    assert all(view.block.entries == () for view in views)


def compared(pages: Iterable[Page]) -> dict[str, dict[str, str]]:
    return {page.path: field_digests(page.view) for page in pages}


def test_postings_are_unpacked_to_what_was_packed() -> None:
    chance = Random(2)
    for count in (1, 7, 61, 2600, MOST):
        for share in (1, 3, count // 7, count // 5, count):
            numbers = sorted(chance.sample(range(count), min(share, count)))
            if numbers:
                assert unpacked(packed(numbers, count)) == numbers
    assert unpacked("") == []


def test_grams_are_the_same_by_either_way() -> None:
    chance = Random(3)
    for _ in range(300):
        letters = chance.choice(LETTERS).replace("A", "a")
        text = "".join(chance.choices(letters, k=chance.randint(0, 12)))
        found = Found()
        found.add(5, text)
        taken = dict(found.taken())
        assert taken.keys() == grams(text)
        assert {tuple(numbers) for numbers in taken.values()} <= {(5,)}
