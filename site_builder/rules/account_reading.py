"""Account reading: the amounts of a paragraph, each with the cells it speaks of.

Promise: an amount is bound only when its words name a cell and nothing says that another year, a
part or a wider body is meant; where in doubt it is left unbound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from site_builder.model.disclosure import Account
from site_builder.model.tables import Form, Table
from site_builder.rules import phrases
from site_builder.rules.account_cells import Spot, spots_of_code, spots_of_totals
from site_builder.rules.account_names import EDGE, Mention, Names, Spoken, mentions
from site_builder.rules.account_text import Amount, Paragraph
from site_builder.rules.claims import OTHER_TIME, THIS_YEAR, WIDER, YEAR, YEARS, nearby

Role = Literal["this", "last", "budget", "other"]
COMPARED = re.compile(r"[比较与同和](?:上一?年度?|去年|(?:19|20)[0-9]{2}年)[^,。;:]*")
FILLED = r"(?:为|是|共|共计|安排|合计|计)?[:]?[“”\" ]?$"
DIRECT = re.compile(rf"^[”\"》]?(?:科目)?(?:支出)?(?:预算|决算)?数?{FILLED}")
PLANNED = re.compile(rf"预算(?:安排|支出)?数?{FILLED}")
PLANNED_FIRST = re.compile(rf"年初预算(?:安排|支出)?数?{FILLED}")
FINAL = re.compile(rf"(?:支出决算|决算支出|决算|支出)数?{FILLED}")
APART = re.compile(r"三公|出国|接待|用车|机关运行|基金|国有资本|基本支出|项目支出|调整")
SHORTEST = 5  # characters of a label that is known without 类, 款, 项 or 科目
ITEM = 40  # characters within which an item names its subject


@dataclass(frozen=True, slots=True)
class Held:
    """A document with what its text is compared with: last year's, and the year's budget."""

    account: Account
    table: Table
    form: Form
    names: Names
    last: Table | None
    budget: Table | None

    def table_of(self, role: Role) -> Table | None:
        """The tables in which a bound amount is looked up."""
        tables: Mapping[Role, Table | None] = {
            "this": self.table,
            "last": self.last,
            "budget": self.budget,
        }
        return tables.get(role)


@dataclass(frozen=True, slots=True)
class Bound:
    """An amount that stands for any one of some spots of a document.

    Without spots it is of a document that is not held; of the role `other` it is of another year,
    which the text names at `year_at`.
    """

    amount: Amount
    spots: tuple[Spot, ...]
    role: Role
    year_at: int = 0
    in_item: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph with its bound amounts, by where they begin."""

    paragraph: Paragraph
    bound: Mapping[int, Bound]

    def before(self, offset: int, amounts: tuple[Amount, ...]) -> Amount | None:
        """The last of some amounts that ends before a character, in the same sentence."""
        start, _ = self.paragraph.sentence_of(offset)
        found = [a for a in amounts if start <= a.start and a.end <= offset]
        return found[-1] if found else None


def read(paragraph: Paragraph, held: Held) -> Reading:
    """What the amounts of a paragraph speak of."""
    if not paragraph.amounts:
        return Reading(paragraph, {})
    bound = dict(_by_phrase(paragraph, held))
    for start, one in _by_subject(paragraph, held):
        former = bound.get(start)
        # A label may name another thing too, an item says whose 预算 or 决算 follows.
        also = former.spots if former and former.role == one.role and not one.in_item else ()
        bound[start] = replace(one, spots=(*also, *one.spots))
    for amount in paragraph.amounts:
        if amount.start not in bound and _is_planned(paragraph, amount):
            bound[amount.start] = _planned(paragraph, amount, held=held)
    return Reading(paragraph, bound)


def is_other_matter(paragraph: Paragraph, offset: int, *, held: Held) -> bool:
    """Whether the words before a figure say that it is of what no table holds."""
    before = f"{paragraph.heading}\n{paragraph.text[:offset]}"
    return any(word in before for word in held.form.other_matters)


def _by_phrase(paragraph: Paragraph, held: Held) -> Iterator[tuple[int, Bound]]:
    """Amounts that phrases of the form name; of several the longest name counts."""
    for start, end in paragraph.sentences:
        amounts = {a.start: a for a in paragraph.amounts if start <= a.start < end}
        text = paragraph.text[start:end]
        owners: dict[int, tuple[re.Match[str], list[Spoken]]] = {}
        for one in held.names.spoken if amounts else ():
            if phrases.anchor(one.phrase.text) not in text:
                continue
            for found in phrases.pattern(one.phrase.text).finditer(text):
                at = start + found.start("n")
                if at in amounts and _fits(one, found, paragraph=paragraph, start=start):
                    owner = owners.get(at)
                    if owner is None or found.start() < owner[0].start():
                        owners[at] = (found, [one])
                    elif found.start() == owner[0].start():
                        owner[1].append(one)
        for at, (found, named) in owners.items():
            gaps = _gaps(found)
            before = text[: found.start()]
            if is_other_matter(paragraph, at, held=held) or _is_doubtful(before, gaps):
                continue
            role, year_at = _role(before, held)
            spots = tuple(one.spot for one in named)
            yield at, Bound(amounts[at], spots, role, start + year_at)


def _fits(one: Spoken, found: re.Match[str], *, paragraph: Paragraph, start: int) -> bool:
    """Whether a phrase stands by itself, and in the company that it asks for."""
    phrase, before = one.phrase, paragraph.text[start : start + found.start()]
    company = f"{paragraph.heading}\n{before}{_gaps(found)}"
    return (
        EDGE.search(before) is not None
        and (not phrase.after or any(word in company for word in phrase.after))
        and not any(word in company for word in phrase.unless)
    )


def _gaps(found: re.Match[str]) -> str:
    return "".join(found[name] or "" for name in found.re.groupindex if name.startswith("gap"))


def _is_doubtful(before: str, gaps: str = "") -> bool:
    """Whether another time, a span of years or a wider body may be meant."""
    own = COMPARED.sub("", before)
    near = THIS_YEAR.sub("", nearby(own)) + gaps
    return bool(YEARS.search(before) or WIDER.search(own + gaps) or OTHER_TIME.search(near))


def _role(before: str, held: Held) -> tuple[Role, int]:
    """Of which year's document a name is, and where the year is written."""
    masked = COMPARED.sub(lambda found: " " * len(found[0]), before)
    years = list(YEAR.finditer(masked))
    year = int(years[-1][0]) if years else held.account.year
    if year == held.account.year:
        return "this", 0
    return ("last" if year == held.account.year - 1 else "other"), years[-1].start()


def _by_subject(paragraph: Paragraph, held: Held) -> Iterator[tuple[int, Bound]]:
    """Amounts that stand with the label or the code of a subject."""
    found = mentions(held.names, paragraph.text)
    for amount in paragraph.amounts:
        earlier = [mention for mention in found if mention.end <= amount.start]
        if not earlier or is_other_matter(paragraph, amount.start, held=held):
            continue
        mention, direct = earlier[-1], DIRECT.search(paragraph.text[earlier[-1].end : amount.start])
        codes = _codes(paragraph, mention, is_direct=direct is not None)
        role = _role_of_subject(paragraph, mention, amount=amount, held=held) if codes else None
        if role is None:
            continue
        table = held.table_of(role)
        spots = tuple(s for code in codes for s in spots_of_code(table, code)) if table else ()
        if spots or table is None:
            yield amount.start, Bound(amount, spots, role, in_item=direct is None)


def _codes(paragraph: Paragraph, mention: Mention, *, is_direct: bool) -> tuple[str, ...]:
    """What a label stands for here; a short one by itself may be an ordinary word.

    An economic subject is meant only where the text is about 基本支出: the table holds no other.
    """
    if not mention.marked and mention.end - mention.start < SHORTEST:
        return ()
    start, _ = paragraph.sentence_of(mention.start)
    basic = "基本支出" in f"{paragraph.heading}\n{paragraph.text[start : mention.start]}"
    return tuple(c for c in mention.codes if c[0] == "2" or (is_direct and basic))


def _role_of_subject(
    paragraph: Paragraph, mention: Mention, *, amount: Amount, held: Held
) -> Role | None:
    """Of which document the amount after a subject is; None where it may be something else."""
    text = paragraph.text
    between, before = text[mention.end : amount.start], text[: mention.start]
    sentence = paragraph.sentence_of(mention.start)[0]
    if DIRECT.search(between):
        clear = EDGE.search(before) and not _is_doubtful(text[sentence : mention.start])
        role, _ = _role(text[sentence : mention.start], held)
        return role if clear and role != "other" else None
    starts = mention.marked or len(before) < ITEM
    clause = re.split(r"[,。;:]", between)[-1]
    if not starts or OTHER_TIME.search(clause) or APART.search(between) or WIDER.search(before):
        return None
    if PLANNED.search(between):
        planned: Role = "this" if held.account.kind == "预算" else "budget"
        return planned if _is_of_year(clause, held) else None
    return "this" if FINAL.search(between) and _is_of_year(clause, held) else None


def _is_of_year(clause: str, held: Held) -> bool:
    return all(int(found[0]) == held.account.year for found in YEAR.finditer(clause))


def _is_planned(paragraph: Paragraph, amount: Amount) -> bool:
    start, _ = paragraph.sentence_of(amount.start)
    return PLANNED_FIRST.search(paragraph.text[start : amount.start]) is not None


def _planned(paragraph: Paragraph, amount: Amount, *, held: Held) -> Bound:
    """年初预算 of a whole: any total of the budget; of something else it is not looked up."""
    start, _ = paragraph.sentence_of(amount.start)
    context = f"{paragraph.heading}\n{paragraph.text[start : amount.start]}"
    whole = held.budget is not None and held.account.kind == "决算" and not APART.search(context)
    named = mentions(held.names, paragraph.text[: amount.start])
    spots = tuple(spots_of_totals(held.budget)) if whole and held.budget and not named else ()
    return Bound(amount, spots, "budget")
