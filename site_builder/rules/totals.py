"""Totals: a whole and its parts, a number and the titles it counts, within one sentence.

Promise: a list that may be incomplete is never called wrong for being short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules.prose import Passage, lines

NUMBER = r"[0-9]{1,9}(?:,[0-9]{3}){0,3}"
UNITS = "件条项篇份个宗起"
WHOLE = re.compile(rf"(?P<n>{NUMBER})(?P<unit>[{UNITS}次])[,;:、( ]{{0,3}}其中[,: ]?")
PART = re.compile(
    rf"(?P<sep>[,、]?)(?P<name>[^0-9,、。;:!?()]{{1,30}}?)(?P<n>{NUMBER})(?P<unit>[{UNITS}次])"
    r"(?:\([^()]{0,60}\))?(?=$|[,、。;)])"
)
NOT_A_PART = re.compile(r"其中|增|减|升|降|比|较|占|(?<!公)共|合计|累计|超")
NEW_STATEMENT = re.compile(r"^,.*(?:办结|答复|收到|受理|结转|全部|均|已|培训|召开|举办|发布)")
SOME = re.compile(r"等|主要")
MORE = re.compile(r"[^。;]{0,2}(?:等|其余|其他|其它|剩余|另|还)")
ENOUGH = 3  # so many parts are taken for the whole list,
LITTLE = 10  # if no more than a tenth of the whole is lacking
TITLE_GAP = re.compile(r"(?:[、,和及与以 ]|以及){0,3}")
COUNTED = re.compile(
    r"(?:等|共|共计){0,2}(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>项|个|部|份|件|种|篇)"
)
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The numbers listed after 其中, and whether the text says that there are more."""

    numbers: tuple[int, ...]
    open: bool


def check_totals(library: Library) -> Iterator[Problem]:
    """Parts that do not add up to their whole, numbers that do not count their titles."""
    for report in library.reports:
        for line in lines(report.body):
            yield from _sums(line)
            yield from _titles(line)


def _sums(line: Passage) -> Iterator[Problem]:
    for found in WHOLE.finditer(line.text):
        whole, parts = _number(found["n"]), _parts(line.text, found)
        total = sum(parts.numbers)
        # A list may be followed by figures that are no parts, so any part sum will do.
        if len(parts.numbers) < 2 or whole in accumulate(parts.numbers):
            continue
        lacking = whole - total
        complete = len(parts.numbers) >= ENOUGH and not parts.open
        if lacking < 0 or (complete and lacking <= max(1, whole // LITTLE)):
            listed = "＋".join(map(str, parts.numbers))
            message = f"正文说“{found['n']}{found['unit']}”，其中各项 {listed}＝{total}"
            yield Problem("T404", line.at(found.start()), f"{message}，相差 {abs(lacking)}")


def _parts(text: str, whole: re.Match[str]) -> _Parts:
    numbers: list[int] = []
    position = whole.end()
    while part := PART.match(text, position):
        words = part["sep"] + part["name"]
        alien = (part["unit"] == "次") != (whole["unit"] == "次")
        if alien or NOT_A_PART.search(words) or (numbers and NEW_STATEMENT.search(words)):
            break
        numbers.append(_number(part["n"]))
        position = part.end()
    some = SOME.search(text, whole.end(), position) or MORE.match(text, position)
    return _Parts(tuple(numbers), bool(some))


def _titles(line: Passage) -> Iterator[Problem]:
    for first, last, listed in _runs(line.text):
        found = COUNTED.match(line.text, last)
        stated = _number(found["n"]) if found else None
        if found is None or stated is None or listed < 2:
            continue
        if listed > stated or stated > listed > stated / 2:
            words = line.written[found.start() : found.end()]
            message = f"正文说“{words}”，前面的《》里列出了 {listed} {found['unit']}"
            yield Problem("T405", line.at(found.start("n")), message, related=(line.at(first),))


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Each run of neighbouring titles: where it begins and ends, and how many there are."""
    run: tuple[int, int, int] | None = None
    for start, end in _outer_titles(text):
        if run and TITLE_GAP.fullmatch(text, run[1], start):
            run = (run[0], end, run[2] + 1)
            continue
        if run:
            yield run
        run = (start, end, 1)
    if run:
        yield run


def _outer_titles(text: str) -> Iterator[tuple[int, int]]:
    """《titles》 with those inside other titles left out."""
    depth, start = 0, 0
    for mark in re.finditer("[《》]", text):
        if mark[0] == "《":
            start = start if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, mark.end()


def _number(text: str) -> int:
    """«1,234» or «二十三» as a number."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)
