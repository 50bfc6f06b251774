"""Parts: pieces of views that several pages share.

Promise: a record is shown the same way wherever it appears.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import unquote

from site_builder.model.disclosure import (
    Account,
    Attachment,
    Document,
    Record,
    RegisterEntry,
)
from site_builder.model.library import AttachedFile, Library
from site_builder.model.site import Column
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.frames import Article
from site_builder.pages.pieces import Download, Fact, Item, Link
from site_builder.pages.publications import Publication
from site_builder.pages.texts import TARGET

ENDED = ("已废止", "已失效")
UNITS = ((1024 * 1024, "MB"), (1024, "KB"))


def facts(record: Record) -> tuple[Fact, ...]:
    """The catalogue fields of a record, without those it does not state."""
    document = record if isinstance(record, Document) else None
    pairs = [
        *_account_facts(record),
        ("索引号", record.index_number),
        ("文号", document.number if document else ""),
        ("发布机构", record.issuer),
        ("联合发文机关", "、".join(document.joint) if document else ""),
        ("成文日期", day(record.issued)),
        ("公开日期", day(record.published) + _days_after(record)),
        ("实施日期", day(document.effective) if document else ""),
        ("废止日期", day(document.ended) if document else ""),
        ("主题分类", document.topic if document else ""),
        ("体裁", document.genre if document else ""),
        ("公开属性", record.openness),
        ("有效性", (document.validity or "") if document else ""),
    ]
    return tuple(_fact(label, value) for label, value in pairs if value)


def days_after(record: Account) -> str:
    """批复后10日: from approval to publication, counted for the twenty days of 《预算法》 Art. 14.

    Empty where a date is not known, or where publication came first.
    """
    if record.approved is None or record.published is None:
        return ""
    days = (record.published - record.approved).days
    return f"批复后{days}日" if days >= 0 else ""


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """2018年3月2日; empty for an unknown date."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@lru_cache(maxsize=4096)
def iso(value: date | None) -> str:
    """2018-03-02; empty for an unknown date."""
    return value.isoformat() if value else ""


def article(library: Library, record: Record) -> Article:
    """What the labels of the record's page say."""
    source = record.issuer or library.config.site.bureau
    return Article(record.published, source, record.summary)


def links_of(context: Context, record: Record) -> tuple[Link, ...]:
    """What 编号:… and 附件/… in a record's text lead to, each target once."""
    text = "\n".join(section.text for section in record.body)
    held = "编号:" in text or "附件/" in text  # most texts need no closer look
    named = dict.fromkeys(TARGET.findall(text) if held else ())
    found = ((target, context.targets.get(unquote(target))) for target in named)
    return tuple(Link(target, path) for target, path in found if path)


def downloads(context: Context, attachments: tuple[Attachment, ...]) -> tuple[Download, ...]:
    """Attachments with type, size and SHA-256."""
    return tuple(_download(a, context.files.get(a.file)) for a in attachments)


def sources_of(entries: Iterable[RegisterEntry]) -> tuple[str, ...]:
    """What registers say of their sources and doubts, each once."""
    said = (text for entry in entries for text in (entry.provenance, entry.remark))
    return tuple(dict.fromkeys(text for text in said if text))


def size(count: int) -> str:
    """12 KB, 3.4 MB."""
    for unit, name in UNITS:
        if count >= unit:
            return f"{count / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{count} B"


@lru_cache(maxsize=4096)
def _fact(label: str, value: str) -> Fact:
    """Many documents have the same, which is held once."""
    return Fact(label, value)


def _account_facts(record: Record) -> tuple[tuple[str, str], ...]:
    if not isinstance(record, Account):
        return ()
    return (
        ("年度", f"{record.year}年"),
        ("批复日期", day(record.approved)),
        ("批复文号", record.approval),
    )


def _days_after(record: Record) -> str:
    days = days_after(record) if isinstance(record, Account) else ""
    return f"（{days}）" if days else ""


def _download(attachment: Attachment, file: AttachedFile | None) -> Download:
    return Download(
        text=attachment.title,
        path=routes.href(routes.attachment(attachment.file)),
        type=attachment.file.rsplit(".", 1)[-1].upper(),
        extent=size(file.size if file else 0),
        sha256=file.sha256 if file else "",
    )


def item(record: Document, column: Column) -> Item:
    """A document as a line of a list."""
    return listed(Publication(record, column, routes.document(record)))


def listed(publication: Publication) -> Item:
    """Any publication as a line of a list."""
    record, path = publication.record, routes.href(publication.path)
    return Item(record.title, path, iso(publication.day), publication.column.name, mark(record))


def mark(record: Record) -> str:
    """已废止 or 已失效 for a document that is no longer in force."""
    validity = record.validity if isinstance(record, Document) else None
    return validity if validity in ENDED else ""


def marked(record: Record) -> str:
    """Its title as a list without marks of its own shows it: 某某办法（已废止）."""
    return f"{record.title}（{mark(record)}）" if mark(record) else record.title


def change_facts(record: Record) -> tuple[Fact, ...]:
    """What was corrected since publication, by date."""
    return tuple(Fact(day(change.day), change.text) for change in record.changes)
