"""Plain prose: the Markdown that nearly every body keeps to, written straight as HTML.

Promise: the result is, to the byte, what Python-Markdown and the sanitiser make of the same text; a
text that holds anything else is answered with None, and nothing that needs a sanitiser is plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Control characters are changed on the way; the others begin HTML, entities, code, escapes,
# quotations, emphasis by underline and pictures.
NEVER_PLAIN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\\`<>&_]|!\[")
BLANK_LINE = re.compile(r"(?<=\n) +\n")
HEADING = re.compile(r"^(#{1,6})([^#\n]*)$", re.MULTILINE)
RULE = re.compile(r"^[-=* ]+$", re.MULTILINE)  # an underline, a rule or an empty item
LINE = re.compile(r"-{3,}|\*{3,}")
ITEM = re.compile(r"(?:(\d+)\.|[*+-]) +(.*)")
MARKED = re.compile(
    r"\*\*(?P<bold>[^\s*\[\]](?:[^*\[\]\n]*[^\s*\[\]])?)\*\*"
    r"|\[(?P<words>[^\s*\[\]](?:[^*\[\]\n]*[^\s*\[\]])?)\]\((?P<address>"
    r"(?:https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}/|(?:\.\./)*[A-Za-z0-9])[A-Za-z0-9/.%-]*"
    r")\)"
)
ALIGNED = {(True, True): ' class="mid"', (False, True): ' class="num"'}
SCROLLING = '<div class="scroll" role="group" aria-label="表格" tabindex="0">{}</div>'


class NotPlain(Exception):
    """The text holds something that only Markdown itself decides."""


def plain_prose(text: str) -> str | None:
    """HTML of a text made of paragraphs, headings, flat lists, tables, bold and links alone."""
    if NEVER_PLAIN.search(text):
        return None
    text = _even(text)
    if text.startswith(" ") or "\n " in text:  # code and nested lists
        return None
    try:
        return "\n".join(_elements(text)).replace("\xa0", "&nbsp;")
    except NotPlain:
        return None


def _even(text: str) -> str:
    """Line ends, tabs and blank lines as Python-Markdown makes them before it reads a text."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text += "\n\n"
    if "\t" in text:
        text = text.expandtabs(4)
    return BLANK_LINE.sub("\n", text) if "\n " in text else text


def _elements(text: str) -> Iterator[str]:
    """The elements in their order; lists that only blank lines part are one list."""
    blocks: list[list[str]] = []  # of the list that is still open
    tag = ""
    for block in _blocks(text):
        item = ITEM.match(block)
        if item:
            tag = tag or _opening(item)
            blocks.append(_items(block))
            continue
        if blocks:
            yield _list(tag, blocks)
            blocks, tag = [], ""
        yield _element(block)
    if blocks:
        yield _list(tag, blocks)


def _blocks(text: str) -> Iterator[str]:
    """What blank lines and headings part; a block of white space alone is none."""
    for part in text.split("\n\n"):
        block = part.lstrip("\n")
        if "#" in block and not block.startswith("|"):
            yield from _around_headings(block)
        elif block.strip():
            yield block


def _around_headings(block: str) -> Iterator[str]:
    end = 0
    for heading in HEADING.finditer(block):
        yield from _between(block[end : heading.start()])
        yield heading[0]
        end = heading.end() + 1
    yield from _between(block[end:])


def _between(block: str) -> Iterator[str]:
    if block.startswith("#") or "\n#" in block:
        raise NotPlain
    if block.strip():
        yield block.removesuffix("\n")


def _element(block: str) -> str:
    if block.startswith("#"):
        return _heading(block)
    if block.startswith("|"):
        return SCROLLING.format(_table(block.split("\n")))
    if LINE.fullmatch(block):
        return "<hr>"
    return f"<p>{_text(block)}</p>"


def _heading(line: str) -> str:
    """Second-level headings are the page's own, so these start at the third."""
    words = line.lstrip("#")
    level = max(3, len(line) - len(words))
    if not words.strip():
        raise NotPlain
    return f"<h{level}>{_inline(words.strip())}</h{level}>"


def _opening(item: re.Match[str]) -> str:
    if not item[1]:
        return "ul"
    return "ol" if item[1] == "1" else f'ol start="{item[1]}"'


def _items(block: str) -> list[str]:
    items: list[str] = []
    for line in block.split("\n"):
        item = ITEM.match(line)
        if item:
            items.append(item[2])
        else:
            items[-1] += f"\n{line}"
    if RULE.search(block) or any(not item.strip() or ITEM.match(item) for item in items):
        raise NotPlain
    return [_text(item) for item in items]


def _list(opening: str, blocks: list[list[str]]) -> str:
    """Where a blank line parts two items, both are paragraphs and the others are not."""
    lines = [f"<{opening}>"]
    for place, block in enumerate(blocks):
        for number, item in enumerate(block):
            after = place > 0 and number == 0
            before = place + 1 < len(blocks) and number + 1 == len(block)
            lines.append(f"<li>\n<p>{item}</p>\n</li>" if after or before else f"<li>{item}</li>")
    return "\n".join((*lines, f"</{opening[:2]}>"))


def _table(lines: list[str]) -> str:
    rows = [line.strip(" ") for line in lines]
    if len(rows) < 3 or not all(len(row) > 1 and row[0] == row[-1] == "|" for row in rows):
        raise NotPlain
    head, sides, *body = (row[1:-1].split("|") for row in rows)
    if len(head) != len(sides) or not set("".join(sides)) <= set(":- "):
        raise NotPlain
    marks = [_side(side.strip(" ")) for side in sides]
    heads = [f'{mark} scope="col"' for mark in marks]
    rest = "\n".join(_row("td", row, attributes=marks) for row in body)
    top = _row("th", head, attributes=heads)
    return f"<table>\n<thead>\n{top}\n</thead>\n<tbody>\n{rest}\n</tbody>\n</table>"


def _side(side: str) -> str:
    return ALIGNED.get((side.startswith(":"), side.endswith(":")), "")


def _row(tag: str, cells: list[str], *, attributes: list[str]) -> str:
    """As many cells as the table has columns: what is missing is empty, what is over is lost."""
    cells = cells + [""] * (len(attributes) - len(cells))
    line = "\n".join(
        f"<{tag}{attribute}>{_inline(cell.strip(' '))}</{tag}>"
        for cell, attribute in zip(cells, attributes, strict=False)
    )
    return f"<tr>\n{line}\n</tr>"


def _text(block: str) -> str:
    """Lines of a paragraph or an item; one that could begin something else is not plain."""
    if "|" in block or "  \n" in block or block.startswith("#") or RULE.search(block):
        raise NotPlain
    return _inline(block.lstrip())


def _inline(text: str) -> str:
    if "*" not in text and "[" not in text:
        return text
    rest = MARKED.sub("", text)
    if "*" in rest or "[" in rest:
        raise NotPlain
    return MARKED.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    if found["bold"]:
        return f"<strong>{found['bold']}</strong>"
    return f'<a href="{found["address"]}" rel="noopener">{found["words"]}</a>'
