"""The pages of an archive: what the site holds of one year.

Promise: they are pages of the site, planned by its planners. A record's own page is the one the
public sees, with all it says of other years; lists, catalogue and search hold that year alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from site_builder.model.disclosure import Document, Record
from site_builder.model.library import Fragments, Library
from site_builder.model.page import Page
from site_builder.model.published import Published
from site_builder.model.site import Column, ColumnKind
from site_builder.pages import parts, routes
from site_builder.pages.archive_views import (
    ArchiveContentsView,
    ArchiveOutsideView,
    ArchiveWithdrawnView,
    ContentsGroup,
    ContentsRow,
    OutsideLink,
)
from site_builder.pages.context import context
from site_builder.pages.frames import frame, site_view
from site_builder.pages.pieces import ArchiveMark, Frame, SiteView
from site_builder.pages.plan import plan
from site_builder.pages.publications import of_column, publications
from site_builder.pages.views import AssetView

OUTSIDE = "outside.html"
NO_PLACE = (
    "pages/not_found.html",
    "pages/moved.html",  # of addresses cut short: an archive opens without a server
    "feeds/atom.xml",
    "feeds/opensearch.xml",
    "feeds/sitemap.xml",
    "pages/trends.html",  # of one year there are none, and the year before is not lacking
    "pages/account_trends.html",
)
OF_RECORDS = ("annual_report", "account", "document", "guidance", "not_held")
TOMBSTONE = "pages/archive_withdrawn.html"
NOT_HELD = "pages/not_held.html"
IN_FULL = tuple(f"pages/{name}.html" for name in OF_RECORDS)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out of an archive: its path there, when and why."""

    path: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """The library of the year, its pages, and what each of them shows of the site.

    `titles` are those of all pages that the site has, by their paths.
    """

    library: Library
    pages: tuple[Page, ...]
    view: SiteView
    titles: Mapping[str, str]


def plan_archive(
    library: Library,
    year: int,
    *,
    withdrawn: tuple[Withdrawal, ...] = (),
    contents_first: bool = False,
) -> ArchivePlan:
    """Every page of the archive but the one that lists what is outside it."""
    whole = _without(library.public(), {w.path for w in withdrawn})
    of_year = _of_year(whole, year)
    everything = plan(whole)[0]
    full = {page.path: page for page in everything if page.template in IN_FULL}
    planned = (page for page in plan(of_year)[0] if page.template not in NO_PLACE)
    pages = {page.path: full.get(page.path, page) for page in planned}
    pages.pop(routes.ROBOTS, None)
    if contents_first:
        pages[routes.HOME] = _contents(of_year, year, pages=tuple(pages.values()))
    style = routes.ARCHIVE_STYLE
    pages[style] = Page(style, "text", style, AssetView())
    for stone in (_tombstone(of_year, w) for w in withdrawn):
        pages[stone.path] = stone
    mark = ArchiveMark(str(year), parts.day(library.as_of))
    view = replace(site_view(of_year), feed="", archive=mark)
    titles = {page.path: _title(page) for page in everything if page.kind == "html"}
    return ArchivePlan(of_year, tuple(pages[path] for path in sorted(pages)), view, titles)


def captured_on(planned: ArchivePlan, day: date) -> ArchivePlan:
    """The same plan as if it had been captured on another day."""
    mark = planned.view.archive and replace(planned.view.archive, day=parts.day(day))
    library = replace(planned.library, as_of=day)
    return replace(planned, library=library, view=replace(planned.view, archive=mark))


def is_of_record(page: Page) -> bool:
    """Whether a page is that of something published or withdrawn, or an attachment."""
    return page.kind == "copy" or page.template in (*IN_FULL, TOMBSTONE)


def is_as_published(page: Page) -> bool:
    """Whether the site has a page at this path that says the same; no list of one year has."""
    is_table = page.kind in ("csv", "xlsx", "json") and not routes.is_series(page.path)
    is_whole = is_table or page.kind == "copy" or page.path in routes.ASSETS
    return is_whole or page.template in IN_FULL


def outside_page(library: Library, links: tuple[OutsideLink, ...]) -> Page:
    """不在本归档内."""
    has_paths = any("://" not in link.address for link in links)
    view = ArchiveOutsideView(_frame(library, OUTSIDE, "不在本归档内"), links, has_paths)
    return Page(OUTSIDE, "html", "pages/archive_outside.html", view)


def is_empty(library: Library) -> bool:
    """Whether a year has nothing to keep."""
    return not (library.records() or library.registered)


def published_since(library: Library, year: int, *, day: date) -> int:
    """How many records of a year became public after a day, as far as the library has come."""
    records = _of_year(library.public(), year).records()
    return sum(record.published is not None and record.published > day for record in records)


def of_no_year(library: Library) -> tuple[str, ...]:
    """The titles of what is public and belongs to no year, for it has no date at all."""
    public = library.public()
    found = (*public.documents, public.guide, public.application)
    return tuple(d.title for d in found if d and not (d.published or d.issued))


def can_be_withdrawn(library: Library, path: str) -> bool:
    """Whether the page of one publication, of a column itself, or an attachment stands there."""
    public = library.public()
    files = (routes.attachment(file.path) for file in public.files)
    found = publications(context(public))
    return path in {*files, *_standing(public).values(), *(one.path for one in found)}


def _of_year(library: Library, year: int) -> Library:
    """What belongs to the year: its report, budget and account, and what was published in it."""
    kept = replace(
        library,
        documents=tuple(d for d in library.documents if _published_in(d, year)),
        reports=tuple(r for r in library.reports if r.year == year),
        accounts=tuple(a for a in library.accounts if a.year == year),
        registered=tuple(e for e in library.registered if e.year == year),
        guide=library.guide if library.guide and _published_in(library.guide, year) else None,
        application=(
            library.application
            if library.application and _published_in(library.application, year)
            else None
        ),
        rule_groups=(),
        standards=(),
        published=Published(),
        fragments=Fragments(),
    )
    columns = tuple(_columns(kept))
    slugs = {column.slug for column in columns}
    shown = {column.item for column in columns if column.slug in kept.filled_columns()}
    return replace(
        kept,
        config=replace(kept.config, columns=columns),
        documents=tuple(d for d in kept.documents if d.column in slugs),
        statutory_items=tuple(i for i in kept.statutory_items if i.number in shown),
    )


def _columns(library: Library) -> Iterator[Column]:
    """Those in which the year left something, and those above them."""
    filled = set(library.filled_columns())
    filled |= {c.slug for c in library.config.columns if _has_standing(library, c)}
    registered = {"年度报告": "reports", "预算": "accounts", "决算": "accounts"}
    kinds = {registered[entry.kind] for entry in library.registered}
    columns = library.config.columns
    folders = {c.folder for c in columns if c.slug in filled or c.kind in kinds}
    for column in columns:
        inside = f"{column.folder}/"
        if column.folder in folders or any(f.startswith(inside) for f in folders):
            yield column


def _has_standing(library: Library, column: Column) -> bool:
    records = {"guide": library.guide, "application": library.application}
    return records.get(column.kind) is not None


def _published_in(document: Document, year: int) -> bool:
    day = document.published or document.issued
    return day is not None and day.year == year


def _without(library: Library, paths: set[str]) -> Library:
    """The library without the records and files that stand at these paths."""
    if not paths:
        return library
    standing = _standing(library)
    gone = {p.record.id for p in publications(context(library)) if p.path in paths}

    def stays(record: Record) -> bool:
        return record.id not in gone

    return replace(
        library,
        documents=tuple(filter(stays, library.documents)),
        reports=tuple(filter(stays, library.reports)),
        accounts=tuple(filter(stays, library.accounts)),
        guide=None if standing.get("guide") in paths else library.guide,
        application=None if standing.get("application") in paths else library.application,
        files=tuple(f for f in library.files if routes.attachment(f.path) not in paths),
    )


def _standing(library: Library) -> dict[str, str]:
    """The paths of the pages that are a column of their own, by its kind."""
    records: dict[ColumnKind, Document | None] = {
        "guide": library.guide,
        "application": library.application,
    }
    columns = ((kind, library.config.column(kind)) for kind, record in records.items() if record)
    return {kind: routes.column(column) for kind, column in columns if column}


def _tombstone(library: Library, withdrawn: Withdrawal) -> Page:
    path = routes.notice(withdrawn.path)
    made = _frame(library, path, "已从归档撤下")
    view = ArchiveWithdrawnView(made, parts.day(withdrawn.day), withdrawn.reason)
    return Page(path, "html", TOMBSTONE, view)


def _title(page: Page) -> str:
    return str(page.view.frame.title)


def _contents(library: Library, year: int, *, pages: tuple[Page, ...]) -> Page:
    title = f"{year}年政府信息公开目录清单"
    groups = tuple(_groups(library, pages))
    view = ArchiveContentsView(_frame(library, routes.HOME, title), groups)
    return Page(routes.HOME, "html", "pages/archive_contents.html", view)


def _groups(library: Library, pages: tuple[Page, ...]) -> Iterator[ContentsGroup]:
    """Records, what stands for a column, and what is registered and not held."""
    found = publications(context(library))
    standing = {"guide": library.guide, "application": library.application}
    for column in library.config.columns:
        own = [_row(p.record, p.path) for p in reversed(of_column(found, column))]
        record = standing.get(column.kind)
        if record:
            own.append(_row(record, routes.column(column)))
        own.extend(_not_held(pages, column))
        rows = (replace(row, number=number) for number, row in enumerate(own, 1))
        if own:
            yield ContentsGroup(column.name, tuple(rows))


def _row(record: Record, path: str) -> ContentsRow:
    return ContentsRow(
        number=0,
        title=parts.marked(record),
        path=routes.href(path),
        document_number=record.number if isinstance(record, Document) else "",
        index_number=record.index_number,
        published=parts.iso(record.published),
        attachments=len(record.attachments),
    )


def _not_held(pages: tuple[Page, ...], column: Column) -> Iterator[ContentsRow]:
    for page in pages:
        if page.template == NOT_HELD and page.path.startswith(f"{column.slug}/"):
            title = f"{_title(page)}（原文待补录）"
            yield ContentsRow(0, title, routes.href(page.path), "", "", "", 0)


def _frame(library: Library, path: str, title: str) -> Frame:
    """A frame without an address: on the site there is no such page."""
    made = frame(library, path, title=title)
    labels = tuple(label for label in made.labels if label.label != "Url")
    return replace(made, labels=labels, address="", correction=None)
