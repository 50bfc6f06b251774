"""Decoding: what a clerk typed → records, or every reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pytest

from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.problems import Problem
from site_builder.sources.decode import decode
from site_builder.sources.yaml_reader import read_yaml


@dataclass(frozen=True, slots=True)
class Part:
    name: str = clerk("名称")
    file: str = clerk("文件")


@dataclass(frozen=True, slots=True)
class Notice:
    id: str = clerk("编号", about="不变的标识")
    title: str = clerk("标题")
    year: int = clerk("年度", 0)
    day: date | None = clerk("公开日期", None)
    is_open: bool = clerk("公开", True)
    state: Literal["有效", "废止"] = clerk("有效性", "有效")
    parts: tuple[Part, ...] = clerk("附件", ())
    words: tuple[str, ...] = clerk("关键词", ())
    column: str = ""
    origin: Origin = origin_field()


def decoded(text: str, *, family: str = "D") -> tuple[Notice | None, tuple[Problem, ...]]:
    value, problems = read_yaml(text, "通知.md")
    assert value is not None
    assert not problems
    return decode(Notice, value, family=family, given={"column": "tz"})


def record(text: str) -> Notice:
    found, problems = decoded(f"编号: A-1\n标题: 通知\n{text}")
    assert problems == ()
    assert found is not None
    return found


def faults(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of each problem, in the order of the file."""
    found, problems = decoded(text)
    assert found is None
    return sorted((p.place.line, p.place.column, p.code) for p in problems)


def only_fault(line: str) -> Problem:
    found, problems = decoded(f"编号: A-1\n标题: 通知\n{line}")
    assert found is None
    (problem,) = problems
    assert problem.place.line >= 3
    return problem


def test_a_complete_record_keeps_every_value_and_knows_where_it_stood() -> None:
    found = record("年度: 2017\n公开日期: 2018-03-02\n附件:\n  - {名称: 附表, 文件: a.csv}")
    assert (found.id, found.year, found.day) == ("A-1", 2017, date(2018, 3, 2))
    assert found.parts == (Part("附表", "a.csv"),)
    assert found.column == "tz"
    assert found.origin.at("公开日期").line == 4
    assert found.origin.at("公开日期").column == 7


@pytest.mark.parametrize("text", ["0471", "1.10", "12:30", "no", "null", "2018-03-02", "1e3"])
def test_text_stays_exactly_what_was_typed(text: str) -> None:
    assert record(f"关键词: [{text}]").words == (text,)


def test_every_fault_is_reported_in_one_run_at_its_own_line() -> None:
    text = (
        "编号: A-1\n年度: 二〇一七\n公开日期: 2017-02-30\n有效性: 作废\n附件:\n  - {名称: 附表}\n"
    )
    assert faults(text) == [
        (1, 0, "D101"),
        (2, 5, "D103"),
        (3, 7, "D103"),
        (4, 6, "D103"),
        (6, 0, "D101"),
    ]


def test_a_missing_field_is_told_with_what_it_is_for() -> None:
    _, problems = decoded("标题: 通知")
    (problem,) = problems
    assert problem.message == "缺少“编号”（不变的标识）"
    assert problem.hint == "在这里加上“编号: ……”。"


def test_an_empty_required_field_is_marked_where_its_value_should_be() -> None:
    _, problems = decoded("编号: A-1\n标题:")
    (problem,) = problems
    assert (problem.place.line, problem.message) == (2, "“标题”没有填")


def test_an_empty_optional_field_takes_its_default() -> None:
    found = record("年度:\n公开日期: ''\n有效性:")
    assert (found.year, found.day, found.state) == (0, None, "有效")


def test_a_misspelt_required_field_is_reported_once_with_the_right_spelling() -> None:
    _, problems = decoded("编号: A-1\n标提: 通知")
    (problem,) = problems
    assert (problem.code, problem.hint) == ("D102", "是不是“标题”？")


def test_an_unknown_field_is_answered_with_all_that_may_be_written() -> None:
    problem = only_fault("浏览次数: 3")
    assert problem.message == "不认识“浏览次数”这一项"
    assert "编号、标题、年度" in problem.hint


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2017-02-30", "2017 年 2 月只有 28 天"),
        ("2024-2-30", "2024 年 2 月只有 29 天"),
        ("2017-13-01", "月份从 1 到 12"),
        ("0000-01-01", "年份从 0001 起"),
        ("2018年3月2日", "请改为 2018-03-02"),
        ("2018/3/2", "请改为 2018-03-02"),
        ("２０１８-03-02", "请改为 2018-03-02"),
        ("去年", "写成 2018-03-02 的样子"),
        ("2018-03", "写成 2018-03-02 的样子"),
    ],
)
def test_a_date_that_is_none_is_refused_with_a_way_out(typed: str, words: str) -> None:
    problem = only_fault(f"公开日期: {typed}")
    assert problem.code == "D103"
    assert words in problem.hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("２０１７", "请改为半角数字 2017。"), ("2,017", "请改为半角数字 2017。"), ("约2017", "")],
)
def test_a_number_in_other_digits_is_refused_with_the_plain_one(typed: str, hint: str) -> None:
    assert only_fault(f'年度: "{typed}"').hint == hint


def test_a_huge_number_is_a_problem_and_no_crash() -> None:
    assert only_fault("年度: " + "9" * 5000).code == "D103"


@pytest.mark.parametrize(("typed", "value"), [("true", True), ("否", False), ("是", True)])
def test_a_flag_is_true_or_false_in_either_language(typed: str, value: bool) -> None:
    assert record(f"公开: {typed}").is_open is value


def test_a_flag_is_nothing_else() -> None:
    assert "只能是 true 或 false" in only_fault("公开: no").message


def test_a_choice_lists_what_may_be_chosen() -> None:
    assert only_fault("有效性: 作废").hint == "只能填：有效、废止。"


def test_a_list_written_as_text_is_told_how_lists_are_written() -> None:
    problem = only_fault("关键词: 通知")
    assert problem.message == "“关键词”应当是列表"
    assert "写成 [甲, 乙]" in problem.hint


def test_a_list_where_one_text_belongs_is_refused() -> None:
    assert "不能是列表" in only_fault("有效性: [有效]").message


def test_text_where_a_group_belongs_is_refused_at_its_place() -> None:
    problem = only_fault("附件:\n  - 附表.csv")
    assert (problem.place.line, problem.code) == (4, "D103")


def test_the_family_letter_says_whose_file_it_was() -> None:
    _, problems = decoded("标题: 通知\n年度: 某年\n浏览: 3", family="T")
    assert sorted(problem.code for problem in problems) == ["T101", "T102", "T103"]
