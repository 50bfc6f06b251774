"""Budgets and accounts: every rule of both forms, broken in one cell of a set that satisfies it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.model.disclosure import Account, Difference
from site_builder.problems import Place, Severity, severity
from tests.account_cases import (
    BUDGET,
    FINAL,
    SETS,
    Case,
    alone,
    cases,
    changed,
    findings,
    table_of,
    with_table,
)
from tests.account_sets import account_set, with_number

FAMILIES = [
    *(f"B{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
    *(f"F{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
    *("X1", "X3"),
]


@pytest.mark.parametrize("case", tuple(cases()), ids=str)
def test_a_rule_broken_in_one_cell_is_named_with_its_place(case: Case) -> None:
    found = findings(alone(case.broken(), case))
    assert len(found) == 1
    assert f"规则 {case.rule.id}）" in found[0].message
    assert found[0].place == case.table.cells[case.key].place
    assert found[0].related
    weight = {"must": Severity.ERROR, "warn": Severity.WARNING}[case.rule.level]
    assert severity(found[0]) is weight


@pytest.mark.parametrize("case", tuple(cases()), ids=str)
def test_every_finding_of_one_wrong_cell_points_at_that_cell(case: Case) -> None:
    found = findings(case.broken())
    wrong = case.table.cells[case.key].place
    assert any(f"规则 {case.rule.id}）" in problem.message for problem in found)
    assert [p.message for p in found if wrong not in (p.place, *p.related)] == []


def test_no_family_of_rules_is_left_out() -> None:
    tried = {case.rule.id.split("-")[0].split(" ")[0] for case in cases()}
    assert sorted(tried) == sorted(FAMILIES)


def test_every_relation_of_both_forms_is_tried() -> None:
    tried = {case.rule.id for case in cases() if case.part is None}
    tables = [table_of(SETS["every kind of money"], n) for n in (BUDGET, FINAL)]
    assert {relation.id for table in tables for relation in table.form.relations} - tried == set()


def test_a_difference_of_last_year_s_figure_is_named_in_both_documents() -> None:
    accounts = changed(SETS["every kind of money"], FINAL, ("F1i.opening", "amount"), "+12.34")
    (found,) = [p for p in findings(accounts) if "规则 X1）" in p.message]
    assert "2020年度决算“收入支出决算总表（支出）”的“年末结转和结余”" in found.message
    assert "相差 12.34 万元" in found.message
    assert [place.file for place in found.related] == ["2020/final-account.yaml"]


def test_a_document_that_is_not_held_is_compared_with_nothing() -> None:
    accounts = changed(SETS["every kind of money"], FINAL, ("F1i.opening", "amount"), "+12.34")
    found = findings([accounts[FINAL]])
    assert found
    assert [p.message for p in found if "规则 X" in p.message] == []


def test_a_stated_reason_makes_a_difference_between_documents_a_note() -> None:
    said = Difference("X1", "财政部门调整年初结转")
    accounts = changed(SETS["every kind of money"], FINAL, ("F1i.opening", "amount"), "+12.34")
    accounts[FINAL] = replace(accounts[FINAL], differences=(said,))
    found = [p for p in findings(accounts) if "规则 X1）" in p.message]
    assert [p.code for p in found] == ["T321"]
    assert found[0].message.endswith("已说明理由：财政部门调整年初结转")


@pytest.mark.parametrize("rule", ["X1", "X9", "F2"])
def test_a_reason_for_what_does_not_differ_is_needless(rule: str) -> None:
    accounts = list(SETS["every kind of money"])
    accounts[FINAL] = replace(accounts[FINAL], differences=(Difference(rule, "示例"),))
    (found,) = findings(accounts)
    assert found.code == "T227"
    assert rule in found.message


def test_no_reason_excuses_tables_of_one_document_that_differ() -> None:
    accounts = changed(SETS["every kind of money"], FINAL, ("F1i.total", "amount"), "+12.34")
    accounts[FINAL] = replace(accounts[FINAL], differences=(Difference("F2", "示例"),))
    assert [p.code for p in findings(accounts) if "规则 F2）" in p.message] == ["T306"]
    assert "T227" in {p.code for p in findings(accounts)}


@pytest.mark.parametrize(
    ("change", "code"),
    [("+0.01", "T322"), ("-0.02", "T322"), ("+0.03", "T301"), ("+0.05", "T301")],
)
def test_rounding_explains_little_and_never_more(change: str, code: str) -> None:
    """T1i.fiscal is the sum of three figures."""
    accounts = changed(SETS["every kind of money"], BUDGET, ("T1i.fiscal", "amount"), change)
    (found,) = [p for p in findings(accounts) if "规则 B11-fiscal）" in p.message]
    assert found.code == code
    assert f"相差 {change[1:]}" in found.message


def test_a_rounding_note_shows_both_exact_sums() -> None:
    table = table_of(SETS["every kind of money"], BUDGET)
    parts = [table.number(f"T1i.{part}", "amount") for part in ("general", "fund", "capital")]
    total = sum((part or Decimal(0) for part in parts), Decimal(0))
    accounts = changed(SETS["every kind of money"], BUDGET, ("T1i.fiscal", "amount"), "+0.02")
    (found,) = [p for p in findings(accounts) if "规则 B11-fiscal）" in p.message]
    assert f"“财政拨款收入”{total + Decimal('0.02')}" in found.message
    assert f"＝{total}" in found.message
    assert severity(found) is Severity.NOTE


def test_tables_in_yuan_and_in_ten_thousands_are_compared_in_one_unit() -> None:
    accounts = account_set(9, unit="元")
    accounts[BUDGET] = account_set(9, unit="万元")[BUDGET]
    assert findings(accounts) == []
    wrong = changed(accounts, FINAL, ("F7.spent", "budget-total"), "+100000.00")
    (found,) = [p for p in findings(wrong) if "规则 X3）" in p.message]
    assert "相差 100000 元" in found.message
    assert "万元（合 " in found.message


def test_a_figure_rounded_to_the_coarser_unit_is_equal() -> None:
    accounts = in_two_units("25177779.00", "2517.78")
    assert [p for p in findings(accounts) if "规则 B9）" in p.message] == []
    accounts = in_two_units("25177779.00", "2517.79")
    assert [p.code for p in findings(accounts) if "规则 B9）" in p.message] == ["T322"]
    accounts = in_two_units("25177779.00", "2517.98")
    assert [p.code for p in findings(accounts) if "规则 B9）" in p.message] == ["T311"]


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (Decimal(10_000), "一万倍"),
        (Decimal("0.0001"), "一万倍"),
        (Decimal(10), "十倍"),
        (Decimal("0.1"), "十倍"),
    ],
)
def test_a_figure_so_many_times_the_other_is_taken_for_a_slip(change: Decimal, hint: str) -> None:
    table = table_of(SETS["every kind of money"], BUDGET)
    number = (table.number("T9.spent", "running") or Decimal(0)) * change
    table = with_number(table, ("T9.spent", "running"), number=number)
    accounts = with_table(SETS["every kind of money"], BUDGET, table)
    (found,) = findings(accounts)
    assert hint in found.hint


def test_two_digits_written_the_wrong_way_round_are_suspected_by_name() -> None:
    accounts = SETS["every kind of money"]
    table = with_number(table_of(accounts, BUDGET), ("T9.spent", "running"), number=Decimal(2134))
    table = with_number(table, ("T8.total", "running"), number=Decimal(1234))
    (found,) = [
        p for p in findings(with_table(accounts, BUDGET, table)) if "规则 B9）" in p.message
    ]
    assert "相邻两位数字写颠倒了" in found.hint
    assert "机关运行经费" in found.hint


def test_a_blank_adds_nothing_and_a_blank_total_over_figures_is_wrong() -> None:
    accounts = SETS["every kind of money"]
    key = ("T3.total", "project")
    table = table_of(accounts, BUDGET)
    cells = {**table.cells, key: replace(table.cells[key], text="", number=None)}
    found = findings(with_table(accounts, BUDGET, replace(table, cells=cells)))
    assert any(p.code == "T301" and "规则 B8-spending）" in p.message for p in found)


def in_two_units(yuan: str, ten_thousands: str) -> list[Account]:
    """A budget in 元 whose last table is in 万元."""
    table = table_of(account_set(9, unit="元"), BUDGET)
    *others, last = table.form.tables
    form = replace(table.form, tables=(*others, replace(last, units=("万元",))))
    table = with_number(replace(table, form=form), ("T8.total", "running"), number=Decimal(yuan))
    table = with_number(table, ("T9.spent", "running"), number=Decimal(ten_thousands))
    return with_table(account_set(9, unit="元"), BUDGET, table)


def test_the_places_of_a_set_are_all_different() -> None:
    for account in SETS["every kind of money"]:
        places: list[Place] = (
            [c.place for c in account.table.cells.values()] if account.table else []
        )
        assert len(set(places)) == len(places) > 100
