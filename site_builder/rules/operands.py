"""Operands: the figures that a relation speaks of, in the documents that are held.

Promise: a cell that a form does not have is told from one that is blank and from a row that was
left out, which both add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.money import YUAN
from site_builder.model.subjects import is_code
from site_builder.model.tables import Cell, Form, FormTable, Row, Table
from site_builder.rules import rounding
from site_builder.rules.cells import Reference, column_names, may_hold, quoted, reference, row_name

SERIES = {"budget": "预算", "final-account": "决算"}


@dataclass(frozen=True, slots=True)
class Documents:
    """A document's table with those it is compared to, and the forms they are filled in on."""

    own: Table
    last: Table | None
    budget: Table | None
    forms: Mapping[str, Form]

    def held(self, name: str) -> Table | None:
        """The table of the document that a reference means."""
        return {"": self.own, "last": self.last, "budget": self.budget}[name]


@dataclass(frozen=True, slots=True)
class Operand:
    """What a reference means: a column of one filled-in table, whose rows are here by id.

    `labels` are those of the rows of the form itself, which may have been left out.
    """

    table: Table
    part: FormTable
    reference: Reference
    rows: Mapping[str, Row]
    labels: Mapping[str, str]

    @property
    def foreign(self) -> bool:
        """Whether it stands in another document."""
        return bool(self.reference.document)

    def codes(self) -> set[str]:
        """The codes of its rows."""
        names = (id.rpartition(".")[2] for id in self.rows)
        return {name for name in names if is_code(name, self.part.codes)}

    def figures(self, name: str) -> list[Figure]:
        """The figures of one row; those of the uppermost rows below a code that has no row."""
        id = f"{self.part.id}.{name}"
        if id in self.rows or not is_code(name, self.part.codes):
            return [self._figure(id, self.rows.get(id))]
        below = [row for row in self.rows.values() if row.id.startswith(id)]
        tops = [r for r in below if not any(is_above(o.id, r.id) for o in below)]
        return [self._figure(row.id, row) for row in tops] or [self._figure(id, None)]

    def _figure(self, id: str, row: Row | None) -> Figure:
        table, column = self.table, self.reference.column
        fallback = Cell("", None, table.places.get(self.part.id, table.origin.place))
        cell = table.cells.get((id, column), fallback)
        return Figure(self, id, row, cell)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of an operand; `row` is None where the table does not have that row."""

    operand: Operand
    id: str
    row: Row | None
    cell: Cell

    @property
    def unit(self) -> str:
        return self.operand.part.units[0] if self.operand.part.units else ""

    @property
    def worth(self) -> Decimal:
        return YUAN.get(self.unit, Decimal(1))

    @property
    def number(self) -> Decimal:
        return self.cell.number or Decimal(0)

    @property
    def step(self) -> Decimal:
        """The unit of its last printed place, in 元."""
        return rounding.step(self.operand.table.form, self.row) * self.worth

    @property
    def name(self) -> str:
        """«2016年度决算“收入支出决算总表（支出）”的“总计”»."""
        table, part = self.operand.table, self.operand.part
        whose = SERIES.get(table.form.series, "")
        whose = f"{table.year}年度{whose}" if self.operand.foreign else ""
        code = self.id.rpartition(".")[2]
        missing = self.operand.labels.get(self.id, code)
        row = row_name(part, self.row) if self.row else missing
        columns = column_names(part)
        column = f"（{columns[self.operand.reference.column]}）" if len(columns) > 1 else ""
        return f"{whose}{quoted(part.title)}的{quoted(row)}{column}"

    @property
    def said(self) -> str:
        return f"{self.name}{self.cell.number}" if self.is_filled else f"{self.name}没有数"

    @property
    def is_filled(self) -> bool:
        return self.cell.number is not None


def operand(text: str, documents: Documents) -> Operand | None:
    """What a reference means; None where no such document is held or its form has no such cell."""
    meant = reference(text)
    table = documents.held(meant.document) if meant else None
    if meant is None or table is None:
        return None
    parts = {part.id: part for part in table.form.tables}
    form = documents.forms.get(table.form.id, table.form)
    official = {part.id: part for part in form.tables}
    part, known = parts.get(meant.table), official.get(meant.table)
    if part is None or known is None or not may_hold(known, meant.row):
        return None
    if meant.column not in {column.id for column in part.leaves()}:
        return None
    rows = {row.id: row for _, row in part.walk()}
    if not rows and not known.note:
        return None  # a table that may not be empty is reported as such
    labels = {row.id: row.label for _, row in known.walk()}
    return Operand(table, part, meant, rows, labels)


def is_above(one: str, other: str) -> bool:
    return one != other and other.startswith(one)
