"""Feeds and site descriptions for programs: Atom, sitemap.xml, robots.txt.

Promise: they hold full addresses only, so that they exist only where the site's address is known,
and nothing stands in them that has no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from site_builder.model.page import Page
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.pieces import FeedEntry, SitemapEntry
from site_builder.pages.publications import Publication, of_column, publications
from site_builder.pages.views import FeedView, RobotsView, SitemapView

NEWEST = 30
IN_ONE_SITEMAP = 50_000  # addresses, by the protocol of sitemaps.org
FED = ("documents", "rules", "reports", "accounts")


def plan_feeds(context: Context) -> Iterator[Page]:
    """feed.xml of the site, and one for each column that has publications."""
    config = context.library.config
    if not config.site.url:
        return
    found = publications(context)
    if found:
        yield _feed(context, routes.FEED, title=config.site.name, entries=found, home=routes.HOME)
    for column in config.columns:
        own = of_column(found, column)
        if own and column.kind in FED:
            title = f"{column.name} - {config.site.name}"
            home = routes.column(column)
            yield _feed(context, routes.feed(column), title=title, entries=own, home=home)


def plan_sitemap(context: Context, pages: list[Page]) -> Iterator[Page]:
    """sitemap.xml with every page of content, and robots.txt that names it."""
    url = context.library.config.site.url
    if not url:
        return
    listed = sorted((p for p in pages if _is_listed(p)), key=lambda page: page.path)
    starts = range(0, len(listed), IN_ONE_SITEMAP)
    for number, start in enumerate(starts, 1):
        entries = tuple(_entry(url, page) for page in listed[start : start + IN_ONE_SITEMAP])
        path = routes.sitemap(number)
        yield Page(path, "text", "feeds/sitemap.xml", SitemapView(entries))
    if urlsplit(url).path in ("", "/"):
        named = tuple(url + routes.sitemap(n) for n in range(1, len(starts) + 1))
        yield Page(routes.ROBOTS, "text", "feeds/robots.txt", RobotsView(named))


def _feed(
    context: Context, path: str, *, title: str, entries: tuple[Publication, ...], home: str
) -> Page:
    site = context.library.config.site
    newest = tuple(entry for entry in entries if entry.day)[:NEWEST]
    view = FeedView(
        title=f"【示例】{title}" if site.demo else title,
        author=site.bureau,
        address=site.url + routes.href(path),
        home=site.url + routes.href(home),
        updated=_moment(newest[0]) if newest else "2000-01-01T00:00:00+08:00",
        entries=tuple(_feed_entry(context, entry) for entry in newest),
    )
    sources = tuple(entry.record.origin.place.file for entry in newest)
    return Page(path, "text", "feeds/atom.xml", view, sources)


def _feed_entry(context: Context, publication: Publication) -> FeedEntry:
    record = publication.record
    return FeedEntry(
        title=parts.marked(record),
        address=context.library.config.site.url + routes.href(publication.path),
        updated=_moment(publication),
        category=publication.column.name,
        summary=record.summary,
    )


def _moment(publication: Publication) -> str:
    """Sources give a day, so the moment is its beginning in China."""
    return f"{parts.iso(publication.day)}T00:00:00+08:00"


def _is_listed(page: Page) -> bool:
    return page.kind == "html" and page.path != routes.NOT_FOUND


def _entry(url: str, page: Page) -> SitemapEntry:
    labels = {fact.label: fact.value for fact in page.view.frame.labels}
    return SitemapEntry(url + routes.href(page.path), labels.get("PubDate", "")[:10])
