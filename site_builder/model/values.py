"""Values: what a reader hands to the decoder, every piece with its place.

Promise: every scalar is still the text that stands in the file; no type was guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.problems import Place


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text as written; an absent value (`标题:`) is the empty text."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a mapping; the key is text at its own place."""

    key: Scalar
    value: Value


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping, entries in file order, every key once."""

    entries: tuple[Entry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Listed:
    """A sequence."""

    items: tuple[Value, ...]
    place: Place


Value = Scalar | Mapped | Listed
