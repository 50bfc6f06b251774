"""Planning: a library → every page of the site.

Promise: all pages are listed here and nowhere else, and no two of them share an address.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.pages import (
    accessibility,
    accounts,
    applications,
    catalogue,
    documents,
    feeds,
    fronts,
    genres,
    ledger,
    listings,
    policies,
    reports,
    routes,
    search,
    standard_items,
    standing,
)
from site_builder.pages.context import context
from site_builder.pages.folders import plan_folders
from site_builder.pages.published import plan_published
from site_builder.pages.views import AssetView, CopyView
from site_builder.pages.waiting import explained
from site_builder.problems import Place, Problem

PLANS = (
    fronts.plan_home,
    reports.plan_reports,
    accounts.plan_accounts,
    standing.plan_guidance,
    standing.plan_rules,
    applications.plan_applications,
    accessibility.plan_accessibility,
    listings.plan_catalogue,
    listings.plan_listings,
    catalogue.plan_directory,
    genres.plan_genres,
    policies.plan_policies,
    standard_items.plan_standard_items,
    documents.plan_documents,
    ledger.plan_ledger,
    fronts.plan_not_found,
    feeds.plan_feeds,
)


def plan(library: Library) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Every page, by path; and problems with addresses that two sources claim, or none."""
    public = library.public()
    whole = context(public)
    pages = [page for make in PLANS for page in make(whole)]
    pages.append(fronts.plan_site_map(whole, pages))
    pages.extend(search.plan_search(whole, pages))
    pages.extend(feeds.plan_sitemap(whole, pages))
    pages.extend((*_assets(), *_attachments(public)))
    answers, unanswered = plan_published(whole, pages)
    pages.extend(answers)
    pages.extend(plan_folders(public, pages))
    problems = (*_collisions(pages), *explained(unanswered, library))
    return tuple(sorted(pages, key=lambda page: page.path)), problems


def _assets() -> Iterator[Page]:
    for path in routes.ASSETS:
        yield Page(path, "text", path, AssetView())


def _attachments(library: Library) -> Iterator[Page]:
    """The files that a public record names; the library holds no others by now."""
    for file in library.files:
        source = f"content/附件/{file.path}"
        path = routes.attachment(file.path)
        yield Page(path, "copy", "", CopyView(source, file.sha256), (source,))


def _collisions(pages: list[Page]) -> Iterator[Problem]:
    """Two pages with one path, also where only case or width of characters differs."""
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(routes.folded(page.path), page)
        if other is not page:
            here, there = (_source(p) for p in (page, other))
            message = f"{_called(page)}和{_called(other)}用了同一个网址 {page.path}"
            related = (there,) if there != here else ()
            yield Problem("P101", here, message, related=related)


def _called(page: Page) -> str:
    frame = getattr(page.view, "frame", None)
    return f"《{frame.title}》" if frame else f"“{page.path}”"


def _source(page: Page) -> Place:
    return Place(page.sources[0] if page.sources else "config.yaml")
