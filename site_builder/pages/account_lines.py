"""Account lines: the amounts that are followed, drawn and compared, read from a filled-in form.

Promise: every amount is in 万元 and known with the row it stands in; nothing is added up that the
form does not add up itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.tables import FormTable, Table
from site_builder.pages.account_tables import has_code
from site_builder.pages.amounts import amount, indicated
from site_builder.pages.statistics import anchor

WHOLE, TOTAL = "hospitality", "total"
PARTS = (("abroad", 2), ("cars", 2), ("buying", 3), ("driving", 3), ("reception", 2))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 万元: `key` pairs it with that of another document, `level` is its indent.

    An amount that stands in no row of the form has no anchor.
    """

    key: str
    label: str
    level: int
    amount: Decimal
    anchor: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The amounts of two documents under one label; None where a document has none."""

    label: str
    level: int
    this: Amount | None
    other: Amount | None


def pairs(this: tuple[Amount, ...], other: tuple[Amount, ...]) -> tuple[Pair, ...]:
    """Amounts of two documents by key; those that only the other has follow."""
    of_other = {amount.key: amount for amount in other}
    made = [Pair(a.label, a.level, a, of_other.pop(a.key, None)) for a in this]
    made += [Pair(a.label, a.level, None, a) for a in of_other.values()]
    return tuple(made)


def classes(table: Table) -> tuple[Amount, ...]:
    """Spending by functional class, in the order of the table; classes without any are left out."""
    total = table.form.indicator("spending")
    part = _part_of(table, total.row) if total else None
    if total is None or part is None:
        return ()
    found = (
        (row, amount(table, row.id, total.column))
        for row in part.rows
        if has_code(row) and part.codes
    )
    return tuple(
        Amount(row.id.rpartition(".")[2], row.label, 1, value, anchor(row.id))
        for row, value in found
        if value
    )


def total(found: tuple[Amount, ...], label: str) -> tuple[Amount, ...]:
    """The sum of amounts of one level, in no row of the form; none where there are no amounts."""
    whole = sum((one.amount for one in found), Decimal(0))
    return (Amount(TOTAL, label, 1, whole, ""),) if found else ()


def hospitality(table: Table) -> tuple[Amount, ...]:
    """“三公”经费 and its parts; what the form does not ask for is left out."""
    return tuple(_indicated(table, ((WHOLE, 1), *PARTS)))


def structure(table: Table) -> tuple[Amount, ...]:
    """基本支出 and 项目支出."""
    return tuple(_indicated(table, (("basic", 1), ("project", 1))))


def _indicated(table: Table, names: tuple[tuple[str, int], ...]) -> Iterator[Amount]:
    for name, level in names:
        found, value = table.form.indicator(name), indicated(table, name)
        if found and value is not None:
            yield Amount(name, found.label, level, value, anchor(found.row))


def _part_of(table: Table, row: str) -> FormTable | None:
    parts = table.form.tables
    return next((p for p in parts if any(r.id == row for _, r in p.walk())), None)
