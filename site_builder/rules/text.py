"""Text: what the body of a record may hold.

Promise: a body is words and links, never code; a link in it leads somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from site_builder.model.disclosure import Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem

LINK = re.compile(
    r"!?\[[^\]\n]*\]\(\s*<?(?P<inline>[^)>\s]+)"
    r"|^ {0,3}\[[^\]\n]+\]:\s*<?(?P<named>[^>\s]+)"
)
TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<[!?]"
    r"|<(?:script|style|img|svg|iframe|object|embed|form|input|link|meta|base|a|video)\b",
    re.IGNORECASE,
)
WEB = ("http", "https", "mailto", "tel")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: Place


def check_markup(library: Library) -> Iterator[Problem]:
    """HTML in a body: it is shown as text, so it is a mistake."""
    for line in _lines(library):
        tags: list[re.Match[str]] = []
        for found in TAG.finditer(re.sub(r"<(https?://|mailto:)[^<>\s]+>", _blank, line.text)):
            tags.append(found)
        if tags:
            names = "、".join(dict.fromkeys(f"“{found[0][:30]}”" for found in tags))
            yield Problem("D206", _at(line, tags[0].start()), f"正文里有 HTML 标签{names}")


def check_links(library: Library) -> Iterator[Problem]:
    """Links: a known 编号, a file of 附件/, a web address, or an anchor."""
    ids = {record.id for record in library.records()}
    files = {file.path for file in library.files}
    for line in _lines(library):
        for found in LINK.finditer(line.text):
            group = "inline" if found["inline"] else "named"
            place = _at(line, found.start(group))
            yield from _link(unquote(found[group]), ids, files=files, place=place)


def _link(target: str, ids: set[str], *, files: set[str], place: Place) -> Iterator[Problem]:
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        return
    if scheme == "编号":
        if rest not in ids:
            yield Problem("D207", place, f"没有编号为“{rest}”的条目")
    elif target.startswith("附件/"):
        if target.removeprefix("附件/") not in files:
            yield Problem("D207", place, f"附件文件夹里没有“{target.removeprefix('附件/')}”")
    elif urlsplit(target).scheme not in WEB:
        yield Problem("D208", place, f"链接“{target[:60]}”不是可以使用的地址")


def _lines(library: Library) -> Iterator[_Line]:
    for record in library.records():
        for section in record.body:
            yield from _section(section)


def _section(section: Section) -> Iterator[_Line]:
    if section.heading:
        yield _Line(f"## {section.heading}", section.place)
    for number, text in enumerate(section.text.split("\n"), section.text_line):
        yield _Line(text, Place(section.place.file, number, 1))


def _at(line: _Line, offset: int) -> Place:
    return Place(line.place.file, line.place.line, offset + 1)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
