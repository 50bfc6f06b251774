"""Account cells: what an explanation can speak of, and what that is worth in a document.

Promise: everything is in 元, whatever unit a table is filled in in; what a table does not say for
certain is worth nothing known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.money import YUAN
from site_builder.model.tables import Cell, FormTable, Table
from site_builder.problems import Place
from site_builder.rules.cells import column_names

Key = tuple[str, str]
INCOME = "fiscal"  # the column by which a table of income by subject is known
TOTALS = ("total", "amount", "general", "fund", "capital", INCOME)  # columns of a whole subject


@dataclass(frozen=True, slots=True)
class Spot:
    """Cells whose sum a text speaks of, and how they are named to people."""

    name: str
    keys: tuple[Key, ...]


def spot(part: FormTable, row: str, *, label: str, columns: tuple[str, ...]) -> Spot:
    """Cells of one row, by the ids of their columns."""
    titles = column_names(part)
    where = f"（{'，'.join(titles[id] for id in columns)}）" if len(titles) > 1 else ""
    name = f"{part.printed or part.title}“{label}”{where}"
    return Spot(name, tuple((row, column) for column in columns))


def spots_of_code(table: Table, code: str) -> Iterator[Spot]:
    """Where a subject stands as a whole in the tables of a document, those of income last."""
    for part in sorted(
        table.form.tables, key=lambda part: any(c.id == INCOME for c in part.leaves())
    ):
        id = f"{part.id}.{code}"
        for label in (row.label for _, row in part.walk() if row.id == id):
            for column in part.leaves():
                if column.id in TOTALS:
                    yield spot(part, id, label=label, columns=(column.id,))


def spots_of_totals(table: Table) -> Iterator[Spot]:
    """The totals of the tables by functional subject."""
    for part in table.form.tables:
        for _, row in part.walk():
            if part.codes in ("functional", "classes") and row.id == f"{part.id}.total":
                yield spot(part, row.id, label=row.label, columns=("total",))


def worth(table: Table | None, place: Spot) -> Decimal | None:
    """The sum of a spot's cells in 元; None where the document does not say it.

    A row of the form that was left out, and one of a table without figures, is nothing: 0. A
    subject that is not there may have had another code.
    """
    total = Decimal(0)
    for key in place.keys:
        value = _value(table, key) if table else None
        if value is None:
            return None
        total += value
    return total


def places(table: Table | None, place: Spot) -> tuple[Place, ...]:
    """Where a spot's cells are written."""
    cells = (table.cells.get(key) for key in place.keys) if table else ()
    return tuple(cell.place for cell in cells if cell)


def all_worths(table: Table) -> Iterator[Decimal]:
    """Every figure of a document in 元."""
    for (row, column), cell in table.cells.items():
        value = _value(table, (row, column)) if cell.number is not None else None
        if value is not None:
            yield value


def _value(table: Table, key: Key) -> Decimal | None:
    part = next((p for p in table.form.tables if key[0].startswith(f"{p.id}.")), None)
    if part is None:
        return None
    cell = table.cells.get(key)
    if cell is None:
        known = any(row.id == key[0] for _, row in part.walk())
        return None if known or key[0].rpartition(".")[2].isdecimal() else Decimal(0)
    return _in_yuan(cell, part)


def _in_yuan(cell: Cell, part: FormTable) -> Decimal | None:
    factor = YUAN.get(part.units[0]) if part.units else None
    if factor is None or cell.number is None:
        return Decimal(0) if factor and cell.is_empty else None
    return cell.number * factor
