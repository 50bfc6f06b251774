"""Budgets and accounts: empty tables, subjects, years, terms and working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.disclosure import Account, RegisterEntry, Section
from site_builder.model.fields import Origin
from site_builder.model.library import Unread
from site_builder.model.subjects import Subject, is_code, names_in
from site_builder.model.tables import Cell, Table
from site_builder.model.workdays import is_working_day, next_working_day, working_days_after
from site_builder.problems import Place, Problem
from site_builder.rules.account_files import check_account_years, check_publication_terms
from site_builder.rules.account_notes import check_account_notes
from site_builder.rules.disclosures import check_registers
from site_builder.rules.subjects import check_subjects
from site_builder.sources.account_rows import bare
from tests.account_cases import BUDGET, FINAL, SETS, table_of
from tests.account_sets import library
from tests.account_writing import SUBJECTS

ALL, GENERAL = SETS["every kind of money"], SETS["general budget alone"]
NOTE = "本单位没有政府性基金预算支出，故本表无数据"


def notes(table: Table, text: str = "") -> list[Problem]:
    body = (Section("情况说明", text, Place("说明.md", 9), 10),)
    account = replace(ALL[BUDGET], table=table, body=body)
    return list(check_account_notes(library([account])))


def with_note(table: Table, part: str, text: str) -> Table:
    return replace(table, notes={**table.notes, part: Cell(text, None, Place("表.yaml", 3, 5))})


@pytest.mark.parametrize(
    "text",
    [NOTE, "本单位无政府性基金，此表为空表。", "2021年没有安排政府性基金预算，故本表无数据。"],
)
def test_an_empty_table_may_say_so_in_words_of_its_own(text: str) -> None:
    assert notes(with_note(table_of(GENERAL, BUDGET), "T6", text)) == []


@pytest.mark.parametrize("text", ["无", "本表无数据", "本单位没有政府性基金预算支出", "见附件"])
def test_an_empty_table_that_does_not_say_why_is_named(text: str) -> None:
    (found,) = notes(with_note(table_of(GENERAL, BUDGET), "T6", text))
    assert (found.code, found.place.line) == ("T223", 3)
    assert NOTE in found.hint


def test_an_empty_table_without_any_word_is_named() -> None:
    table = table_of(GENERAL, BUDGET)
    found = notes(replace(table, notes={}))
    assert [p.code for p in found] == ["T223", "T223"]


def test_a_table_every_department_has_may_not_be_empty() -> None:
    table = table_of(ALL, BUDGET)
    tables = tuple(replace(p, rows=()) if p.id == "T9" else p for p in table.form.tables)
    (found,) = notes(replace(table, form=replace(table.form, tables=tables)))
    assert found.code == "T228"
    assert "‘三公’经费和机关运行经费预算表" in found.message


def test_a_table_with_figures_may_not_be_called_empty() -> None:
    (found,) = notes(with_note(table_of(ALL, BUDGET), "T6", NOTE))
    assert (found.code, found.place.line) == ("T224", 3)
    assert found.related


def test_a_table_of_zeros_may_be_called_empty() -> None:
    table = table_of(ALL, BUDGET)
    part = next(part for part in table.form.tables if part.id == "T6")
    rows = {row.id for _, row in part.walk()}
    zero = Cell("0.00", table.cells["T6.total", "total"].number)
    assert zero.number is not None
    cells = {
        key: replace(cell, text="0.00", number=zero.number * 0) if key[0] in rows else cell
        for key, cell in table.cells.items()
    }
    table = replace(table, cells=cells)
    assert notes(table) == []
    assert notes(with_note(table, "T6", NOTE)) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{NOTE}。", ["T226"]),
        ("一、收入。本单位无政府性基金预算，本表为空表。", ["T226"]),
        ("上年没有政府性基金预算支出，上年该表无数据。", []),
        ("本单位没有国有资产，故无数据。", []),
        ("政府性基金预算支出 30 万元。", []),
    ],
)
def test_a_text_that_calls_a_full_table_empty_is_doubted(text: str, codes: list[str]) -> None:
    found = notes(table_of(ALL, BUDGET), text)
    assert [p.code for p in found] == codes
    assert all(p.place.file == "说明.md" and p.place.line == 10 for p in found)


def subjects(label: str, *, code: str = "220", year: int = 2021) -> list[Problem]:
    """What is said of the spending table when one row is named so."""
    table = table_of(ALL, BUDGET)
    (part,) = (part for part in table.form.tables if part.id == "T3")
    row = replace(part.rows[-1], id=f"T3.{code}", label=label, rows=())
    form = replace(table.form, tables=(replace(part, rows=(row,)),))
    account = replace(ALL[BUDGET], table=replace(table, form=form, year=year))
    return list(check_subjects(library([account])))


@pytest.mark.parametrize(
    "label", ["自然资源海洋气象等支出", "自然资源海洋气象等支出（类）", "自然资源海洋 气象等"]
)
def test_a_name_is_compared_without_marks_and_tails(label: str) -> None:
    assert subjects(label) == []


def test_a_former_name_is_a_warning_with_the_present_one() -> None:
    (found,) = subjects("国土海洋气象等支出")
    assert found.code == "T222"
    assert "2021 年度的名称是“自然资源海洋气象等支出”" in found.message
    assert "2018 年度及以前" in found.hint


def test_a_name_before_its_time_is_a_warning_too() -> None:
    assert subjects("国土海洋气象等支出", year=2018) == []
    (found,) = subjects("自然资源海洋气象等支出", year=2018)
    assert "2018 年度的名称是“国土海洋气象等支出”" in found.message


def test_a_code_that_was_not_in_use_is_a_warning() -> None:
    (found,) = subjects("灾害防治及应急管理支出", code="224", year=2018)
    assert found.code == "T229"
    assert "2019 年度起" in found.message
    (found,) = subjects("行政单位医疗", code="2100501", year=2020)
    assert found.code == "T229"


def test_a_code_the_dictionary_does_not_hold_is_only_noted() -> None:
    (found,) = subjects("示例支出", code="2069901")
    assert found.code == "T225"


def test_a_code_has_one_name_in_every_year() -> None:
    for year in range(2016, 2031):
        held = [s for s in SUBJECTS if s.since <= year <= s.until]
        assert len(held) == len({s.code for s in held}), year


def test_every_code_of_the_dictionary_is_one_and_stands_below_a_known_class() -> None:
    names = names_in(SUBJECTS, 2021)
    for subject in SUBJECTS:
        kind = "functional" if subject.code[0] == "2" else "economic"
        assert is_code(subject.code, kind), subject
        assert subject.code[:3] in names
    classes = [bare(name) for code, name in names.items() if len(code) == 3 and code[0] == "2"]
    assert len(set(classes)) == len(classes)


def test_the_dictionary_knows_the_renames_of_2018_2019_and_2020() -> None:
    def renamed(code: str, year: int) -> tuple[str, str]:
        return names_in(SUBJECTS, year - 1)[code], names_in(SUBJECTS, year)[code]

    assert renamed("22001", 2019) == ("国土资源事务", "自然资源事务")
    assert renamed("210", 2019) == ("医疗卫生与计划生育支出", "卫生健康支出")
    assert renamed("20805", 2020) == ("行政事业单位离退休", "行政事业单位养老支出")
    assert renamed("310", 2018) == ("其他资本性支出", "资本性支出")
    assert Subject("30113", "住房公积金", 2018) in SUBJECTS


def terms(approved: date | None, published: date | None) -> list[Problem]:
    account = replace(ALL[FINAL], approved=approved, published=published)
    return list(check_publication_terms(library([account])))


@pytest.mark.parametrize("published", [date(2024, 2, 1), date(2024, 2, 21)])
def test_twenty_days_after_the_approval_are_in_time(published: date) -> None:
    assert terms(date(2024, 2, 1), published) == []


def test_a_day_more_is_late_and_counted() -> None:
    (found,) = terms(date(2024, 2, 1), date(2024, 2, 22))
    assert found.code == "D320"
    assert "第 21 天（2024-02-22）才公开，晚了 1 天" in found.message
    assert "休息日" not in found.message


def test_a_twentieth_day_of_rest_is_said_with_the_working_day_after_it() -> None:
    (found,) = terms(date(2024, 9, 11), date(2024, 10, 8))
    assert "第 20 天是 2024-10-01（休息日，其后第一个工作日是 2024-10-08）" in found.message


def test_the_holidays_of_a_year_without_notice_are_not_guessed() -> None:
    (found,) = terms(date(2098, 8, 20), date(2098, 9, 20))
    assert "2098 年的节假日安排未知" in found.message


def test_a_missing_approval_cannot_be_judged_and_one_after_publication_is_wrong() -> None:
    assert [p.code for p in terms(None, date(2024, 2, 22))] == ["D321"]
    assert [p.code for p in terms(date(2024, 2, 22), date(2024, 2, 1))] == ["D322"]
    assert terms(date(2024, 2, 22), None) == []


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2018, 12, 29), True),  # a Saturday worked in place of a Monday
        (date(2018, 12, 31), False),
        (date(2024, 2, 18), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 9), True),
        (date(2003, 5, 6), None),
        (date(2098, 5, 6), None),
    ],
)
def test_working_days_are_those_of_the_state_council_s_notices(
    day: date, works: bool | None
) -> None:
    assert is_working_day(day) is works


def test_a_term_in_working_days_passes_over_holidays() -> None:
    assert working_days_after(date(2024, 9, 27), 7) == date(2024, 10, 12)
    assert working_days_after(date(2024, 9, 27), 20) == date(2024, 10, 30)
    assert working_days_after(date(2098, 9, 27), 1) is None
    assert next_working_day(date(2024, 9, 29)) == date(2024, 9, 29)  # a Sunday that was worked


def test_the_last_days_of_a_year_wait_for_the_notice_of_the_next() -> None:
    last = max(year for year in range(2020, 2100) if is_working_day(date(year, 5, 6)) is not None)
    assert is_working_day(date(last, 12, 24)) is not None
    assert is_working_day(date(last, 12, 28)) is None
    assert is_working_day(date(last - 1, 12, 28)) is not None


def years(*accounts: Account) -> list[str]:
    return [p.code for p in check_account_years(library(accounts))]


def test_year_and_kind_are_those_of_the_folders() -> None:
    final = ALL[FINAL]
    assert years(final) == []
    assert years(replace(final, year=2020)) == ["D203"]
    assert years(replace(final, kind="预算")) == ["D323"]


def test_a_year_and_kind_has_one_document() -> None:
    other = replace(ALL[FINAL], id="另一份")
    assert years(ALL[FINAL], other, ALL[BUDGET]) == ["D324"]


@pytest.mark.parametrize(
    ("kind", "year", "codes"),
    [("预算", 2025, []), ("预算", 2026, ["D325"]), ("决算", 2024, ["D325"]), ("决算", 2023, [])],
)
def test_a_document_cannot_be_of_a_year_to_come(kind: str, year: int, codes: list[str]) -> None:
    origin = Origin(Place(f"content/财政预决算/{year}/{kind}/说明.md"))
    source = ALL[BUDGET] if kind == "预算" else ALL[FINAL]
    assert years(replace(source, year=year, origin=origin)) == codes


def test_what_is_held_is_no_longer_waited_for() -> None:
    entries = (
        RegisterEntry(2021, "决算", "2021年部门决算"),
        RegisterEntry(2021, "预算", "2021年部门预算"),
        RegisterEntry(2020, "预算", "2020年部门预算"),
    )
    held = replace(library([ALL[FINAL]]), registered=entries)
    held = replace(held, unread=(Unread("content/财政预决算/2020/预算/说明.md", "X"),))
    assert [p.message for p in check_registers(held)] == [
        "《2021年部门预算》据记载已经公开，本站没有原文"
    ]
