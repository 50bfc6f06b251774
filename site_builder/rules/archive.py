"""Archive: what a report says of earlier publications, against what the site knows of.

Promise: a year is called missing only when neither a record nor a register of the site names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.disclosure import AnnualReport
from site_builder.model.library import Library
from site_builder.problems import Place, Problem
from site_builder.rules.prose import Passage, sentences

KINDS = {
    "年度报告": ("年度报告",),
    "年报": ("年度报告",),
    "预决算": ("预算", "决算"),
    "预算": ("预算",),
    "决算": ("决算",),
}
SPAN = re.compile(
    r"(?<![0-9])(?P<first>(?:19|20)[0-9]{2})年?度? ?(?:[-—–~至到]){1,2} ?"
    r"(?P<last>(?:19|20)[0-9]{2})年?度?[^0-9,。;:]{0,12}?(?P<kind>年度报告|年报|预决算|预算|决算)"
)
PUBLISHED = re.compile(r"(?:已|全部|均|都)[^。;]{0,30}(?:公开|公布|发布)")
NOT_YET = re.compile(r"未|没有|将|拟|计划")
FAR = 120  # characters after a claim that are looked at
LONGEST = 40  # years; a longer span is a slip of another kind


@dataclass(frozen=True, slots=True)
class _Claim:
    """«2008-2016年政府信息公开年度报告 … 已公开»."""

    kind: str
    years: range
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Archive:
    """What the site names and what it holds, by kind and year."""

    named: dict[tuple[str, int], Place]
    held: frozenset[tuple[str, int]]


def check_archive(library: Library) -> Iterator[Problem]:
    """Every year that a report says is published and the site knows nothing of."""
    archive = _archive(library)
    for report in library.reports:
        for claim in _claims(report):
            yield from _compare(claim, archive)


def _archive(library: Library) -> _Archive:
    held = {("年度报告", report.year) for report in library.reports}
    accounts = {(account.kind, account.year) for account in library.accounts}
    named: dict[tuple[str, int], Place] = {
        (entry.kind, entry.year): entry.origin.place for entry in library.registered
    }
    return _Archive(named, frozenset((*held, *accounts)))


def _claims(report: AnnualReport) -> Iterator[_Claim]:
    for sentence in sentences(report):
        for found in SPAN.finditer(sentence.text):
            said = PUBLISHED.search(sentence.text, found.end(), found.end() + FAR)
            if said and not NOT_YET.search(sentence.text, found.end(), said.end()):
                for kind in KINDS[found["kind"]]:
                    yield from _claim(sentence, found, kind=kind)


def _claim(sentence: Passage, found: re.Match[str], *, kind: str) -> Iterator[_Claim]:
    years = range(int(found["first"]), int(found["last"]) + 1)
    if 0 < len(years) <= LONGEST:
        words = sentence.written[found.start() : found.end()]
        yield _Claim(kind, years, words, sentence.at(found.start()))


def _compare(claim: _Claim, archive: _Archive) -> Iterator[Problem]:
    awaited: list[int] = []
    for year in claim.years:
        key = (claim.kind, year)
        if key not in archive.held and key not in archive.named:
            message = f"正文说“{claim.words}”已经公开，本站没有 {year} 年的{claim.kind}，也没有登记"
            yield Problem("T406", claim.place, message)
        elif key not in archive.held:
            awaited.append(year)
    if awaited:
        held = sum((claim.kind, year) in archive.held for year in claim.years)
        message = (
            f"正文说“{claim.words}”已经公开，共 {len(claim.years)} 件；"
            f"本站有原文的 {held} 件，只有登记、原文待补录的 {len(awaited)} 件"
        )
        first = archive.named[claim.kind, awaited[0]]
        yield Problem("T407", claim.place, message, related=(first,))
