"""Plain YAML read without the parser: the same values at the same places, or none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.sources.yaml_plain import read_plain
from site_builder.sources.yaml_reader import read_parsed

PIECES = (
    *("标题", "文号", "year", "a", "12", "-", ":", "：", "#", " ", "  ", "《", "》", "“", "’", "|"),
    *("0471", "2024-03-01", "null", "true", "~", "[", "{", ",", "，", "&", "*", "!", "%", "@", "`"),
    *(
        '"',
        "'",
        "\t",
        "\u3000",
        "\u200b",
        "=",
        "<<",
        "---",
        "...",
        ">",
        "?",
        "。",
        "/",
        "+",
        ".",
        "1_000",
    ),
)
lines = st.lists(
    st.one_of(
        st.builds("{}: {}".format, *(st.lists(st.sampled_from(PIECES)).map("".join),) * 2),
        st.builds("标题{}: 内容{}".format, st.integers(0, 9), st.sampled_from(PIECES)),
        st.sampled_from(("", "标题:", "  附件: 一", "- 一", "# 注", "…")),
    ),
    max_size=5,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(lines.map("\n".join))
def test_what_is_read_without_the_parser_is_what_the_parser_reads(text: str) -> None:
    plain = read_plain(text, "文.md", first_line=3)
    if plain is not None:
        assert (plain, ()) == read_parsed(text, "文.md", first_line=3)


@pytest.mark.parametrize(
    "text",
    [
        "编号: TZ-2024-001\n标题: 关于示例（试行）的通知\n公开日期: 2024-03-04",
        "文号: 示自然资公〔2024〕1号\n内容概述: 说明《办法》，即“标准”。",
    ],
)
def test_ordinary_front_matter_needs_no_parser(text: str) -> None:
    assert read_plain(text, "文.md", first_line=2) == read_parsed(text, "文.md", first_line=2)[0]


@pytest.mark.parametrize(
    "text",
    [
        "标题: 一\n标题: 二",
        "标题：一",
        "标题: 一: 二",
        "标题: 一 #二",
        "标题: 一 ",
        "标题:  一",
        "",
    ],
)
def test_whatever_could_mean_more_is_left_to_the_parser(text: str) -> None:
    assert read_plain(text, "文.md", first_line=1) is None
