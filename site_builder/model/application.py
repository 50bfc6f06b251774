"""Applications for information: what the regulation has applicants write and bureaus answer.

Promise: the sentences stand in a catalogue, each with the article it rests on; nothing here is
the bureau's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from site_builder.model.fields import clerk

TermId = Literal["notice", "opinion", "answer", "extended"]


@dataclass(frozen=True, slots=True)
class Term:
    """A term in working days."""

    id: TermId = clerk("id")
    name: str = clerk("name")
    days: int = clerk("days")
    text: str = clerk("text")
    article: str = clerk("article")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know, and the article that says so."""

    name: str = clerk("name")
    text: str = clerk("text")
    article: str = clerk("article")


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points under one heading."""

    id: str = clerk("id")
    title: str = clerk("title")
    points: tuple[Point, ...] = clerk("points")
    note: str = clerk("note", "")


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of the application form, to be filled by hand: on `lines` lines, or by ticking."""

    name: str = clerk("name")
    note: str = clerk("note", "")
    lines: int = clerk("lines", 1)
    choices: tuple[str, ...] = clerk("choices", ())


@dataclass(frozen=True, slots=True)
class BlankPart:
    """A part of the application form."""

    title: str = clerk("title")
    fields: tuple[Blank, ...] = clerk("fields")
    article: str = clerk("article", "")
    note: str = clerk("note", "")


@dataclass(frozen=True, slots=True)
class BlankForm:
    """The application form (《条例》 Art. 29)."""

    title: str = clerk("title")
    note: str = clerk("note")
    parts: tuple[BlankPart, ...] = clerk("parts")


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """The whole catalogue; `since` is the first day the regulation is in force."""

    law: str = clerk("law")
    since: date = clerk("since")
    former: str = clerk("former")
    terms: tuple[Term, ...] = clerk("terms")
    groups: tuple[PointGroup, ...] = clerk("groups")
    form: BlankForm = clerk("form")

    def days(self) -> dict[TermId, int]:
        """The terms in working days."""
        return {term.id: term.days for term in self.terms}
