"""Misspelt words, brackets with nothing in them and days that never were, in all that is public.

Promise: a word is told of with the line it stands in and never corrected by itself; the lists are
data, and a bureau adds its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.model.disclosure import Record
from site_builder.model.library import Library
from site_builder.model.wording import OwnWord, WrongWord
from site_builder.problems import Problem
from site_builder.rules.prose import Passage, folded, lines

EMPTY = re.compile(r"\([ ]*\)|\[[ ]*\]\d*号|《 *》|“ *”|「 *」|《《|》》")
# A digit stands before the look behind it: a pattern with a fixed beginning is quick to find.
DATE = re.compile(
    r"(?P<year>[12](?<!\d.)(?:(?<=1)9|(?<=2)0)\d{2})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?"
)
BLANK_DATE = re.compile(r"(?:(?:19|20)\d{2})年 *月 *日|(?<![\d年某X×xX_]) 月 +日")


def check_misspelt(library: Library) -> Iterator[Problem]:
    """Every line of every public record."""
    lists = (
        ("D421", _compiled(library.wrong_words.serious)),
        ("D422", _compiled((*library.wrong_words.common, *library.own_words))),
    )
    for record in library.records():
        if record.openness != "主动公开" or _is_clean(record, [words for _, (words, _) in lists]):
            continue
        for line in _lines(record):
            for code, words in lists:
                yield from _misspelt(line, words, code=code)
            yield from _incomplete(line)


def _is_clean(record: Record, lists: Iterable[re.Pattern[str]]) -> bool:
    """Whether one look at the whole is enough: nothing in it needs a closer one, as in most."""
    written = (text for s in record.body for text in (s.heading, s.text))
    whole = folded("\n".join((record.title, record.summary, *written)))
    return (
        not any(words.search(whole) for words in lists)
        and not EMPTY.search(whole)
        and not (_may_be_blank(whole) and BLANK_DATE.search(whole))
        and all(_is_day(d["year"], d["month"], day=d["day"]) for d in DATE.finditer(whole))
    )


def _compiled(
    listed: Iterable[WrongWord | OwnWord],
) -> tuple[re.Pattern[str], dict[str, WrongWord | OwnWord]]:
    """One search for all words, and what is known of each."""
    words = {folded(word): entry for entry in listed for word in entry.words}
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile("|".join(longest) or "(?!)"), words


def _lines(record: Record) -> Iterator[Passage]:
    for label, text in (("标题", record.title), ("内容概述", record.summary)):
        yield Passage(folded(text), text, record.origin.at(label))
    for section in record.body:
        yield Passage(folded(section.heading), section.heading, section.place)
    yield from lines(record.body)


def _misspelt(
    line: Passage, words: tuple[re.Pattern[str], dict[str, WrongWord | OwnWord]], *, code: str
) -> Iterator[Problem]:
    pattern, known = words
    for found in pattern.finditer(line.text):
        entry = known[found[0]]
        if not any(folded(other) in line.text for other in entry.unless):
            right = f"，应当是“{entry.right}”" if entry.right else ""
            message = f"“{found[0]}”写错了{right}" if right else f"“{found[0]}”是本单位不用的说法"
            yield Problem(code, line.at(found.start()), message, hint=entry.why)


def _incomplete(line: Passage) -> Iterator[Problem]:
    for found in EMPTY.finditer(line.text):
        words = line.written[found.start() : found.end()]
        doubled = words in ("《《", "》》")
        message = f"“{words}”重复了" if doubled else f"“{words}”里面没有字"
        yield Problem("D423", line.at(found.start()), message)
    if "月" not in line.text:  # most lines need no closer look
        return
    for found in BLANK_DATE.finditer(line.text) if _may_be_blank(line.text) else ():
        yield Problem("D423", line.at(found.start()), f"日期没有写全：“{found[0].strip()}”")
    for found in DATE.finditer(line.text):
        if not _is_day(found["year"], found["month"], day=found["day"]):
            yield Problem("D423", line.at(found.start()), f"没有“{found[0]}”这一天")


def _may_be_blank(text: str) -> bool:
    return "年月" in text or " 月" in text


def _is_day(year: str, month: str, *, day: str | None) -> bool:
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return False
    return True
