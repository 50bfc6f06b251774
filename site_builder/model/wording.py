"""Wording: how texts speak of figures, and what the chapters of a report are held to.

Promise: which words a text is searched for stands in YAML; nothing here knows a year or a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_builder.model.fields import Origin, clerk, origin_field

ChapterRuleKind = Literal["covers", "longest", "mentions", "differs"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to speak of a figure: `收到…公开申请{n}件`.

    In `text` `{n}` is the number (once; `{0}` at the end instead: the words say there was none),
    `…` up to 15 characters of the same clause, `(甲|乙)` one of several, `[甲]` what may be
    missing; the rest stands for itself, in any width. `columns` are
    the cells of the row whose sum is meant (empty: the only one). Of `after` one word, of `unless`
    none stands earlier in the sentence. `part` says that the phrase also counts after 其中.
    """

    text: str = clerk("text")
    columns: tuple[str, ...] = clerk("columns", ())
    after: tuple[str, ...] = clerk("after", ())
    unless: tuple[str, ...] = clerk("unless", ())
    part: bool = clerk("part", False)
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage that texts state: Σ rows `of` ÷ Σ rows `over`."""

    label: str = clerk("label")
    of: tuple[str, ...] = clerk("of")
    over: tuple[str, ...] = clerk("over")
    phrases: tuple[Phrase, ...] = clerk("phrases")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class ChapterRule:
    """What one chapter (from 1) is held to.

    covers: every word stands in it; mentions: one word does (`甲|乙` is one word in two spellings);
    longest: at most `limit` characters; differs: at most `limit` per cent alike last year's.
    """

    chapter: int = clerk("chapter")
    kind: ChapterRuleKind = clerk("kind")
    words: tuple[str, ...] = clerk("words", ())
    limit: int = clerk("limit", 0)
    why: str = clerk("why", "")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class RetiredWord:
    """A name or a term, in one or more spellings, out of use in reports for `since` and later.

    A sentence that also holds a word of `unless` is let pass, and so is a report in the `form` that
    the word comes from.
    """

    words: tuple[str, ...] = clerk("words")
    since: int = clerk("since")
    why: str = clerk("why")
    unless: tuple[str, ...] = clerk("unless", ())
    form: str = clerk("form", "")


@dataclass(frozen=True, slots=True)
class RetiredWords:
    """The words out of use."""

    retired: tuple[RetiredWord, ...] = clerk("retired")


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A word written by mistake, and the right one; let pass beside a word of `unless`."""

    words: tuple[str, ...] = clerk("words")
    right: str = clerk("right", "")
    why: str = clerk("why", "")
    unless: tuple[str, ...] = clerk("unless", ())


@dataclass(frozen=True, slots=True)
class WrongWords:
    """The package's list: what costs a veto (serious), and common slips."""

    version: str = clerk("version")
    serious: tuple[WrongWord, ...] = clerk("serious", ())
    common: tuple[WrongWord, ...] = clerk("common", ())


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word that the bureau itself wants to be told of."""

    words: tuple[str, ...] = clerk("词", about="写错的或者不再使用的说法，可以写几个")
    right: str = clerk("应为", "", about="应当怎样写")
    why: str = clerk("说明", "", about="为什么，检查时会写出来")
    unless: tuple[str, ...] = clerk("除非", (), about="同一句里有这些字时不提示")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class OwnWords:
    """content/用词.yaml: the bureau's own list."""

    words: tuple[OwnWord, ...] = clerk("用词")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class DoubledWords:
    """Single characters that hardly stand twice in a row, and what rightly stands twice."""

    characters: tuple[str, ...] = clerk("characters", ())
    allowed: tuple[str, ...] = clerk("allowed", ())


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A well-known document and the numbers (文号) it may be cited with."""

    title: str = clerk("title")
    numbers: tuple[str, ...] = clerk("numbers")


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """The documents whose numbers are known."""

    citations: tuple[KnownDocument, ...] = clerk("citations")
