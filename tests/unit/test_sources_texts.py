"""Encodings and hidden characters of text files.

Promise: whatever Windows program saved a file, its text is read right or refused at the spot;
it never turns into other characters.
"""

from __future__ import annotations

import pytest

from site_builder.problems import Place
from site_builder.sources.texts import read_text

REPORT = "标题: 2017年度政府信息公开工作报告\n发布机构: 市教育局\n正文：全年主动公开信息。\n"


def codes_of(data: bytes) -> list[str]:
    return [problem.code for problem in read_text(data, "报告.md")[1]]


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode(),
        REPORT.encode("utf-8-sig"),
        REPORT.encode("utf-16"),
        b"\xfe\xff" + REPORT.encode("utf-16-be"),
        REPORT.replace("\n", "\r\n").encode(),
        REPORT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16-le", "utf-16-be", "windows lines", "old mac lines"],
)
def test_the_usual_encodings_and_line_ends_give_the_same_text(data: bytes) -> None:
    assert read_text(data, "报告.md") == (REPORT, ())


def test_an_empty_file_is_an_empty_text() -> None:
    assert read_text(b"", "a.md") == ("", ())


def test_GB18030_is_read_with_a_note() -> None:
    text, (problem,) = read_text(REPORT.encode("gb18030"), "报告.md")
    assert text == REPORT
    assert problem.code == "F202"
    assert problem.place == Place("报告.md")


def test_GB18030_with_rare_characters_of_names_is_read() -> None:
    text = REPORT + "联系人：朱镕、李喆、𠮷田\n"
    assert read_text(text.encode("gb18030"), "a")[0] == text


@pytest.mark.parametrize("cut", range(1, 3))
def test_damaged_UTF8_is_refused_at_the_first_bad_byte(cut: int) -> None:
    before, after = "标题: 甲\r\n发布机构: ".encode(), "育局\n正文：内容。\n".encode()
    text, (problem,) = read_text(before + "教".encode()[:cut] + after, "a.md")
    assert text == ""
    assert problem.code == "F201"
    assert (problem.place.line, problem.place.column) == (2, 7)


def test_UTF8_with_a_paragraph_of_GBK_pasted_into_it_is_refused() -> None:
    assert codes_of(REPORT.encode() + "全年没有收到申请。".encode("gbk")) == ["F201"]
    assert codes_of(REPORT.encode("gbk") * 20 + "全年没有收到申请。".encode()) == ["F201"]


def test_a_marked_UTF8_file_is_never_read_as_GB18030() -> None:
    assert codes_of(b"\xef\xbb\xbf" + REPORT.encode("gbk")) == ["F201"]


def test_damaged_GB18030_is_refused_at_the_spot() -> None:
    data = (REPORT * 5).encode("gbk") + "\n尾".encode("gbk") + b"\xff\n"
    text, (problem,) = read_text(data, "a.md")
    assert text == ""
    assert problem.code == "F201"
    assert (problem.place.line, problem.place.column) == (17, 2)


def test_a_few_bytes_that_fit_both_encodings_are_refused() -> None:
    # the classic: GBK 联通 with its first byte valid in UTF-8
    data = "a: 通通".encode("gbk")
    assert data.decode("utf-8") == "a: ͨͨ"
    assert codes_of(data) == ["F201"]


def test_latin_text_in_UTF8_is_plain_text() -> None:
    assert read_text("café é 中".encode(), "a") == ("café é 中", ())


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04rest", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "WPS"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"{\\rtf1", "RTF"),
        (REPORT.encode("utf-16-le"), "UTF-16"),
        (REPORT.encode("utf-16-be"), "UTF-16"),
        ("标题年度政府信息公开工作报告".encode("utf-16-le"), "UTF-16"),
        (REPORT.encode("utf-32"), "UTF-32"),
        (bytes(range(256)) * 4, "二进制"),
        (b"\0\0\1\2\0\0\0\0", "二进制"),
        ("Ελληνικά και άλλα\n".encode("cp1253"), "编码"),
    ],
    ids=range(12),
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, name: str) -> None:
    text, (problem,) = read_text(data, "a.md")
    assert text == ""
    assert problem.code == "F201"
    assert name in problem.message


def test_a_UTF16_file_cut_in_the_middle_of_a_character_is_refused() -> None:
    assert codes_of(REPORT.encode("utf-16")[:-1]) == ["F201"]


@pytest.mark.parametrize(
    "char",
    [
        *("\0", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u200b", "\u200e", "\u202e", "\u2066"),
        *("\u2028", "\ufeff", "\ufffd", "\ufffc", "\uffff"),
    ],
)
def test_a_hidden_character_is_reported_at_its_column_and_left_out(char: str) -> None:
    text, (problem,) = read_text(f"标题\n2017{char}年度\n".encode(), "a.md")
    assert text == "标题\n2017年度\n"
    assert problem.code == "F203"
    assert (problem.place.line, problem.place.column) == (2, 5)
    assert f"U+{ord(char):04X}" in problem.message


def test_half_a_character_in_UTF16_is_reported_and_never_handed_on() -> None:
    text, (problem,) = read_text(b"\xff\xfe" + "甲".encode("utf-16-le") + b"\x00\xd8", "a.md")
    assert text == "甲"
    assert problem.code == "F203"


def test_a_tab_is_no_hidden_character() -> None:
    assert read_text(b"a\tb\n", "a.csv") == ("a\tb\n", ())


def test_many_hidden_characters_give_five_reports_and_a_count() -> None:
    problems = read_text(("甲" + "\u200b" * 12).encode(), "a.md")[1]
    assert [problem.place.column for problem in problems] == [2, 3, 4, 5, 6]
    assert "7" in problems[-1].message
