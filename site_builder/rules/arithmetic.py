"""Arithmetic: the rules of a form applied to one year's figures.

Promise: it knows no year and no row by name; whatever a form's YAML says is checked in every
column (or every row), and a finding names the rule, both sides and the cell. Where a form says that
a blank is nothing, a blank adds nothing; a line that is blank throughout says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.model.form_rules import Rule
from site_builder.model.library import Library
from site_builder.model.tables import Cell, Form, FormTable, Table
from site_builder.problems import Place, Problem
from site_builder.rules import rounding
from site_builder.rules.cells import column_names, quoted, row_name
from site_builder.rules.slips import Suspect, slip

CODES = {"sums": "T301", "balance": "T302", "at_most": "T303", "requires": "T304", "carry": "T305"}
SOFT_CODES = {"warn": "T311", "note": "T321"}
ROUNDED = "T322"
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
        if table.form.blanks == "nothing":
            return [number or Decimal(0) for number in found]
        present = [number for number in found if number is not None]
        return present if len(present) == len(found) else None

    def is_blank(self) -> bool:
        """Whether none of its cells holds a number."""
        rule, cells = self.rule, self.table
        ids = (*rule.this, *rule.that, *rule.plus, *rule.less)
        return all(cells.number(*self.key(id)) is None for id in ids)

    def slack(self, terms: int) -> Decimal:
        """The difference that rounding explains."""
        rows = {row.id: row for _, row in self.part.walk()}
        keys = [self.key(id)[0] for id in (*self.rule.this, *self.rule.that)]
        steps = (rounding.step(self.table.form, rows.get(row)) for row in keys)
        return rounding.slack(steps, terms=terms)


def check_arithmetic(library: Library) -> Iterator[Problem]:
    """Every breach of every rule in every table."""
    reports = (report.table for report in library.reports)
    accounts = (account.table for account in library.accounts)
    unread = (file.table for file in library.unread)
    tables = [table for table in (*reports, *accounts, *unread) if table is not None]
    by_year = {(table.form.series, table.year): table for table in tables}
    for table in tables:
        last = by_year.get((table.form.series, table.year - 1))
        for part in table.form.tables:
            for rule in part.rules:
                for line in _lines(table, part, rule=rule):
                    yield from _check(line, last)


def _lines(table: Table, part: FormTable, *, rule: Rule) -> Iterator[_Line]:
    if rule.over == "rows":
        ids = [column.id for column in part.leaves()]
    else:
        ids = [row.id for _, row in part.walk() if row.type != "heading"]
    return (_Line(table, part, rule, id) for id in ids if id in (rule.across or ids))


def _check(line: _Line, last: Table | None) -> Iterator[Problem]:
    source = last if line.rule.kind == "carry" else line.table
    if not line.rule.this or line.is_blank():
        return  # a rule without operands is reported with the form
    this = line.numbers(line.table, line.rule.this)
    that = line.numbers(source, line.rule.that) if source else None
    plus = line.numbers(line.table, line.rule.plus)
    less = line.numbers(line.table, line.rule.less)
    if this is None or that is None or plus is None or less is None:
        return
    right = [*that, *plus, *(-number for number in less)]
    if not _holds(line.rule, sum(this), right=sum(right)):
        breach = _breach(line, this, right=right, source=source or line.table)
        difference = abs(sum(this, Decimal(0)) - sum(right, Decimal(0)))
        rounded = difference <= line.slack(len(this) + len(right))
        yield _as_rounded(breach) if rounded else breach


def _as_rounded(breach: Problem) -> Problem:
    """What would be a breach if the figures were exact."""
    return replace(breach, code=ROUNDED, message=breach.message + rounding.WITHIN, hint="")


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
    return Problem(
        CODES[rule.kind] if rule.level == "must" else SOFT_CODES[rule.level],
        _place(table, line.key(rule.this[0])),
        _message(line, this, right=right),
        hint=(f"{rule.why}。" if rule.why else "") + _slip(line, this, right=right),
        basis=_basis(table.form),
        related=tuple(_related(line, right, source=source)),
    )


def _related(line: _Line, right: list[Decimal], *, source: Table) -> Iterator[Place]:
    """The other cells the message speaks of; of many parts those that are not 0."""
    rule, table = line.rule, line.table
    yield from (_place(table, line.key(id)) for id in rule.this[1:])
    parts = [(source, id) for id in rule.that] + [(table, id) for id in (*rule.plus, *rule.less)]
    for (held, id), number in zip(parts, right, strict=True):
        if number or len(parts) <= MOST_NAMED:
            yield _place(held, line.key(id))


def _slip(line: _Line, this: list[Decimal], *, right: list[Decimal]) -> str:
    """Where to look first; counts are small and many slips would explain them."""
    rule, names = line.rule, _names(line.part)
    if not line.table.form.decimals:
        return ""
    ids = (*rule.that, *rule.plus, *rule.less)
    left = [Suspect(names.get(id, id), n) for id, n in zip(rule.this, this, strict=True)]
    right_side = [Suspect(names.get(id, id), n) for id, n in zip(ids, right, strict=True)]
    return slip(left, right_side)


def _basis(form: Form) -> str:
    """An annual report's form prescribes its rules; those of accounts follow from their tables."""
    if form.relations:
        return "表内关系，由表的结构得出，不是文件的条文"
    return f"统计表式：{form.cites}"


def _place(table: Table, key: Key) -> Place:
    return table.cells.get(key, Cell("", None, table.origin.place)).place


def _message(line: _Line, this: list[Decimal], *, right: list[Decimal]) -> str:
    rule, names = line.rule, _names(line.part)
    zero = "没有填数或者是 0" if line.table.form.blanks == "nothing" else "是 0"
    left_side = _side(names, rule.this, numbers=this, zero=zero)
    parts = (*rule.that, *rule.plus, *rule.less)
    right_side = _side(names, parts, numbers=right, zero=zero)
    where = names.get(line.across, "") if len(line.part.leaves()) > 1 else ""
    head = f"“{where}”一{'列' if rule.over == 'rows' else '行'}：" if where else ""
    head = f"{quoted(line.part.title)}{head or '：'}" if line.table.form.relations else head
    match rule.kind:
        case "sums" | "balance":
            difference = abs(sum(this) - sum(right))
            right_side = right_side if right else "没有列出分项"
            return f"{head}{left_side}，而{right_side}，相差 {difference}（规则 {rule.id}）"
        case "carry":
            return f"{head}{left_side}，而按上年报告应当是 {sum(right)}（规则 {rule.id}）"
        case "at_most":
            return f"{head}{left_side}，大于{right_side}（规则 {rule.id}）"
        case "requires":
            return f"{head}{left_side}，而{right_side}（规则 {rule.id}）"


def _names(part: FormTable) -> Mapping[str, str]:
    """By id; what a rule names and the form does not have is reported with the form."""
    rows = {row.id: row_name(part, row) for _, row in part.walk()}
    return {**rows, **column_names(part)}


def _side(
    names: Mapping[str, str], ids: tuple[str, ...], *, numbers: list[Decimal], zero: str
) -> str:
    """«收到申请数» 5, or the parts written out with their sum; of many those that are not 0."""
    if not ids:
        return " 0"
    pairs = [(names.get(id, id), n) for id, n in zip(ids, numbers, strict=True)]
    if len(pairs) <= MOST_NAMED:
        return _sum(pairs)
    told = [(name, number) for name, number in pairs if number]
    zeros = len(pairs) - len(told)
    rest = f"（{'其余 ' if told else ''}{zeros} 项{zero}）" if zeros else ""
    return f"各分项之和 {_sum(told)}{rest}"


def _sum(parts: list[tuple[str, Decimal]]) -> str:
    """The parts with their sum; without their names where they are many."""
    named = (f"“{name}”{n}" if len(parts) <= MOST_NAMED else str(n) for name, n in parts)
    total = f"＝{sum(n for _, n in parts)}" if len(parts) > 1 else ""
    return ("＋".join(named) or "0") + total
