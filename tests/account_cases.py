"""Cases of broken accounts: every rule of both forms, with a cell to break it in.

Promise: each case changes one figure of a set that satisfies everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.model.disclosure import Account
from site_builder.model.form_rules import Relation, Rule
from site_builder.model.tables import FormTable, Table
from site_builder.problems import Problem
from site_builder.rules.arithmetic import check_arithmetic
from site_builder.rules.cells import EVERY, reference
from site_builder.rules.relations import check_relations
from tests.account_sets import account_set, library, with_number

SETS = {
    "every kind of money": account_set(7),
    "general budget alone": account_set(8, general_only=True),
}
BUDGET, LAST, FINAL = 0, 1, 2
MUCH = Decimal(1000)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A rule of one document of a set, and the cell to break it in."""

    set_name: str
    document: int
    rule: Rule | Relation
    part: FormTable | None
    key: Key

    def __str__(self) -> str:
        place = self.part.id if self.part else "relation"
        return f"{self.document}-{place}-{self.rule.id}-{self.set_name[:3]}"

    @property
    def table(self) -> Table:
        return table_of(SETS[self.set_name], self.document)

    def broken(self) -> list[Account]:
        """The set with that one cell changed."""
        number = self.table.number(*self.key) or Decimal(0)
        table = with_number(self.table, self.key, number=number + MUCH)
        return with_table(SETS[self.set_name], self.document, table)


def cases() -> Iterator[Case]:
    for name, accounts in SETS.items():
        for document in (BUDGET, FINAL):
            table = table_of(accounts, document)
            for part in table.form.tables:
                for rule in part.rules:
                    yield Case(name, document, rule, part, first_cell(table, part, rule))
            for relation in table.form.relations:
                key = first_side(table, relation)
                if key and is_presumed(table, relation):
                    yield Case(name, document, relation, None, key)


def first_cell(table: Table, part: FormTable, rule: Rule) -> Key:
    """A cell of the rule's first operand, on a line where it has a number."""
    columns = [column.id for column in part.leaves()]
    if rule.over == "rows":
        keys = [(rule.this[0], column) for column in columns]
    else:
        keys = [(row.id, rule.this[0]) for _, row in part.walk()]
    return next(key for key in keys if table.number(*key))


def first_side(table: Table, relation: Relation) -> Key | None:
    """A cell of the relation's first operand, in a table that has rows."""
    meant = reference(relation.this[0])
    assert meant is not None
    part = next(part for part in table.form.tables if part.id == meant.table)
    rows = [row.id for _, row in part.walk()]
    if meant.name == EVERY:
        rows = [row for row in rows if row.rpartition(".")[2].isdigit()]
    else:
        rows = [row for row in rows if row == meant.row]
    return next(((row, meant.column) for row in rows if table.number(row, meant.column)), None)


def is_presumed(table: Table, relation: Relation) -> bool:
    """Whether what the relation presumes is so in this set."""
    numbers = set()
    for text in relation.given:
        cell = reference(text)
        assert cell is not None
        numbers.add(table.number(cell.row, cell.column))
    return len(numbers) < 2


def findings(accounts: list[Account]) -> list[Problem]:
    held = library(accounts)
    return [*check_arithmetic(held), *check_relations(held)]


def alone(accounts: list[Account], case: Case) -> list[Account]:
    """The set with no rule left but that of the case, in its document."""
    stripped = list(accounts)
    for number, account in enumerate(accounts):
        table = table_of(accounts, number)
        own = number == case.document
        tables = tuple(
            replace(part, rules=tuple(r for r in part.rules if own and is_case(part, r, case)))
            for part in table.form.tables
        )
        kept = (r for r in table.form.relations if own and case.part is None and r == case.rule)
        form = replace(table.form, tables=tables, relations=tuple(kept))
        stripped[number] = replace(account, table=replace(table, form=form))
    return stripped


def is_case(part: FormTable, rule: Rule, case: Case) -> bool:
    return case.part is not None and part.id == case.part.id and rule == case.rule


def changed(accounts: list[Account], document: int, key: Key, change: str) -> list[Account]:
    table = table_of(accounts, document)
    number = (table.number(*key) or Decimal(0)) + Decimal(change)
    return with_table(accounts, document, with_number(table, key, number=number))


def with_table(accounts: list[Account], document: int, table: Table) -> list[Account]:
    return [replace(a, table=table) if n == document else a for n, a in enumerate(accounts)]


def table_of(accounts: list[Account], document: int) -> Table:
    table = accounts[document].table
    assert table is not None
    return table
