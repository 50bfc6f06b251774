"""Lineage: what documents say of one another, and what each must hold.

Promise: a document named by another exists, an end of validity has its reason, and no document is
without a text that everybody can read.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Document
from site_builder.model.library import Library
from site_builder.problems import Place, Problem

LINKS = ("修改", "废止", "解读")
ENDED = ("已废止", "已失效")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif")


def check_lineage(library: Library) -> Iterator[Problem]:
    """修改, 废止, 解读: each names a document held here by 编号, and not the document itself."""
    documents = {document.id: document for document in library.documents}
    for document in library.documents:
        for label, ids in _links(document):
            for id in ids:
                place = document.origin.at(label)
                if id == document.id:
                    yield Problem("D511", place, f"“{label}”写的是这篇文件自己的编号")
                elif id not in documents and library.all_ids_known():
                    yield Problem("D511", place, f"没有编号为“{id}”的文件", hint=_hint(label))
                elif label != "解读" and id in documents:
                    yield from _validity(document, documents[id], label=label, place=place)


def check_ended(library: Library) -> Iterator[Problem]:
    """已废止, 已失效: by what, and since when."""
    repealed = {id for document in library.documents for id in document.repeals}
    for document in library.documents:
        if document.validity in ENDED:
            place = document.origin.at("有效性")
            if document.id not in repealed and not document.ended_by:
                message = f"《{document.title}》{document.validity}，没有写明依据哪一份文件"
                yield Problem("D512", place, message)
            if document.ended is None:
                yield Problem(
                    "D513", place, f"《{document.title}》{document.validity}，没有写明日期"
                )
        elif document.ended or document.ended_by:
            place, said = document.origin.at("有效性"), document.validity or "空着"
            message = f"写了废止日期或者废止依据，有效性却是“{said}”"
            yield Problem("D514", place, message)


def check_substance(library: Library) -> Iterator[Problem]:
    """A text or an attachment; and where there are only pictures of a text, the text as well."""
    for document in library.documents:
        has_text = any(section.text.strip() for section in document.body)
        place = Place(document.origin.place.file)
        files = [attachment.file.lower() for attachment in document.attachments]
        if has_text:
            continue
        if not files:
            yield Problem("D515", place, f"《{document.title}》没有正文，也没有附件")
        elif all(file.endswith(PICTURES) for file in files):
            yield Problem("D516", place, f"《{document.title}》只有图片，没有可以读出来的文字")


def check_reasons(library: Library) -> Iterator[Problem]:
    """依申请公开, 不予公开: with the reason that 《条例》 Art. 13 to 16 ask for."""
    for document in library.documents:
        if document.openness != "主动公开" and not document.reason:
            message = f"公开属性是“{document.openness}”，没有写不公开理由"
            yield Problem("D517", document.origin.at("公开属性"), message)


def check_change_notes(library: Library) -> Iterator[Problem]:
    """更正: dated after publication, not in the future, in order."""
    for record in library.records():
        former = record.published
        for change in record.changes:
            place = change.origin.at("日期")
            if former and change.day < former:
                message = f"更正的日期 {change.day} 早于公开或者前一次更正的日期 {former}"
                yield Problem("D518", place, message)
            if change.day > library.as_of:
                yield Problem("D518", place, f"更正的日期 {change.day} 还没有到")
            former = change.day


def _links(document: Document) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(zip(LINKS, (document.amends, document.repeals, document.interprets), strict=True))


def _hint(label: str) -> str:
    return "不在本站的文件写进“废止依据”或者正文。" if label == "废止" else ""


def _validity(
    document: Document, other: Document, *, label: str, place: Place
) -> Iterator[Problem]:
    """What is repealed or amended says so itself, once the later document is in force."""
    expected = ENDED if label == "废止" else (*ENDED, "已修改")
    if other.validity not in expected and document.validity != "尚未施行":
        what = other.validity or "没有写"
        message = f"本文件{label}了《{other.title}》，那一篇的有效性却是“{what}”"
        yield Problem("D519", place, message, related=(other.origin.at("有效性"),))
