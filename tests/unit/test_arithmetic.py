"""Arithmetic: every kind of rule at every level, and what a blank does to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from site_builder.model.disclosure import AnnualReport
from site_builder.model.form_rules import Level, Rule, RuleKind
from site_builder.model.library import Library, Unread
from site_builder.model.site import Identity, SiteConfig
from site_builder.model.tables import Cell, Citation, Form, FormTable, Row, Table, ValueColumn
from site_builder.problems import Place, Problem, Severity, severity
from site_builder.rules.arithmetic import check_arithmetic

ROWS = {"A": "收到申请数", "B": "当面申请数", "C": "信函申请数", "D": "办结数", "E": "结转数"}
KINDS: tuple[RuleKind, ...] = ("sums", "balance", "at_most", "requires")


def rule(kind: RuleKind, this: str, that: str, *, level: Level = "must") -> Rule:
    return Rule("R-1", kind, tuple(this), tuple(that), level)


def table(rule: Rule, columns: dict[str, str]) -> Table:
    """One table; `columns` gives each column the figures of A, B … , blank ones as «-»."""
    part = FormTable(
        "main",
        columns=tuple(ValueColumn(id, id) for id in columns),
        rows=tuple(Row(id, label, "count", "件") for id, label in ROWS.items()),
        rules=(rule,),
    )
    form = Form("example", Citation("示例统计表", "示例〔2017〕1号"), (part,))
    cells = {
        (row, id): cell(text, Place("统计.csv", line, column))
        for column, (id, figures) in enumerate(columns.items(), 3)
        for line, (row, text) in enumerate(zip(ROWS, figures.split(), strict=True), 2)
    }
    return Table(form, 2017, "", cells, {})


def cell(text: str, place: Place) -> Cell:
    return Cell("", None, place) if text == "-" else Cell(text, Decimal(text), place)


def library(*tables: Table, unread: tuple[Unread, ...] = ()) -> Library:
    reports = tuple(AnnualReport(f"NB-{n}", "年报", 2017, table=t) for n, t in enumerate(tables))
    config = SiteConfig(Identity("某局", "某局网站"), ())
    return Library(config, date(2018, 3, 31), reports=reports, unread=unread)


def found(rule: Rule, figures: str) -> list[Problem]:
    return list(check_arithmetic(library(table(rule, {"统计数": figures}))))


@pytest.mark.parametrize(
    ("kind", "this", "that", "figures"),
    [
        ("sums", "A", "BC", "5 2 3 0 0"),
        ("sums", "A", "BC", "0 0 0 0 0"),
        ("sums", "A", "BC", "0.3 0.1 0.2 0 0"),
        ("balance", "AB", "DE", "5 2 0 6 1"),
        ("at_most", "B", "A", "5 5 0 0 0"),
        ("at_most", "BC", "A", "5 2 3 0 0"),
        ("requires", "A", "B", "0 0 0 0 0"),
        ("requires", "A", "B", "5 1 0 0 0"),
    ],
)
def test_figures_that_agree_are_not_mentioned(
    kind: RuleKind, this: str, that: str, figures: str
) -> None:
    assert found(rule(kind, this, that), figures) == []


@pytest.mark.parametrize(
    ("kind", "this", "that", "figures", "code", "message"),
    [
        (
            "sums",
            "A",
            "BC",
            "5 2 2 0 0",
            "T301",
            "“收到申请数”5，而“当面申请数”2＋“信函申请数”2＝4，相差 1（规则 R-1）",
        ),
        (
            "balance",
            "AB",
            "DE",
            "5 2 0 6 0",
            "T302",
            "“收到申请数”5＋“当面申请数”2＝7，而“办结数”6＋“结转数”0＝6，相差 1（规则 R-1）",
        ),
        ("at_most", "B", "A", "5 6 0 0 0", "T303", "“当面申请数”6，大于“收到申请数”5（规则 R-1）"),
        ("requires", "A", "B", "5 0 0 0 0", "T304", "“收到申请数”5，而“当面申请数”0（规则 R-1）"),
    ],
)
def test_a_breach_names_both_sides_and_the_difference(
    kind: RuleKind, this: str, that: str, *, figures: str, code: str, message: str
) -> None:
    (problem,) = found(rule(kind, this, that), figures)
    assert (problem.code, problem.message) == (code, message)
    assert problem.basis == "统计表式：示例〔2017〕1号"


def test_many_parts_are_told_by_their_figures_alone() -> None:
    wide = Rule("R-1", "sums", ("A",), ("A", "B", "C", "D", "E"))
    (problem,) = found(wide, "1 1 1 1 1")
    assert "各分项之和 1＋1＋1＋1＋1＝5" in problem.message


def test_of_many_parts_those_that_are_not_zero_are_named_and_shown() -> None:
    wide = Rule("R-1", "sums", ("A",), ("A", "B", "C", "D", "E"))
    (problem,) = found(wide, "0 2 0 1 0")
    parts = "各分项之和 “当面申请数”2＋“办结数”1＝3（其余 3 项是 0），相差 3"
    assert parts in problem.message
    assert [place.line for place in problem.related] == [3, 5]


def test_of_many_parts_that_are_all_zero_it_is_said_how_many_there_are() -> None:
    wide = Rule("R-1", "sums", ("A",), ("B", "C", "D", "E", "E"))
    (problem,) = found(wide, "2 0 0 0 0")
    assert "而各分项之和 0（5 项是 0），相差 2" in problem.message


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("level", "weight"), [("warn", Severity.WARNING), ("note", Severity.NOTE)])
def test_a_soft_rule_of_any_kind_never_stops_the_site(
    kind: RuleKind, level: Level, weight: Severity
) -> None:
    figures = {"sums": "9 1 0 0 0", "balance": "9 1 0 0 0", "at_most": "9 1 0 0 0"}
    (problem,) = found(rule(kind, "A", "B", level=level), figures.get(kind, "9 0 0 0 0"))
    assert severity(problem) is weight


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("figures", ["- 2 2 0 0", "9 - 0 0 0", "9 0 - 0 0", "- - - 0 0"])
def test_a_rule_is_silent_where_any_of_its_figures_is_blank(kind: RuleKind, figures: str) -> None:
    assert found(rule(kind, "A", "BC"), figures) == []


def test_a_rule_about_a_row_that_the_form_does_not_have_breaks_off_no_check() -> None:
    filled = table(rule("sums", "A", "XB"), {"统计数": "5 2 0 0 0"})
    filled = replace(filled, form=replace(filled.form, blanks="nothing"))
    (problem,) = check_arithmetic(library(filled))
    assert "“X”0＋“当面申请数”2＝2" in problem.message


def test_the_finding_stands_at_the_first_figure_and_shows_the_others() -> None:
    (problem,) = found(rule("balance", "AB", "DE"), "5 2 0 6 0")
    assert problem.place == Place("统计.csv", 2, 3)
    assert [place.line for place in problem.related] == [3, 5, 6]


def test_every_column_is_held_to_the_rules_by_itself() -> None:
    filled = table(rule("sums", "A", "BC"), {"自然人": "5 2 3 0 0", "法人": "5 2 2 0 0"})
    (problem,) = check_arithmetic(library(filled))
    assert problem.place.column == 4


def test_the_reason_that_a_form_gives_is_the_hint() -> None:
    explained = replace(rule("sums", "A", "BC"), why="总数等于各种方式之和")
    (problem,) = found(explained, "5 2 2 0 0")
    assert problem.hint == "总数等于各种方式之和。"


def test_a_table_is_checked_also_where_its_report_has_an_error_of_its_own() -> None:
    wrong = table(rule("sums", "A", "BC"), {"统计数": "5 2 2 0 0"})
    unread = Unread("报告.md", "NB-1", table=wrong)
    assert [p.code for p in check_arithmetic(library(unread=(unread,)))] == ["T301"]


def test_a_report_without_a_table_has_nothing_to_check() -> None:
    report = AnnualReport("NB-1", "年报", 2017)
    assert list(check_arithmetic(replace(library(), reports=(report,)))) == []
