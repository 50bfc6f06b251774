"""Wording: periods, ordinals, and names and documents out of use, in the text of reports.

Promise: only what is plainly wrong or out of date is named; whether it is meant so stays with the
writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.model.disclosure import AnnualReport, Section
from site_builder.model.library import Library
from site_builder.model.wording import RetiredWord
from site_builder.problems import Problem
from site_builder.rules.chapters import SERIES, form_of
from site_builder.rules.prose import Passage, folded, lines, sentences, without_titles

PERIOD = re.compile(
    r"(?:(?P<first>[0-9]{4}) ?年 ?)?0?1 ?月 ?0?1 ?日 ?起? ?[-—–~至到]{1,2} ?"
    r"(?:(?P<last>[0-9]{4}) ?年 ?)?12 ?月 ?31 ?日"
)
ABOUT_STATISTICS = re.compile(r"统计|时限|期限|期间|起止|本报告|数据")
COMPARISON = re.compile(r"上年|去年|上一年|同期|相比")
LOST_DATE = re.compile(
    r"自[0-9]{5,8}日起?[至到]?[0-9]{0,8}日?|(?:时限|期限|时间|时段)为(?:自|从)?[至到]"
)
ORDINALS = "一二三四五六七八九十"
DEEPEST = 5  # so many lists stand inside each other at most
ORDINAL = re.compile(rf"(?:^|(?<=[\s,.。;:、!?()*“]))(?P<ordinal>[{ORDINALS}])是")
REPLACED = re.compile(r"废止|替代|代替|取代|停止")


def check_wording(library: Library) -> Iterator[Problem]:
    """Every report: its statistic period, its ordinals, retired words, obsolete formats."""
    for report in library.reports:
        for sentence in sentences(report):
            yield from _period(sentence, report.year)
        for section in report.body:
            yield from _ordinals(section)
        yield from _retired(library, report)
        yield from _obsolete(library, report)


def _period(sentence: Passage, year: int) -> Iterator[Problem]:
    for found in PERIOD.finditer(sentence.text):
        years = {int(y) for y in (found["first"], found["last"]) if y}
        sure = len(years) < 2 or ABOUT_STATISTICS.search(sentence.text)
        if years - {year} and sure and not COMPARISON.search(sentence.text):
            words = sentence.written[found.start() : found.end()]
            message = f"统计时段写的是“{words}”，报告年度是 {year}"
            yield Problem("D407", sentence.at(found.start()), message)
    for found in LOST_DATE.finditer(sentence.text):
        words = sentence.written[found.start() : found.end()]
        message = f"“{words}”里的日期丢了字"
        yield Problem("D407", sentence.at(found.start()), message, hint="补上完整的年、月、日。")


def _ordinals(section: Section) -> Iterator[Problem]:
    """一是、二是、三是 … in every chapter; a list inside a list may begin again at 一是."""
    open_lists: list[int] = []
    for line in lines((section,)):
        for found in ORDINAL.finditer(line.text):
            number = ORDINALS.index(found["ordinal"]) + 1
            if number == 1:
                open_lists = [*open_lists[1 - DEEPEST :], 1]
            elif not open_lists:
                continue
            elif number - 1 in open_lists:
                while open_lists[-1] != number - 1:
                    open_lists.pop()
                open_lists[-1] = number
            else:
                message = _misnumbered(number, open_lists[-1])
                yield Problem("D408", line.at(found.start("ordinal")), message)
                open_lists[-1] = number


def _misnumbered(number: int, former: int) -> str:
    here, before = ORDINALS[number - 1], ORDINALS[former - 1]
    if number == former:
        return f"“{here}是”出现了两次"
    if former == len(ORDINALS):
        return f"“{before}是”后面又是“{here}是”"
    return f"“{before}是”后面应当是“{ORDINALS[former]}是”，现在是“{here}是”"


def _retired(library: Library, report: AnnualReport) -> Iterator[Problem]:
    """Each word once, at its first place; the publishing body's own name is let pass."""
    names = report.issuer + library.config.site.bureau
    words = [w for w in _out_of_use(library, report) if w.words[0] not in names]
    said: set[RetiredWord] = set()
    for sentence in sentences(report) if words else ():
        text = without_titles(sentence.text)
        for word in (w for w in words if w not in said):
            found = next((spelling for spelling in word.words if spelling in text), "")
            if found and not any(other in text for other in word.unless):
                said.add(word)
                message = f"“{found}”是已经停用的名称或者说法"
                yield Problem("D410", sentence.at(text.index(found)), message, hint=word.why)


def _out_of_use(library: Library, report: AnnualReport) -> Iterator[RetiredWord]:
    """The words retired by the report's year; those of a form only where it is surely another."""
    form = form_of(library, report)
    for word in library.retired_words:
        may_be_own = word.form and (form is None or form.id == word.form)
        if report.year >= word.since and not may_be_own:
            yield word


def _obsolete(library: Library, report: AnnualReport) -> Iterator[Problem]:
    """A citation of a format that no longer applied to the report's year."""
    own = form_of(library, report)
    former = {
        folded(form.cites.number): form
        for form in library.forms
        if form.series == SERIES and form.cites.number and form.until < report.year
    }
    for sentence in sentences(report) if former else ():
        for number, form in former.items():
            offset = sentence.text.find(number)
            if offset >= 0 and not REPLACED.search(sentence.text):
                message = f"{form.cites.number} 的格式只用到 {form.until} 年度"
                now = f"{report.year} 年度的格式依据是 {own.cites.number}。" if own else ""
                yield Problem("D411", sentence.at(offset), message, hint=now)
