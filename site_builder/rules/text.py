"""Text: what the body of a record may hold.

Promise: a body is words and links, never code; a link in it leads somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote, urlsplit

from site_builder.model.disclosure import Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.meant import meant_file

LINK = re.compile(
    r"(?P<picture>!\[[^\[\]]*)?\]\(\s*<?(?P<inline>(?:[^()>\s]|\([^()\s]*\))+)"
    r"|^ {0,3}\[[^\]\n]+\]:\s*<?(?P<named>[^>\s]+)",
    re.MULTILINE,
)
TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:[^\S\n][^<>\n]*)?/?>|<[!?]"
    r"|<(?:script|style|img|svg|iframe|object|embed|form|input|link|meta|base|a|video)\b",
    re.IGNORECASE,
)
FOREIGN_PICTURE = "图片在别的网站上，网页不会显示它"
FOREIGN_PICTURE_HINT = "把图片放进 content/附件，写成“附件/…”。"
FULL_WIDTH_AT = re.compile(r"(?<=[A-Za-z0-9_．.-])\s?＠\s?(?=[A-Za-z0-9])")
IN_A_LINK = str.maketrans({" ": "%20", "#": "%23", "%": "%25"})
WEB = ("http", "https", "mailto", "tel")


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or a text, and the line it begins on."""

    text: str
    file: str
    line: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class _Targets:
    """What a link may lead to; `hidden` are the ids of records that get no page, `waiting` of those
    that get one as soon as they are signed off.
    """

    ids: frozenset[str]
    hidden: frozenset[str]
    waiting: frozenset[str]
    files: frozenset[str]
    all_ids_known: bool


def check_markup(library: Library) -> Iterator[Problem]:
    """HTML in a body: it is shown as text, so it is a mistake. One finding for each line."""
    for passage in _passages(library, holding=("<",)):
        text = re.sub(r"<(https?://|mailto:)[^<>\s]+>", _blank, passage.text)
        tags = ((place_in(passage, found.start()), found[0]) for found in TAG.finditer(text))
        for _, group in groupby(tags, lambda tag: tag[0].line):
            places, names = zip(*group, strict=True)
            named = "、".join(dict.fromkeys(f"“{name[:30]}”" for name in names))
            yield Problem("D206", places[0], f"正文里有 HTML 标签{named}")


def check_links(library: Library) -> Iterator[Problem]:
    """Links: a known 编号, a file of 附件/, a web address, or an anchor; pictures: of 附件/."""
    targets = _targets(library)
    for passage in _passages(library, holding=("](", "]:")):
        for found in LINK.finditer(passage.text):
            group = "inline" if found["inline"] else "named"
            place, target = place_in(passage, found.start(group)), unquote(found[group])
            if found["picture"] and _scheme(target) in WEB:
                yield Problem("D208", place, FOREIGN_PICTURE, hint=FOREIGN_PICTURE_HINT)
            else:
                yield from _link(target, passage, targets=targets, place=place)


def linked(body: tuple[Section, ...]) -> frozenset[str]:
    """What the links and pictures of a text lead to."""
    texts = (s.text for s in body if "](" in s.text or "]:" in s.text)
    headings = (s.heading for s in body if "](" in s.heading or "]:" in s.heading)
    found = (match for text in (*texts, *headings) for match in LINK.finditer(text))
    return frozenset(f"{m['picture'] and '!'}{m['inline'] or m['named']}" for m in found)


def check_mail(library: Library) -> Iterator[Problem]:
    """E-mail addresses with a full-width ＠, which no mail program understands."""
    for passage in _passages(library, holding=("＠",)):
        for found in FULL_WIDTH_AT.finditer(passage.text):
            at = found.start() + found[0].index("＠")
            yield Problem("D416", place_in(passage, at), "电子邮箱里的“＠”是全角的")


def _targets(library: Library) -> _Targets:
    records, unread = library.records(), library.unread
    left_out = (file.file.removeprefix("content/附件/") for file in unread)
    return _Targets(
        ids=frozenset((*(r.id for r in records), *(file.id for file in unread))),
        hidden=frozenset(r.id for r in records if not library.is_public(r)),
        waiting=frozenset(r.id for r in records if library.is_withheld(r)),
        files=frozenset((*(file.path for file in library.files), *left_out)),
        all_ids_known=library.all_ids_known(),
    )


def _link(target: str, passage: Passage, *, targets: _Targets, place: Place) -> Iterator[Problem]:
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        return
    if scheme == "编号":
        if rest in targets.waiting and passage.is_public:
            yield Problem("S123", place, f"编号为“{rest}”的条目还没有审签，这里暂时不是链接")
        elif rest in targets.hidden and passage.is_public:
            yield Problem("D207", place, f"编号为“{rest}”的条目现在不公开，读者打不开")
        elif rest not in targets.ids and targets.all_ids_known:
            yield Problem("D207", place, f"没有编号为“{rest}”的条目")
    elif target.startswith("附件/"):
        file = target.removeprefix("附件/")
        if file not in targets.files:
            near = meant_file(file, targets.files).translate(IN_A_LINK)
            hint = f"是不是“附件/{near}”？" if near else ""
            yield Problem("D207", place, f"附件文件夹里没有“{file}”", hint=hint)
    elif _scheme(target) not in WEB:
        yield Problem("D208", place, f"链接“{target[:60]}”不是可以使用的地址")


def _scheme(target: str) -> str:
    """Empty where it is no address at all, as `http://[`."""
    try:
        return urlsplit(target).scheme
    except ValueError:
        return ""


def _passages(library: Library, *, holding: tuple[str, ...]) -> Iterator[Passage]:
    """The passages in which one of these signs stands: most texts need no closer look."""
    for record in library.records():
        for section in record.body:
            if any(sign in section.text or sign in section.heading for sign in holding):
                yield from passages_of(section, is_public=library.is_public(record))
    for unread in library.unread:
        for section in unread.body:
            yield from passages_of(section, is_public=True)


def passages_of(section: Section, *, is_public: bool) -> Iterator[Passage]:
    """The heading of a section, if it has one, and its text."""
    file = section.place.file
    if section.heading:
        yield Passage(f"## {section.heading}", file, section.place.line, is_public)
    yield Passage(section.text, file, section.text_line, is_public)


def place_in(passage: Passage, offset: int) -> Place:
    """Where a character of a passage stands in its file."""
    line = passage.text.count("\n", 0, offset)
    column = offset - (passage.text.rfind("\n", 0, offset) + 1)
    return Place(passage.file, passage.line + line, column + 1)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
