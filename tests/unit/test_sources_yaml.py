"""YAML files as values: what is written comes out, within limits.

Promise: every scalar is the text that stands in the file, at its place, and the parts of YAML
that could do harm or surprise are refused.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
import yaml

from site_builder.model.values import Entry, Listed, Mapped, Scalar
from site_builder.problems import Place
from site_builder.sources import yaml_events
from site_builder.sources.yaml_reader import read_yaml
from tests.unit.yaml_readings import PARSERS, found_in, plain, plain_of


@pytest.fixture(params=PARSERS, autouse=True)
def _with_each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without libyaml word their errors differently."""
    monkeypatch.setattr(yaml_events, "LOADER", getattr(yaml, request.param))


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
    text = "说明: |\n  注意：第一行\n  第二行\n标题: \"关于：通知\"\n备注: 'a: b'\n"
    assert plain_of(text) == {
        "说明": "注意：第一行\n第二行\n",
        "标题": "关于：通知",
        "备注": "a: b",
    }
    assert found_in(text) == []


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
    lines = ["a: &a [x, x]"] + [f"{b}: &{b} [*{a}, *{a}]" for a, b in pairwise("abcdefghijklmnop")]
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
