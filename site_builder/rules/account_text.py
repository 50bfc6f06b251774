"""Account texts: the explanation of a budget or an account as paragraphs with their amounts.

Promise: an amount knows its value in 元 and how exactly it was written; a heading belongs to every
paragraph below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.disclosure import Account
from site_builder.model.money import YUAN
from site_builder.problems import Place
from site_builder.rules.prose import Passage, folded

LONGEST = 5000  # characters of a line in which amounts are looked for
NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
AMOUNT = re.compile(rf"(?<![0-9.,-])(?P<n>{NUMBER}) ?(?P<more>[余多])? ?(?P<unit>[亿万]?元)")
ABOUT = re.compile(r"(?:约|近|逾|超过|超|不少于|不低于|多达|不超过)\s*$")
ROUGHLY = re.compile(r"(?:\(含\))?(?:左右|以上|以下|以内|上下)")
SENTENCE = re.compile(r"[^。;!?]+")
HEADING = re.compile(r" {0,3}#{1,6} *(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in a line: `step` is one unit of its last written place, in 元."""

    start: int
    end: int
    yuan: Decimal
    step: Decimal
    unit: str
    is_rough: bool

    @property
    def low(self) -> Decimal:
        """The least it may stand for."""
        return self.yuan - self.step / 2

    @property
    def high(self) -> Decimal:
        """The most it may stand for."""
        return self.yuan + self.step / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text below a heading; `sentences` are where each begins and ends."""

    line: Passage
    heading: str
    sentences: tuple[tuple[int, int], ...]
    amounts: tuple[Amount, ...]

    @property
    def text(self) -> str:
        """The line as it is searched."""
        return self.line.text

    def sentence_of(self, offset: int) -> tuple[int, int]:
        """Where the sentence that holds a character begins and ends."""
        found = (s for s in self.sentences if s[0] <= offset < s[1])
        return next(found, (offset, offset))

    def quoted(self, start: int, end: int) -> str:
        """Some of the line as it was written."""
        return self.line.written[start:end]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of any level, folded, and where its text begins."""

    text: str
    place: Place


def paragraphs(account: Account) -> tuple[Paragraph, ...]:
    """Every line of text with its nearest heading.

    Rows of tables in the text are left out, and lines so long that no person wrote them.
    """
    found: list[Paragraph] = []
    heading = ""
    for item in items(account):
        if isinstance(item, Heading):
            heading = item.text
        elif len(item.text) <= LONGEST and not item.text.lstrip().startswith("|"):
            found.append(_paragraph(item, heading))
    return tuple(found)


def items(account: Account) -> Iterator[Heading | Passage]:
    """The headings of all levels and the lines of text, in order."""
    for section in account.body:
        if section.heading:
            place = section.place
            yield Heading(folded(section.heading), Place(place.file, place.line, 4))
        for number, line in enumerate(section.text.split("\n"), section.text_line):
            place = Place(section.place.file, number, 1)
            if found := HEADING.fullmatch(folded(line)):
                column = found.start("text") + 1
                yield Heading(found["text"], Place(place.file, number, column))
            elif line.strip():
                yield Passage(folded(line), line, place)


def amount(number: str, unit: str, *, start: int, end: int, is_rough: bool = False) -> Amount:
    """A written number with its unit."""
    value = Decimal(number.replace(",", ""))
    factor = YUAN[unit]
    return Amount(start, end, value * factor, factor * last_place(value), unit, is_rough)


def last_place(number: Decimal) -> Decimal:
    """One unit of the last place a number is written with."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)


def money(yuan: Decimal, unit: str) -> str:
    """«1824.17 万元»: no more places than it has, two at least where it is not in 元."""
    value = yuan / YUAN[unit]
    rounded = value.quantize(Decimal(1) if unit == "元" else Decimal("0.01"))
    return f"{rounded if rounded == value else value.normalize():f} {unit}"


def _paragraph(line: Passage, heading: str) -> Paragraph:
    spans = tuple(found.span() for found in SENTENCE.finditer(line.text))
    return Paragraph(line, heading, spans, tuple(_amounts(line.text)))


def _amounts(text: str) -> Iterator[Amount]:
    for found in AMOUNT.finditer(text):
        before = text[max(0, found.start() - 6) : found.start()]
        rough = bool(found["more"] or ABOUT.search(before) or ROUGHLY.match(text, found.end()))
        start, end = found.start("n"), found.end()
        yield amount(found["n"], found["unit"], start=start, end=end, is_rough=rough)
