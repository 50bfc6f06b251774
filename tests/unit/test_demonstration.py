"""The demonstration site: what its script writes is what stands in the repository."""

from __future__ import annotations

from examples.make_demo import files
from site_builder.sources.load import load
from tests.sites import AS_OF, DEMO, tree


def test_the_script_writes_exactly_the_files_of_the_demonstration() -> None:
    written = {
        path: content.encode() if isinstance(content, str) else content for path, content in files()
    }
    kept = {
        path: content
        for path, content in tree(DEMO).items()
        if path == "config.yaml" or path.startswith("content/")
    }
    assert kept.keys() == written.keys()
    assert [path for path in kept if kept[path] != written[path]] == []


def test_every_page_of_a_budget_or_an_account_says_that_it_is_an_example() -> None:
    library, _ = load(DEMO, AS_OF)
    assert library is not None
    assert {account.kind for account in library.accounts} == {"预算", "决算"}
    for account in library.accounts:
        assert "示例" in account.title
        assert "数字均为虚构" in account.summary
        assert "示例" in account.approval


def test_the_same_figures_come_from_every_kind_of_file() -> None:
    library, problems = load(DEMO, AS_OF)
    assert library is not None
    endings = {
        cell.place.file.rpartition(".")[2]
        for a in library.accounts
        if a.table
        for cell in a.table.cells.values()
    }
    assert endings == {"yaml", "xlsx", "csv"}
    assert [p for p in problems if "财政预决算" in p.place.file] == []
