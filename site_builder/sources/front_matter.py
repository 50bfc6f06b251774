"""Markdown files: the front matter as values, the body as sections.

Promise: every line of the body that holds text stands in exactly one section, as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import Section
from site_builder.model.values import Mapped
from site_builder.problems import Place, Problem
from site_builder.sources.yaml_reader import read_yaml

MARK = "---"
MAX_PROBLEMS = 100
RULES = ("---", "***", "___")
_HEADING = re.compile(r"##(?:[ \t]+|$)(?P<title>.*)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_TIGHT = re.compile(r"#{1,6}[^#\s]|＃")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*")


def read_markdown(
    text: str, file: str
) -> tuple[Mapped | None, tuple[Section, ...], tuple[Problem, ...]]:
    """Front matter, sections of the body, and what is wrong with either.

    There is no front matter where its `---` lines are missing (F307) or where its YAML leaves
    doubt. A body begins a section at each `## ` line and at each `---` line between blank lines;
    other first-level headings are reported (F308) and stay text.
    """
    lines = text.split("\n")
    opening = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[opening].rstrip() != MARK:
        return None, (), (_missing(lines[opening], opening, file),)
    inner = range(opening + 1, len(lines))
    closing = next((i for i in inner if lines[i].rstrip() == MARK), None)
    if closing is None:
        return None, (), (_unclosed(lines, opening, file),)
    front, found = _front(lines, opening, closing, file)
    sections, problems = _body(lines, closing + 1, file)
    return front, sections, (*found, *problems)


def _missing(line: str, index: int, file: str) -> Problem:
    shown = line.strip()
    if shown and not shown.strip("-－—–_＿"):
        message = f"第一行应当是三个半角短横“---”，现在是“{shown[:20]}”"
        return Problem("F307", Place(file, index + 1, 1), message)
    return Problem("F307", Place(file, index + 1, 1), "文件不是以“---”一行开头，没有文件头")


def _unclosed(lines: list[str], opening: int, file: str) -> Problem:
    """The heading that follows is a good guess of where the front matter was to end."""
    heading = _first_heading(lines, opening, len(lines))
    where = f"，应当在第 {heading + 1} 行的标题之前" if heading is not None else ""
    message = f"文件头从这里开始，后面没有第二行“---”把它结束{where}"
    return Problem("F307", Place(file, opening + 1, 1), message)


def _first_heading(lines: list[str], begin: int, end: int) -> int | None:
    return next((i for i in range(begin, end) if _HEADING.fullmatch(lines[i])), None)


def _front(
    lines: list[str], opening: int, closing: int, file: str
) -> tuple[Mapped | None, tuple[Problem, ...]]:
    inside = lines[opening + 1 : closing]
    value, problems = read_yaml("\n".join(inside), file, opening + 2)
    heading = _first_heading(lines, opening, closing)
    if heading is not None and any(p.place.line > heading + 1 for p in problems):
        return None, (_unclosed(lines, opening, file),)
    if value is not None and not isinstance(value, Mapped):
        message = "文件头里应当是若干行“名称: 内容”"
        return None, (*problems, Problem("F307", value.place, message))
    return value, problems


def _body(
    lines: list[str], first: int, file: str
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    fenced = _fenced(lines, first)
    sections: list[Section] = []
    problems: list[Problem] = []
    begin = first
    for index in range(first, len(lines)):
        if index in fenced:
            continue
        if _HEADING.fullmatch(lines[index]):
            sections += _section(lines, begin, index, file)
            begin = index
        elif _is_rule(lines, index, first):
            sections += _section(lines, begin, index, file)
            begin = index + 1
        else:
            problems += _heading_problems(lines, index, first, file)
    sections += _section(lines, begin, len(lines), file)
    return tuple(sections), tuple(problems[:MAX_PROBLEMS])


def _section(lines: list[str], begin: int, end: int, file: str) -> Iterator[Section]:
    """The section of lines [begin, end), unless it holds nothing at all."""
    match = _HEADING.fullmatch(lines[begin]) if begin < end else None
    heading = match["title"].strip() if match else ""
    filled = [i for i in range(begin + (match is not None), end) if lines[i].strip()]
    text = "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""
    if heading or text:
        place = Place(file, (begin if match else filled[0]) + 1, 1)
        yield Section(heading, text, place, text_line=filled[0] + 1 if filled else 0)


def _is_rule(lines: list[str], index: int, first: int) -> bool:
    """A line of its own between blank lines; the beginning and the end count as blank."""
    before = lines[index - 1].strip() if index > first else ""
    after = lines[index + 1].strip() if index + 1 < len(lines) else ""
    return lines[index].rstrip() in RULES and not before and not after


def _heading_problems(lines: list[str], index: int, first: int, file: str) -> Iterator[Problem]:
    line, place = lines[index], Place(file, index + 1, 1)
    before = lines[index - 1].strip() if index > first else ""
    if line.startswith("# ") or line == "#":
        yield Problem("F308", place, "正文里出现了一级标题“# ”")
    elif _TIGHT.match(line):
        message = "“＃”是全角的井号，不会成为标题" if line[0] == "＃" else "井号后面少一个空格"
        yield Problem("F308", place, message, "写成“## 标题”的样子。")
    elif before and _UNDERLINE.fullmatch(line) and not before.startswith(("|", "-", ">", "#")):
        message = f"“{line.strip()[:10]}”紧跟在文字下面，会把上一行变成标题"
        yield Problem("F308", place, message, "分隔线的上下各空一行；标题用“## ”开头。")


def _fenced(lines: list[str], first: int) -> frozenset[int]:
    """The lines inside fenced code, fences included; a fence that never closes is just text."""
    inside: set[int] = set()
    hopeless: dict[str, int] = {}  # by sign: from this length on a fence does not close any more
    index = first
    while index < len(lines):
        fence = _opened(lines[index])
        if fence and len(fence) < hopeless.get(fence[0], len(lines[index]) + 1):
            closing = _closing(lines, index, fence)
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


def _closing(lines: list[str], opening: int, fence: str) -> int | None:
    for index in range(opening + 1, len(lines)):
        match = _FENCE.fullmatch(lines[index])
        if match and match["fence"].startswith(fence) and not match["info"].strip():
            return index
    return None
