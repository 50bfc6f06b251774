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
from site_builder.pages.document_views import DocumentView
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Link, LinkGroup
from site_builder.pages.texts import chapters

ENDED_BY = {"已修改": "修改", "已废止": "废止"}
NOTICES = {
    "已修改": "本文件已被修改，请以修改后的文本为准",
    "已废止": "本文件已废止，仅供查阅",
    "已失效": "本文件已失效，仅供查阅",
    "尚未施行": "本文件尚未施行",
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
        notice=_notice(context, document),
        instead=_instead(context, document),
        summary=document.summary,
        chapters=chapters(document.body),
        links=parts.links_of(context, document),
        attachments=parts.downloads(context, document.attachments),
        related=tuple(_related(context, document)),
        changes=parts.change_facts(document),
        provenance=document.provenance,
    )
    return Page(path, "html", "pages/document.html", view, (document.origin.place.file,))


def _notice(context: Context, document: Document) -> str:
    """That it is not in force, since when and by what; empty for a document in force."""
    said = NOTICES.get(document.validity or "", "")
    if not said:
        return ""
    if document.validity == "尚未施行":
        start = parts.day(document.effective)
        return f"{said}，自{start}起施行。" if start else f"{said}。"
    since = f"{parts.day(document.ended)}起" if document.ended else ""
    repealing = context.related.get((document.id, "废止"), ())
    by = document.ended_by or "、".join(f"《{other.title}》" for other in repealing)
    more = f"（{since}{'，' if since and by else ''}{'依据' + by if by else ''}）"
    return f"{said}{more}。" if since or by else f"{said}。"


def _instead(context: Context, document: Document) -> tuple[Link, ...]:
    """What modified or repealed it."""
    said = ENDED_BY.get(document.validity or "", "")
    return tuple(map(_link, context.related.get((document.id, said), ())))


def _related(context: Context, document: Document) -> Iterator[LinkGroup]:
    """The documents it speaks of, and those that speak of it."""
    own = (
        ("本文件修改的文件", document.amends),
        ("本文件废止的文件", document.repeals),
        ("本篇解读的文件", document.interprets),
    )
    for title, ids in own:
        links = tuple(_link(context.by_id[id]) for id in ids if id in context.by_id)
        if links:
            yield LinkGroup(title, links)
    for title, said in (
        ("修改本文件的文件", "修改"),
        ("废止本文件的文件", "废止"),
        ("相关解读", "解读"),
    ):
        links = tuple(map(_link, context.related.get((document.id, said), ())))
        if links:
            yield LinkGroup(title, links)


def _link(document: Document) -> Link:
    return Link(parts.marked(document), routes.href(routes.document(document)))
