"""Account shares: 占…% and 完成…预算的% in an explanation.

Promise: a share is worked out only where the sentence leaves no doubt of its whole; a completion
only from the budget and the account it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.problems import Place, Problem
from site_builder.rules.account_cells import Spot, places, worth
from site_builder.rules.account_figures import (
    Percentage,
    Range,
    about,
    agrees,
    exactly,
    percentage,
    share,
    shown,
)
from site_builder.rules.account_names import named
from site_builder.rules.account_reading import FINAL, PLANNED, Held, Reading
from site_builder.rules.account_text import NUMBER, Amount, money

SHARE = re.compile(
    rf"占(?:比|(?P<whole>[^,。;:0-9%]{{0,24}}?))(?:的比重|的比例|的)?(?:为|约|是)?(?P<p>{NUMBER})%"
)
DONE = re.compile(
    rf"(?:完成(?P<what>年初|当年|本年)?(?:部门)?预算数?|预算(?:完成|执行)率)的?(?:为|是)?(?P<p>{NUMBER})%"
)
LEADS = ("其中", "用于", "包括", "分别", "构成", "如下")
FAR = 20  # characters before an amount that say what it is
NEAR = re.compile(r"[,、(]?")
MOST = 20  # amounts before a share that may be its whole
NEVER = Decimal("0.02")  # how far shares of a whole may sum from a hundred,
ALL = Decimal(1)  # when they are meant to be all of it


@dataclass(frozen=True, slots=True)
class _Known:
    """What an amount is worth: from the cells it stands for, or as it is written."""

    amount: Amount
    ranges: tuple[Range, ...]
    places: tuple[Place, ...]


def check_shares(reading: Reading, changed: frozenset[int], *, held: Held) -> Iterator[Problem]:
    """Every share and every completion; at `changed` begin the amounts of changes."""
    amounts = tuple(a for a in reading.paragraph.amounts if a.start not in changed)
    parts: list[tuple[re.Match[str], bool]] = []
    for found in SHARE.finditer(reading.paragraph.text):
        problem = _share(reading, found, amounts=amounts, held=held)
        parts.append((found, problem is not None))
        if problem:
            yield problem
    if not any(wrong for _, wrong in parts):
        yield from _sums(reading, [found for found, _ in parts])
    for found in DONE.finditer(reading.paragraph.text):
        yield from _done(reading, found, amounts=amounts, held=held)


def _share(
    reading: Reading, found: re.Match[str], *, amounts: tuple[Amount, ...], held: Held
) -> Problem | None:
    text, stated = reading.paragraph.text, percentage(found["p"])
    part = reading.before(found.start(), amounts)
    if part is None or not NEAR.fullmatch(text, part.end, found.start()):
        return None
    of = _known(reading, part, held=held)
    wholes = _wholes(reading, found, part, amounts=amounts, held=held)
    rates = [(r, whole) for whole in wholes for p in of.ranges for r in _rates(p, whole)]
    if not rates or any(agrees(stated, rate) for rate, _ in rates):
        return None
    near = [a for a in amounts if a.end <= found.start()][-MOST:]
    if any(_is_share(stated, part, other) for other in near):
        return None
    rate, whole = rates[0]
    message = (
        f"正文说“{reading.paragraph.quoted(found.start(), found.end())}”，"
        f"{money(of.ranges[0].middle, part.unit)}占 {money(whole.ranges[0].middle, part.unit)}的 "
        f"{shown(rate.middle)}"
    )
    at = reading.paragraph.line.at(found.start("p"))
    return Problem("T414", at, message, related=(*of.places, *whole.places))


def _rates(part: Range, whole: _Known) -> Iterator[Range]:
    for one in whole.ranges:
        if (rate := share(part, one)) is not None:
            yield rate


def _is_share(stated: Percentage, part: Amount, other: Amount) -> bool:
    """Whether another amount of the paragraph would make the share right."""
    rate = share(about(part), about(other)) if other.yuan >= part.yuan else None
    return rate is not None and agrees(stated, rate)


def _known(reading: Reading, amount: Amount, *, held: Held) -> _Known:
    bound = reading.bound.get(amount.start)
    table = held.table_of(bound.role) if bound else None
    spots = [s for s in (bound.spots if bound else ()) if _agree(amount, worth(table, s))]
    exact = {worth(table, spot): spot for spot in spots}
    cells = tuple(exactly(value) for value in exact if value is not None)
    ranges = (*cells, exactly(amount.yuan) if cells else about(amount))
    return _Known(amount, ranges, tuple(p for s in spots[:1] for p in places(table, s)))


def _agree(amount: Amount, value: Decimal | None) -> bool:
    return value is not None and abs(amount.yuan - value) < amount.step


def _wholes(
    reading: Reading,
    found: re.Match[str],
    part: Amount,
    *,
    amounts: tuple[Amount, ...],
    held: Held,
) -> list[_Known]:
    """What a share is of: the whole it names, or the amount before 其中."""
    text = reading.paragraph.text
    if found["whole"]:
        return [_of_spot(spot, part, held=held) for spot in named(held.names, found["whole"])]
    lead = _lead(text, part.start)
    before = [a for a in amounts if a.end <= lead]
    if not before or before[-1].yuan < part.yuan:
        return []
    return [_known(reading, before[-1], held=held)]


def _of_spot(spot: Spot, part: Amount, *, held: Held) -> _Known:
    value = worth(held.table, spot)
    ranges = (exactly(value),) if value is not None else ()
    return _Known(part, ranges, places(held.table, spot))


def _sums(reading: Reading, found: list[re.Match[str]]) -> Iterator[Problem]:
    """Shares without a named whole after one 其中, which are nearly but not quite a hundred."""
    text = reading.paragraph.text
    groups: dict[int, list[re.Match[str]]] = {}
    for one in found:
        lead = _lead(text, one.start())
        if lead >= 0 and not one["whole"]:
            groups.setdefault(lead, []).append(one)
    for shares in groups.values():
        stated = [percentage(one["p"]) for one in shares]
        total = sum((p.value for p in stated), Decimal(0))
        rounding = sum((p.step for p in stated), Decimal(0)) / 2
        off = abs(total - 100)
        if len(stated) > 1 and max(NEVER, rounding) < off <= ALL:
            named_shares = "＋".join(f"{p.value}%" for p in stated)
            message = f"各项占比 {named_shares}＝{total}%，不等于 100%"
            yield Problem("T414", reading.paragraph.line.at(shares[0].start("p")), message)


def _done(
    reading: Reading, found: re.Match[str], *, amounts: tuple[Amount, ...], held: Held
) -> Iterator[Problem]:
    """A completion: the last budget and the last account named before it in the sentence."""
    text, (start, _) = reading.paragraph.text, reading.paragraph.sentence_of(found.start())
    near = [a for a in amounts if start <= a.start and a.end <= found.start()]
    planned = next((a for a in reversed(near) if _follows(PLANNED, a, reading)), None)
    used = next(
        (a for a in reversed(near) if a is not planned and _follows(FINAL, a, reading)), None
    )
    if planned is None or used is None or "调整" in text[start : found.start()]:
        return
    whole, part = (_known(reading, a, held=held) for a in (planned, used))
    at, related = reading.paragraph.line.at(found.start("p")), (*whole.places, *part.places)
    if not whole.amount.yuan:
        message = f"年初预算是 0，算不出“{found['p']}%”"
        yield Problem("T413", at, message, related=related)
        return
    rates = [rate for p in part.ranges for rate in _rates(p, whole)]
    if rates and not any(agrees(percentage(found["p"]), rate) for rate in rates):
        words = reading.paragraph.quoted(found.start(), found.end())
        message = (
            f"正文说“{words}”，预算 {money(whole.ranges[0].middle, whole.amount.unit)}，"
            f"决算 {money(part.ranges[0].middle, part.amount.unit)}，是 {shown(rates[0].middle)}"
        )
        yield Problem("T414", at, message, related=related)


def _follows(words: re.Pattern[str], amount: Amount, reading: Reading) -> bool:
    start, _ = reading.paragraph.sentence_of(amount.start)
    return (
        words.search(reading.paragraph.text, max(start, amount.start - FAR), amount.start)
        is not None
    )


def _lead(text: str, end: int) -> int:
    """Where the last word before a character stands that a breakdown begins with; -1 if none."""
    return max(text.rfind(word, 0, end) for word in LEADS)
