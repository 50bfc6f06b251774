"""Random and damaged files through all readers.

Promise: a reader never raises; it ends in a value or in a problem, and every place it names lies
inside the file.
"""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.model.values import Listed, Mapped, Scalar, Value
from site_builder.problems import Place, Problem
from site_builder.sources.front_matter import read_markdown
from site_builder.sources.sheets import read_csv, read_workbook
from site_builder.sources.texts import HIDDEN, read_text
from site_builder.sources.yaml_reader import read_yaml

YAML = """\
标题: "2017年度报告"
年度: 2017
其中:主动公开数: [8, 0, 8]
附件:
  - 名称: 统计表
    文件: '统计.xlsx'
  - {名称: 说明, 文件: a.pdf}
说明: |
  第一行
  注意：第二行
(一)收到申请数:
  1.当面申请数: 3
"""
MARKDOWN = f"---\n{YAML}---\n\n前言\n\n## 一、概述\n\n```\n## 码\n```\n\n---\n\n落款\n"
CSV = '指标,"本年数",上年数\n"甲\n乙",1,"2,0"\n\n合计;x\t3,4\n'
SIGNS = st.sampled_from(
    (
        *(":", "：", " ", "\u3000", "\t", "\n", "-", "- ", "---\n", '"', "'", "[", "]", "{", "}"),
        *(",", "，", "#", "## ", "&a ", "*a", "!x ", "|", ">", "<<: ", "? ", "%", "@", "```\n"),
        *("\\", "\u200b", "\x00", "\r", "\u2028", "\ud800", "\ufeff", "...", "其中:", "a", "甲"),
        *("0", "\U0001f600"),
    )
)
EDITS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), SIGNS), max_size=8)
QUIET = settings(max_examples=200, deadline=None)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for position, removed, sign in edits:
        at = position % (len(text) + 1)
        text = text[:at] + sign + text[at + removed :]
    return text


def assert_inside(place: Place, text: str) -> None:
    lines = text.split("\n")
    assert place.file == "a"
    assert 1 <= place.line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def assert_sound(problems: tuple[Problem, ...], text: str) -> None:
    for problem in problems:
        assert problem.code[0] == "F"
        assert problem.message
        for place in (problem.place, *problem.related):
            assert_inside(place, text)


def assert_placed(value: Value, text: str) -> None:
    assert_inside(value.place, text)
    if isinstance(value, Mapped):
        keys = [entry.key.text for entry in value.entries]
        assert len(keys) == len(set(keys))
        for entry in value.entries:
            assert_placed(entry.key, text)
            assert_placed(entry.value, text)
    elif isinstance(value, Listed):
        for item in value.items:
            assert_placed(item, text)
    else:
        assert isinstance(value, Scalar)
        assert not HIDDEN.search(value.text)


def check_yaml(text: str) -> None:
    value, problems = read_yaml(text, "a")
    assert_sound(problems, text)
    if value is None:
        assert problems
    elif not HIDDEN.search(text):
        assert_placed(value, text)


@QUIET
@given(EDITS)
@example([(3, 0, '"')])
def test_damaged_YAML_ends_in_a_value_or_a_problem(edits: list[tuple[int, int, str]]) -> None:
    check_yaml(edited(YAML, edits))


@QUIET
@given(st.lists(SIGNS, max_size=40).map("".join))
@example("? :")
@example("a:\n- \n-\n? c\n")
@example("%TAG ! x\n---\n")
@example('"\\ud800": 1')
@example("- |\n\t")
def test_any_YAML_ends_in_a_value_or_a_problem(text: str) -> None:
    check_yaml(text)


@QUIET
@given(EDITS)
def test_damaged_Markdown_ends_in_front_matter_or_a_problem(
    edits: list[tuple[int, int, str]],
) -> None:
    text = edited(MARKDOWN, edits)
    front, sections, problems = read_markdown(text, "a")
    assert_sound(problems, text)
    assert front is not None or problems
    for section in sections:
        assert_inside(section.place, text)
        assert section.text in text


@QUIET
@given(EDITS)
def test_a_damaged_table_ends_in_a_sheet_or_a_problem(edits: list[tuple[int, int, str]]) -> None:
    text = edited(CSV, edits)
    sheet, problems = read_csv(text, "a")
    assert_sound(problems, text)
    if sheet is None:
        assert problems
        return
    for row in sheet.rows:
        for cell in row:
            assert_inside(cell.place, text)


@QUIET
@given(st.lists(st.lists(st.text("甲a1 ,;\"'\n", max_size=6), min_size=2, max_size=4), min_size=1))
def test_a_table_written_by_a_spreadsheet_is_read_cell_by_cell(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    sheet, problems = read_csv(stream.getvalue(), "a")
    assert sheet is not None
    assert [[cell.text for cell in row] for row in sheet.rows] == rows
    assert problems == ()


@QUIET
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_text_or_a_problem(data: bytes) -> None:
    text, problems = read_text(data, "a")
    assert not HIDDEN.search(text)
    assert "\r" not in text
    assert text or problems or not data.strip(b"\xef\xbb\xbf\xff\xfe")
    text.encode("utf-8")


@QUIET
@given(
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.lists(st.tuples(st.integers(0), st.binary(max_size=2))),
)
def test_a_damaged_text_ends_in_a_text_or_a_problem(
    encoding: str, edits: list[tuple[int, bytes]]
) -> None:
    data = MARKDOWN.encode(encoding)
    for position, content in edits:
        at = position % (len(data) + 1)
        data = data[:at] + content + data[at + 1 :]
    text, problems = read_text(data, "a")
    assert text or problems
    assert all(problem.code in ("F201", "F202", "F203") for problem in problems)


@pytest.mark.parametrize("lost", range(1, 30))
def test_UTF8_that_lost_a_byte_anywhere_never_turns_into_other_characters(lost: int) -> None:
    whole = "政府信息公开工作年度报告".encode()
    text, problems = read_text(whole[:lost] + whole[lost + 1 :], "a")
    assert text == ""
    assert [problem.code for problem in problems] == ["F201"]


def small_workbook() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("统计表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row("B2", ["甲", 1.5, True])
    sheet.write_number("B3", 43000, day)
    sheet.write_formula("B4", "=1+1", None, 2)
    sheet.merge_range("D3:E4", "合并")
    book.close()
    return stream.getvalue()


WORKBOOK = small_workbook()
PARTS = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
PIECES = st.sampled_from(
    (
        *(b"", b"9", b"-1", b"1e300", b'"', b"<", b'r="XFD1048576"', b't="s"', b't="d"', b's="1"'),
        *(b"<v>9</v>", b"\xff", b"\0", b"&#0;", b"</row>", b'<row r="7">', b"A1:XFD1048576"),
    )
)


@QUIET
@given(st.lists(st.tuples(st.integers(0), st.binary(min_size=1, max_size=3)), max_size=6))
def test_a_damaged_workbook_ends_in_sheets_or_a_problem(edits: list[tuple[int, bytes]]) -> None:
    data = WORKBOOK
    for position, content in edits:
        at = position % len(data)
        data = data[:at] + content + data[at + len(content) :]
    sheets, problems = read_workbook(data, "a")
    assert sheets or problems


@QUIET
@given(
    st.sampled_from([*PARTS, "xl/styles.xml", "xl/sharedStrings.xml"]),
    st.lists(st.tuples(st.integers(0), st.integers(0, 5), PIECES), min_size=1, max_size=4),
)
def test_damage_inside_a_workbook_ends_in_sheets_or_a_problem(
    part: str, edits: list[tuple[int, int, bytes]]
) -> None:
    source = zipfile.ZipFile(io.BytesIO(WORKBOOK))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for position, removed, piece in edits if name == part else ():
                at = position % (len(content) + 1)
                content = content[:at] + piece + content[at + removed :]
            target.writestr(name, content)
    sheets, problems = read_workbook(stream.getvalue(), "a")
    assert sheets or problems
