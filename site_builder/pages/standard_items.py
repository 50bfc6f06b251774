"""公开标准目录: the rows of the official table, and which of them are published.

Promise: a row stands as the table has it; a row without documents says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.standard_items import StandardItem, StandardItems
from site_builder.pages import routes
from site_builder.pages.catalogue_views import (
    ListExportView,
    StandardItemsView,
    StandardRow,
    StandardTable,
)
from site_builder.pages.context import Context, newest_first
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Download, Link
from site_builder.pages.whole_lists import DIRECTORY, LIST_KINDS

MOST = 5  # of the documents of a row that are shown
HEADINGS = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
)
PUBLISHED = "本站公开的文件"


def plan_standard_items(context: Context) -> Iterator[Page]:
    """The page and its files to reuse; nothing where the site has taken no such table."""
    standards = context.library.standards
    if not standards:
        return
    found, path = _documents(context), routes.standard_items()
    column = context.library.config.column("catalogue")
    view = StandardItemsView(
        frame=frame(
            context.library,
            path,
            title=standards[0].title,
            column=column,
            crumbs=(Link(DIRECTORY, routes.CATALOGUE),),
        ),
        headings=(*HEADINGS, PUBLISHED),
        tables=tuple(_table(standard, found) for standard in standards),
        downloads=tuple(
            Download("公开标准目录", routes.standard_items_export(name), name.upper(), "")
            for name in LIST_KINDS
        ),
    )
    sources = tuple(standard.origin.place.file for standard in standards)
    yield Page(path, "html", "pages/standard_items.html", view, sources)
    yield from _exports(context, found)


def _documents(context: Context) -> Mapping[str, tuple[Document, ...]]:
    """The public documents of each row, the newest first."""
    found: dict[str, list[Document]] = {}
    for document in context.by_id.values():
        for number in document.standard_items:
            found.setdefault(number, []).append(document)
    return {number: newest_first(documents) for number, documents in found.items()}


def _table(standard: StandardItems, found: Mapping[str, tuple[Document, ...]]) -> StandardTable:
    rows = tuple(
        StandardRow(
            cells=_cells(item),
            documents=tuple(
                Link(d.title, routes.href(routes.document(d)))
                for d in found.get(item.number, ())[:MOST]
            ),
        )
        for item in standard.items
    )
    return StandardTable(standard.title, standard.remark, standard.source, rows)


def _cells(item: StandardItem) -> tuple[str, ...]:
    return (
        *(item.number, item.first, item.second, item.contents, item.basis, item.term),
        *(item.publisher, item.channels, item.audience, item.manner, item.level),
    )


def _exports(context: Context, found: Mapping[str, tuple[Document, ...]]) -> Iterator[Page]:
    library = context.library
    view = ListExportView(
        title=library.standards[0].title,
        publisher=library.config.site.bureau,
        columns=(*HEADINGS, PUBLISHED),
        rows=tuple(
            (*_cells(item), "；".join(d.title for d in found.get(item.number, ())))
            for item in library.standard_rows()
        ),
    )
    for name in LIST_KINDS:
        path = routes.standard_items_export(name)
        yield Page(path, LIST_KINDS[name], "", view, ("config.yaml",))
