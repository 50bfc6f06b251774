"""Claims: numbers in the prose against the cells of the table they speak of.

Promise: a number is compared only when a phrase of the form names it and nothing in its sentence
says that another year, a part or a wider body is meant; where in doubt it is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.model.library import Library
from site_builder.model.tables import Form, Table
from site_builder.model.wording import Phrase
from site_builder.problems import Place, Problem
from site_builder.rules import phrases
from site_builder.rules.cells import column_names
from site_builder.rules.prose import Passage, sentences

Key = tuple[str, str]
NEARLY = Decimal("0.1")  # how far a figure called approximate may be from the table's
FAR = 200  # characters before a phrase that are looked at
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
YEARS = re.compile(r"[0-9]{4}年? ?(?:[-—–~]|至|到){1,2} ?[0-9]{4}年")
THIS_YEAR = re.compile(
    r"(?:0?1月0?1日起?[-—–~至到]{1,2}(?:[0-9]{4}年)?)?12月(?:31日|底|末)|上一?年度?结转"
)
OTHER_TIME = re.compile(
    r"上年|上一年|去年|前年|往年|历年|同期|同比|比上|较上|相比|以来|累计|季度|半年|[二三四五]年来?|"
    r"[0-9]{1,2}月|增|减|升|降|占"
)
WIDER = re.compile(r"全市|全区|全县|全省|全国|系统|旗县|区县|各县|下属|下级|基层|辖区|分局")
ABOUT = re.compile(r"(?:约|近|逾|超过|不少于|多达)\s*$")
ROUGHLY = re.compile(r"[^,。;]{0,2}(?:左右|以上|上下)")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a phrase speaks of: the sum of some cells, or their percentage of others."""

    phrase: Phrase
    name: str
    of: tuple[Key, ...]
    over: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number in a sentence, and the subject of the phrase that names it."""

    subject: _Subject
    sentence: Passage
    found: re.Match[str]

    @property
    def denies(self) -> bool:
        """Whether the words say that there was none."""
        return not self.found["n"]

    @property
    def number(self) -> Decimal:
        return Decimal(self.found["n"].replace(",", "") or 0)

    @property
    def place(self) -> Place:
        return self.sentence.at(self.found.start() if self.denies else self.found.start("n"))

    @property
    def quoted(self) -> str:
        return self.sentence.written[self.found.start() : self.found.end()]

    @property
    def has_more(self) -> bool:
        """«20余件»."""
        return not self.denies and bool(self.found["more"])

    @property
    def is_approximate(self) -> bool:
        text, start, end = self.sentence.text, *self.found.span("n")
        before = text[max(0, start - 6) : start]
        return bool(self.has_more or ABOUT.search(before) or ROUGHLY.match(text, end))


def check_claims(library: Library) -> Iterator[Problem]:
    """Every number of a report's text that differs from its table."""
    for report in library.reports:
        if report.table:
            subjects = tuple(_subjects(report.table.form))
            for sentence in sentences(report):
                for claim in _claims(sentence, subjects):
                    if _is_of_the_year(claim, report.table):
                        yield from _compare(claim, report.table)


def _subjects(form: Form) -> Iterator[_Subject]:
    """What the phrases of a form speak of; faulty phrases are the form's own finding."""
    for part in form.tables:
        titles = column_names(part)
        for _, row in part.walk():
            for phrase, columns in usable(row.phrases, titles):
                name = row.label
                if len(titles) > 1:
                    name += f"（{'，'.join(titles[id] for id in columns)}）"
                yield _Subject(phrase, name, tuple((row.id, id) for id in columns))
        for rate in part.rates:
            for phrase, columns in usable(rate.phrases, titles):
                of = tuple((row, id) for row in rate.of for id in columns)
                over = tuple((row, id) for row in rate.over for id in columns)
                yield _Subject(phrase, rate.label, of, over)


def usable(
    spoken: tuple[Phrase, ...], titles: Mapping[str, str]
) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    """Each phrase without fault with the columns it speaks of."""
    for phrase in spoken:
        columns = phrase.columns or tuple(titles)[:1]
        if not phrases.fault(phrase.text) and all(id in titles for id in columns):
            yield phrase, columns


def _claims(sentence: Passage, subjects: tuple[_Subject, ...]) -> Iterable[_Claim]:
    """The claims of a sentence: a number belongs to the longest phrase that names it.

    One denial may speak of several rows: 没有行政复议、行政诉讼.
    """
    owners: dict[tuple[int, str], _Claim] = {}
    for subject in subjects:
        if phrases.anchor(subject.phrase.text) not in sentence.text:
            continue
        for found in phrases.pattern(subject.phrase.text).finditer(sentence.text):
            key = (found.start("n"), "" if found["n"] else subject.name)
            owner = owners.get(key)
            if owner is None or found.start() < owner.found.start():
                owners[key] = _Claim(subject, sentence, found)
    return owners.values()


def _is_of_the_year(claim: _Claim, table: Table) -> bool:
    """Whether the sentence leaves no doubt that the whole year of this very body is meant."""
    phrase, found = claim.subject.phrase, claim.found
    before = claim.sentence.text[max(0, found.start() - FAR) : found.start()]
    gaps = "".join(found[name] or "" for name in found.re.groupindex if name.startswith("gap"))
    years = YEAR.findall(before + gaps)
    where = (before.rpartition(",")[2] if claim.denies else before) + gaps
    return not (
        (phrase.after and not any(word in before for word in phrase.after))
        or any(word in where for word in (*phrase.unless, *table.form.other_matters))
        or ("其中" in before + gaps and not phrase.part)
        or (years and int(years[-1]) != table.year)
        or YEARS.search(before)
        or WIDER.search(before + gaps)
        or OTHER_TIME.search(THIS_YEAR.sub("", nearby(before)) + gaps)
    )


def nearby(before: str) -> str:
    """The clause up to the phrase, and the clauses before it that hold no figure of their own.

    Numbers of dates are no figures; a clause that states one has said what it is about.
    """
    clauses = before.split(",")
    kept = [clauses.pop()]
    while clauses and not re.search(r"[0-9](?![0-9]*[年月日])", clauses[-1]):
        kept.append(clauses.pop())
    return ",".join(reversed(kept))


def _compare(claim: _Claim, table: Table) -> Iterator[Problem]:
    actual = _value(claim.subject, table)
    if actual is None:
        return
    places = tuple(table.cells[key].place for key in (*claim.subject.of, *claim.subject.over))
    said = Problem("T401", claim.place, "", basis=str(table.form.cites), related=places)
    name, number = claim.subject.name, claim.number
    if claim.subject.over:
        if not _agree(number, actual) or (number == 100) != (actual == 100):
            message = f"正文说“{claim.quoted}”，按统计表计算{name}是 {_percent(actual)}"
            yield replace(said, code="T403", message=message)
    elif number == actual:
        if claim.has_more:
            message = f"正文说“{claim.quoted}”，统计表“{name}”正好是 {actual}，确数后面不写“余”"
            yield replace(said, code="T402", message=message)
    elif not _agree(number, actual) and not _is_near(claim, actual):
        yield replace(said, message=f"正文说“{claim.quoted}”，统计表“{name}”是 {actual}")


def _value(subject: _Subject, table: Table) -> Decimal | None:
    """The figure in the table; None where a cell is not a number or nothing can be divided."""
    of = [table.number(*key) for key in subject.of]
    over = [table.number(*key) for key in subject.over]
    parts = [number for number in of if number is not None]
    wholes = [number for number in over if number is not None]
    if len(parts) < len(of) or len(wholes) < len(over):
        return None
    if not over:
        return sum(parts, Decimal(0))
    whole = sum(wholes, Decimal(0))
    return sum(parts, Decimal(0)) * 100 / whole if whole else None


def _agree(stated: Decimal, actual: Decimal) -> bool:
    """Equal, or equal to as many places as are stated when the table holds more."""
    places, held = _places(stated), _places(actual)
    return abs(stated - actual) < Decimal(1).scaleb(-places) if held > places else stated == actual


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_near(claim: _Claim, actual: Decimal) -> bool:
    return claim.is_approximate and abs(claim.number - actual) <= actual * NEARLY


def _percent(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():f}%"
