"""Doubled: words written twice in the text of a report (审核审核, 局局).

Promise: what may rightly stand twice is a list in YAML; a single character counts only if it is
one that hardly ends a word and begins the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules.prose import Passage, lines, without_titles

SEVERAL = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,8}?)(?P=one)+")
MOST_TIMES = 3  # what stands more often in a row fills a space and is no slip
NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")


def check_doubled(library: Library) -> Iterator[Problem]:
    """Every line of every report: words, and certain single characters, twice in a row."""
    words = library.doubled_words
    single = re.compile(
        f"(?P<one>[{''.join(words.characters)}])(?P=one)" if words.characters else "(?!)"
    )
    allowed = re.compile("|".join(map(re.escape, words.allowed)) or "(?!)")
    for report in library.reports:
        for line in lines(report.body):
            text = allowed.sub(_blank, without_titles(line.text))
            yield from _doubled(line, text, single=single)


def _doubled(line: Passage, text: str, *, single: re.Pattern[str]) -> Iterator[Problem]:
    for found in (*SEVERAL.finditer(text), *single.finditer(text)):
        one = found["one"]
        # 一个一个 and 某某某某 are written so on purpose
        on_purpose = NUMERALS.intersection(one) or len(set(one)) < len(one) == 2
        if not on_purpose and len(found[0]) <= MOST_TIMES * len(one):
            message = f"“{one}”连着写了不止一遍：“{found[0]}”"
            yield Problem("D412", line.at(found.end("one")), message)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
