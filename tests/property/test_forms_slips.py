"""Slips of whoever copies a form: digits exchanged, rows slipped down, columns exchanged.

What a rule can see in the figures of any of a few years is seen; the rest stands, with the reason,
in `tests/golden/unguarded.yaml`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
import yaml

from site_builder.model.tables import Form, FormTable, Row, Table
from tests.property.test_forms import (
    FORMS,
    UNGUARDED,
    Cells,
    broken,
    number_cell,
    two_years,
    with_number,
)

SEEDS = range(6)
MORE = 13  # every rule holds as well when all figures are so many times larger, of two digits
FIGURES = ("count", "amount", "signed")
Change = Callable[[Table], Table]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_exchanged_digits_are_seen_unless_the_list_says_why_not(form: Form) -> None:
    cells = {f"{row}/{column}": (row, column) for row, column in figures(form)}
    changes = {name: exchanged_digits(key) for name, key in cells.items()}
    assert set(unseen(form, changes)) <= set(listed(form, "cells"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_rows_that_slip_down_by_one_are_seen_unless_the_list_says_why_not(form: Form) -> None:
    changes = {
        name: slipped_down(part, rows) for part in form.tables for name, rows in sections(part)
    }
    assert unseen(form, changes) == listed(form, "sections")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_exchanged_columns_are_seen_unless_the_list_says_why_not(form: Form) -> None:
    changes = {
        f"{part.id}/{one.id}/{other.id}": exchanged_columns(part, one.id, other.id)
        for part in form.tables
        for one, other in pairwise(part.leaves())
    }
    assert unseen(form, changes) == listed(form, "columns")


def unseen(form: Form, changes: dict[str, Change]) -> list[str]:
    """The changes that alter the figures of some year and break no rule in any."""
    open_changes = dict(changes)
    altered: set[str] = set()
    for seed in SEEDS:
        last, this = (larger(table) for table in two_years(form, random.Random(seed)))
        before = broken(last, this)
        for name, change in list(open_changes.items()):
            changed = change(this)
            if changed != this:
                altered.add(name)
            if not broken(last, changed) <= before:
                del open_changes[name]
    return sorted(altered & open_changes.keys())


def listed(form: Form, key: str) -> list[str]:
    groups = yaml.safe_load(UNGUARDED.read_text(encoding="utf-8"))[form.id]
    assert all(group["reason"] for group in groups)
    return sorted(name for group in groups for name in group.get(key, []))


def figures(form: Form) -> Iterator[tuple[str, str]]:
    for part in form.tables:
        for _, row in part.walk():
            if row.type in FIGURES:
                yield from ((row.id, column.id) for column in part.leaves())


def sections(part: FormTable) -> Iterator[tuple[str, list[Row]]]:
    """The rows that stand one below the other under the same heading, where they are several."""
    yield from _sections(part.rows, part.id)


def _sections(rows: tuple[Row, ...], name: str) -> Iterator[tuple[str, list[Row]]]:
    filled = [row for row in rows if row.type in FIGURES]
    if len(filled) > 1:
        yield name, filled
    for row in rows:
        yield from _sections(row.rows, row.id)


def larger(table: Table) -> Table:
    cells = {
        key: number_cell((cell.number or Decimal(0)) * MORE) for key, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def exchanged_digits(key: tuple[str, str]) -> Change:
    def change(table: Table) -> Table:
        digits = list(str(table.cells[key].number))
        for i in reversed(range(len(digits) - 1)):
            if digits[i] != digits[i + 1]:
                digits[i], digits[i + 1] = digits[i + 1], digits[i]
                break
        return with_number(table, key, number=Decimal("".join(digits)))

    return change


def slipped_down(part: FormTable, rows: list[Row]) -> Change:
    """Each row has the figures of the one above it; those of the last one are lost."""

    def change(table: Table) -> Table:
        cells: Cells = dict(table.cells)
        for column in part.leaves():
            for above, row in pairwise(rows):
                cells[row.id, column.id] = table.cells[above.id, column.id]
        return replace(table, cells=cells)

    return change


def exchanged_columns(part: FormTable, one: str, other: str) -> Change:
    def change(table: Table) -> Table:
        cells: Cells = dict(table.cells)
        for _, row in part.walk():
            if row.type in FIGURES:
                cells[row.id, one], cells[row.id, other] = cells[row.id, other], cells[row.id, one]
        return replace(table, cells=cells)

    return change
