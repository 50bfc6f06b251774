"""Subjects (科目): the codes under which money is received and spent, and their names by year.

Promise: a code has one name in a year; a year the dictionary does not cover has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.model.fields import clerk


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of 政府收支分类科目: functional codes begin with 2, economic ones with 3.

    `name` is the one in use from budget year `since` to `until`.
    """

    code: str = clerk("code")
    name: str = clerk("name")
    since: int = clerk("from", 0)
    until: int = clerk("until", 9999)


@dataclass(frozen=True, slots=True)
class SubjectList:
    """The dictionary, in the order of codes."""

    subjects: tuple[Subject, ...] = clerk("subjects")


# How many digits a code of a table's `codes` has, and with which digit it begins.
LENGTHS = {"functional": (3, 5, 7), "economic": (3, 5), "classes": (3,)}
FIRST = {"functional": "2", "economic": "3", "classes": "2"}


def is_code(text: str, kind: str) -> bool:
    """Whether a text can be a code of that kind; a kind without codes has none."""
    digits = text.isascii() and text.isdecimal()
    return digits and len(text) in LENGTHS.get(kind, ()) and text[0] == FIRST[kind]


def former_names(subjects: Iterable[Subject], year: int) -> dict[str, str]:
    """The codes by the names they have in other years than this and no code has in this one."""
    present = {s.name for s in subjects if s.since <= year <= s.until}
    return {s.name: s.code for s in subjects if s.name not in present}


def names_in(subjects: Iterable[Subject], year: int) -> dict[str, str]:
    """The name of each code in a budget year."""
    return {s.code: s.name for s in subjects if s.since <= year <= s.until}
