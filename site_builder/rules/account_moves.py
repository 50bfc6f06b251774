"""Account moves: one change that a text states, against what changed in the tables.

Promise: direction, amount and percentage are each found right when any of the things that may be
meant makes them so, and the finding tells both years' figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.problems import Place, Problem
from site_builder.rules.account_cells import Spot
from site_builder.rules.account_figures import (
    Range,
    about,
    agrees,
    exactly,
    percentage,
    share,
    shown,
)
from site_builder.rules.account_reading import Reading
from site_builder.rules.account_text import Amount, money

UP = ("增加", "增长", "上升", "提高", "上涨", "增幅", "增长率")
DOWN = ("减少", "下降", "降低", "压减", "减幅", "降幅", "下降率")
CENT = Decimal(100)  # 0.01 万元, the step to which 持平 is judged


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that is said to have changed: its worth now and then, in 元."""

    spot: Spot
    now: Decimal
    then: Decimal
    places: tuple[Place, ...]

    @property
    def difference(self) -> Decimal:
        """How much more it is now."""
        return self.now - self.then


@dataclass(frozen=True, slots=True)
class Change:
    """«增加65.15万元，增长3.70%» in a paragraph: the words, the amount, the percentage."""

    reading: Reading
    found: re.Match[str]
    amount: Amount | None

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall."""
        return 1 if self.found["word"] in UP else -1

    @property
    def rate(self) -> str:
        """The group that holds the percentage, empty where none is stated."""
        return "n" if self.found["unit"] == "%" else "p" if self.found["p"] else ""

    def quoted(self, start: str, end: str) -> str:
        """The words from the beginning of one group to the end of another."""
        return self.reading.paragraph.quoted(self.found.start(start), self.found.end(end))

    def problem(self, code: str, group: str, message: str, *, at: tuple[Place, ...]) -> Problem:
        """A finding at a group of the match; `at` are the cells that it rests on."""
        place = self.reading.paragraph.line.at(self.found.start(group))
        return Problem(code, place, message, related=at)


def judge(change: Change, pairs: tuple[Pair, ...], *, now: Range | None) -> Iterator[Problem]:
    """Direction, amount and percentage of a change, each against the best fitting pair.

    Without pairs they are held against `now`, what the text says that it is worth this year.
    """
    turn = change.found["turn"]
    if turn and (turn in UP) != (change.sign > 0):
        message = f"正文说“{change.quoted('word', 'p')}%”，前后说的方向相反"
        yield change.problem("T412", "turn", message, at=())
        return
    if not pairs:
        yield from _by_itself(change, now)
        return
    fitting = [p for p in pairs if _fits(change, p)]
    pair = next((p for p in fitting if _is_towards(change, p)), (*fitting, *pairs)[0])
    if not _fits(change, pair):
        yield _differs(change, pair)
    elif not _is_towards(change, pair):
        yield _reversed(change, pair)
    elif change.rate:
        yield from _rate(change, pair)


def judge_level(
    reading: Reading, level: re.Match[str], pairs: tuple[Pair, ...]
) -> Iterator[Problem]:
    """持平, although nothing that may be meant stayed as it was."""
    if not any(abs(pair.difference) < CENT for pair in pairs):
        pair = pairs[0]
        place = reading.paragraph.line.at(level.end() - 2)
        message = f"正文说“持平”，{_story(pair, '万元')}"
        yield Problem("T411", place, message, related=pair.places)


def _is_towards(change: Change, pair: Pair) -> bool:
    return not pair.difference or (pair.difference > 0) == (change.sign > 0)


def _fits(change: Change, pair: Pair) -> bool:
    """Whether the stated amount (or the percentage, without one) is that of the pair."""
    if change.amount is None:
        return _rate_fits(change, pair)
    step, stated = change.amount.step, change.amount.yuan
    rounded = (pair.now / step).quantize(1) - (pair.then / step).quantize(1)
    return abs(abs(pair.difference) - stated) < step or abs(rounded) * step == stated


def _rate_fits(change: Change, pair: Pair) -> bool:
    stated = percentage(change.found[change.rate])
    worked_out = _rates(change, pair)
    return not pair.then or any(agrees(stated, exactly(rate)) for rate in worked_out)


def _rates(change: Change, pair: Pair) -> Iterator[Decimal]:
    """The percentage from the cells, and from the rounded amounts of the text."""
    yield abs(pair.difference) * 100 / abs(pair.then)
    if change.amount:
        step = change.amount.step
        rounded = (pair.then / step).quantize(1) * step
        if rounded:
            yield change.amount.yuan * 100 / abs(rounded)


def _rate(change: Change, pair: Pair) -> Iterator[Problem]:
    if not pair.then:
        yield _no_base(change, f"{pair.spot.name}上年是 0", at=pair.places)
    elif not _rate_fits(change, pair):
        yield _rate_differs(change, pair)


def _story(pair: Pair, unit: str) -> str:
    return f"{pair.spot.name}从 {money(pair.then, unit)}变为 {money(pair.now, unit)}"


def _unit(change: Change) -> str:
    return change.amount.unit if change.amount else "万元"


def _differs(change: Change, pair: Pair) -> Problem:
    if change.amount is None:
        return _rate_differs(change, pair)
    unit = _unit(change)
    word = "增加" if pair.difference > 0 else "减少" if pair.difference < 0 else "相差"
    message = (
        f"正文说“{change.quoted('word', 'unit')}”，{_story(pair, unit)}，"
        f"{word} {money(abs(pair.difference), unit)}"
    )
    return change.problem("T411", "n", message, at=pair.places)


def _rate_differs(change: Change, pair: Pair) -> Problem:
    group = change.rate
    word = "增长" if pair.difference >= 0 else "下降"
    rate = shown(next(_rates(change, pair)))
    start = "word" if group == "n" else "turn"
    said = change.quoted(start, group)
    message = f"正文说“{said}%”，{_story(pair, _unit(change))}，{word} {rate}"
    return change.problem("T411", group, message, at=pair.places)


def _reversed(change: Change, pair: Pair) -> Problem:
    word = "增加" if pair.difference > 0 else "减少"
    message = f"正文说“{change.found['word']}”，{_story(pair, _unit(change))}，是{word}"
    return change.problem("T412", "word", message, at=pair.places)


def _no_base(change: Change, why: str, *, at: tuple[Place, ...]) -> Problem:
    said = change.found[change.rate]
    return change.problem("T413", change.rate, f"{why}，算不出“{said}%”", at=at)


def _by_itself(change: Change, now: Range | None) -> Iterator[Problem]:
    """A percentage against the amounts of its own sentence: last year's is worked out."""
    if now is None or change.amount is None or not change.rate:
        return
    moved = about(change.amount)
    then = Range(now.low - moved.high, now.high - moved.low)
    if change.sign < 0:
        then = Range(now.low + moved.low, now.high + moved.high)
    if then.low <= 0 <= then.high and change.sign > 0 and now.middle == moved.middle:
        yield _no_base(change, "按这句话，上年是 0", at=())
        return
    rate = share(moved, then)
    if rate is None or agrees(percentage(change.found[change.rate]), rate):
        return
    unit = change.amount.unit
    message = (
        f"正文说“{change.quoted('word', 'p')}%”，按这句话上年是 {money(then.middle, unit)}，"
        f"应当是 {shown(rate.middle)}"
    )
    yield change.problem("T411", change.rate, message, at=())
