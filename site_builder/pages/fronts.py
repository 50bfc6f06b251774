"""Front pages: home, site map and the page for an unknown address.

Promise: from the home page everything is three links away at most; the site map lists every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from site_builder.model.disclosure import AnnualReport
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes, structured
from site_builder.pages.context import Context
from site_builder.pages.frames import column_name, frame
from site_builder.pages.pieces import Figure, Item, Link, MapGroup, Tile
from site_builder.pages.publications import LATEST, publications
from site_builder.pages.reports import year_links
from site_builder.pages.trends import figures
from site_builder.pages.views import HomeView, NotFoundView, SiteMapView

TILE_KINDS = ("accounts",)


def plan_home(context: Context) -> tuple[Page, ...]:
    """index.html."""
    library = context.library
    title, found = _figures(context)
    catalogue = library.config.column("catalogue")
    view = HomeView(
        frame=frame(
            library,
            routes.HOME,
            title=library.config.site.name,
            structured=structured.organization(library.config),
        ),
        tiles=tuple(_tile(c) for c in library.config.columns if c.is_top or c.kind in TILE_KINDS),
        latest=_latest(context),
        years=year_links(context),
        figures_title=title,
        figures=found,
        all_path=routes.column(catalogue) if catalogue else "",
    )
    return (Page(routes.HOME, "html", "pages/home.html", view, ("config.yaml",)),)


def plan_not_found(context: Context) -> tuple[Page, ...]:
    """404.html: shown at any depth, so its links start from the site's full address if known."""
    made = frame(context.library, routes.NOT_FOUND, title="没有找到这个页面")
    made = replace(made, root=context.library.config.site.url)
    return (Page(routes.NOT_FOUND, "html", "pages/not_found.html", NotFoundView(made)),)


def plan_site_map(context: Context, pages: list[Page]) -> Page:
    """map.html: every column with its pages."""
    library = context.library
    ended = {routes.document(d): parts.mark(d) for d in context.by_id.values() if parts.mark(d)}
    standing: dict[str, list[Page]] = {column.name: [] for column in library.config.columns}
    for page in pages:
        if page.kind == "html":
            standing.get(column_name(page), []).append(page)
    columns = library.config.columns
    view = SiteMapView(
        frame=frame(library, routes.SITE_MAP, title="网站地图"),
        groups=tuple(_group(column, standing[column.name], ended=ended) for column in columns),
    )
    return Page(routes.SITE_MAP, "html", "pages/site_map.html", view, ("config.yaml",))


def _tile(column: Column) -> Tile:
    return Tile(column.name, column.description, routes.column(column))


def _latest(context: Context) -> tuple[Item, ...]:
    """The newest publications of all kinds that have a date."""
    return tuple(parts.listed(found) for found in publications(context)[:LATEST])


def _figures(context: Context) -> tuple[str, tuple[Figure, ...]]:
    """The key figures of the newest report that has a table."""
    library, column = context.library, context.library.config.column("reports")
    filled = [r for r in library.reports if r.table and library.is_public(r)]
    newest: AnnualReport | None = max(filled, key=lambda r: r.year, default=None)
    if newest is None or newest.table is None or column is None:
        return "", ()
    path = routes.annual_report(column, newest.year)
    return f"{newest.year}年公开情况", figures(context, newest, path=path)


def _group(column: Column, pages: list[Page], *, ended: Mapping[str, str]) -> MapGroup:
    """A column's own pages, those of its inner columns excepted; `ended` by path."""
    start = routes.column(column)
    links = tuple(
        Link(_titled(page, ended), routes.href(page.path)) for page in pages if page.path != start
    )
    return MapGroup(column.name, start, links)


def _titled(page: Page, ended: Mapping[str, str]) -> str:
    title: str = page.view.frame.title
    return f"{title}（{ended[page.path]}）" if page.path in ended else title
