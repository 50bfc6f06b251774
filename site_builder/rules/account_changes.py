"""Account changes: where an explanation speaks of 增加、减少、增长、下降 and 持平, and of what.

Promise: a change is worked out from both years' cells where both are held, otherwise from the
sentence's own amounts; where neither is certain it is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.tables import Table
from site_builder.problems import Problem
from site_builder.rules.account_cells import Spot, places, worth
from site_builder.rules.account_figures import Range, about, exactly
from site_builder.rules.account_moves import DOWN, UP, Change, Pair, judge, judge_level
from site_builder.rules.account_names import named
from site_builder.rules.account_reading import Held, Reading
from site_builder.rules.account_text import NUMBER, Amount, amount

WORDS = "|".join(sorted((*UP, *DOWN), key=len, reverse=True))
BASE = re.compile(
    r"(?:比|较|与|同|和)(?:上一?年度?|去年|(?P<year>(?:19|20)[0-9]{2})年度?)"
    r"(?P<what>(?:年初|当年|部门)?(?:预算|决算|执行)?数?)(?:相比|比较|对比)?|同比"
)
WHO = r"(?P<who>[^,。;:0-9]{0,24}?)(?:各|均|分别)?"
MOVED = re.compile(
    rf",?(?:{NUMBER}[亿万]?元,?)?{WHO}(?P<word>{WORDS})(?:了|约){{0,2}}"
    rf"(?P<n>{NUMBER})(?P<unit>%|[亿万]?元)"
    rf"(?:[,、(](?:同比)?(?P<turn>{WORDS})(?:了|约|为|达){{0,2}}(?P<p>{NUMBER})%)?"
)
LEVEL = re.compile(rf",?{WHO}(?P<about>基本)?持平")
OWN = re.compile(r"[^,。;:、!?0-9%元()]*$")
IDLE = re.compile(r"(?:年度?)?(?:预算|决算)?(?:数|总额|金额|合计)?")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is wrong with the changes of a paragraph, and where the amounts of changes begin."""

    problems: tuple[Problem, ...]
    amounts: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is said to have changed: some spots, an amount before it, or both."""

    spots: tuple[Spot, ...]
    amount: Amount | None = None


def check_changes(reading: Reading, held: Held) -> Changes:
    """Every change that a paragraph says against another year."""
    paragraph, text = reading.paragraph, reading.paragraph.text
    problems: list[Problem] = []
    free, used = paragraph.amounts, set[int]()
    bases = list(BASE.finditer(text))
    for number, base in enumerate(bases):
        _, end = paragraph.sentence_of(base.start())
        if number + 1 < len(bases):
            end = min(end, bases[number + 1].start())
        moved = MOVED.match(text, base.end(), end)
        level = None if moved else LEVEL.match(text, base.end(), end)
        found = moved or level
        if found is None:
            continue
        before = tuple(a for a in free if a.start not in used and a.end <= base.start())
        used |= {a.start for a in free if found.start() <= a.start < found.end()}
        subject = _subject(reading, base, found["who"], amounts=before, held=held)
        pairs = tuple(_pairs(subject, _then(base, held), held=held))
        if moved:
            now = _worth_now(subject, held)
            problems += judge(_change(reading, moved), pairs, now=now)
        elif level and pairs:
            problems += judge_level(reading, level, pairs)
    return Changes(tuple(problems), frozenset(used))


def _change(reading: Reading, moved: re.Match[str]) -> Change:
    if moved["unit"] == "%":
        return Change(reading, moved, None)
    start, end = moved.start("n"), moved.end("unit")
    return Change(reading, moved, amount(moved["n"], moved["unit"], start=start, end=end))


def _then(base: re.Match[str], held: Held) -> Table | None:
    """The document compared with, where it is of the same kind and the year before."""
    year = held.account.year - 1
    other = {"预算": "决算", "决算": "预算"}[held.account.kind]
    what = base["what"] or ""
    same = other not in what and "执行" not in what
    return held.last if same and base["year"] in (None, str(year)) else None


def _subject(
    reading: Reading, base: re.Match[str], who: str, *, amounts: tuple[Amount, ...], held: Held
) -> _Subject:
    """What a change is of: named before or after the base, or the amounts said before."""
    start, _ = reading.paragraph.sentence_of(base.start())
    own = OWN.search(reading.paragraph.text[start : base.start()])
    for words in (own[0] if own else "", who):
        if not IDLE.fullmatch(words.strip()):
            return _Subject(named(held.names, words.strip()))
    last = reading.before(base.start(), amounts)
    if last:
        bound = reading.bound.get(last.start)
        return _Subject(bound.spots if bound and bound.role == "this" else (), last)
    above = [s for s, end in reading.paragraph.sentences if end <= start]
    if not above:
        return _Subject(())
    bounds = (b for b in reading.bound.values() if above[-1] <= b.amount.start < start)
    return _Subject(tuple(s for b in bounds if b.role == "this" for s in b.spots))


def _pairs(subject: _Subject, then: Table | None, *, held: Held) -> Iterator[Pair]:
    """The spots of a subject with what they are worth in both documents."""
    for spot in subject.spots:
        now, former = worth(held.table, spot), worth(then, spot)
        if now is not None and former is not None:
            yield Pair(spot, now, former, (*places(held.table, spot), *places(then, spot)))


def _worth_now(subject: _Subject, held: Held) -> Range | None:
    if subject.amount:
        return about(subject.amount)
    known = {w for spot in subject.spots if (w := worth(held.table, spot)) is not None}
    return exactly(known.pop()) if len(known) == 1 else None
