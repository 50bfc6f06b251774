"""Web pages: a saved HTML file → paragraphs and grids.

Promise: scripts, navigation and forms never become text of a report; a table that only arranges
the page is taken apart, one that holds figures keeps its merged cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from site_builder.problems import Place, Problem
from site_builder.sources.blocks import MAX_BOXES, Block, Box, Grid, Paragraph

LEFT_OUT = frozenset(
    {
        *("script", "style", "title", "template", "noscript", "nav", "header", "footer", "aside"),
        *("button", "select", "svg"),
    }
)
BREAKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl"),
        *(
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "html",
        ),
        *("p", "legend", "li", "main", "ol", "pre", "section", "ul"),
    }
)
MAX_SPAN = 1000
MAX_DEPTH = 20
MAX_DECLARATIONS = 1000  # comments and the like; each may cost a look through the whole page


@dataclass(slots=True)
class _Table:
    """A table being read; `taken` are the positions that merged cells cover."""

    place: Place
    boxes: list[Box] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    row: int = -1
    column: int = 0
    is_full: bool = False
    open: Box | None = None
    pieces: list[str] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)


def read_web_page(text: str, file: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a page, and an F501 where it is beyond measure."""
    if text.count("<!") + text.count("<?") > MAX_DECLARATIONS or text.count("<") > text.count(">"):
        message = "网页不完整，或者注释多得不合情理"
        return (), (Problem("F501", Place(file), message),)
    reader = _Reader(file)
    reader.feed(text)
    reader.close()
    reader.finish()
    return tuple(reader.blocks), tuple(reader.problems)


class _Reader(HTMLParser):
    """One reading; the parser of the standard library calls its methods."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.tables: list[_Table] = []
        self.left_out = ""
        self.depth = 0
        self.pieces: list[str] = []
        self.begin: Place | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.left_out or tag in LEFT_OUT:
            self.left_out = self.left_out or tag
            self.depth += tag == self.left_out
            return
        if tag in BREAKS:
            self._end_paragraph()
        elif tag == "table":
            self._end_paragraph()
            if len(self.tables) < MAX_DEPTH:
                self.tables.append(_Table(self._place()))
        elif self.tables and tag == "tr":
            self._end_cell()
            self.tables[-1].row += 1
            self.tables[-1].column = 0
        elif self.tables and tag in ("td", "th"):
            self._end_cell()
            self._open_cell(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            self.depth -= tag == self.left_out
            self.left_out = self.left_out if self.depth else ""
            return
        if tag in BREAKS:
            self._end_paragraph()
        elif self.tables and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self.tables and tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:  # the name is the parser's
        if self.left_out:
            return
        if data.strip() and self.begin is None:
            self.begin = self._place()
        self.pieces.append(data)

    def finish(self) -> None:
        """Close what the page left open."""
        while self.tables:
            self._end_table()
        self._end_paragraph()

    def _place(self) -> Place:
        line, column = self.getpos()
        return Place(self.file, line, column + 1)

    def _end_paragraph(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self.pieces)).strip()
        place = self.begin or self._place()
        self.pieces, self.begin = [], None
        if not text:
            return
        table = self.tables[-1] if self.tables else None
        if table is not None and table.open is not None:
            table.pieces.append(text)
        elif table is not None:
            table.inner.append(Paragraph(text, place))
        else:
            self.blocks.append(Paragraph(text, place))

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if table.is_full:
            return
        table.row = max(table.row, 0)
        while (table.row, table.column) in table.taken:
            table.column += 1
        height, width = (_span(attributes.get(name)) for name in ("rowspan", "colspan"))
        if len(table.taken) + height * width > MAX_BOXES:
            table.is_full = True
            if len(self.problems) < MAX_DEPTH:
                message = "网页里的表格太大，或者合并的单元格不合情理"
                self.problems.append(Problem("F501", self._place(), message))
            return
        table.open = Box("", self._place(), table.row, table.column, height, width)
        table.taken.update(
            (row, inner)
            for row in range(table.row, table.row + height)
            for inner in range(table.column, table.column + width)
        )
        table.column += width

    def _end_cell(self) -> None:
        self._end_paragraph()
        table = self.tables[-1]
        if table.open is not None:
            box = table.open
            text = " ".join(table.pieces)
            table.boxes.append(Box(text, box.place, box.top, box.left, box.height, box.width))
        table.open, table.pieces = None, []

    def _end_table(self) -> None:
        """A table that holds tables is the frame of a page: its texts are paragraphs."""
        self._end_cell()
        table = self.tables.pop()
        found: list[Block] = list(table.inner)
        if any(isinstance(block, Grid) for block in table.inner):
            found += [Paragraph(box.text, box.place) for box in table.boxes if box.text]
            found.sort(key=lambda block: block.place)
        elif any(box.text for box in table.boxes):
            name = f"第{table.place.line}行起的表"
            found.append(Grid(name, table.place, tuple(table.boxes)))
        target = self.tables[-1].inner if self.tables else self.blocks
        target.extend(found)


def _span(text: str | None) -> int:
    number = (text or "").strip()
    return min(max(int(number), 1), MAX_SPAN) if number.isdecimal() and len(number) < 6 else 1
