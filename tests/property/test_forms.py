"""Forms of annual reports: valid figures pass, a changed one is seen wherever a rule can see it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from site_builder.model.disclosure import AnnualReport
from site_builder.model.form_rules import Rule
from site_builder.model.library import Library
from site_builder.model.site import Identity, SiteConfig
from site_builder.model.tables import Cell, Form, FormTable, Table
from site_builder.rules.arithmetic import check_arithmetic
from site_builder.sources.forms import load_forms
from tests.sites import AS_OF, TESTS

EVERY_FORM, _ = load_forms(Path("none"), ("neimenggu-mengshi",))
FORMS = [form for form in EVERY_FORM if form.series == "annual-report"]
UNGUARDED = TESTS / "golden" / "unguarded.yaml"
SEEDS = range(12)
Cells = dict[tuple[str, str], Cell]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize("seed", SEEDS)
def test_valid_figures_give_no_error_and_no_warning(form: Form, seed: int) -> None:
    last, this = two_years(form, random.Random(seed))
    assert hard_findings(last, this) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_changed_figure_is_seen_unless_the_list_says_why_not(form: Form) -> None:
    last, this = two_years(form, random.Random(1))
    unseen = sorted(
        f"{row}/{column}"
        for (row, column), cell in this.cells.items()
        if cell.number is not None and not any(seen(last, this, key=(row, column)))
    )
    listed = yaml.safe_load(UNGUARDED.read_text(encoding="utf-8"))[form.id]
    assert unseen == sorted(cell for group in listed for cell in group.get("cells", []))
    assert all(group["reason"] for group in listed)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_two_exchanged_rows_are_seen_where_a_rule_holds_either(form: Form) -> None:
    last, this = two_years(form, random.Random(2))
    for part in form.tables:
        for rule in part.rules:
            if rule.kind == "sums" and rule.over == "rows":
                assert exchanged(last, this, rows=(rule.this[0], rule.that[0])), rule.id


def seen(last: Table, this: Table, *, key: tuple[str, str]) -> Iterator[bool]:
    """Whether adding one, or writing a zero too many, breaks a rule that held."""
    number = this.cells[key].number or Decimal(0)
    before = broken(last, this)
    for changed in (number + 1, number * 10 + 10):
        yield not broken(last, with_number(this, key, number=changed)) <= before


def exchanged(last: Table, this: Table, *, rows: tuple[str, str]) -> bool:
    one, other = rows
    columns = {column for row, column in this.cells if row == one}
    cells = dict(this.cells)
    for column in columns:
        cells[one, column], cells[other, column] = cells[other, column], cells[one, column]
    same = all(this.cells[one, c].number == this.cells[other, c].number for c in columns)
    return same or not broken(last, replace(this, cells=cells)) <= broken(last, this)


def broken(last: Table, this: Table) -> set[str]:
    """The rules that do not hold, each with the line it fails on."""
    found = (problem.message for problem in check_arithmetic(library(last, this)))
    return {
        re.sub(r"[0-9＋＝]+(?!\.)", "", text.partition("（规则")[0]) + text[-9:] for text in found
    }


def hard_findings(last: Table, this: Table) -> list[str]:
    """Errors alone: notes speak of what is legal, warnings of what valid figures may do."""
    soft = ("T311", "T321")
    return [p.message for p in check_arithmetic(library(last, this)) if p.code not in soft]


def library(*tables: Table) -> Library:
    config = SiteConfig(Identity("示例局", "示例局"), ())
    reports = tuple(AnnualReport(f"NB-{t.year}", "示例", t.year, table=t) for t in tables)
    return Library(config, AS_OF, reports=reports)


def two_years(form: Form, chance: random.Random) -> tuple[Table, Table]:
    """Two years in a row whose figures satisfy every rule that makes an error."""
    last = Table(form, form.since, "", random_cells(form, chance), {})
    this = Table(form, form.since + 1, "", random_cells(form, chance), {})
    for _ in range(4):
        for table, before in ((last, None), (this, last)):
            for part in form.tables:
                for rule in compatible(part):
                    mend(table, part, rule=rule, last=before)
    return last, this


def compatible(part: FormTable) -> tuple[Rule, ...]:
    """The rules that can hold together: a soft one may not move a total that parts decide."""
    totals = {rule.this[0] for rule in part.rules if rule.kind == "sums"}
    return tuple(r for r in part.rules if r.level == "must" or r.this[0] not in totals)


def random_cells(form: Form, chance: random.Random) -> Cells:
    return {
        (row.id, column.id): number_cell(Decimal(chance.randint(1, 9)))
        for part in form.tables
        for _, row in part.walk()
        if row.type in ("count", "amount", "signed")
        for column in part.leaves()
    }


def mend(table: Table, part: FormTable, *, rule: Rule, last: Table | None) -> None:
    """Change one side until the rule holds along every line."""
    assert isinstance(table.cells, dict)
    across = (
        [c.id for c in part.leaves()]
        if rule.over == "rows"
        else [r.id for _, r in part.walk() if r.type in ("count", "amount", "signed")]
    )
    for line in (id for id in across if id in (rule.across or across)):
        left, right = sides(table, rule, line=line, last=last)
        if left is None or right is None or holds(rule, left, right=right):
            continue
        if rule.kind == "at_most" and rule.over == "columns":
            table.cells[line, rule.that[-1]] = number_cell(left)  # a stock holds what came in
            continue
        if rule.kind == "at_most":
            lower(table, [key(rule, id, line=line) for id in rule.this], excess=left - right)
            continue
        target = key(rule, rule.this[0], line=line)
        if rule.kind == "balance" and left > right:
            target = key(rule, rule.that[-1], line=line)
            left, right = right, left
        old = table.cells[target].number or Decimal(0)
        table.cells[target] = number_cell(max(old + right - left, Decimal(0)))


def lower(table: Table, keys: list[tuple[str, str]], *, excess: Decimal) -> None:
    """Take what is too much from the first figures that have it."""
    assert isinstance(table.cells, dict)
    for cell in keys:
        number = table.cells[cell].number or Decimal(0)
        taken = min(number, excess)
        table.cells[cell] = number_cell(number - taken)
        excess -= taken


def sides(
    table: Table, rule: Rule, *, line: str, last: Table | None
) -> tuple[Decimal | None, Decimal | None]:
    source = last if rule.kind == "carry" else table
    if source is None:
        return None, None
    return (
        total(table, rule, ids=rule.this, line=line),
        total(source, rule, ids=rule.that, line=line)
        + total(table, rule, ids=rule.plus, line=line)
        - total(table, rule, ids=rule.less, line=line),
    )


def holds(rule: Rule, left: Decimal, *, right: Decimal) -> bool:
    if rule.kind == "at_most":
        return left <= right
    if rule.kind == "requires":
        return not left or right > 0
    return left == right


def total(table: Table, rule: Rule, *, ids: tuple[str, ...], line: str) -> Decimal:
    numbers = (table.number(*key(rule, id, line=line)) for id in ids)
    return sum((number or Decimal(0) for number in numbers), Decimal(0))


def key(rule: Rule, id: str, *, line: str) -> tuple[str, str]:
    return (id, line) if rule.over == "rows" else (line, id)


def with_number(table: Table, key: tuple[str, str], *, number: Decimal) -> Table:
    return replace(table, cells={**table.cells, key: number_cell(number)})


def number_cell(number: Decimal) -> Cell:
    return Cell(str(number), number)
