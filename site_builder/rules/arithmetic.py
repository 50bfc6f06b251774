"""Arithmetic: the rules of a form applied to one year's figures.

Promise: it knows no year and no row by name; whatever a form's YAML says is checked in every
column (or every row), and a finding names the rule, both sides and the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.library import Library
from site_builder.model.tables import Cell, FormTable, Rule, Table
from site_builder.problems import Place, Problem

CODES = {"sums": "T301", "balance": "T302", "at_most": "T303", "requires": "T304", "carry": "T305"}
SOFT_CODES = {"warn": "T311", "note": "T321"}
MOST_NAMED = 4
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row or column along which a rule is applied: `across` is the id that stays the same."""

    table: Table
    part: FormTable
    rule: Rule
    across: str

    def key(self, id: str) -> Key:
        """The cell an operand stands for on this line."""
        return (id, self.across) if self.rule.over == "rows" else (self.across, id)

    def numbers(self, table: Table, ids: tuple[str, ...]) -> list[Decimal] | None:
        """The figures of some operands, None where one is missing: a blank is not a zero."""
        found = [table.number(*self.key(id)) for id in ids]
        present = [number for number in found if number is not None]
        return present if len(present) == len(found) else None


def check_arithmetic(library: Library) -> Iterator[Problem]:
    """Every breach of every rule in every table."""
    held = (report.table for report in library.reports)
    unread = (file.table for file in library.unread)
    tables = [table for table in (*held, *unread) if table is not None]
    by_year = {table.year: table for table in tables}
    for table in tables:
        for part in table.form.tables:
            for rule in part.rules:
                for line in _lines(table, part, rule=rule):
                    yield from _check(line, by_year.get(table.year - 1))


def _lines(table: Table, part: FormTable, *, rule: Rule) -> Iterator[_Line]:
    if rule.over == "rows":
        ids = [column.id for column in part.leaves()]
    else:
        ids = [row.id for _, row in part.walk() if row.type != "heading"]
    return (_Line(table, part, rule, id) for id in ids if id in (rule.across or ids))


def _check(line: _Line, last: Table | None) -> Iterator[Problem]:
    source = last if line.rule.kind == "carry" else line.table
    if not line.rule.this:
        return  # the form itself is reported
    this = line.numbers(line.table, line.rule.this)
    that = line.numbers(source, line.rule.that) if source else None
    plus = line.numbers(line.table, line.rule.plus)
    less = line.numbers(line.table, line.rule.less)
    if this is None or that is None or plus is None or less is None:
        return
    right = [*that, *plus, *(-number for number in less)]
    if not _holds(line.rule, sum(this), right=sum(right)):
        yield _breach(line, this, right=right, source=source or line.table)


def _holds(rule: Rule, left: Decimal | int, *, right: Decimal | int) -> bool:
    match rule.kind:
        case "sums" | "balance" | "carry":
            return left == right
        case "at_most":
            return left <= right
        case "requires":
            return left == 0 or right > 0


def _breach(line: _Line, this: list[Decimal], *, right: list[Decimal], source: Table) -> Problem:
    rule, table = line.rule, line.table
    others = (*rule.this[1:], *rule.plus, *rule.less)
    related = [
        *(_place(table, line.key(id)) for id in others),
        *(_place(source, line.key(id)) for id in rule.that),
    ]
    return Problem(
        CODES[rule.kind] if rule.level == "must" else SOFT_CODES[rule.level],
        _place(table, line.key(rule.this[0])),
        _message(line, this, right=right),
        hint=f"{rule.why}。" if rule.why else "",
        basis=f"统计表式：{table.form.cites}",
        related=tuple(related),
    )


def _place(table: Table, key: Key) -> Place:
    return table.cells.get(key, Cell("", None, table.origin.place)).place


def _message(line: _Line, this: list[Decimal], *, right: list[Decimal]) -> str:
    rule, names = line.rule, _names(line.part)
    left_side = _side(names, rule.this, numbers=this)
    right_side = _side(names, (*rule.that, *rule.plus, *rule.less), numbers=right)
    where = names.get(line.across, "") if len(line.part.leaves()) > 1 else ""
    head = f"“{where}”一{'列' if rule.over == 'rows' else '行'}：" if where else ""
    match rule.kind:
        case "sums" | "balance":
            difference = abs(sum(this) - sum(right))
            return f"{head}{left_side}，而{right_side}，相差 {difference}（规则 {rule.id}）"
        case "carry":
            return f"{head}{left_side}，而按上年报告应当是 {sum(right)}（规则 {rule.id}）"
        case "at_most":
            return f"{head}{left_side}，大于{right_side}（规则 {rule.id}）"
        case "requires":
            return f"{head}{left_side}，而{right_side}（规则 {rule.id}）"


def _names(part: FormTable) -> Mapping[str, str]:
    rows = {row.id: row.label for _, row in part.walk()}
    return {**rows, **{column.id: column.label for column in part.leaves()}}


def _side(names: Mapping[str, str], ids: tuple[str, ...], *, numbers: list[Decimal]) -> str:
    """«收到申请数» 5, or the parts written out with their sum; many of them without names."""
    if not ids:
        return " 0"
    if len(ids) > MOST_NAMED:
        return f"各分项之和 {'＋'.join(map(str, numbers))}＝{sum(numbers)}"
    named = (f"“{names[id]}”{number}" for id, number in zip(ids, numbers, strict=True))
    return "＋".join(named) + (f"＝{sum(numbers)}" if len(ids) > 1 else "")
