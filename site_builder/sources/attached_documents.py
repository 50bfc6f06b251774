"""Word documents that are published as they are: text, notes, changes, hidden words, author.

Promise: every part that a reader of the file can open is looked through, headers, footnotes and
comments among them.
"""

from __future__ import annotations

import re

from site_builder.model.library import AttachmentFinding
from site_builder.sources.attachments import Piece, Unreadable
from site_builder.sources.office_parts import Part, author_of, read_part
from site_builder.sources.workbook_guard import WORD, UnfitError, unpack
from site_builder.sources.workbook_xml import Attributes

PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
FINDINGS = {
    "hidden": ("V301", "有隐藏的文字"),
    "comment": ("V302", "有批注"),
    "tracked": ("V302", "有没有接受的修订，删掉的字还在文件里"),
}


def inside_document(data: bytes) -> tuple[tuple[Piece, ...], tuple[AttachmentFinding, ...]]:
    """The texts of a .docx file, and what is hidden or noted in it. Raises Unreadable."""
    try:
        parts = unpack(data, WORD)
        found = [read_part(parts[name], _see) for name in sorted(parts) if PART.fullmatch(name)]
        authors = tuple(author_of(parts))
    except UnfitError as error:
        raise Unreadable(str(error)) from error
    seen = dict.fromkeys(kind for part in found for kind in part.seen)
    told = (AttachmentFinding(FINDINGS[kind][0], "", FINDINGS[kind][1]) for kind in seen)
    return tuple(Piece("", part.text) for part in found), (*told, *authors)


def _see(part: Part, name: str, given: Attributes) -> str:
    if name in TRACKED and "rPr" not in part.inside:
        return "tracked"
    if name == "vanish" and given.get("w:val", "1") not in ("0", "false"):
        return "hidden"
    return "comment" if name == "comment" else ""
