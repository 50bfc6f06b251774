"""Whole lists: what leads to everything that is public, and to which of it is policy.

Promise: a link to a list is only given where the list has a page.
"""

from __future__ import annotations

from site_builder.model.disclosure import Document
from site_builder.model.page import PageKind
from site_builder.pages import routes
from site_builder.pages.context import Context, newest_first
from site_builder.pages.pieces import Link

DIRECTORY = "信息公开目录"
POLICIES = "政策文件库"
LIST_KINDS: dict[str, PageKind] = {"csv": "list-csv", "xlsx": "list-xlsx", "json": "list-json"}
POLICY_ITEM = 1  # of Art. 20: 行政法规、规章和规范性文件


def whole_lists(context: Context) -> tuple[Link, ...]:
    """The catalogue, and the tables beside it where there are any."""
    links = [Link(DIRECTORY, routes.CATALOGUE)]
    if policy_documents(context):
        links.append(Link(POLICIES, routes.policies()))
    links += [Link(s.title, routes.standard_items()) for s in context.library.standards[:1]]
    return tuple(links)


def policy_documents(context: Context) -> tuple[Document, ...]:
    """Public documents of the columns of Art. 20 item 1, and all that state their 有效性.

    What explains a document stands beside it and is none itself.
    """
    found = [
        document
        for slug, documents in context.documents.items()
        for document in documents
        if not document.interprets
        and (document.validity or context.columns[slug].item == POLICY_ITEM)
    ]
    return newest_first(found)
