"""Markdown files: the front matter as values, the body as sections.

Promise: every line of the body that holds text stands in exactly one section, as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from sys import intern

from site_builder.model.disclosure import Section
from site_builder.model.values import Mapped
from site_builder.problems import Place, Problem
from site_builder.sources.yaml_notes import cut_off
from site_builder.sources.yaml_reader import read_yaml

MARK = "---"
MAX_PROBLEMS = 100
RULES = ("---", "***", "___")
_HEADING = re.compile(r"##(?:[ \t]+|$)(?P<title>.*)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_TIGHT = re.compile(r"#{1,6}[^#\s]|＃")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*")
_SIGNS = frozenset("#＃-*_=")  # begin all lines that are more than text, but for fences


@dataclass(frozen=True, slots=True)
class _Page:
    """A file by its lines; from line `first` on (from 0) stands its body."""

    file: str
    lines: list[str]
    first: int = 0

    def place(self, index: int) -> Place:
        return Place(self.file, index + 1, 1)

    def near(self, index: int) -> str:
        """A line of the body without its outer blanks; empty where there is none."""
        return self.lines[index].strip() if self.first <= index < len(self.lines) else ""


def read_markdown(
    text: str, file: str
) -> tuple[Mapped | None, tuple[Section, ...], tuple[Problem, ...]]:
    """Front matter, sections of the body, and what is wrong with either.

    There is no front matter where its `---` lines are missing (F307; then there are no sections
    either) or where its YAML leaves doubt. A body begins a section at each `## ` line and at
    each `---` line between blank lines; what only looks like a heading is reported (F308) and
    stays text.
    """
    page = _Page(file, text.split("\n"))
    opening = next((i for i, line in enumerate(page.lines) if line.strip()), 0)
    if page.lines[opening].rstrip() != MARK:
        return None, (), (_missing(page, opening),)
    inner = range(opening + 1, len(page.lines))
    closing = next((i for i in inner if page.lines[i].rstrip() == MARK), None)
    if closing is None:
        return None, (), (_unclosed(page, opening),)
    front, found = _front(page, opening, closing)
    page = replace(page, first=closing + 1)
    may_be_code = "```" in text or "~~~" in text
    sections, problems = _body(page, _fenced(page) if may_be_code else frozenset())
    return front, sections, (*found, *problems)


def _missing(page: _Page, index: int) -> Problem:
    shown = page.lines[index].strip()
    if shown and not shown.strip("-－—–_＿"):
        message = f"第一行应当是三个半角短横“---”，现在是“{shown[:20]}”"
        return Problem("F307", page.place(index), message)
    return Problem("F307", page.place(index), "文件不是以“---”一行开头，没有文件头")


def _unclosed(page: _Page, opening: int) -> Problem:
    """The heading that follows is a good guess of where the front matter was to end."""
    heading = _first_heading(page.lines)
    where = f"，应当在第 {heading + 1} 行的标题之前" if heading is not None else ""
    message = f"文件头从这里开始，后面没有第二行“---”把它结束{where}"
    return Problem("F307", page.place(opening), message)


def _first_heading(lines: list[str]) -> int | None:
    found = (
        i for i, line in enumerate(lines) if line.startswith("##") and _HEADING.fullmatch(line)
    )
    return next(found, None)


def _front(page: _Page, opening: int, closing: int) -> tuple[Mapped | None, tuple[Problem, ...]]:
    inside = "\n".join(page.lines[opening + 1 : closing])
    value, problems = read_yaml(inside, page.file, opening + 2)
    heading = _first_heading(page.lines[:closing])
    if heading is not None and any(p.place.line > heading + 1 for p in problems):
        return None, (_unclosed(page, opening),)
    if value is not None and not isinstance(value, Mapped):
        message = "文件头里应当是若干行“名称: 内容”"
        return None, (*problems, Problem("F307", value.place, message))
    return value, (*problems, *_cut_off(page, opening + 1, inside))


def _cut_off(page: _Page, begin: int, text: str) -> Iterator[Problem]:
    """What YAML takes for a note, behind a value: in a title `#1` is none."""
    for line, column in cut_off(text):
        words = page.lines[begin + line][column:]
        place = replace(page.place(begin + line), column=column + 1)
        yield Problem("F309", place, f"从“{words[:20]}”起当作注释，不会用")


def _body(page: _Page, fenced: frozenset[int]) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    sections: list[Section] = []
    problems: list[Problem] = []
    begin = page.first
    for index in range(page.first, len(page.lines)):
        if page.lines[index][:1] not in _SIGNS or index in fenced:
            continue
        if _HEADING.fullmatch(page.lines[index]):
            sections += _section(page, begin, index)
            begin = index
        elif _is_rule(page, index):
            sections += _section(page, begin, index)
            begin = index + 1
        else:
            problems += _heading_problems(page, index)
    sections += _section(page, begin, len(page.lines))
    return tuple(sections), tuple(problems[:MAX_PROBLEMS])


def _section(page: _Page, begin: int, end: int) -> Iterator[Section]:
    """The section of lines [begin, end), unless it holds nothing at all."""
    match = _HEADING.fullmatch(page.lines[begin]) if begin < end else None
    heading = intern(match["title"].strip()) if match else ""  # many documents have the same
    filled = [i for i in range(begin + (match is not None), end) if page.lines[i].strip()]
    text = "\n".join(page.lines[filled[0] : filled[-1] + 1]) if filled else ""
    if heading or text:
        first_line = page.place(filled[0]).line if filled else 0
        place = page.place(begin if match else filled[0])
        yield Section(heading, text, place, text_line=first_line)


def _is_rule(page: _Page, index: int) -> bool:
    """A line of its own between blank lines; the beginning and the end count as blank."""
    alone = not page.near(index - 1) and not page.near(index + 1)
    return alone and page.lines[index].rstrip() in RULES


def _heading_problems(page: _Page, index: int) -> Iterator[Problem]:
    line, before, place = page.lines[index], page.near(index - 1), page.place(index)
    if line.startswith("# ") or line == "#":
        yield Problem("F308", place, "正文里出现了一级标题“# ”")
    elif _TIGHT.match(line):
        message = "“＃”是全角的井号，不会成为标题" if line[0] == "＃" else "井号后面少一个空格"
        yield Problem("F308", place, message, "写成“## 标题”的样子。")
    elif before and _UNDERLINE.fullmatch(line) and not before.startswith(("|", "-", ">", "#")):
        message = f"“{line.strip()[:10]}”紧跟在文字下面，会把上一行变成标题"
        yield Problem("F308", place, message, "分隔线的上下各空一行；标题用“## ”开头。")


def _fenced(page: _Page) -> frozenset[int]:
    """The lines inside fenced code, fences included; a fence that never closes is just text."""
    inside: set[int] = set()
    hopeless: dict[str, int] = {}  # by sign: from this length on a fence does not close any more
    index = page.first
    while index < len(page.lines):
        fence = _opened(page.lines[index])
        if fence and len(fence) < hopeless.get(fence[0], len(fence) + 1):
            closing = _closing(page, index, fence)
            if closing is None:
                hopeless[fence[0]] = len(fence)
            else:
                inside.update(range(index, closing + 1))
                index = closing
        index += 1
    return frozenset(inside)


def _opened(line: str) -> str:
    match = _FENCE.fullmatch(line)
    if match is None or ("`" in match["info"] and match["fence"][0] == "`"):
        return ""
    return match["fence"]


def _closing(page: _Page, opening: int, fence: str) -> int | None:
    for index in range(opening + 1, len(page.lines)):
        match = _FENCE.fullmatch(page.lines[index])
        if match and match["fence"].startswith(fence) and not match["info"].strip():
            return index
    return None
