"""CSV tables as WPS and Excel save them.

Promise: every cell arrives as the spreadsheet shows it, with its line and column, and a quote
that would swallow or shift cells is named.
"""

from __future__ import annotations

import pytest

from site_builder.sources.sheets import read_csv
from tests.unit.workbooks import texts_of


def test_a_CSV_file_gives_a_sheet_named_like_the_file() -> None:
    sheet, problems = read_csv("指标,数\n公开数,12\n", "content/年报/统计.csv")
    assert sheet is not None
    assert sheet.name == "统计"
    assert texts_of(sheet) == [["指标", "数"], ["公开数", "12"]]
    assert problems == ()


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_delimiter_is_found_from_the_first_line_that_has_one(mark: str) -> None:
    text = f"统计表\n指标{mark}数\n甲,乙;丙{mark}1\n"
    assert texts_of(read_csv(text, "a.csv")[0])[1] == ["指标", "数"]


def test_cells_carry_line_and_column_also_behind_quoted_line_breaks() -> None:
    sheet, problems = read_csv('a,"甲\n乙",c\nd,e\n', "a.csv")
    assert sheet is not None
    places = [[(cell.place.line, cell.place.column) for cell in row] for row in sheet.rows]
    assert places == [[(1, 1), (1, 3), (2, 4)], [(3, 1), (3, 3)]]
    assert problems == ()


def test_quotes_are_taken_off_and_doubled_ones_kept() -> None:
    assert texts_of(read_csv('"a ""b"" c","d,e"\n', "a")[0]) == [['a "b" c', "d,e"]]


def test_ragged_and_empty_lines_are_rows_and_empty_lines_at_the_end_are_not() -> None:
    assert texts_of(read_csv("a,b,c\n\nd\ne,\n\n\n", "a")[0]) == [
        ["a", "b", "c"],
        [],
        ["d"],
        ["e", ""],
    ]


def test_a_quote_that_never_closes_is_refused_where_it_opens() -> None:
    sheet, (problem,) = read_csv('a,b\nc,"d\ne,f\n', "a.csv")
    assert sheet is None
    assert problem.code == "F401"
    assert (problem.place.line, problem.place.column) == (2, 3)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('a,"b"c\n', 1, 6), ('a, "1,234"\n', 1, 3), ("指标，数\n甲，1\n", 1, 3)],
)
def test_what_would_shift_cells_unseen_is_reported(text: str, line: int, column: int) -> None:
    problem = read_csv(text, "a.csv")[1][0]
    assert (problem.code, problem.place.line, problem.place.column) == ("F401", line, column)


def test_a_quote_that_closes_lines_later_says_where_it_opened() -> None:
    (problem,) = read_csv('"a,b\nc,"d"\n', "a.csv")[1]
    assert "第 1 行" in problem.message


@pytest.mark.parametrize("text", ["," * 200_000, "\n" * 200_000, "a\n" * 200_000])
def test_an_endless_table_is_refused(text: str) -> None:
    sheet, problems = read_csv(text, "a.csv")
    assert sheet is None
    assert [problem.code for problem in problems] == ["F401"]
