"""The benchmark compares what it says it compares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.corpus import corpus, document
from bench.edits import KINDS, Work, lay_out
from bench.ours import OURS
from bench.peers import PEERS
from bench.tools import MARK, Tool
from site_builder.pipeline import build, site_at

SIZE = 24


def test_documents_are_as_long_as_real_ones_and_every_fourth_has_a_table() -> None:
    documents = list(corpus(200))
    assert all(800 <= len(each.body) <= 3000 for each in documents)
    assert [("| ---" in each.body) for each in documents] == [n % 4 == 0 for n in range(200)]
    assert documents[7] == document(7)


def test_no_document_of_our_site_of_the_benchmark_has_a_problem(tmp_path: Path) -> None:
    work = Work(OURS, tmp_path, SIZE)
    lay_out(work)
    built = build(site_at(tmp_path), date(2026, 1, 1))
    assert not [p for p in built.problems if p.place.file.startswith("content/")]
    assert all((work.output / OURS.page(each)).is_file() for each in corpus(SIZE))


@pytest.mark.parametrize("tool", [OURS, PEERS[0], PEERS[1]], ids=lambda tool: tool.name)
def test_every_edit_changes_what_a_tool_reads(tool: Tool, tmp_path: Path) -> None:
    work = Work(tool, tmp_path / "site", SIZE)
    lay_out(work)
    assert MARK in (work.folder / tool.base).read_text("utf-8")
    for _, edit in KINDS:
        shown = edit(work, 1)
        if shown is not None:
            sources = (f.read_text("utf-8") for f in work.folder.rglob("*") if f.is_file())
            assert any(shown[1] in source for source in sources)
