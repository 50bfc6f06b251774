"""Budgets and accounts: valid sets give no finding, a changed figure is seen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import yaml

from site_builder.model.disclosure import Account
from site_builder.model.tables import Table
from site_builder.rules.account_files import check_account_years, check_publication_terms
from site_builder.rules.account_notes import check_account_notes
from site_builder.rules.arithmetic import check_arithmetic
from site_builder.rules.relations import check_relations
from site_builder.rules.subjects import check_subjects
from tests.account_cases import BUDGET, FINAL, LAST, findings, table_of, with_table
from tests.account_sets import account_set, library, with_number
from tests.sites import TESTS

UNGUARDED = TESTS / "golden" / "unguarded_accounts.yaml"
OTHERS = (check_account_notes, check_account_years, check_publication_terms, check_subjects)
SEEDS = range(12)
SEED = 3  # of the set whose cells are changed


@pytest.mark.parametrize("unit", ["万元", "元"])
@pytest.mark.parametrize("general_only", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_valid_set_gives_no_finding_of_any_kind(
    seed: int, *, unit: str, general_only: bool
) -> None:
    accounts = account_set(seed, unit=unit, general_only=general_only)
    others = [problem for check in OTHERS for problem in check(library(accounts))]
    assert [(p.code, p.message) for p in (*findings(accounts), *others)] == []


@pytest.mark.parametrize("document", [BUDGET, LAST, FINAL])
@pytest.mark.parametrize("change", ["one more", "ten times", "turned digits", "a cent"])
def test_a_changed_figure_is_seen_unless_the_list_says_why_not(document: int, change: str) -> None:
    accounts = account_set(SEED)
    table = table_of(accounts, document)
    listed = yaml.safe_load(UNGUARDED.read_text(encoding="utf-8"))
    known = {cell for group in listed[table.form.id] for cell in group["cells"]}
    unseen = {
        f"{row}/{column}"
        for (row, column), number in changed_figures(table, change)
        if not is_seen(accounts, document, with_number(table, (row, column), number=number))
    }
    assert unseen - known == set()
    assert all(group["reason"] for group in listed[table.form.id])


@pytest.mark.parametrize("form", ["budget-2017", "final-account-2016"])
def test_no_cell_stands_in_the_list_that_is_guarded(form: str) -> None:
    accounts = account_set(SEED)
    listed = yaml.safe_load(UNGUARDED.read_text(encoding="utf-8"))
    document = BUDGET if form == "budget-2017" else FINAL
    table = table_of(accounts, document)
    for cell in (cell for group in listed[form] for cell in group["cells"]):
        row, _, column = cell.partition("/")
        number = (table.number(row, column) or Decimal(0)) + 1
        changed = with_number(table, (row, column), number=number)
        assert not is_seen(accounts, document, changed), cell


def is_seen(accounts: list[Account], document: int, table: Table) -> bool:
    """Whether a finding speaks of the changed table; its own rules are tried first."""
    changed = with_table(accounts, document, table)
    found = (
        check_arithmetic(library([changed[document]])),
        check_relations(library(changed)),
    )
    return any(True for problems in found for _ in problems)


def changed_figures(table: Table, change: str) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Every cell with another figure that a clerk might have written; blanks are filled in."""
    for key, cell in table.cells.items():
        number = altered(cell.number or Decimal(0), change)
        if number != (cell.number or 0):
            yield key, number


def altered(number: Decimal, change: str) -> Decimal:
    match change:
        case "one more":
            return number + 1
        case "ten times":
            return number * 10
        case "a cent":
            return number + Decimal("0.01")
        case _:
            digits = str(number)
            return Decimal(digits[1] + digits[0] + digits[2:]) if digits[1:2].isdigit() else number
