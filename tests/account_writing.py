"""Written accounts: the tables of one document, written down as its files would hold them.

Promise: every figure has a place of its own, and the form is filled in by the product itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from site_builder.model.subjects import names_in
from site_builder.model.tables import Form, Table
from site_builder.model.values import Scalar
from site_builder.problems import Place
from site_builder.sources.account_rows import WrittenRow
from site_builder.sources.forms import load_subjects
from site_builder.sources.written import WrittenTable, fill_form

SUBJECTS = load_subjects()
Amounts = Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class Writer:
    """The tables of one document, written line by line."""

    form: Form
    year: int
    unit: str
    chance: random.Random
    tables: list[WrittenTable] = field(default_factory=list)
    line: int = 0

    def table(
        self, id: str, rows: Iterable[tuple[str, str, Sequence[int]]], note: str = ""
    ) -> None:
        """One table; a row is its code (or nothing), its label and its amounts."""
        part = next(part for part in self.form.tables if part.id == id)
        written = tuple(self.row(code, label, amounts=amounts) for code, label, amounts in rows)
        unit = Scalar(self.unit, self.place(1))
        said = Scalar(note, self.place(1)) if note else None
        self.tables.append(WrittenTable(part, self.place(0), unit, written, said))

    def row(self, code: str, label: str, *, amounts: Sequence[int]) -> WrittenRow:
        self.line += 1
        values = tuple(
            Scalar(self.text(amount), self.place(column))
            for column, amount in enumerate(amounts, 3)
        )
        written = Scalar(code, self.place(1)) if code else None
        return WrittenRow(Scalar(label, self.place(2)), values, written)

    def place(self, column: int) -> Place:
        return Place(f"{self.year}/{self.form.series}.yaml", self.line, column)

    def text(self, amount: int) -> str:
        if not amount:
            return self.chance.choice(("", "0.00"))
        worth = Decimal(amount) / 100 * (10_000 if self.unit == "元" else 1)
        return f"{worth:.2f}"

    def tree(self, leaves: Amounts) -> list[tuple[str, str, Sequence[int]]]:
        """Coded rows with their parents."""
        names = names_in(SUBJECTS, self.year)
        codes = {code[:length] for code in leaves for length in (3, 5, 7)}
        return [(c, names[c], added(_below(leaves, c))) for c in sorted(codes)]

    def sums(self, id: str, leaves: Amounts) -> None:
        """A table of coded rows below its total."""
        self.table(id, [("", "合计", added(leaves.values())), *self.tree(leaves)])

    def classes(self, leaves: Amounts) -> list[tuple[str, str, Sequence[int]]]:
        """The classes alone, named and not coded."""
        rows = (row for row in self.tree(leaves) if len(row[0]) == 3)
        return [("", f"{n}、{label}", amounts) for n, (_, label, amounts) in enumerate(rows, 1)]

    def filled(self) -> Table:
        """The form filled in; nothing may be wrong with it."""
        names = names_in(SUBJECTS, self.year)
        place = Place(f"{self.year}/{self.form.series}.yaml")
        table, problems = fill_form(
            self.form, self.tables, year=self.year, place=place, names=names
        )
        assert not problems, [p.message for p in problems]
        return table


def spread(chance: random.Random, amount: int, codes: Sequence[str]) -> list[tuple[str, int]]:
    """An amount distributed over codes; every code gets something."""
    cuts = sorted(chance.sample(range(1, amount), len(codes) - 1))
    return [(c, b - a) for c, a, b in zip(codes, [0, *cuts], [*cuts, amount], strict=True)]


def added(amounts: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Rows of amounts added up column by column."""
    return tuple(map(sum, zip(*amounts, strict=True)))


def _below(leaves: Amounts, code: str) -> list[tuple[int, ...]]:
    return [amounts for leaf, amounts in leaves.items() if leaf.startswith(code)]
