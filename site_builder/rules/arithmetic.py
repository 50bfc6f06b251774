"""Arithmetic: the rules of a form applied to one year's figures.

Promise: it knows no year and no row by name; whatever a form's YAML says is checked in every
column, and a finding names the rule, both sides and the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from site_builder.model.library import Library
from site_builder.model.tables import Cell, Rule, Table, ValueColumn
from site_builder.problems import Place, Problem

CODES = {"sums": "T301", "balance": "T302", "at_most": "T303", "requires": "T304"}
SOFT_CODES = {"warn": "T311", "note": "T321"}
MOST_NAMED = 4


def check_arithmetic(library: Library) -> Iterator[Problem]:
    """Every breach of every rule in every table."""
    held = (report.table for report in library.reports)
    unread = (file.table for file in library.unread)
    for table in (*held, *unread):
        if table is not None:
            yield from _table(table)


def _table(table: Table) -> Iterator[Problem]:
    for part in table.form.tables:
        for rule in part.rules:
            for column in part.columns:
                yield from _rule(table, rule, column=column)


def _rule(table: Table, rule: Rule, *, column: ValueColumn) -> Iterator[Problem]:
    """A rule speaks only where every figure it names is there: a blank is not a zero."""
    this = _numbers(table, rule.this, column=column)
    that = _numbers(table, rule.that, column=column)
    if this is None or that is None or _holds(rule, sum(this), right=sum(that)):
        return
    yield Problem(
        CODES[rule.kind] if rule.level == "must" else SOFT_CODES[rule.level],
        _place(table, rule.this[0], column=column),
        _message(table, rule, this=this, that=that),
        hint=f"{rule.why}。" if rule.why else "",
        basis=f"统计表式：{table.form.cites}",
        related=tuple(_place(table, row, column=column) for row in (*rule.this[1:], *rule.that)),
    )


def _holds(rule: Rule, left: Decimal | int, *, right: Decimal | int) -> bool:
    match rule.kind:
        case "sums" | "balance":
            return left == right
        case "at_most":
            return left <= right
        case "requires":
            return left == 0 or right > 0


def _numbers(table: Table, rows: tuple[str, ...], *, column: ValueColumn) -> list[Decimal] | None:
    numbers = [table.number(row, column.id) for row in rows]
    present = [number for number in numbers if number is not None]
    return present if rows and len(present) == len(numbers) else None


def _place(table: Table, row: str, *, column: ValueColumn) -> Place:
    return table.cells.get((row, column.id), Cell("", None, table.origin.place)).place


def _message(table: Table, rule: Rule, *, this: list[Decimal], that: list[Decimal]) -> str:
    names = {row.id: row.label for part in table.form.tables for _, row in part.walk()}
    left = _side(names, rule.this, numbers=this)
    right = _side(names, rule.that, numbers=that)
    match rule.kind:
        case "sums" | "balance":
            difference = abs(sum(this) - sum(that))
            return f"{left}，而{right}，相差 {difference}（规则 {rule.id}）"
        case "at_most":
            return f"{left}，大于{right}（规则 {rule.id}）"
        case "requires":
            return f"{left}，而{right}（规则 {rule.id}）"


def _side(names: dict[str, str], rows: tuple[str, ...], *, numbers: list[Decimal]) -> str:
    """«收到申请数» 5, or the parts written out with their sum; many of them without names."""
    if len(rows) > MOST_NAMED:
        return f"各分项之和 {'＋'.join(map(str, numbers))}＝{sum(numbers)}"
    named = (f"“{names[row]}”{number}" for row, number in zip(rows, numbers, strict=True))
    return "＋".join(named) + (f"＝{sum(numbers)}" if len(rows) > 1 else "")
