"""What a workbook lists: its sheets, its shared texts, its date formats.

Promise: each worksheet is listed once, under the name its clerk sees, with the part it stands in.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from site_builder.sources.workbook_guard import UnfitError
from site_builder.sources.workbook_xml import Attributes, parse

BUILT_IN_DATES = frozenset(
    map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
)
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet as the workbook lists it; `part` is its name inside the archive."""

    name: str
    part: str
    hidden: bool


def sheet_parts(parts: dict[str, bytes]) -> tuple[SheetPart, ...]:
    """The worksheets in the workbook's order, hidden ones included, charts left out.

    Raises UnfitError where the list is damaged or names one sheet twice.
    """
    relations: dict[str, str] = {}
    sheets: list[SheetPart] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            relations[attributes.get("Id", "")] = _target(attributes.get("Target", ""))

    def sheet(name: str, attributes: Attributes) -> None:
        part = relations.get(_relation_id(attributes)) if name == "sheet" else None
        if part is not None:
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), part, hidden))

    parse(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    parse(parts["xl/workbook.xml"], sheet)
    names = {sheet.name for sheet in sheets}
    targets = {sheet.part for sheet in sheets}
    if not len(names) == len(targets) == len(sheets) or not targets <= parts.keys():
        raise UnfitError("文件已经损坏，工作表的清单对不上")
    return tuple(sheets)


def text_lengths(parts: dict[str, bytes]) -> list[int]:
    """How long each of the workbook's shared texts is, in characters."""
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(piece: str) -> None:
        if lengths:
            lengths[-1] += len(piece)

    shared = parts.get("xl/sharedstrings.xml")
    if shared:
        parse(shared, start, text=text)
    return lengths


def date_styles(parts: dict[str, bytes]) -> frozenset[int]:
    """The numbers of the cell styles that show a figure as a date or a time."""
    formats = set(BUILT_IN_DATES)
    styles: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt" and shows_dates(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        if name == "xf" and within[-1:] == ["cellXfs"]:
            styles.append(attributes.get("numFmtId", ""))
        within.append(name)

    def end(_: str) -> None:
        within.pop()

    listed = parts.get("xl/styles.xml")
    if listed:
        parse(listed, start, end=end)
    return frozenset(number for number, style in enumerate(styles) if style in formats)


def shows_dates(code: str) -> bool:
    """Whether a number format shows a figure as a date or a time."""
    signs = _NO_DATE.sub("", code.replace("General", ""))
    return any(sign in "dmyhs" for sign in signs.lower())


def _relation_id(attributes: Attributes) -> str:
    return next((text for name, text in attributes.items() if name.endswith(":id")), "")


def _target(target: str) -> str:
    """A relation's target as a name in the archive; relative ones start from `xl/`."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()
