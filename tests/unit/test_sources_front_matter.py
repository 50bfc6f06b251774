"""Markdown files: front matter and sections.

Promise: every paragraph reaches the page under its own heading, and a missing `---` is named
instead of turning the text into fields.
"""

from __future__ import annotations

import pytest

from site_builder.model.disclosure import Section
from site_builder.model.values import Mapped, Scalar
from site_builder.problems import Place, Problem
from site_builder.sources.front_matter import read_markdown

HEAD = "---\n标题: 甲\n---\n"


def sections_of(body: str) -> list[tuple[str, str, int]]:
    sections = read_markdown(HEAD + body, "a.md")[1]
    return [(section.heading, section.text, section.place.line) for section in sections]


def problems_of(text: str) -> list[tuple[str, int, int]]:
    found: tuple[Problem, ...] = read_markdown(text, "a.md")[2]
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


def test_front_matter_and_body_keep_the_lines_of_the_file() -> None:
    front, sections, problems = read_markdown("\n\n" + HEAD + "\n正文\n", "a.md")
    assert isinstance(front, Mapped)
    assert front.entries[0].value == Scalar("甲", Place("a.md", 4, 5))
    assert sections == (Section("", "正文"),)
    assert sections[0].place == Place("a.md", 7, 1)
    assert problems == ()


def test_each_second_level_heading_begins_a_section() -> None:
    body = "前言\n\n## 一、概述  \n\n第一段\n\n### 小节\n第二段\n\n## 二、其他\n"
    assert sections_of(body) == [
        ("", "前言", 4),
        ("一、概述", "第一段\n\n### 小节\n第二段", 6),
        ("二、其他", "", 13),
    ]


@pytest.mark.parametrize("rule", ["---", "***", "___"])
def test_a_rule_between_blank_lines_ends_a_section(rule: str) -> None:
    assert sections_of(f"## 一\n甲\n\n{rule}\n\n落款\n") == [("一", "甲", 4), ("", "落款", 9)]


def test_a_heading_inside_fenced_code_is_text() -> None:
    body = "```\n## 不是标题\n\n---\n\n```\n## 是标题\n"
    assert [section[0] for section in sections_of(body)] == ["", "是标题"]


def test_a_fence_that_never_closes_does_not_swallow_the_headings() -> None:
    assert [section[0] for section in sections_of("```\n甲\n## 一\n乙\n")] == ["", "一"]


def test_spaces_at_the_ends_of_lines_inside_a_section_stay() -> None:
    assert sections_of("\n\n  甲  \n乙\n\n\n") == [("", "  甲  \n乙", 6)]


def test_an_empty_body_has_no_sections() -> None:
    assert sections_of("\n \n---\n\n") == []


def test_Windows_spaces_behind_the_marks_do_no_harm() -> None:
    assert read_markdown("---  \n标题: 甲\n--- \n正文", "a.md")[2] == ()


@pytest.mark.parametrize("text", ["", "\n", "标题: 甲\n正文\n", "## 一\n"])
def test_missing_front_matter_is_reported(text: str) -> None:
    front, sections, (problem,) = read_markdown(text, "a.md")
    assert front is None
    assert sections == ()
    assert problem.code == "F307"


@pytest.mark.parametrize("mark", ["----", "--", "－－－", "———"])
def test_a_mistyped_mark_is_shown(mark: str) -> None:
    problem = read_markdown(f"{mark}\n标题: 甲\n{mark}\n", "a.md")[2][0]
    assert problem.code == "F307"
    assert mark in problem.message


def test_front_matter_without_an_end_is_reported_where_it_begins() -> None:
    assert problems_of("---\n标题: 甲\n\n正文\n") == [("F307", 1, 1)]


def test_a_rule_in_the_body_is_not_taken_for_the_forgotten_end() -> None:
    text = "---\n标题: 甲\n\n## 一、概述\n正文一段\n\n---\n\n落款\n"
    front, _, (problem,) = read_markdown(text, "a.md")
    assert front is None
    assert problem.code == "F307"
    assert "第 4 行" in problem.message


def test_a_comment_in_the_front_matter_is_no_heading() -> None:
    assert problems_of("---\n## 说明\n标题: 甲\n---\n") == []


@pytest.mark.parametrize(
    "head",
    [
        '标题: "关于 #1 地块的公告"',
        "标题: '关于 #1 地块的公告'",
        '标题: 甲\n附件:\n  - 文件: "a #1.pdf"',
        "标题: 甲\n摘要: |\n  乙 #1\n  丙 #2",
        '标题: "甲\n  乙 #1"',
        '标题: "甲"  # 已核对',
        "标题: 甲\n附件:  # 两个\n  - 文件: a.pdf",
        "标题: 甲\n # 乙 #1",
    ],
)
def test_a_sign_that_takes_nothing_from_a_value_is_left_alone(head: str) -> None:
    assert problems_of(f"---\n{head}\n---\n正文\n") == []


@pytest.mark.parametrize(
    ("head", "line", "column"),
    [
        ("标题: 关于 #1 地块 #2", 2, 8),
        ("编号: A1\n标题: #1 地块", 3, 5),
        ("标题: 甲\n附件:\n  - 文件: a #1.pdf\n    标题: 乙", 4, 11),
    ],
)
def test_a_value_that_a_sign_cuts_off_is_named_where_it_is_cut(
    head: str, line: int, column: int
) -> None:
    assert problems_of(f"---\n{head}\n---\n正文\n") == [("F309", line, column)]


def test_mistakes_of_the_front_matter_stand_at_the_lines_of_the_file() -> None:
    assert problems_of("---\n标题: 甲\n年度：2017\n---\n# 大标题\n") == [
        ("F305", 3, 3),
        ("F308", 5, 1),
    ]


def test_a_list_is_no_front_matter() -> None:
    front, _, problems = read_markdown("---\n- 甲\n---\n", "a.md")
    assert front is None
    assert [problem.code for problem in problems] == ["F307"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# 大标题\n", 4),
        ("##没有空格\n", 4),
        ("＃＃ 全角\n", 4),
        ("文字\n---\n", 5),
        ("字\n==\n", 5),
    ],
)
def test_what_only_looks_like_a_heading_is_reported_and_stays_text(body: str, line: int) -> None:
    assert problems_of(HEAD + body) == [("F308", line, 1)]
    assert "\n".join(section[1] for section in sections_of(body)) == body.strip()


def test_tables_and_lists_are_no_mistyped_headings() -> None:
    assert problems_of(HEAD + "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n- 甲\n- 乙\n") == []
