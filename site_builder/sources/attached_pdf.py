"""PDF files that are published as they are: their text, page by page, notes and author.

Promise: a damaged or locked file is said to be one; a page that is only a picture is told of.
"""

from __future__ import annotations

import io
import logging

from site_builder.model.library import AttachmentFinding
from site_builder.sources.attachments import Piece, Unreadable

MOST_PAGES = 2_000
NOTES = ("/Text", "/FreeText", "/Popup")
# What the library lets through of a file that lies about itself.
FAULTS = (
    ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


def inside_pdf(data: bytes) -> tuple[tuple[Piece, ...], tuple[AttachmentFinding, ...]]:
    """The text of each page, and what is noted in the file. Raises Unreadable."""
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _inside(data)
    except (PyPdfError, *FAULTS) as error:
        raise Unreadable("PDF 已经损坏，或者设了密码") from error


def _inside(data: bytes) -> tuple[tuple[Piece, ...], tuple[AttachmentFinding, ...]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("PDF 设了打开密码")
    pieces: list[Piece] = []
    found: list[AttachmentFinding] = []
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES:
            found.append(AttachmentFinding("V306", "", f"超过 {MOST_PAGES} 页，后面的没有看"))
            break
        pieces.append(Piece(f"第{number}页", page.extract_text()))
        if any(note.get_object().get("/Subtype") in NOTES for note in page.annotations or ()):
            found.append(AttachmentFinding("V302", f"第{number}页", "有批注"))
    if pieces and not any(piece.text.strip() for piece in pieces):
        found.append(AttachmentFinding("V306", "", "每一页都是图片，里面的字看不到"))
    author = (reader.metadata.author or "").strip() if reader.metadata else ""
    if author:
        found.append(AttachmentFinding("V303", "", f"的文件属性里有作者“{author}”", author))
    return tuple(pieces), tuple(found)
