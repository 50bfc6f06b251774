"""Layout: paragraphs, tables and blanks that look right in an editor and not on the page.

Promise: a line that Markdown would join to the one above, a table it would not see and a text it
would take for code are named; a text that was broken to fit a window is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.model.disclosure import Section
from site_builder.model.library import Library
from site_builder.problems import Place, Problem

# Whatever is looked for holds one of these; most texts hold none.
TELLING = re.compile(
    r"\n[ ]*(?:　|[（(]?[一二三四五六七八九十]|[（(]?\d|第[一二三四五六七八九十百])"
    r"|[。；：]\n[^\s]|\t|[|｜]|(?:^|\n)[ ]{4}"
)
NUMBER = r"[一二三四五六七八九十]{1,3}"
GOES_ON = r"(?![项目款的之第所、，。；）和及至或与]|规定)"  # a clause that is named in a sentence
BEGINS = re.compile(
    rf"[ ]{{0,3}}(?:　+\S|{NUMBER}、|[（(](?:{NUMBER}|\d{{1,2}})[）)]{GOES_ON}|\d{{1,2}}[．、]"
    rf"|第[一二三四五六七八九十百]{{1,5}}[章条]{GOES_ON}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日[ 　]*$)"
)
MARKED = re.compile(r"\s*(?:[-*+>#|｜]|\d{1,9}[.)]\s)")
LISTED = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])\s")
RULE = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
SENTENCE_ENDS = ("。", "；", "：", "！", "？")
BREAKS = ("  ", "\\")  # at the end of a line: a new line on the page
FENCES = ("```", "~~~")


def check_layout(library: Library) -> Iterator[Problem]:
    """The body of every record; one finding of each kind for a part of the text."""
    for record in library.records():
        for section in record.body:
            text = section.text
            if TELLING.search(text) and not any(fence in text for fence in FENCES):
                yield from _of_section(section, text.split("\n"))


def _of_section(section: Section, lines: list[str]) -> Iterator[Problem]:
    blocks = tuple(_blocks(lines))
    joined = [index for begin, end in blocks for index in _joined(lines, begin, end)]
    if joined:
        more = f"；这一部分还有 {len(joined) - 1} 处" if len(joined) > 1 else ""
        yield _at(section, joined[0], f"这一行和上一行之间没有空行，在网页上连成一段{more}")
    code = next(_code(lines), None)
    if code is not None:
        hint = "删掉行首的空白；每段开头空两格，由网页来做。"
        yield _at(section, code, "行首有四个空格或者 Tab 键，网页上会成为等宽的一块", hint)
    for begin, end in blocks:
        yield from _of_table(section, lines[begin:end], begin=begin)


def _joined(lines: list[str], begin: int, end: int) -> Iterator[int]:
    """The lines of a block that begin a paragraph of their own for every reader but Markdown."""
    block = lines[begin:end]
    whole = all(line.rstrip().endswith(SENTENCE_ENDS) for line in block)  # none is a broken one
    for index, (above, line) in enumerate(pairwise(block), begin + 1):
        if above.endswith(BREAKS) or MARKED.match(above) or MARKED.match(line):
            continue
        if whole or BEGINS.match(line):
            yield index


def _code(lines: list[str]) -> Iterator[int]:
    """Indented lines after a blank one, where no list can be what they belong to."""
    above = ""
    for index, line in enumerate(lines):
        if LISTED.match(line):
            return
        if line.strip() and not above.strip() and line.startswith(("    ", "\t")):
            yield index
        above = line


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches of lines without a blank one."""
    begin = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or not lines[index].strip():
            if begin < index:
                yield begin, index
            begin = index + 1


def _of_table(section: Section, block: list[str], *, begin: int) -> Iterator[Problem]:
    hint = "表格的上面空一行，第一行是表头，第二行是“| --- | --- |”，每行的“|”一样多。"
    bars = [i for i, line in enumerate(block) if line.lstrip(" ").startswith("|")]
    wide = [i for i, line in enumerate(block) if line.lstrip(" 　").startswith("｜")]
    tabs = [i for i, line in enumerate(block) if "\t" in line.strip()]
    if wide:
        yield _at(section, begin + wide[0], "“｜”是全角的竖线，不会成为表格", hint)
    elif bars and not (len(block) > 1 and RULE.fullmatch(block[1].rstrip())):
        yield _at(section, begin + bars[0], "以“|”开头的几行没有成为表格", hint)
    elif len(tabs) > 1:
        message = "这几行是用 Tab 键隔开的，像是从表格里粘贴来的，网页上会连在一起"
        yield _at(section, begin + tabs[0], message, hint)


def _at(section: Section, index: int, message: str, hint: str = "") -> Problem:
    place = Place(section.place.file, section.text_line + index, 1)
    return Problem("D210", place, message, hint=hint)
