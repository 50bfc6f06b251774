"""Visible text: Markdown without its marks, for the search.

Promise: what a reader sees of a text stands in the result in one piece, line by line of its blocks;
only the spelling of marks that folding leaves out anyway may differ.

This is no second Markdown: a page's HTML comes from `prose.py` alone.
"""

from __future__ import annotations

import re
from html import unescape

EDGE = "\0"  # between blocks, until single line ends have become blanks
LINK = re.compile(
    r"!?\[([^\[\]]*)\]\(\s*(?:<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"""(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
)
DEFINITION = re.compile(
    r"""^ {0,3}\[[^\]\n]+\]:\s*\S+(?:[ \t]+["'(].*["')])?[ \t]*$""", re.MULTILINE
)
REFERENCE = re.compile(r"\[([^\[\]]*)\] ?\[[^\[\]]*\]")
# A line begins with the line end before it, and what stands before a mark is looked at behind it: a
# pattern with a fixed beginning is quick to find.
QUOTED = re.compile(r"\n[ \t]*>[> \t]*")
HEADING = re.compile(r"\n {0,3}#{1,6}[ \t]*([^\n]*?)[ \t#]*(?=\n|\Z)")
MARKS_ALONE = re.compile(r"\n[ \t|:=*_-]{3,}(?=\n|\Z)")
BULLET = re.compile(r"\n[ \t]*[-+*][ \t]+")
CELL = re.compile(r"\|(?<!\\.)")
EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")
EMPHASIS = re.compile(
    r"[*`_\\](?:(?<=[*`])(?:(?<![\d\s].)[*`]*|[*`]*(?![\d\s]))"
    r"|(?<=_)(?:(?<!\w.)_*|_*(?!\w))|(?<=\\)(?=[^\w\s]))"
)
EDGES = re.compile(f"{EDGE}[ \t{EDGE}]*")


def visible(text: str) -> str:
    """What a reader sees; a line of the result is a paragraph, a heading, an item or a cell."""
    text = f"\n{_linked(text) if '[' in text else text}"
    if ">" in text:
        text = QUOTED.sub("\n", text)
    if "#" in text:
        text = HEADING.sub(rf"\n{EDGE}\1{EDGE}", text)
    if "-" in text or "=" in text or "*" in text or "_" in text:
        text, marks = MARKS_ALONE.subn(EDGE, text)
        text = CELL.sub(EDGE, text) if marks and "|" in text else text
    if "- " in text or "* " in text or "+ " in text:
        text = BULLET.sub(EDGE, text)
    text = EMPTY_LINE.sub(EDGE, text).replace("\n", " ")
    if "*" in text or "_" in text or "`" in text or "\\" in text:
        text = EMPHASIS.sub("", text)
    text = unescape(text) if "&" in text else text
    return EDGES.sub("\n", text).replace(" \n", "\n").strip()


def _linked(text: str) -> str:
    """Links and pictures as their words; a picture may stand inside a link."""
    if "](" in text:
        text = LINK.sub(r"\1", text)
        text = LINK.sub(r"\1", text) if "](" in text else text
    if "]:" in text:
        text, definitions = DEFINITION.subn("", text)
        text = REFERENCE.sub(r"\1", text) if definitions else text
    return text
