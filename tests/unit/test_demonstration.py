"""The demonstration site: what its script writes is what stands in the repository."""

from __future__ import annotations

import zipfile

import openpyxl

from examples.make_demo import files
from site_builder.pipeline import check, site_at
from site_builder.problems import Severity, severity
from site_builder.sources.load import load
from tests.sites import AS_OF, DEMO, DEMO_DAY, library_at, tree


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


def test_on_its_own_day_the_demonstration_has_no_error_and_no_warning() -> None:
    checked = check(site_at(DEMO), DEMO_DAY)
    weighty = (Severity.ERROR, Severity.WARNING)
    assert [p for p in checked.problems if severity(p) in weighty] == []


def test_every_statutory_item_and_every_year_has_documents() -> None:
    library = library_at(DEMO)
    items = {c.slug: c.item for c in library.config.columns if c.kind == "documents"}
    assert len(library.documents) >= 300
    assert {items[d.column] for d in library.documents if d.column in items} == {
        *range(1, 7),
        *range(8, 14),
        15,
        21,
    }
    years = {d.published.year for d in library.documents if d.published}
    assert years == set(range(2008, 2027))


def test_every_document_was_published_within_twenty_days_of_its_making() -> None:
    days = [
        (d.published - d.issued).days
        for d in library_at(DEMO).documents
        if d.issued and d.published
    ]
    assert len(days) >= 300
    assert 0 < min(days) <= max(days) <= 20


def test_documents_say_what_amends_repeals_and_explains_them_and_hold_files() -> None:
    documents = library_at(DEMO).documents
    assert sum(bool(d.repeals) for d in documents) >= 3
    assert sum(bool(d.amends) for d in documents) >= 2
    assert sum(bool(d.interprets) for d in documents) >= 10
    assert sum(bool(d.changes) for d in documents) >= 2
    endings = {a.file.rpartition(".")[2] for d in documents for a in d.attachments}
    assert endings == {"csv", "docx", "pdf", "xlsx"}


def test_files_to_download_open_in_the_programs_of_an_office() -> None:
    for file in (DEMO / "content" / "附件").rglob("*.*"):
        content = file.read_bytes()
        if file.suffix == ".xlsx":
            assert openpyxl.load_workbook(file).active
        elif file.suffix == ".docx":
            with zipfile.ZipFile(file) as archive:
                assert archive.testzip() is None
                assert b"<w:t>" in archive.read("word/document.xml")
        elif file.suffix == ".pdf":
            start = int(content.split(b"startxref\n")[1].split()[0])
            assert content[start:].startswith(b"xref")
        else:
            assert content.decode("utf-8-sig").count("\r\n") >= 2


def test_every_page_of_a_budget_or_an_account_says_that_it_is_an_example() -> None:
    library = library_at(DEMO)
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
