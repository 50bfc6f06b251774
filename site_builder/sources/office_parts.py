"""XML parts of Office files: their texts, what their elements tell, and who wrote the file.

Promise: every character that stands in a text element comes out once, in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.model.library import AttachmentFinding
from site_builder.sources.workbook_xml import Attributes, parse

CORE = "docprops/core.xml"
PEOPLE = {"creator": "作者", "lastModifiedBy": "最后保存的人"}
# What programs write where nobody has given a name.
NOBODY = re.compile(
    r"|administrator|admin|users?|pc|windows 用户|微软用户|wps office|openpyxl|xlsxwriter"
    r"|python-docx|apache poi",
    re.IGNORECASE,
)
WORDS = frozenset({"t", "delText", "instrText", "text", *PEOPLE})
BREAKS: Mapping[str, str] = {
    "p": "\n", "br": "\n", "tab": "\t", "tc": "\t", "si": "\n", "is": "\n", "comment": "\n",
    "threadedComment": "\n",
}  # fmt: skip


@dataclass(slots=True)
class Part:
    """What was read of a part: its texts by element, and what `see` told of its elements."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    seen: dict[str, None] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All texts in order."""
        return "".join(text for _, text in self.texts)


def read_part(content: bytes, see: Callable[[Part, str, Attributes], str]) -> Part:
    """A part; `see` names what an element tells of the file, or nothing. Raises UnfitError."""
    part = Part()
    parse(
        content,
        lambda name, given: _enter(part, name, told=see(part, name, given)),
        end=lambda name: _leave(part, name),
        text=lambda words: _text(part, words),
    )
    return part


def author_of(parts: Mapping[str, bytes]) -> Iterator[AttachmentFinding]:
    """The names that an Office file keeps of those who wrote it. Raises UnfitError."""
    if CORE not in parts:
        return
    texts = read_part(parts[CORE], lambda *_: "").texts
    for element, label in PEOPLE.items():
        name = "".join(text for where, text in texts if where == element).strip()
        if not NOBODY.fullmatch(name):
            yield AttachmentFinding("V303", "", f"的文件属性里有{label}“{name}”", name)


def _enter(part: Part, name: str, *, told: str) -> None:
    part.inside.append(name)
    if told:
        part.seen[told] = None


def _leave(part: Part, name: str) -> None:
    part.inside.pop()
    if name in BREAKS:
        part.texts.append(("", BREAKS[name]))


def _text(part: Part, words: str) -> None:
    if part.inside and part.inside[-1] in WORDS:
        part.texts.append((part.inside[-1], words))
