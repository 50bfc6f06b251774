"""Listings: the statutory skeleton, and the documents of each column by year.

Promise: a year's list is paged from the oldest document, so that a page once full changes no more
than its link to the next one; readers see the newest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from site_builder.model.disclosure import Document
from site_builder.model.library import StatutoryItem
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.paging import stretches, year_key, year_text
from site_builder.pages.pieces import Item, Link, StatutoryRow, YearLink
from site_builder.pages.publications import LATEST, inside, publications
from site_builder.pages.views import CatalogueView, ListingView
from site_builder.pages.whole_lists import whole_lists

PAGE_SIZE = 20


def plan_catalogue(context: Context) -> Iterator[Page]:
    """法定主动公开内容: the items of 《条例》 Art. 20 and 21, and the newest of all its columns."""
    column = context.library.config.column("catalogue")
    if column is None:
        return
    path, filled = routes.column(column), context.library.filled_columns()
    latest = inside(publications(context), column)[:LATEST]
    view = CatalogueView(
        frame=frame(context.library, path, title=column.name, column=column),
        items=tuple(
            _statutory(context, item, filled=filled) for item in context.library.statutory_items
        ),
        whole=whole_lists(context),
        latest=tuple(parts.listed(found) for found in latest),
    )
    yield Page(path, "html", "pages/catalogue.html", view, ("config.yaml",))


def plan_listings(context: Context) -> Iterator[Page]:
    """Each column of documents: its newest ones, and every year in pages."""
    for column in context.library.config.columns:
        if column.kind == "documents":
            yield from _column(context, column, documents=context.documents[column.slug])


def _statutory(context: Context, item: StatutoryItem, *, filled: frozenset[str]) -> StatutoryRow:
    config = context.library.config
    columns = [c for c in config.columns if c.item == item.number]
    links = tuple(Link(c.name, routes.column(c)) for c in columns)
    state = "" if any(c.slug in filled for c in columns) else "暂无"
    reason = next((n.reason for n in config.not_applicable if n.item == item.number), "")
    if reason:
        state = "本机关不涉及"
    return StatutoryRow(item.name, item.text, item.article, links, state, reason)


def _column(context: Context, column: Column, *, documents: tuple[Document, ...]) -> Iterator[Page]:
    years = {key: tuple(found) for key, found in groupby(documents, key=_year)}
    links = tuple(years)
    path = routes.column(column)
    newest = _items(documents[:PAGE_SIZE], column)
    yield _listing(
        context,
        column,
        path=path,
        title=column.name,
        years=_years(column, links, current=""),
        items=newest,
    )
    for year, found in years.items():
        yield from _year_pages(
            context, column, year=year, documents=found, years=_years(column, links, current=year)
        )


def _year_pages(
    context: Context,
    column: Column,
    *,
    year: str,
    documents: tuple[Document, ...],
    years: tuple[YearLink, ...],
) -> Iterator[Page]:
    title = f"{column.name}（{year_text(year)}）"
    for part in stretches(documents, size=PAGE_SIZE, path=partial(routes.listing, column, year)):
        yield _listing(
            context,
            column,
            path=part.path,
            title=title + part.mark,
            years=years,
            items=_items(part.items, column),
            newer=part.newer,
            older=part.older,
        )


def _listing(
    context: Context,
    column: Column,
    *,
    path: str,
    title: str,
    years: tuple[YearLink, ...],
    items: tuple[Item, ...],
    newer: str = "",
    older: str = "",
) -> Page:
    view = ListingView(
        frame=frame(context.library, path, title=title, column=column),
        side_title=column.name,
        years=years,
        items=items,
        newer=newer,
        older=older,
    )
    return Page(path, "html", "pages/listing.html", view, ("config.yaml",))


def _items(documents: tuple[Document, ...], column: Column) -> tuple[Item, ...]:
    return tuple(parts.item(document, column) for document in documents)


def _years(column: Column, years: tuple[str, ...], *, current: str) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(
            year_text(year),
            routes.listing(column, year, number=0, newest=True),
            held=True,
            current=year == current,
        )
        for year in years
    )


def _year(document: Document) -> str:
    return year_key(document.published or document.issued)
