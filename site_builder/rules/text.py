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
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class _Targets:
    """What a link may lead to; `hidden` are the ids of records that get no page."""

    ids: frozenset[str]
    hidden: frozenset[str]
    files: frozenset[str]
    all_ids_known: bool


def check_markup(library: Library) -> Iterator[Problem]:
    """HTML in a body: it is shown as text, so it is a mistake. One finding for each line."""
    for line in _lines(library):
        tags = list(TAG.finditer(re.sub(r"<(https?://|mailto:)[^<>\s]+>", _blank, line.text)))
        if tags:
            names = "、".join(dict.fromkeys(f"“{found[0][:30]}”" for found in tags))
            yield Problem("D206", _at(line, tags[0].start()), f"正文里有 HTML 标签{names}")


def check_links(library: Library) -> Iterator[Problem]:
    """Links: a known 编号, a file of 附件/, a web address, or an anchor."""
    targets = _targets(library)
    for line in _lines(library):
        for found in LINK.finditer(line.text):
            group = "inline" if found["inline"] else "named"
            place = _at(line, found.start(group))
            yield from _link(unquote(found[group]), line, targets=targets, place=place)


def _targets(library: Library) -> _Targets:
    records, unread = library.records(), library.unread
    left_out = (file.file.removeprefix("content/附件/") for file in unread)
    return _Targets(
        ids=frozenset((*(r.id for r in records), *(file.id for file in unread))),
        hidden=frozenset(r.id for r in records if not library.is_public(r)),
        files=frozenset((*(file.path for file in library.files), *left_out)),
        all_ids_known=library.all_ids_known(),
    )


def _link(target: str, line: _Line, *, targets: _Targets, place: Place) -> Iterator[Problem]:
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        return
    if scheme == "编号":
        if rest in targets.hidden and line.is_public:
            yield Problem("D207", place, f"编号为“{rest}”的条目现在不公开，读者打不开")
        elif rest not in targets.ids and targets.all_ids_known:
            yield Problem("D207", place, f"没有编号为“{rest}”的条目")
    elif target.startswith("附件/"):
        if target.removeprefix("附件/") not in targets.files:
            yield Problem("D207", place, f"附件文件夹里没有“{target.removeprefix('附件/')}”")
    elif urlsplit(target).scheme not in WEB:
        yield Problem("D208", place, f"链接“{target[:60]}”不是可以使用的地址")


def _lines(library: Library) -> Iterator[_Line]:
    for record in library.records():
        for section in record.body:
            yield from _section(section, is_public=library.is_public(record))
    for unread in library.unread:
        for section in unread.body:
            yield from _section(section)


def _section(section: Section, *, is_public: bool = True) -> Iterator[_Line]:
    if section.heading:
        yield _Line(f"## {section.heading}", section.place, is_public)
    for number, text in enumerate(section.text.split("\n"), section.text_line):
        yield _Line(text, Place(section.place.file, number, 1), is_public)


def _at(line: _Line, offset: int) -> Place:
    return Place(line.place.file, line.place.line, offset + 1)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
