"""Word documents: the main part of a .docx file → paragraphs and grids.

Promise: text that a reader of the document sees comes out once, in order, merged cells as one
box; what has no text of its own (pictures, numbers that Word adds by itself, changes not yet
accepted) is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from site_builder.problems import Place, Problem
from site_builder.sources.blocks import Block, Box, Grid, Paragraph, is_too_large
from site_builder.sources.workbook_guard import WORD, UnfitError, unpack
from site_builder.sources.workbook_scan import address
from site_builder.sources.workbook_xml import Attributes, parse

MAX_TEXT = 8_000_000
MAX_SPAN = 1000
UNSEEN = frozenset({"del", "moveFrom", "Fallback", "pPrChange", "rPrChange", "sectPr", "tblPrEx"})
TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo"})
PICTURES = frozenset({"drawing", "pict", "object"})
FAULTS = {
    "tracked": ("F515", "文档里有还没有接受的修订，读到的是接受以后的文字"),
    "numbered": ("F515", "这一段的编号是 Word 自动加的，文字里没有，不会带进来"),
    "hidden": ("F515", "这里有设为隐藏的文字，也读进来了"),
    "picture": ("F508", "这里有图片或对象，里面的文字和数读不出来"),
    "nested": ("F503", "表格里面又有表格，认不出各格的位置"),
}


@dataclass(slots=True)
class _Table:
    """A table being read: the boxes so far, and those that may go on in the row below."""

    number: int
    boxes: list[Box] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)  # column → index of its box in `boxes`
    row: int = -1
    column: int = 0
    width: int = 1
    merge: str = ""
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One pass over the document."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    faults: dict[tuple[str, Place], None] = field(default_factory=dict)
    table: _Table | None = None
    inner: int = 0  # tables inside the table
    unseen: int = 0
    paragraphs: int = 0
    tables: int = 0
    pieces: list[str] = field(default_factory=list)
    in_text: bool = False
    length: int = 0


def read_word(data: bytes, file: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a .docx file; none, with an F501, where the file is unfit."""
    reading = _Reading(file)
    try:
        parts = unpack(data, WORD)
        parse(
            parts[WORD],
            lambda name, attributes: _start(reading, name, attributes=attributes),
            end=lambda name: _end(reading, name),
            text=lambda piece: _text(reading, piece),
        )
    except UnfitError as reason:
        return (), (Problem("F501", Place(file), str(reason)),)
    problems = (Problem(FAULTS[kind][0], place, FAULTS[kind][1]) for kind, place in reading.faults)
    return tuple(reading.blocks), tuple(problems)


def _start(reading: _Reading, name: str, *, attributes: Attributes) -> None:
    if name in TRACKED:
        reading.faults["tracked", Place(reading.file)] = None
    if name in UNSEEN or reading.unseen:
        reading.unseen += name in UNSEEN
        return
    reading.in_text = name == "t"
    if name in PICTURES:
        reading.faults["picture", _here(reading)] = None
    elif name == "vanish":
        reading.faults["hidden", _here(reading)] = None
    elif name == "numPr":
        reading.faults["numbered", _here(reading)] = None
    elif name in ("tab", "br", "cr") and reading.pieces:
        reading.pieces.append(" ")
    elif name == "tbl":
        _open_table(reading)
    elif reading.table is not None and not reading.inner:
        _start_in_table(reading.table, name, attributes=attributes)


def _start_in_table(table: _Table, name: str, *, attributes: Attributes) -> None:
    value = next((text for key, text in attributes.items() if key.endswith("val")), "")
    if name == "tr":
        table.row, table.column = table.row + 1, 0
    elif name == "gridBefore":
        table.column += _number(value)
    elif name == "tc":
        table.width, table.merge, table.pieces = 1, "", []
    elif name == "gridSpan":
        table.width = max(_number(value), 1)
    elif name == "vMerge":
        table.merge = "restart" if value == "restart" else "continue"


def _end(reading: _Reading, name: str) -> None:
    reading.in_text = False
    if name in UNSEEN:
        reading.unseen -= 1
    elif reading.unseen:
        return
    elif name == "p":
        _end_paragraph(reading)
    elif name == "tbl":
        _end_table(reading)
    elif name == "tc" and reading.table is not None and not reading.inner:
        _end_cell(reading.table, reading.file)


def _text(reading: _Reading, piece: str) -> None:
    if reading.in_text and not reading.unseen:
        reading.length += len(piece)
        if reading.length > MAX_TEXT:
            raise UnfitError("文档里的文字太多")
        reading.pieces.append(piece)


def _end_paragraph(reading: _Reading) -> None:
    text = "".join(reading.pieces).strip()
    reading.pieces = []
    if reading.table is not None:
        reading.table.pieces += [text] if text else []
        return
    reading.paragraphs += 1
    if text:
        place = Place(reading.file, cell=f"第{reading.paragraphs}段")
        reading.blocks.append(Paragraph(text, place))


def _open_table(reading: _Reading) -> None:
    if reading.table is not None:
        reading.inner += 1
        reading.faults["nested", _here(reading)] = None
        return
    reading.tables += 1
    reading.table = _Table(reading.tables)


def _end_table(reading: _Reading) -> None:
    if reading.inner:
        reading.inner -= 1
        return
    table, reading.table = reading.table, None
    if table is None or not table.boxes:
        return
    if is_too_large(table.boxes):
        raise UnfitError("文档里的表格太大")
    name = f"表{table.number}"
    place = Place(reading.file, cell=f"{name}!A1")
    reading.blocks.append(Grid(name, place, tuple(table.boxes)))


def _end_cell(table: _Table, file: str) -> None:
    """A cell that continues the one above makes that one higher; its own text is not seen."""
    column, table.column = table.column, table.column + table.width
    above = table.above.get(column)
    if table.merge == "continue" and above is not None:
        box = table.boxes[above]
        table.boxes[above] = replace(box, height=table.row - box.top + 1)
        return
    place = Place(file, cell=f"表{table.number}!{address(max(table.row, 0), column)}")
    text = " ".join(table.pieces)
    table.boxes.append(Box(text, place, max(table.row, 0), column, 1, table.width))
    table.above[column] = len(table.boxes) - 1


def _here(reading: _Reading) -> Place:
    table = reading.table
    if table is None:
        return Place(reading.file, cell=f"第{reading.paragraphs + 1}段")
    spot = address(max(table.row, 0), table.column)
    return Place(reading.file, cell=f"表{table.number}!{spot}")


def _number(text: str) -> int:
    return min(int(text), MAX_SPAN) if text.isdecimal() and len(text) < 6 else 0
