"""Outlines: the chapters that the explanation of a budget or an account usually has.

Promise: an outline is headings and nothing that could be taken for a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.model.disclosure import AccountKind
from site_builder.model.fields import clerk


@dataclass(frozen=True, slots=True)
class OutlineChapter:
    """A chapter with its parts, or with the sentence that stands in it already."""

    heading: str = clerk("heading", about="{year} stands for the year")
    parts: tuple[str, ...] = clerk("parts", ())
    text: str = clerk("text", "")


@dataclass(frozen=True, slots=True)
class Outline:
    """The chapters of a kind of document, in order."""

    kind: AccountKind = clerk("kind")
    chapters: tuple[OutlineChapter, ...] = clerk("chapters")


@dataclass(frozen=True, slots=True)
class OutlineList:
    """The outline of each kind."""

    outlines: tuple[Outline, ...] = clerk("outlines")
