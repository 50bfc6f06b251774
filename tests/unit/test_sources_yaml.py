"""YAML files as clerks write them.

Promise: what is written comes out as text at its place; what is mistyped is named at its line
and column, several mistakes in one run, and nothing is swallowed in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from site_builder.model.values import Entry, Listed, Mapped, Scalar, Value
from site_builder.problems import Place
from site_builder.sources import yaml_events
from site_builder.sources.yaml_reader import read_yaml

Found = list[tuple[str, int, int]]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def _with_each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without libyaml word their errors differently."""
    monkeypatch.setattr(yaml_events, "LOADER", getattr(yaml, request.param))


def found_in(text: str) -> Found:
    problems = read_yaml(text, "a.yaml")[1]
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


def messages_of(text: str) -> str:
    return "\n".join(f"{p.message} {p.hint}" for p in read_yaml(text, "a.yaml")[1])


def plain(value: Value | None) -> object:
    if isinstance(value, Mapped):
        return {entry.key.text: plain(entry.value) for entry in value.entries}
    if isinstance(value, Listed):
        return [plain(item) for item in value.items]
    return value.text if value else None


def plain_of(text: str) -> object:
    return plain(read_yaml(text, "a.yaml")[0])


def test_scalars_stay_the_text_that_is_written() -> None:
    text = "a: 0471\nb: 1.10\nc: 12:30\nd: no\ne: ~\nf: null\ng:\nh: 2017-01-31\ni: '是'\nj: 1e3\n"
    assert plain_of(text) == {
        "a": "0471", "b": "1.10", "c": "12:30", "d": "no", "e": "~",
        "f": "null", "g": "", "h": "2017-01-31", "i": "是", "j": "1e3",
    }  # fmt: skip
    assert found_in(text) == []


def test_nested_values_carry_their_places() -> None:
    value, problems = read_yaml("标题: 甲\n附件:\n  - 名称: 乙\n", "a.yaml", first_line=5)
    at = [Place("a.yaml", 5, 1), Place("a.yaml", 5, 5), Place("a.yaml", 6, 1)]
    inner = Entry(
        Scalar("名称", Place("a.yaml", 7, 5)),
        Scalar("乙", Place("a.yaml", 7, 9)),
    )
    listed = Listed((Mapped((inner,), Place("a.yaml", 7, 5)),), Place("a.yaml", 7, 3))
    assert problems == ()
    assert value == Mapped(
        (Entry(Scalar("标题", at[0]), Scalar("甲", at[1])), Entry(Scalar("附件", at[2]), listed)),
        at[0],
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    value, problems = read_yaml(text, "a.yaml")
    assert isinstance(value, Mapped)
    assert value.entries == ()
    assert problems == ()


def test_official_labels_are_ordinary_keys() -> None:
    labels = [
        "其中:主动公开规范性文件数",
        "(一)收到申请数",
        "1.当面申请数",
        "(不同渠道和方式公开相同信息计1条)",
        "其中：全角的也可以",
    ]
    text = "".join(f"{label}: 1\n" for label in labels)
    assert plain_of(text) == dict.fromkeys(labels, "1")
    assert found_in(text) == []


def test_block_and_quoted_texts_keep_their_content() -> None:
    text = '说明: |\n  注意：第一行\n  第二行\n标题: "关于：通知"\n备注: \'a: b\'\n'
    assert plain_of(text) == {"说明": "注意：第一行\n第二行\n", "标题": "关于：通知", "备注": "a: b"}
    assert found_in(text) == []


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


def test_every_wrong_colon_of_a_file_is_found_in_one_run() -> None:
    text = "标题：甲\n文号:乙\n年度: 2017\n附件:\n  - 名称：丙\n    文件: 丁\n  - 名称: 戊\n    文件：己\n"
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


def test_a_tab_between_colon_and_value_does_no_harm() -> None:
    assert plain_of("年度:\t2017\n") == {"年度": "2017"}


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
    english = [w for w in ("found", "expected", "while", "token", "mapping") if w in messages_of(text)]
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


# Parts of YAML nobody needs here


def test_a_key_that_stands_twice_is_reported_with_both_places() -> None:
    value, (problem,) = read_yaml("a: 1\nb: 2\na: 3\n", "a.yaml")
    assert problem.code == "F302"
    assert problem.place == Place("a.yaml", 3, 1)
    assert problem.related == (Place("a.yaml", 1, 1),)
    assert plain(value) == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &x 1\nb: *x\n", [(1, 4), (2, 4)]),
        ("a: !!str 1\n", [(1, 4)]),
        ("a: ! 1\n", [(1, 4)]),
        ("a:\n  <<: {b: 1}\n", [(2, 3)]),
        ("a: 1\n---\nb: 2\n", [(2, 1)]),
        ("%YAML 1.1\n---\na: 1\n", [(1, 1)]),
        ("!!python/object/apply:os.system ['x']\n", [(1, 1)]),
    ],
)
def test_anchors_tags_merges_and_several_documents_are_refused(
    text: str, places: list[tuple[int, int]]
) -> None:
    value, problems = read_yaml(text, "a.yaml")
    assert value is None
    assert {problem.code for problem in problems} == {"F304"}
    assert [(problem.place.line, problem.place.column) for problem in problems] == places


def test_an_escape_cannot_bring_in_a_hidden_character() -> None:
    value, (problem,) = read_yaml('a: "甲\\u200b乙"\n', "a.yaml")
    assert plain(value) == {"a": "甲乙"}
    assert (problem.code, problem.place.column) == ("F203", 4)


@pytest.mark.parametrize("escape", ["\\ud800", "\\uffffffff", "\\Uffffffff", "\\xzz"])
def test_an_impossible_escape_is_a_problem(escape: str) -> None:
    assert found_in(f'a: "{escape}"\n') != []


# Limits


@pytest.mark.parametrize(
    "text",
    ["[" * 25_000, "{a: " * 25_000, "- " * 25_000, "[" * 25_000 + "]" * 25_000],
    ids=["brackets", "braces", "dashes", "closed brackets"],
)
def test_deep_nesting_stops_at_twenty_levels(text: str) -> None:
    value, (problem,) = read_yaml(text, "a.yaml")
    assert value is None
    assert problem.code == "F303"
    assert problem.place.line == 1


def test_twenty_levels_are_allowed() -> None:
    assert found_in("[" * 20 + "]" * 20) == []


def test_a_billion_laughs_stay_unlaughed() -> None:
    lines = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in _pairs("abcdefghijklmnop")]
    value, problems = read_yaml("\n".join(lines), "a.yaml")
    assert value is None
    assert {problem.code for problem in problems} == {"F304"}


def test_thousands_of_merge_keys_end_in_a_hundred_problems() -> None:
    lines = ["a: &a {x: 1}"] + [f"k{i}: {{<<: *a}}" for i in range(3000)]
    value, problems = read_yaml("\n".join(lines), "a.yaml")
    assert value is None
    assert len(problems) == yaml_events.MAX_PROBLEMS


def test_too_many_parts_are_refused() -> None:
    text = "- a\n" * 200_001
    value, problems = read_yaml(text, "a.yaml")
    assert value is None
    assert [problem.code for problem in problems] == ["F303"]


def _pairs(letters: str) -> Iterator[tuple[str, str]]:
    return zip(letters, letters[1:], strict=False)
