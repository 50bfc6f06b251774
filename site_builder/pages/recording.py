"""Recording: what the planned pages add to the address ledger and to the log of publications.

Promise: nothing that stands there already changes; recording the same pages twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from site_builder.model.disclosure import Account, AnnualReport, Record, named_files
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.model.published import (
    AddressRow,
    Event,
    LogLine,
    chained,
    content_digest,
    count_of_rows,
    digest_of_rows,
)
from site_builder.pages import parts, routes
from site_builder.pages.context import context
from site_builder.pages.frames import column_name
from site_builder.pages.publications import publications
from site_builder.pages.published_views import MovedView, WithdrawnView

ADDRESSES = ("html", "csv", "xlsx", "json", "package", "copy")  # what readers keep an address of
GONE: Event = "撤下"


@dataclass(frozen=True, slots=True)
class Additions:
    """All address rows with the new ones among them, and the new lines of the log."""

    rows: tuple[AddressRow, ...]
    new_rows: int
    lines: tuple[LogLine, ...]


def additions(library: Library, pages: tuple[Page, ...]) -> Additions:
    """What publishing these pages adds."""
    records = _records(library)
    known = {row.path for row in library.published.rows()}
    columns = {r.id: column_name(page) for page in pages if (r := records.get(page.path))}
    new = [
        _row(library, page, record=record, columns=columns)
        for page, record in _owners(pages, records)
        if page.path not in known
    ]
    rows = tuple(sorted((*library.published.rows(), *new), key=lambda row: row.path))
    lines = [*_lines(library, records)]
    if new:
        lines.append(_ledger_line(library.as_of, rows))
    return Additions(rows, len(new), tuple(_chain(library, lines)))


def _records(library: Library) -> dict[str, Record]:
    """Everything public that has a page of its own, by the path of the page."""
    found = {p.path: p.record for p in publications(context(library))}
    for record, kind in ((library.guide, "guide"), (library.application, "application")):
        column = next((c for c in library.config.columns if c.kind == kind), None)
        if record and column and library.is_public(record):
            found[routes.column(column)] = record
    return found


def _owners(
    pages: tuple[Page, ...], records: dict[str, Record]
) -> Iterator[tuple[Page, Record | None]]:
    """The pages whose addresses count, each with the record it belongs to."""
    by_source: dict[str, Record] = {}
    for record in records.values():
        for source in _sources(record):
            by_source.setdefault(source, record)
    for page in pages:
        is_notice = isinstance(page.view, MovedView | WithdrawnView)
        if page.kind in ADDRESSES and page.path != routes.NOT_FOUND and not is_notice:
            is_file = page.kind not in ("html", "package")  # a package is made of all records
            source = page.sources[0] if page.sources and is_file else ""
            yield page, records.get(page.path) or by_source.get(source)


def _sources(record: Record) -> Iterator[str]:
    """The files that only this record's downloads are made of."""
    if isinstance(record, AnnualReport | Account):
        yield record.origin.place.file
        if record.table:
            yield record.table.origin.place.file
    for file in sorted(named_files(record.body, record.attachments)):
        yield f"content/附件/{file}"


def _row(
    library: Library, page: Page, *, record: Record | None, columns: dict[str, str]
) -> AddressRow:
    frame = getattr(page.view, "frame", None)
    title = frame.title if frame else (record.title if record else "")
    return AddressRow(
        path=page.path,
        id=record.id if record else "",
        title=_one_line(title),
        column=columns[record.id] if record else column_name(page),
        published=parts.iso(record.published) if record else "",
        recorded=library.as_of.isoformat(),
    )


def _lines(library: Library, records: dict[str, Record]) -> Iterator[LogLine]:
    latest = library.published.latest()
    files = {file.path: file.sha256 for file in library.files}
    for path, record in sorted(records.items()):
        now = LogLine(
            recorded=library.as_of.isoformat(),
            event="首次公开",
            id=record.id,
            title=_one_line(record.title),
            published=parts.iso(record.published),
            path=path,
            notes=str(len(record.changes)),
            digest=content_digest(record, files),
        )
        before = latest.get(record.id.casefold())
        if before is None:
            yield now
        elif before.event == GONE:
            yield replace(now, event="恢复公开")
        elif now.cells()[2:] != before.cells()[2:]:
            yield replace(now, event="变更")
    public = {record.id.casefold() for record in records.values()}
    for id, line in sorted(latest.items()):
        if id not in public and line.event != GONE:
            yield replace(line, recorded=library.as_of.isoformat(), event=GONE)


def _ledger_line(day: date, rows: tuple[AddressRow, ...]) -> LogLine:
    """That the addresses were so many, and which: so that none can be taken out unseen."""
    title = count_of_rows(rows)
    return LogLine(day.isoformat(), "网址台账", "", title, "", "", "", digest_of_rows(rows))


def _chain(library: Library, lines: list[LogLine]) -> Iterator[LogLine]:
    former = library.published.head()
    for line in lines:
        former = chained(former, line.cells())
        yield replace(line, chain=former)


def _one_line(text: str) -> str:
    return " ".join(text.split())
