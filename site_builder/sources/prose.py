"""Prose: the paragraphs of a report to import → its title and chapters.

Promise: every paragraph goes into one section or is named as left out; no word of a paragraph is
changed, only what Markdown would misread is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.disclosure import Section
from site_builder.problems import Place, Problem
from site_builder.sources.blocks import Paragraph
from site_builder.sources.sheet_blocks import folded

NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
TITLE = re.compile(r".{0,50}?(?P<year>(?:19|20)[0-9]{2})年度?.{0,20}政府信息公开.{0,16}报告.{0,8}")
CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、\s*\S.{0,40}")
ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
SENTENCE_ENDS = ("。", "；", ";", "，", ",", "：", ":", "！", "？")
CLOSINGS = ("下一步", "今后", "下一年", "总之", "特此报告")
MISREAD = re.compile(r"[\\*_`]|(?<=\])\(")
MISREAD_START = re.compile(r"^(?=[#>+=~\[-])|(?<=\d)(?=[.)]\s)")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Prose:
    """A report's text: the title as printed (empty where none is), then the sections."""

    title: str = ""
    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()


def title_of(paragraphs: tuple[Paragraph, ...]) -> Paragraph | None:
    """The paragraph that is the report's title, before the first chapter."""
    for paragraph in paragraphs:
        if _is_chapter(paragraph.text):
            return None
        if year_in_title(paragraph.text):
            return paragraph
    return None


def year_in_title(text: str) -> int:
    """The year a report's title names; 0 where the text is no title."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(NUMERALS)
    found = TITLE.fullmatch(plain) if len(plain) <= 80 and not plain.endswith("。") else None
    return int(found["year"]) if found else 0


def read_prose(paragraphs: tuple[Paragraph, ...], chapters: tuple[str, ...]) -> Prose:
    """The title and the chapters; `chapters` are the headings a form prescribes, if it does."""
    title = title_of(paragraphs)
    start = paragraphs.index(title) + 1 if title else 0
    sections = _sections(paragraphs[start:], chapters)
    problems = [*_left_out(paragraphs[: max(start - 1, 0)]), *_repeated(sections)]
    if not chapters:
        sections, found = _with_closing(sections)
        problems += found
    text = re.sub(r"^#+\s*", "", title.text) if title else ""
    written = tuple(_section(heading, texts, place=place) for heading, texts, place in sections)
    return Prose(text, written, tuple(problems))


Part = tuple[str, list[Paragraph], Place]


def _sections(paragraphs: tuple[Paragraph, ...], chapters: tuple[str, ...]) -> list[Part]:
    official = {folded(chapter): chapter for chapter in chapters}
    bare = {ORDINAL.sub("", name): chapter for name, chapter in official.items()}
    parts: list[Part] = []
    for paragraph in paragraphs:
        text = re.sub(r"^#{2,6}\s*", "", paragraph.text)
        known = official.get(folded(text)) or bare.get(folded(text))
        if known or _is_chapter(text):
            parts.append((known or text, [], paragraph.place))
        elif parts:
            parts[-1][1].append(paragraph)
        else:
            parts.append(("", [paragraph], paragraph.place))
    return parts


def _is_chapter(text: str) -> bool:
    return CHAPTER.fullmatch(text) is not None and not text.endswith(SENTENCE_ENDS)


def _section(heading: str, texts: list[Paragraph], *, place: Place) -> Section:
    return Section(heading, "\n\n".join(_escaped(p.text) for p in texts), place)


def _escaped(text: str) -> str:
    """A paragraph that Markdown shows as it is."""
    plain = MISREAD.sub(r"\\\g<0>", text).replace("<", "&lt;")
    return MISREAD_START.sub(r"\\", plain, count=1) if MISREAD_START.search(plain[:4]) else plain


def _with_closing(parts: list[Part]) -> tuple[list[Part], list[Problem]]:
    """Words of closing behind the last chapter are no part of it."""
    if not parts or not parts[-1][0] or len(parts[-1][1]) < 2:
        return parts, []
    *others, (heading, texts, place) = parts
    last = texts[-1]
    if not last.text.startswith(CLOSINGS):
        return parts, []
    message = f"“{last.text[:12]}…”一段看作全文的结束语，放在“{heading}”之外"
    closing: Part = ("", [last], last.place)
    return [*others, (heading, texts[:-1], place), closing], [Problem("F514", last.place, message)]


def _left_out(paragraphs: tuple[Paragraph, ...]) -> Iterator[Problem]:
    """What stands above the title: the frame of a page, a letterhead."""
    for paragraph in paragraphs[:MOST_NAMED]:
        yield Problem("F508", paragraph.place, f"标题前面的“{paragraph.text[:30]}”没有用上")
    if len(paragraphs) > MOST_NAMED:
        message = f"标题前面还有 {len(paragraphs) - MOST_NAMED} 段没有用上"
        yield Problem("F508", paragraphs[MOST_NAMED].place, message)


def _repeated(parts: list[Part]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for heading, _, place in parts:
        if heading and first.setdefault(folded(heading), place) != place:
            message = f"“{heading}”这一章出现了两次"
            yield Problem("F506", place, message, related=(first[folded(heading)],))
