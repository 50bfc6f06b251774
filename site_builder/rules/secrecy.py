"""Secrecy: marks that say a text was not meant for the public.

Promise: only a mark in the place and form of a mark is reported; a text that speaks of 国家秘密,
商业秘密 or 保密审查 is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark found: the code of its problem, where it begins, its words, what they mean."""

    code: str
    start: int
    words: str
    meaning: str


# GB/T 9704-2012: 密级 and 保密期限 stand alone in a line, joined by ★.
CLASSIFIED = re.compile(
    r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]"
    r"|^[\s*#>]*(?:绝\s*密|机\s*密|秘\s*密)[\s*]*(?:[（(][^）)\n]{0,8}[）)])?\s*$",
    re.MULTILINE,
)
_INTERNAL = (
    r"(?:内部资料|内部文件|内部使用|仅供内部|注意保存|不得外传|请勿外传|不宜公开|此件不公开|此件不予公开"
    r"|此件依申请公开)"
)
INTERNAL = re.compile(rf"{_INTERNAL}(?:[ \t，、。]*{_INTERNAL})*")
DRAFT = re.compile(r"[（(](?:征求意见稿|送审稿|讨论稿|审议稿|草案|初稿|内部稿)[）)]|送审稿|讨论稿")
ASKED = re.compile(r"征求|征集|公开意见|听证|草案说明|解读")
KINDS = (
    ("V201", CLASSIFIED, "：这是国家秘密的密级标志"),
    ("V202", INTERNAL, "：这样标注的文件不是给公众看的"),
    ("V203", DRAFT, "：正式公开的应当是定稿"),
)
SIGNS = {"V201": ("密",), "V202": ("内部", "保存", "外传", "公开"), "V203": ("稿", "草案")}


def may_be_marked(text: str) -> bool:
    """Whether parts of a text may bear marks; where this says no, none does."""
    signs = ("密", "稿", "草案", "内部", "保存", "外传", "不宜公开", "此件")
    return any(sign in text for sign in signs)


def find_marks(text: str) -> Iterator[Mark]:
    """The marks of a text; that of a draft counts only where nobody is asked for opinions."""
    for code, pattern, meaning in KINDS:
        if not any(sign in text for sign in SIGNS[code]):  # most texts need no closer look
            continue
        if code == "V203" and ASKED.search(text):
            continue
        for found in pattern.finditer(text):
            words = found[0].strip(" \t\n*#>")
            yield Mark(code, found.start() + found[0].index(words), words, meaning)
