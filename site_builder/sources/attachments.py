"""Attachments: what stands inside a file that would be published as it is.

Promise: every kind of file is either looked through or said to be one that cannot be; a damaged or
locked one is reported, never passed over, and nothing in it is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from site_builder.model.library import AttachmentFinding
from site_builder.model.personal import CODES, find_personal, masked
from site_builder.sources.texts import read_text

SHEETS = (".xlsx", ".xlsm", ".xls")
DOCUMENTS = (".docx", ".docm")
TEXTS = (".txt", ".md", ".csv", ".html", ".htm", ".xml", ".json")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp")
MOST = 20  # findings told of one file


@dataclass(frozen=True, slots=True)
class Piece:
    """A text inside a file, the spot it stands in, and the head of its column in a table."""

    where: str
    text: str
    heading: str = ""


class Unreadable(Exception):
    """Why a file cannot be looked through, in Chinese."""


def scan_attachment(data: bytes, path: str) -> tuple[AttachmentFinding, ...]:
    """What should not be published of a file, at most twenty findings of it."""
    if not data:
        return (AttachmentFinding("V305", "", "是空的，一个字节也没有"),)
    try:
        found = dict.fromkeys(_findings(data, PurePosixPath(path).suffix.lower(), path=path))
    except Unreadable as reason:
        found = {AttachmentFinding("V305", "", f"打不开：{reason}"): None}
    return tuple(found)[:MOST]


def _findings(data: bytes, ending: str, *, path: str) -> Iterator[AttachmentFinding]:
    if ending in SHEETS:
        from site_builder.sources.attached_sheets import inside_workbook

        pieces, found = inside_workbook(data, path)
    elif ending in DOCUMENTS:
        from site_builder.sources.attached_documents import inside_document

        pieces, found = inside_document(data)
    elif ending == ".pdf":
        from site_builder.sources.attached_pdf import inside_pdf

        pieces, found = inside_pdf(data)
    elif ending in PICTURES:
        from site_builder.sources.attached_pictures import inside_picture

        pieces, found = (), inside_picture(data)
    elif ending in TEXTS:
        pieces, found = _lines(read_text(data, path)[0]), ()
    else:
        pieces, found = (), (AttachmentFinding("V306", "", f"是 {ending or '没有后缀名的'} 文件"),)
    yield from found
    yield from _personal(pieces)


def _lines(text: str) -> tuple[Piece, ...]:
    """The whole of a text, and each cell of what is laid out as a table with the head above it."""
    rows = [line.split(",") for line in text.split("\n")]
    heads = rows[0] if len(rows[0]) > 1 else []
    cells = (
        Piece(f"第{n}行", cell, heads[i])
        for n, row in enumerate(rows[1:], 2)
        for i, cell in enumerate(row[: len(heads)])
    )
    return (*cells, Piece("", text))


def _personal(pieces: Iterable[Piece]) -> Iterator[AttachmentFinding]:
    seen: set[str] = set()
    for piece in pieces:
        for found in find_personal(piece.text, piece.heading):
            words = piece.text[found.start : found.end]
            if words not in seen:
                seen.add(words)
                said = f"有{found.kind} {masked(words)}"
                yield AttachmentFinding(CODES[found.kind], piece.where, said, words)
