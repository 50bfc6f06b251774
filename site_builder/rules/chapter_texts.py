"""Chapter texts: what a form asks of the text of single chapters.

Promise: what is asked of which chapter, and from which limit on, stands in the form's YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.wording import ChapterRule
from site_builder.problems import Problem
from site_builder.rules.chapters import Chapters, chapters_of

CODES = {"covers": "D404", "longest": "D405", "mentions": "D406", "differs": "D409"}
FEWEST = 20  # characters; shorter chapters of two years are alike by nature
IDLE = re.compile(r"[\W\d_]+")


def check_chapter_texts(library: Library) -> Iterator[Problem]:
    """Every breach of every chapter rule, in the chapters that are there."""
    split = {report.year: chapters_of(library, report) for report in library.reports}
    for year, chapters in split.items():
        for rule in chapters.form.chapter_rules if chapters else ():
            if chapters and rule.chapter - 1 in chapters.sections:
                yield from _check(rule, chapters, last=split.get(year - 1))


def _check(rule: ChapterRule, chapters: Chapters, *, last: Chapters | None) -> Iterator[Problem]:
    chapter = rule.chapter - 1
    place = chapters.sections[chapter][0].place
    then = last.sections.get(chapter) if last and rule.kind == "differs" else None
    message = _finding(rule, chapters, last=last.text(chapter) if last and then else "")
    if message:
        related = (then[0].place,) if then else ()
        basis = str(chapters.form.cites)
        code = CODES[rule.kind]
        yield Problem(code, place, message, hint=rule.why, basis=basis, related=related)


def _finding(rule: ChapterRule, chapters: Chapters, *, last: str) -> str:
    """What is wrong with a chapter; empty when nothing is."""
    text, title = chapters.text(rule.chapter - 1), chapters.title(rule.chapter - 1)
    match rule.kind:
        case "covers":
            missing = [word.split("|")[0] for word in rule.words if not _holds(text, word)]
            return f"“{title}”没有写到：{'、'.join(missing)}" if missing else ""
        case "mentions":
            found = any(_holds(text, word) for word in rule.words)
            return "" if found else f"“{title}”没有写到“{rule.words[0].split('|')[0]}”"
        case "longest":
            length = len(re.sub(r"\s+", "", text))
            over = length > rule.limit
            return f"“{title}”有 {length} 字，超过 {rule.limit} 字" if over else ""
        case "differs":
            alike = _likeness(text, last)
            over = alike > rule.limit
            return f"这一章与上一年度的报告有 {alike}% 相同" if over else ""


def _holds(text: str, word: str) -> bool:
    return any(spelling in text for spelling in word.split("|"))


def _likeness(now: str, then: str) -> int:
    """Per cent of runs of three characters that both texts hold, numbers and marks left out."""
    ours, theirs = IDLE.sub("", now), IDLE.sub("", then)
    if min(len(ours), len(theirs)) < FEWEST:
        return 0
    runs, former = _runs(ours), _runs(theirs)
    return round(100 * len(runs & former) / len(runs | former))


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))
