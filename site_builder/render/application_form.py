"""The application form as a DOCX file.

Promise: it holds what the printed page holds, ready to fill in with Word or WPS, and the bytes
are the same on every machine and day.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

FIXED_DATE = datetime(2000, 1, 1)  # the library takes no time zone and means UTC
FIXED_STAMP = (1980, 1, 1, 0, 0, 0)
FONT, SIZE = "宋体", 10.5
MARGIN, LABEL, ANSWER = 2.0, 5.0, 12.0  # centimetres
LINE = 0.8  # centimetres in height
EMPTY = "待补录"


class Blank(Protocol):
    """A field to fill."""

    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def lines(self) -> int: ...
    @property
    def choices(self) -> tuple[str, ...]: ...


class Part(Protocol):
    """Fields under one heading."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def fields(self) -> tuple[Blank, ...]: ...


class Form(Protocol):
    """The whole form."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def parts(self) -> tuple[Part, ...]: ...


class Stated(Protocol):
    """A fact of the bureau; without a value it is not known."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> str: ...


class Export(Protocol):
    """The form, and where it is to be handed in."""

    @property
    def bureau(self) -> str: ...
    @property
    def demo(self) -> bool: ...
    @property
    def law(self) -> str: ...
    @property
    def form(self) -> Form: ...
    @property
    def contact(self) -> tuple[Stated, ...]: ...


@lru_cache(maxsize=4)
def render_form(view: Export) -> bytes:
    """The form on A4, a table for each part; kept, since a check after a build makes it again."""
    from docx import Document  # only a site with 依申请公开 pays for it

    document = Document()
    _set_up(document, view)
    document.add_heading(view.form.title, 0)
    if view.demo:
        document.add_paragraph("示例：本表的机关和联系方式均为虚构，仅供演示。")
    document.add_paragraph(f"{view.form.note}依据{view.law}。")
    for part in view.form.parts:
        _add_part(document, part)
    document.add_heading("交到哪里", 1)
    for fact in view.contact:
        document.add_paragraph(f"{fact.label}：{fact.value or EMPTY}")
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer)


def _set_up(document: Any, view: Export) -> None:
    """Paper, type and the facts that a file says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
    for name, size in (("Normal", SIZE), ("Title", 18), ("Heading 1", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        fonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    said = document.core_properties
    said.title, said.author, said.language = view.form.title, view.bureau, "zh-CN"
    said.last_modified_by, said.comments = view.bureau, ""
    said.created = said.modified = FIXED_DATE


def _add_part(document: Any, part: Part) -> None:
    from docx.shared import Cm

    document.add_heading(part.title, 1).paragraph_format.keep_with_next = True
    if said := "；".join(filter(None, (part.note, part.article))):
        document.add_paragraph(said).paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for field in part.fields:
        row = table.add_row()
        row.height = Cm(LINE * field.lines)
        label, answer = row.cells
        label.width, answer.width = Cm(LABEL), Cm(ANSWER)
        label.text = f"{field.name}（{field.note}）" if field.note else field.name
        answer.text = "　".join(f"□ {choice}" for choice in field.choices)


def _repacked(buffer: io.BytesIO) -> bytes:
    """The same parts without the time of packing, which the library writes into each."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(buffer) as made,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for entry in made.infolist():
            stamped = zipfile.ZipInfo(entry.filename, FIXED_STAMP)
            stamped.compress_type, stamped.create_system = zipfile.ZIP_DEFLATED, 0
            whole.writestr(stamped, made.read(entry))
    return packed.getvalue()
