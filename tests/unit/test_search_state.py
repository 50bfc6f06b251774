"""The files of the search index: few, and few of them change with a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from site_builder.model.page import field_digests
from site_builder.model.search import Entry
from site_builder.pages.search import index_pages
from site_builder.pages.search_state import SEGMENT
from tests.sites import tree
from tests.unit.search_indexes import SYLLABLES, invented, written


def test_one_edited_text_changes_few_files_of_the_index(tmp_path: Path) -> None:
    chance = Random(7)
    letters = "".join(chr(n) for n in range(0x4E00, 0x4F00))
    entries = invented(chance, 12 * SEGMENT, letters=letters, length=700)
    before = tree(written(entries, tmp_path / "before"))
    edited = replace(entries[5], prose=(*entries[5].prose, "乐"))
    after = tree(written((*entries[:5], edited, *entries[6:]), tmp_path / "after"))
    changed = [path for path in before if before[path] != after[path]]
    assert before.keys() == after.keys()
    assert 2 <= len(changed) <= 6
    assert len(before) > 100


def versions(entries: tuple[Entry, ...]) -> dict[str, dict[str, str]]:
    return {page.path: field_digests(page.view) for page in index_pages(entries)}


def test_one_more_new_document_changes_the_newest_block_alone() -> None:
    entries = invented(Random(3), 2000, letters=SYLLABLES, length=3)
    new = Entry("新文", "wj/new.html", "2030-01-01", 0)
    before, after = versions(entries), versions((*entries, new))
    changed = {path for path in after if after[path] != before.get(path)}
    old = {path for path in before if path.startswith("search/0/")}
    assert len(old) > 500
    assert changed & old == set()
    assert "search/map.js" in changed
    assert len(changed) < 60


def test_one_more_old_document_moves_no_texts_beyond_its_segment() -> None:
    entries = invented(Random(3), 2000, letters=SYLLABLES, length=3)
    old = Entry("旧文", "wj/old.html", "", 0)
    before, after = versions(entries), versions((old, *entries))
    texts = {path for path in after if "/t" in path and after[path] != before.get(path)}
    assert {path.partition("-")[0] for path in texts} <= {"search/0/t0"}
    assert texts


def test_an_index_of_ten_thousand_documents_has_few_files() -> None:
    entries = tuple(Entry(f"{n}", f"wj/{n}.html", "", 0) for n in range(10_000))
    assert len(versions(entries)) < 4000
