"""信息公开目录: every public record with what 《条例》 Art. 12 has a catalogue say of it.

Promise: each record stands once in the list of its year and once in the files to reuse; nothing
here depends on a record's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.catalogue_package import FIELDS, PACKAGE, plan_catalogue_package
from site_builder.pages.catalogue_views import (
    DirectoryView,
    DirectoryYearView,
    EntriesView,
    Entry,
    ListExportView,
    SummariesView,
)
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.genres import genre_links
from site_builder.pages.paging import stretches, year_key, year_text
from site_builder.pages.pieces import Download, Link, YearLink
from site_builder.pages.publications import Publication, in_order, publications
from site_builder.pages.whole_lists import DIRECTORY, LIST_KINDS, whole_lists

PAGE_SIZE = 50
SOURCES = ("config.yaml",)


def plan_directory(context: Context) -> Iterator[Page]:
    """The catalogue's page, its lists by year, what its script reads, and the files to reuse."""
    columns = context.library.config.columns
    found = tuple((_entry(p), _year(p)) for p in _catalogued(context))
    years = {key: tuple(e for e, _ in group) for key, group in groupby(found, key=itemgetter(1))}
    yield _directory(context, tuple(years))
    entries = EntriesView(_contents(found, columns))
    yield _script(routes.CATALOGUE_ENTRIES, template="feeds/entries.js", view=entries)
    for year, group in years.items():
        yield from _year_pages(context, year, found=group, years=tuple(years))
        told = {entry.path: entry.summary for entry in group if entry.summary}
        path = routes.catalogue_summaries(year)
        yield _script(path, template="feeds/summaries.js", view=SummariesView(told))
    yield from _exports(context, tuple(entry for entry, _ in found))
    yield from plan_catalogue_package(context)


def _directory(context: Context, years: tuple[str, ...]) -> Page:
    config = context.library.config
    view = DirectoryView(
        frame=frame(
            context.library, routes.CATALOGUE, title=DIRECTORY, column=config.column("catalogue")
        ),
        entries_path=routes.CATALOGUE_ENTRIES,
        years=_years(years, current=""),
        genres=genre_links(context),
        downloads=(
            *(
                Download(f"{DIRECTORY}（全部）", routes.catalogue_export(name), name.upper(), "")
                for name in LIST_KINDS
            ),
            PACKAGE,
        ),
        others=tuple(link for link in whole_lists(context) if link.text != DIRECTORY),
    )
    return Page(routes.CATALOGUE, "html", "pages/directory.html", view, SOURCES)


def _year_pages(
    context: Context, year: str, *, found: tuple[Entry, ...], years: tuple[str, ...]
) -> Iterator[Page]:
    column = context.library.config.column("catalogue")
    above = (Link(DIRECTORY, routes.CATALOGUE),)
    path = partial(routes.catalogue_year, year)
    for part in stretches(found, size=PAGE_SIZE, path=path):
        title = f"{DIRECTORY}（{year_text(year)}）{part.mark}"
        view = DirectoryYearView(
            frame=frame(context.library, part.path, title=title, column=column, crumbs=above),
            directory_path=routes.CATALOGUE,
            years=_years(years, current=year),
            entries=part.items,
            newer=part.newer,
            older=part.older,
        )
        yield Page(part.path, "html", "pages/directory_year.html", view, SOURCES)


def _years(years: tuple[str, ...], *, current: str) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(year_text(y), routes.catalogue_year(y), held=True, current=y == current)
        for y in years
    )


def _entry(publication: Publication) -> Entry:
    record = publication.record
    document = record if isinstance(record, Document) else None
    return Entry(
        title=record.title,
        path=routes.href(publication.path),
        index_number=record.index_number,
        number=document.number if document else "",
        created=parts.iso(record.issued),
        published=parts.iso(record.published),
        column=publication.column.name,
        genre=document.genre if document else "",
        validity=(document.validity or "") if document else "",
        summary=record.summary,
    )


def _contents(
    entries: tuple[tuple[Entry, str], ...], columns: tuple[Column, ...]
) -> dict[str, Any]:
    """Rows whose repeated words are numbers, which stand for their place in the lists."""
    named = {entry.column for entry, _ in entries}
    lists = {
        "columns": tuple(dict.fromkeys(c.name for c in columns if c.name in named)),
        "years": tuple(dict.fromkeys(year for _, year in entries)),
        "genres": _named_first({entry.genre for entry, _ in entries}),
        "validities": _named_first({entry.validity for entry, _ in entries}),
    }
    places = {name: {word: n for n, word in enumerate(words)} for name, words in lists.items()}
    rows = tuple(
        (
            *(entry.path, entry.title, entry.index_number, entry.number),
            *(entry.created, entry.published),
            places["columns"][entry.column],
            places["years"][year],
            places["genres"][entry.genre],
            places["validities"][entry.validity],
        )
        for entry, year in entries
    )
    return {**lists, "rows": rows}


def _named_first(words: set[str]) -> tuple[str, ...]:
    """In order, and what is not stated behind all that is."""
    return tuple(sorted(words, key=lambda word: (not word, word)))


def _exports(context: Context, found: tuple[Entry, ...]) -> Iterator[Page]:
    config = context.library.config
    view = ListExportView(
        title=f"{config.site.bureau}{DIRECTORY}",
        publisher=config.site.bureau,
        columns=tuple(field.name for field in FIELDS),
        rows=tuple(_row(entry, config.site.url) for entry in found),
    )
    for name in LIST_KINDS:
        yield Page(routes.catalogue_export(name), LIST_KINDS[name], "", view, SOURCES)


def _row(entry: Entry, base: str) -> tuple[str, ...]:
    return (
        *(entry.index_number, entry.title, entry.summary, entry.created, entry.number),
        *(entry.column, entry.genre, entry.validity, entry.published, base + entry.path),
    )


def _script(path: str, *, template: str, view: EntriesView | SummariesView) -> Page:
    return Page(path, "text", template, view, SOURCES)


def _catalogued(context: Context) -> tuple[Publication, ...]:
    """Every publication, with the guide and the page for applications."""
    library = context.library
    both = (
        (library.config.column("guide"), library.guide),
        (library.config.column("application"), library.application),
    )
    standing = (
        Publication(record, column, routes.column(column))
        for column, record in both
        if column and record and library.is_public(record)
    )
    return in_order((*publications(context), *standing))


def _year(publication: Publication) -> str:
    return year_key(publication.day)
