"""Documents: one page each.

Promise: facts, text and attachments stand in one order on every document, and a document that is
no longer in force says so above its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.views import DocumentView

NOTICES = {
    "已修改": "本文件已被修改，请以修改后的文本为准。",
    "已废止": "本文件已废止，仅供查阅。",
    "已失效": "本文件已失效，仅供查阅。",
    "尚未施行": "本文件尚未施行。",
}


def plan_documents(context: Context) -> Iterator[Page]:
    """A page for every public document."""
    for slug, documents in context.documents.items():
        for document in documents:
            yield _document(context, context.columns[slug], document=document)


def _document(context: Context, column: Column, *, document: Document) -> Page:
    path = routes.document(document)
    article = parts.article(context.library, document)
    view = DocumentView(
        frame=frame(context.library, path, title=document.title, column=column, article=article),
        facts=parts.facts(document),
        notice=NOTICES.get(document.validity or "", ""),
        summary=document.summary,
        chapters=parts.chapters(document.body),
        links=parts.links_of(context, document),
        attachments=parts.downloads(context, document.attachments),
        provenance=document.provenance,
    )
    return Page(path, "html", "pages/document.html", view, (document.origin.place.file,))
