"""Mistakes in YAML as clerks make them.

Promise: each is named in Chinese at its line and column, several in one run, and nothing is
swallowed in silence.
"""

from __future__ import annotations

import pytest
import yaml

from site_builder.model.values import Mapped
from site_builder.problems import Place
from site_builder.sources import yaml_events
from site_builder.sources.yaml_reader import read_yaml
from tests.unit.yaml_readings import PARSERS, found_in, messages_of, plain


@pytest.fixture(params=PARSERS, autouse=True)
def _with_each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without libyaml word their errors differently."""
    monkeypatch.setattr(yaml_events, "LOADER", getattr(yaml, request.param))


# Full-width colons and missing spaces


@pytest.mark.parametrize(
    "text",
    ["标题：2017\n", "标题：2017\n年度: 2017\n", "标题:2017\n年度: 2017\n", "标题:　2017\n"],
)
def test_a_wrong_colon_in_the_first_line_is_named_at_its_column(text: str) -> None:
    assert found_in(text) == [("F305", 1, 3)]


def test_a_full_width_colon_shows_the_line_as_it_should_be() -> None:
    (problem,) = read_yaml("年: 1\n标题：关于公开的通知\n", "a.yaml")[1]
    assert "全角冒号" in problem.message
    assert "标题: 关于公开的通知" in problem.hint


def test_a_wrong_colon_is_named_although_a_note_follows_the_value() -> None:
    text = "site:\n  bureau：示例局 # 全称\n  name: 示例\n"
    assert found_in(text) == [("F305", 2, 9)]
    assert "改成“bureau: 示例局”" in messages_of(text)


def test_a_wide_blank_before_the_first_line_of_a_group_is_named_at_that_line() -> None:
    text = 'contact:\n　office: "示例局" # 名称\n  address: ""\n'
    assert found_in(text) == [("F306", 2, 1)]


def test_a_value_that_ends_with_a_full_width_quote_is_told_so() -> None:
    assert "全角引号" in messages_of('phone: "0000-1”\nfax: "0000-2"\n')


def test_every_wrong_colon_of_a_file_is_found_in_one_run() -> None:
    text = (
        "标题：甲\n文号:乙\n年度: 2017\n附件:\n"
        "  - 名称：丙\n    文件: 丁\n  - 名称: 戊\n    文件：己\n"
    )
    assert found_in(text) == [("F305", 1, 3), ("F305", 2, 3), ("F305", 5, 7), ("F305", 8, 7)]


def test_values_behind_a_wrong_colon_are_still_checked_at_their_true_places() -> None:
    value, _ = read_yaml("标题：甲\n年度: x\n", "a.yaml")
    assert isinstance(value, Mapped)
    assert plain(value) == {"标题": "甲", "年度": "x"}
    assert value.entries[0].value.place == Place("a.yaml", 1, 4)


def test_a_whole_file_of_full_width_colons_is_not_one_long_text() -> None:
    assert found_in("标题：甲\n文号：乙\n年度：2017\n") == [
        ("F305", 1, 3),
        ("F305", 2, 3),
        ("F305", 3, 3),
    ]


def test_a_line_swallowed_by_the_value_above_it_is_noticed() -> None:
    assert found_in("标题: 甲\n  文号：乙\n") == [("F305", 2, 5)]
    assert found_in("标题: 甲\n  文号:乙\n") == [("F305", 2, 5)]


def test_fields_below_a_key_with_wrong_colons_are_noticed() -> None:
    assert found_in("附件:\n  名称：甲\n  文件：乙\n") == [("F305", 2, 5), ("F305", 3, 5)]


def test_a_list_item_that_looks_like_a_field_is_noticed_with_a_way_out() -> None:
    text = "条目:\n  - 名称：甲\n"
    assert found_in(text) == [("F305", 2, 7)]
    assert "引号" in messages_of(text)
    assert found_in("条目:\n  - '名称：甲'\n") == []


def test_wrong_colons_inside_brackets_are_noticed() -> None:
    assert found_in("a: {标题：x, 年度：1}\n") == [("F305", 1, 7), ("F305", 1, 13)]


def test_the_own_colon_of_a_label_is_not_blamed() -> None:
    text = "其中：公开数：5\n总数: 6\n"
    assert found_in(text) == [("F305", 1, 7)]
    assert "“其中：公开数”" in messages_of(text)


@pytest.mark.parametrize(
    "item",
    ["12:30", "http://a.b/c", "关于印发《甲乙丙丁》的通知：一、二", "其中:主动公开数", "比例 3:5"],
)
def test_times_addresses_and_sentences_in_lists_are_left_alone(item: str) -> None:
    assert found_in(f"条目:\n  - {item}\n  - 乙\n") == []


# Indentation


def test_tabs_in_the_indentation_are_named_on_every_line() -> None:
    assert found_in("附件:\n\t名称: 甲\n\t文件: 乙\n") == [("F306", 2, 1), ("F306", 3, 1)]


def test_full_width_spaces_in_the_indentation_are_named_on_every_line() -> None:
    assert found_in("附件:\n　　名称: 甲\n　　文件: 乙\n") == [("F306", 2, 1), ("F306", 3, 1)]


def test_a_paragraph_indented_with_full_width_spaces_is_named() -> None:
    assert found_in("说明: 甲\n　　乙\n标题: 丙\n") == [("F306", 2, 1)]


def test_wrong_colons_behind_wrong_indentation_are_found_too() -> None:
    assert found_in("附件:\n\t名称: 甲\n标题：乙\n") == [("F306", 2, 1), ("F305", 3, 3)]


def test_a_full_width_space_before_the_colon_is_named() -> None:
    assert found_in("标题　: 甲\n") == [("F306", 1, 3)]


def test_lines_that_do_not_align_are_named() -> None:
    assert found_in("a:\n    b: 1\n  c: 2\n") == [("F301", 3, 3)]
    assert found_in("标题: 甲\n  文号: 乙\n") == [("F301", 2, 3)]
    assert "缩进" in messages_of("标题: 甲\n  文号: 乙\n")


# Other mistakes in writing


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ('标题: "甲\n年: 1\n', 1, 5, "引号"),
        ("标题: '甲\n年: 1\n", 1, 5, "引号"),
        ('标题: "甲\n年: "x"\n', 1, 5, "引号"),
        ('标题: "甲\n年: "\n', 1, 5, "引号"),
        ("数: [1, 2\n年: 1\n", 1, 4, "]"),
        ("数: {a: 1\n年: 1\n", 1, 4, "}"),
        ("数: [1, 2", 1, 4, "]"),
        ("文号: [2017]5号\n", 1, 11, "括号"),
        ("标题: {{ name }}\n", 1, 6, "引号"),
        ("标题: 关于: 通知\n", 1, 7, "两个"),
        ("标题: @甲\n", 1, 5, "@"),
        ("标题: `甲`\n", 1, 5, "`"),
        ("标题: **甲**\n", 1, 5, "*"),
        ("标题: %甲\n", 1, 5, "%"),
        ("标题: ,甲\n", 1, 5, ","),
        ("标题: - 甲\n", 1, 5, "另起一行"),
        ('标题: "C:\\目录"\n', 1, 8, "\\"),
        ("标题: 甲\n年度 2017\n文号: 乙\n", 2, 1, "没有冒号"),
        (": 甲\n", 1, 1, "没有名称"),
        ("? [甲]\n: 乙\n", 1, 3, "名称"),
        ("标题: |甲\n 乙\n", 1, 6, "下一行"),
        ("b: c\n- a\n", 2, 1, "列表"),
        ("条目:\n  -甲\n", 2, 3, "空格"),
        ("条目:\n  － 甲\n", 2, 3, "全角"),
        ("a: 1]\nb: ]\n", 2, 4, "]"),
    ],
)
def test_a_syntax_error_is_explained_in_Chinese_at_its_cause(
    text: str, line: int, column: int, word: str
) -> None:
    found = [place for place in found_in(text) if place[0] == "F301"]
    assert found
    if column != 8:  # the two parsers point before and behind the bad escape
        assert found == [("F301", line, column)]
    assert word in messages_of(text)
    english = [
        w for w in ("found", "expected", "while", "token", "mapping") if w in messages_of(text)
    ]
    assert english == []


def test_several_mistakes_of_different_kinds_are_found_in_one_run() -> None:
    text = '标题: @甲\n年度：2017\n文号: "乙\n机构 丙\n索引: 关于: 丁\n类别：戊\n'
    assert [(code, line) for code, line, _ in found_in(text)] == [
        ("F301", 1),
        ("F305", 2),
        ("F301", 3),
        ("F301", 4),
        ("F301", 5),
        ("F305", 6),
    ]


def test_a_file_with_a_syntax_error_gives_no_value() -> None:
    assert read_yaml("标题: @甲\n", "a.yaml")[0] is None
