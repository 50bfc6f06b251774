"""Messages: a problem on the screen of a clerk, and for a program."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from site_builder.delivery.messages import as_json, as_text, counted, explanation, headline
from site_builder.problems import Place, Problem, catalogue, in_order

FILE = "content/通知.md"


def shown(line: str, column: int, root: Path) -> list[str]:
    """The two lines of an excerpt that ends in a mark."""
    file = root / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\n{line}\n", encoding="utf-8")
    return as_text(Problem("D103", Place(FILE, 2, column), "内容不对"), root).split("\n")[1:3]


def marked(line: str, column: int, root: Path) -> str:
    """The character above the mark, as a terminal with two columns a Chinese character shows it."""
    above, mark = shown(line, column, root)
    at, width = mark.index("^"), 0
    for character in above:
        if width == at:
            return character
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return ""


@pytest.mark.parametrize(
    ("line", "character"),
    [
        ("公开日期: 2017-02-30", "2"),
        ("公开日期：2017-02-30", "："),
        ("标题: 关于〔2017〕1号文件的Ａ通知x", "x"),
        ("\t\t文件: x", "文"),
        ("  - {名称: 附表, 文件: @}", "@"),
        ("长" * 300 + "错" + "长" * 300, "错"),
        ("x" * 300 + "错" + "x" * 300, "错"),
        ("错" + "长" * 300, "错"),
        ("长" * 300 + "错", "错"),
    ],
)
def test_the_mark_stands_under_the_right_character(
    line: str, character: str, tmp_path: Path
) -> None:
    assert marked(line, line.index(character) + 1, tmp_path) == character


@pytest.mark.parametrize("column", [1, 40, 200, 400])
def test_a_long_line_is_shown_around_the_mark_alone(column: int, tmp_path: Path) -> None:
    above, _ = shown("甲乙丙丁" * 100, column, tmp_path)
    assert len(above) < 60
    assert "…" in above


def test_a_mark_behind_the_end_of_a_line_stands_behind_it(tmp_path: Path) -> None:
    above, mark = shown("标题:", 4, tmp_path)
    assert (above, mark) == ("    2 | 标题:", "      |      ^")


def test_a_place_without_a_column_is_shown_without_a_mark(tmp_path: Path) -> None:
    above, hint = shown("编号: A-1", 0, tmp_path)
    assert above == "    2 | 编号: A-1"
    assert hint.startswith("  提示  ")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_line_is_shown_in_whatever_encoding_it_was_saved(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "通知.md").write_bytes("---\r\n公开日期: 昨天\r\n---\r\n".encode(encoding))
    text = as_text(Problem("D103", Place("通知.md", 2, 7), "内容不对"), tmp_path)
    assert "    2 | 公开日期: 昨天\n      |           ^" in text


def test_nothing_of_a_line_can_play_with_the_terminal(tmp_path: Path) -> None:
    above, _ = shown("标题: \x1b[2J通知\u202e", 5, tmp_path)
    assert above == "    2 | 标题: [2J通知"


@pytest.mark.parametrize(
    "place",
    [Place("none.md", 3, 1), Place(FILE, 99, 1), Place(FILE), Place(FILE, cell="表!C5")],
)
def test_a_line_that_cannot_be_shown_is_left_out(place: Place, tmp_path: Path) -> None:
    assert " | " not in as_text(Problem("D103", place, "内容不对"), tmp_path)


def test_a_message_names_place_weight_code_hint_others_and_basis(tmp_path: Path) -> None:
    problem = Problem(
        "T301", Place("统计.csv", 3, 5), "不相等", "请核对。", "某号文", (Place("统计.csv", 4, 5),)
    )
    assert as_text(problem, tmp_path).split("\n") == [
        "统计.csv:3:5: 错误 T301 不相等",
        "  提示  请核对。",
        "  另见  统计.csv:4:5",
        "  依据  某号文",
    ]


def test_hint_and_basis_fall_back_to_the_catalogue(tmp_path: Path) -> None:
    text = as_text(Problem("D301", Place(FILE), "没有公开日期"), tmp_path)
    entry = catalogue()["D301"]
    assert f"  提示  {entry.advice.strip()}" in text
    assert f"  依据  {entry.basis}" in text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.md"), "a.md"),
        (Place("a.md", 3), "a.md:3"),
        (Place("a.md", 3, 5), "a.md:3:5"),
        (Place("a.xlsx", cell="统计表!C5"), "a.xlsx:统计表!C5"),
    ],
)
def test_a_place_is_written_as_precisely_as_it_is_known(place: Place, text: str) -> None:
    assert headline(Problem("D103", place, "不对")) == f"{text}: 错误 D103 不对"


def test_json_says_the_same_to_a_program() -> None:
    place, other = Place("a.xlsx", cell="表!C5"), Place("b.md", 2, 1)
    (entry,) = json.loads(as_json([Problem("T204", place, "不是数", related=(other,))]))
    assert entry == {
        "code": "T204",
        "severity": "error",
        "file": "a.xlsx",
        "line": 0,
        "column": 0,
        "cell": "表!C5",
        "message": "不是数",
        "hint": catalogue()["T204"].advice.strip(),
        "basis": "",
        "related": ["b.md:2:1"],
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(as_json([])) == []


def test_findings_that_differ_in_one_thing_alone_are_all_told_and_in_one_order() -> None:
    place = Place("a.md", 1, 1)
    alike = [
        *(Problem("D301", place, "m", hint=str(n)) for n in range(9)),
        *(Problem("D301", place, "m", hint="9", basis=str(n)) for n in range(9)),
        *(
            Problem("D301", place, "m", hint="9", basis="9", related=(Place("b.md", n),))
            for n in range(9)
        ),
    ]
    assert in_order([*reversed(alike), *alike]) == tuple(alike)


def test_problems_are_counted_by_weight() -> None:
    codes = ["D303", "D101", "D301", "D101"]
    assert counted(Problem(code, Place("a.md"), "") for code in codes) == "错误 2，警告 1，提示 1"
    assert counted([]) == ""


def test_a_code_is_explained_with_advice_example_and_basis() -> None:
    text = explanation(catalogue()["C301"])
    assert text.startswith("C301 警告 网页标签缺少必填内容\n\n怎么办  ")
    assert "\n例子\n    id_code" in text
    assert text.endswith("依据  《政府网站发展指引》（国办发〔2017〕47号）")
