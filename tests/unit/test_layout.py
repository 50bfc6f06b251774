"""Layout: what a clerk typed, and what Markdown would make of it without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.model.disclosure import Section
from site_builder.model.library import Library
from site_builder.problems import Place
from site_builder.rules.layout import check_layout
from tests.sites import SMALL, library_at


@pytest.fixture(scope="module")
def library() -> Library:
    """The golden site with one notice."""
    return library_at(SMALL)


def _lines(library: Library, text: str) -> list[int]:
    section = Section("", text, Place("a.md", 1, 1), text_line=1)
    document = replace(library.documents[0], body=(section,))
    found = check_layout(replace(library, documents=(document,)))
    return [problem.place.line for problem in found if problem.place.file == "a.md"]


@pytest.mark.parametrize(
    "text",
    [
        "各单位：\n　　现将有关事项通知如下。",
        "一、时间\n二、地点",
        "第一章 总则\n第一条为了示例",
        "（一）时间\n（二）地点",
        "1．时间\n2．地点",
        "第一条 为了示例。\n第二条 本办法自发布之日起施行。",
        "第一段的话说完了。\n第二段的话也说完了。",
        "示例市自然资源局\n2024年3月5日",
    ],
)
def test_a_line_that_joins_the_one_above_on_the_page_is_named(library: Library, text: str) -> None:
    assert _lines(library, text) == [2]


@pytest.mark.parametrize(
    "text",
    [
        "这一行在编辑器里断开，\n下一行接着说。",
        "这一段为了好看断成几行，第一行正好说完。\n可是第二行没有说完，还\n要接着说。",
        "示例市自然资源局  \n2024年3月5日",
        "根据《政府信息公开条例》\n第二十条的规定，现予公布。\n请知悉",
        "依照本办法第三条第\n（一）项办理，还要符合\n第四条规定",
        "- 甲：\n  - 乙。\n  - 丙。",
        "1. 甲。\n2. 乙。",
        "说明：\n\n- 甲\n\n    甲的第二段。",
        "| 地块 | 面积 |\n| --- | ---: |\n| 一、甲 | 1.2 |\n| 二、乙 | 1.2 |",
        "地块 | 面积\n--- | ---\n甲 | 1.2",
        "```\n| a |\n```",
        "面积|x|为 1.2，\n合计 3。",
    ],
)
def test_what_the_page_shows_as_it_was_meant_is_left_alone(library: Library, text: str) -> None:
    assert _lines(library, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "甲\n\n    四个空格的一段",
        "甲\n\n| 地块 | 面积 |\n| 甲 | 1.2 |",
        "甲\n\n｜地块｜面积｜\n｜甲｜1.2｜",
        "甲\n\n地块\t面积\n甲\t1.2",
    ],
)
def test_tables_and_blanks_that_become_something_else_are_named(
    library: Library, text: str
) -> None:
    assert _lines(library, text) == [3]
