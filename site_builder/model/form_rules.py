"""Rules of a form: how figures of one table, of several, and of several years hang together.

Promise: the kinds are closed; a rule says what it compares and nothing of how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_builder.model.fields import Origin, clerk, origin_field

RuleKind = Literal["sums", "balance", "at_most", "requires", "carry"]
RelationKind = Literal["equal", "at_most"]
Direction = Literal["rows", "columns"]
Level = Literal["must", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between rows that holds in every column, or between columns in every row.

    sums: this = Σ that; balance: Σ this = Σ that; at_most: Σ this ≤ Σ that;
    requires: this > 0 → that > 0; carry: this = Σ that of last year's report + plus − less.
    `level` says what a breach is: an error, a warning, a note. `across` are the columns (or rows)
    that it holds in, where those are not all.
    """

    id: str = clerk("id")
    kind: RuleKind = clerk("kind")
    this: tuple[str, ...] = clerk("this")
    that: tuple[str, ...] = clerk("that")
    level: Level = clerk("level", "must")
    why: str = clerk("why", "")
    over: Direction = clerk("over", "rows")
    across: tuple[str, ...] = clerk("across", ())
    plus: tuple[str, ...] = clerk("plus", ())
    less: tuple[str, ...] = clerk("less", ())
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between cells of several tables of a document, or of several documents.

    A cell is written `row/column`; `T3.*/basic` means every coded row of table T3, paired by code.
    `last:` before it is the document of the same kind a year earlier, `budget:` the budget of the
    same year. Units are converted. equal: Σ this = Σ that; at_most: Σ this ≤ Σ that. The relation
    is due only where the cells of `given`, if any, are equal to each other.
    """

    id: str = clerk("id")
    kind: RelationKind = clerk("kind")
    this: tuple[str, ...] = clerk("this")
    that: tuple[str, ...] = clerk("that")
    given: tuple[str, ...] = clerk("given", ())
    level: Level = clerk("level", "must")
    why: str = clerk("why", "")
    origin: Origin = origin_field()
