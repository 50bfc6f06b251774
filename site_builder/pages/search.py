"""Search: the search page, and the index of every text of the site.

Promise: what has a page of its own can be found and nothing else; one edited text changes the index
of its block alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.page import Page
from site_builder.model.search import Block, Entry
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.search_entries import entries
from site_builder.pages.search_state import blocks_of, letter, pages_of, state_of
from site_builder.pages.search_views import Choice, OpenSearchView, SearchState, SearchView

SHORT = 16  # characters of a name in OpenSearch


def plan_search(context: Context, pages: list[Page]) -> Iterator[Page]:
    """The page, its description, the map of the index and the index itself."""
    found = entries(context, pages)
    choices = tuple(_choices(context, found))
    yield _page(context, choices, years=sorted({e.day[:4] for e in found if e.day}, reverse=True))
    yield from _description(context)
    names = tuple(column.name for column in context.library.config.columns)
    yield from index_pages(found, choices, names=names)


def index_pages(
    found: tuple[Entry, ...], choices: tuple[Choice, ...] = (), names: tuple[str, ...] = ()
) -> Iterator[Page]:
    """The files of the index; `found` goes from the oldest to the newest."""
    blocks = blocks_of(found)
    numbered = tuple((letter(n), name) for n, name in enumerate(names))
    state = SearchState(choices, numbered, tuple(map(state_of, blocks)))
    yield from pages_of(state, tuple(map(Block, blocks)))


def _page(context: Context, choices: tuple[Choice, ...], *, years: list[str]) -> Page:
    view = SearchView(
        frame=frame(context.library, routes.SEARCH, title="站内搜索"),
        columns=choices,
        years=tuple(years),
        all_path=routes.FULL_LISTING,
    )
    return Page(routes.SEARCH, "html", "pages/search.html", view, ("config.yaml",))


def _description(context: Context) -> Iterator[Page]:
    site = context.library.config.site
    if site.url:
        view = OpenSearchView(site.bureau[:SHORT], f"{site.name}：站内搜索", site.url)
        yield Page(routes.OPENSEARCH, "text", "feeds/opensearch.xml", view, ("config.yaml",))


def _choices(context: Context, found: tuple[Entry, ...]) -> Iterator[Choice]:
    """Every column with entries in it or in a column beneath it."""
    columns = context.library.config.columns
    used = {entry.column for entry in found}
    for column in columns:
        inner = (
            n
            for n, c in enumerate(columns)
            if n in used and (c == column or c.folder.startswith(f"{column.folder}/"))
        )
        letters = "".join(map(letter, inner))
        if letters:
            yield Choice(column.slug, column.name, letters)
