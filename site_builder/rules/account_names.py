"""Account names: in what words an explanation names the cells of its tables.

Promise: names come from the phrases of the form and from the labels and codes of the document's
own subjects; a name that could be several things is all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.model.tables import Form, Table
from site_builder.model.wording import Phrase
from site_builder.rules import phrases
from site_builder.rules.account_cells import Spot, spot
from site_builder.rules.cells import column_names
from site_builder.rules.claims import usable
from site_builder.rules.prose import folded

MARK = re.compile(r"\(([类款项])\)")
LENGTHS = {"类": 3, "款": 5, "项": 7}
LINK = re.compile(r"(?:支出)?[ 、,“”\"/-]{0,2}")
# What may stand right before a name, so that it is not the end of another one.
EDGE = re.compile(
    r"(?:^|[^一-鿿]|、|。|年|度|部门|单位|局|委|办|全年|本年|当年|其中|的|为|共|和|及|与|中|是)$"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A way of speaking of a spot."""

    phrase: Phrase
    spot: Spot


@dataclass(frozen=True, slots=True)
class Mention:
    """A subject named in a line by its label or code; `marked` by 类, 款, 项 or as 科目."""

    start: int
    end: int
    codes: tuple[str, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a document's cells: phrases, and codes by label."""

    spoken: tuple[Spoken, ...]
    codes: Mapping[str, tuple[str, ...]]
    search: re.Pattern[str]


def names_of(form: Form, table: Table) -> Names:
    """The names of a document, from its official form and from its tables as filled in."""
    codes = _codes(table)
    return Names(tuple(_spoken(form)), codes, re.compile("|".join(_alternatives(codes)) or "(?!)"))


def named(names: Names, words: str) -> tuple[Spot, ...]:
    """What a name without a number stands for: the longest phrases that end with it."""
    text, found = f"{words}1", dict[int, list[Spot]]()
    for one in names.spoken:
        if phrases.anchor(one.phrase.text) not in text:
            continue
        for match in phrases.pattern(one.phrase.text).finditer(text):
            if match.start("n") == len(words) and EDGE.search(text[: match.start()]):
                found.setdefault(match.start(), []).append(one.spot)
    return tuple(found[min(found)]) if found else ()


def mentions(names: Names, text: str) -> list[Mention]:
    """The subjects named in a line, of a path 类、款、项 the last."""
    found: list[Mention] = []
    for match in names.search.finditer(text):
        label, mark = MARK.sub("", match[0]), MARK.search(match[0])
        codes = names.codes.get(label) or names.codes.get(f"{label}支出", ())
        if mark:
            codes = tuple(code for code in codes if len(code) == LENGTHS[mark[1]])
        start = match.start()
        if found and LINK.fullmatch(text, found[-1].end, start):
            inner = tuple(c for c in codes if len(c) > 3 and c.startswith(found[-1].codes))
            codes, start = (inner, found.pop().start) if inner else (codes, start)
        is_marked = bool(mark) or text.startswith(("”科目", "科目"), match.end())
        found.append(Mention(start, match.end(), codes, is_marked))
    return found


def _spoken(form: Form) -> Iterator[Spoken]:
    """Every usable phrase of an official form; faulty ones are the form's own finding."""
    for part in form.tables:
        titles = column_names(part)
        for _, row in part.walk():
            for phrase, columns in usable(row.phrases, titles):
                yield Spoken(phrase, spot(part, row.id, label=row.label, columns=columns))


def _codes(table: Table) -> dict[str, tuple[str, ...]]:
    """The codes under each label, and under each code itself."""
    found: dict[str, dict[str, None]] = {}
    for part in table.form.tables:
        for _, row in part.walk():
            code = row.id.rpartition(".")[2]
            if code.isdecimal():
                found.setdefault(folded(row.label), {})[code] = None
                if len(code) > 3:
                    found.setdefault(code, {})[code] = None
    return {label: tuple(codes) for label, codes in found.items()}


def _alternatives(labels: Iterable[str]) -> Iterator[str]:
    """Longer labels first; 社会保障和就业（类）支出 is 社会保障和就业支出（类）."""
    for label in sorted(labels, key=len, reverse=True):
        if label.isdecimal():
            yield rf"(?<![0-9.,]){label}(?![0-9.,]|[亿万]?元|年)"
            continue
        yield rf"{re.escape(label)}(?:\([类款项]\))?"
        if label.endswith("支出"):
            yield rf"{re.escape(label.removesuffix('支出'))}\([类款项]\)(?=支出)"
