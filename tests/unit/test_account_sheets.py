"""Budgets and accounts straight from the bureau's sheets, in the layouts that bureaus use.

Every layout gives the same rows; whatever cannot be placed for certain is named at its cell.
"""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.sources.account_titles import tables_named
from tests.unit.account_books import Rows, book, figures, form_of, found_in, put, said
from tests.unit.old_workbooks import old_workbook
from tests.unit.workbooks import changed, with_rows, workbook

HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
GENERAL: Rows = [
    ["一般公共预算财政拨款支出决算表"],
    ["编制单位：示例局", None, None, None, "单位：万元"],
    HEAD,
    [None, "合计", 101, 60, 41],
    ["220", "国土海洋气象等支出", 101, 60, 41],
    ["22001", "  国土资源事务", 101, 60, 41],
    ["2200101", "    行政运行", 60, 60, None],
    ["2200104", "    国土资源规划及管理", 41, 0, 41],
]
ROWS = [
    ("", "合计", ("101", "60", "41")),
    ("220", "国土海洋气象等支出", ("101", "60", "41")),
    ("22001", "国土资源事务", ("101", "60", "41")),
    ("2200101", "行政运行", ("60", "60", "")),
    ("2200104", "国土资源规划及管理", ("41", "0", "41")),
]


def general(**replaced: list[Any]) -> bytes:
    """The table above with some of its rows (r3 is the third from 0) replaced."""
    rows = [replaced.get(f"r{n}", row) for n, row in enumerate(GENERAL)]
    return book(公开05=(rows, ()))


# Titles


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("收入决算表", ["F2"]),
        ("2017年度收入决算表", ["F2"]),
        ("２０１７年度部门收入决算表", ["F2"]),
        ("二〇一七年度收入决算表", ["F2"]),
        ("示例市自然资源局2017年部门收入决算表", ["F2"]),
        ("公开02表 收入决算表", ["F2"]),
        ("附件2：收 入 决 算 表", ["F2"]),
        ("收入决算表（公开02表）", ["F2"]),
        ("收入支出决算总表", ["F1i", "F1o"]),
        ("收入支出决算总表（支出）", ["F1o"]),
        ('财政拨款"三公"经费支出决算表', ["F7"]),
        ("财政拨款「三公」经费支出决算表", ["F7"]),
        ("支出决算表", ["F3"]),
        ("一般公共预算财政拨款支出决算表", ["F5"]),
        ("财政拨款支出决算表", []),
        ("项目支出决算表", []),
        ("非税收入决算表", []),
        ("局" * 40 + "收入决算表", []),
    ],
)
def test_a_title_is_known_whatever_year_bureau_or_number_stands_before_it(
    title: str, ids: list[str]
) -> None:
    assert [part.id for part in tables_named(form_of("决算"), title)] == ids


def test_a_title_of_the_central_style_names_both_halves() -> None:
    named = tables_named(form_of("预算"), "部门收支总表")
    assert [part.id for part in named] == ["T1i", "T1o"]


def test_the_name_of_the_sheet_is_the_title_where_none_is_written() -> None:
    tables, problems = found_in(book(支出决算表5=(GENERAL[1:], ()), 目录=([["目录"]], ())))
    assert said(problems) == [("T230", "支出决算表5!A1"), ("T231", "目录!A1")]
    sheet = book(一般公共预算财政拨款支出决算表=(GENERAL[1:], ()))
    tables, problems = found_in(sheet)
    assert figures(tables["F5"]) == ROWS
    assert not problems


def test_a_heading_that_only_one_table_has_is_enough() -> None:
    rows: Rows = [
        ["单位：万元"],
        [
            "科目名称",
            "年初结转和结余",
            "本年收入",
            "小计",
            "基本支出",
            "项目支出",
            "年末结转和结余",
        ],
        ["合计", 1, 2, 2, 1, 1, 1],
    ]
    tables, problems = found_in(book(Sheet1=(rows, ())))
    assert figures(tables["F8"]) == [("", "合计", ("1", "2", "2", "1", "1", "1"))]
    assert not problems


def test_a_heading_that_several_tables_have_is_not_guessed() -> None:
    tables, problems = found_in(book(Sheet1=(GENERAL[1:], ())))
    assert not tables
    (problem,) = problems
    assert problem.code == "T230"
    assert (
        "“一般公共预算财政拨款支出决算表”、“国有资本经营预算财政拨款收入支出决算表”"
        in problem.message
    )
    assert "收入支出决算总表" in problem.hint


# Above and around the table


def test_unit_bureau_and_place_of_a_table_are_known() -> None:
    tables, problems = found_in(general())
    table = tables["F5"]
    assert (table.unit.text, table.unit.place.cell) == ("万元", "公开05!E2")
    assert table.filler == "示例局"
    assert table.place.cell == "公开05!A1"
    assert table.rows[3].values[1].place.cell == "公开05!D7"
    assert not problems


@pytest.mark.parametrize(
    ("line", "unit", "filler"),
    [
        (["编制单位：示例局", "金额单位：元"], "元", "示例局"),
        (["编制单位：示例局  金额单位：万元"], "万元", "示例局"),
        (["编制单位：示例局金额单位：万元"], "万元", "示例局"),
        (["部门：示例局", "单位:人民币元"], "元", "示例局"),
        (["单位：示例局", "单位： 万元"], "万元", "示例局"),
        (["部门名称（公章）：示例局", "公开05表", "（万元）"], "万元", "示例局"),
    ],
)
def test_the_line_of_units_is_read_as_people_write_it(
    line: list[Any], unit: str, filler: str
) -> None:
    tables, problems = found_in(general(r1=line))
    assert (tables["F5"].unit.text, tables["F5"].filler) == (unit, filler)
    assert not problems


def test_a_unit_in_the_headings_counts() -> None:
    head = ["科目编码", "科目名称", "合计（元）", "基本支出（元）", "项目支出（元）"]
    tables, _ = found_in(general(r1=[None], r2=head))
    assert tables["F5"].unit.text == "元"
    assert len(tables["F5"].rows) == 5


def test_two_units_above_one_table_are_a_problem_at_the_second() -> None:
    _, problems = found_in(general(r1=["单位：元", None, "单位：万元"]))
    assert said(problems) == [("T220", "公开05!C2")]


def test_another_year_and_another_kind_are_named_at_the_title() -> None:
    _, problems = found_in(general(r0=["2016年度一般公共预算财政拨款支出决算表"]))
    assert said(problems) == [("T233", "公开05!A1")]
    _, problems = found_in(general(r0=["收入预算总表"]))
    assert said(problems) == [("T234", "公开05!A1")]
    _, problems = found_in(general(), kind="预算")
    assert said(problems) == [("T234", "公开05!A1")]


def test_a_date_above_the_table_is_not_its_year() -> None:
    tables, problems = found_in(general(r1=["编制日期：2018年8月20日", "单位：万元"]))
    assert len(tables["F5"].rows) == 5
    assert not problems


def test_the_numbers_of_columns_and_rows_are_passed_over() -> None:
    rows: Rows = [
        ["收入支出决算总表"],
        ["单位：万元"],
        ["收入", None, None, "支出", None, None],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["栏次", None, 1, "栏次", None, 2],
        ["一、一般公共预算财政拨款收入", 1, 100, "一、一般公共服务支出", 31, None],
        ["本年收入合计", 2, 100, "本年支出合计", 32, 100],
        ["年初结转和结余", 3, 5, "年末结转和结余", 33, 5],
        ["总计", 4, 105, "总计", 34, 105],
    ]
    merged = ("A1:F1", "A3:C3", "D3:F3", "A5:B5", "D5:E5")
    tables, problems = found_in(book(公开01=(rows, merged)))
    assert figures(tables["F1i"])[-1] == ("", "总计", ("105",))
    assert [row.label.text for row in tables["F1o"].rows] == [
        "一、一般公共服务支出",
        "本年支出合计",
        "年末结转和结余",
        "总计",
    ]
    assert tables["F1i"].place == tables["F1o"].place
    assert not problems


# Codes


def test_class_section_and_item_in_three_columns_with_blanks_where_unchanged() -> None:
    rows: Rows = [
        ["支出预算总表"],
        ["单位：元"],
        ["科目编码", None, None, "科目名称", "合计", "基本支出", "项目支出"],
        ["类", "款", "项"],
        ["合计", None, None, None, 9, 9, 0],
        ["208", None, None, "社会保障和就业支出", 4, 4, 0],
        [None, "05", None, "行政事业单位离退休", 4, 4, 0],
        [None, None, "01", "归口管理的行政单位离退休", 3, 3, 0],
        [None, None, "05", "养老保险缴费", 1, 1, 0],
        ["220", None, None, "国土海洋气象等支出", 5, 5, 0],
        ["220", "01", None, "国土资源事务", 5, 5, 0],
        ["220", "01", "01", "行政运行", 5, 5, 0],
    ]
    merged = ("A1:G1", "A3:C3", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "A5:D5")
    codes = ["", "208", "20805", "2080501", "2080505", "220", "22001", "2200101"]
    tables, problems = found_in(book(a=(rows, merged)), kind="预算")
    assert [code for code, _, _ in figures(tables["T3"])] == codes
    assert not problems
    tables, problems = found_in(book(a=(rows, ())), kind="预算")
    assert [code for code, _, _ in figures(tables["T3"])] == codes
    assert not problems


def test_code_cells_merged_downwards_count_for_every_row() -> None:
    rows: Rows = [
        ["支出预算总表", None, None, None, None, None, "单位：元"],
        ["类", "款", "项", "科目名称", "合计", "基本支出", "项目支出"],
        ["208", None, None, "社会保障和就业支出", 4, 4, 0],
        [None, "05", None, "行政事业单位离退休", 4, 4, 0],
        [None, None, "01", "归口管理的行政单位离退休", 3, 3, 0],
        [None, None, "05", "养老保险缴费", 1, 1, 0],
    ]
    tables, problems = found_in(book(a=(rows, ("A3:A6", "B4:B6"))), kind="预算")
    assert [code for code, _, _ in figures(tables["T3"])] == ["208", "20805", "2080501", "2080505"]
    assert not problems


def test_a_code_written_before_the_name_needs_no_column() -> None:
    rows: Rows = [
        ["支出预算总表", None, None, "单位：元"],
        ["项目", "合计", "基本支出", "项目支出"],
        ["合计", 5, 5, 0],
        ["220 国土海洋气象等支出", 5, 5, 0],
        ["2200101行政运行", 5, 5, 0],
    ]
    tables, problems = found_in(book(a=(rows, ())), kind="预算")
    assert figures(tables["T3"])[1:] == [
        ("220", "国土海洋气象等支出", ("5", "5", "0")),
        ("2200101", "行政运行", ("5", "5", "0")),
    ]
    assert not problems


def test_a_section_that_lost_its_zero_is_named_and_not_mended_unseen() -> None:
    rows: Rows = [
        ["支出预算总表", None, None, None, None, None, "单位：元"],
        ["类", "款", "项", "科目名称", "合计", "基本支出", "项目支出"],
        [208, None, None, "社会保障和就业支出", 4, 4, 0],
        [None, 5, None, "行政事业单位离退休", 4, 4, 0],
        [None, None, 1, "归口管理的行政单位离退休", 3, 3, 0],
        [210, None, 1, "医疗卫生与计划生育支出", 3, 3, 0],
    ]
    _, problems = found_in(book(a=(rows, ())), kind="预算")
    assert said(problems) == [
        ("T235", "a!B4"),
        ("T235", "a!C5"),
        ("T235", "a!C6"),
        ("T235", "a!C6"),
    ]
    assert "“05”" in problems[0].message


# Side by side


def test_a_list_printed_in_three_strips_is_read_strip_by_strip() -> None:
    head = ["科目编码", "科目名称", "决算数"] * 3
    rows: Rows = [
        ["一般公共预算财政拨款基本支出决算表"],
        ["单位：万元"],
        ["人员经费", None, None, "公用经费"],
        head,
        ["301", "工资福利支出", 30, "302", "商品和服务支出", 12, "310", "资本性支出", 2],
        ["30101", "基本工资", 30, "30201", "办公费", 12, "31002", "办公设备购置", 2],
        ["303", "对个人和家庭的补助", None, "30202", "印刷费", 0],
        ["人员经费合计", None, 30, "公用经费合计", None, None, None, None, 14],
    ]
    wanted = [
        ("301", "工资福利支出", ("30",)),
        ("30101", "基本工资", ("30",)),
        ("303", "对个人和家庭的补助", ("",)),
        ("", "人员经费合计", ("30",)),
        ("302", "商品和服务支出", ("12",)),
        ("30201", "办公费", ("12",)),
        ("30202", "印刷费", ("0",)),
        ("310", "资本性支出", ("2",)),
        ("31002", "办公设备购置", ("2",)),
        ("", "公用经费合计", ("14",)),
    ]
    merged = ("A1:I1", "A3:C3", "D3:I3", "A8:B8", "D8:H8")
    for ranges in (merged, ()):
        tables, problems = found_in(book(公开06=(rows, ranges)))
        assert figures(tables["F6"]) == wanted
        assert not problems


THREE: Rows = [
    ["财政拨款“三公”经费支出决算表"],
    ["单位：万元"],
    ["预算数", None, None, None, None, None, "决算数"],
    ["合计", "因公出国（境）费", "公务用车购置及运行费", None, None, "公务接待费"] * 2,
    [None, None, "小计", "公务用车购置费", "公务用车运行费", None] * 2,
    [12, 0, 10, None, 10, 2, 11, 0, 9.5, None, 9.5, 1.5],
]
THREE_MERGED = (
    "A1:L1",
    "A3:F3",
    "G3:L3",
    *(f"{c}4:{c}5" for c in "ABFGHL"),
    "C4:E4",
    "I4:K4",
)


@pytest.mark.parametrize("merged", [THREE_MERGED, ()])
def test_the_one_row_of_the_three_public_expenses_has_twelve_cells(merged: tuple[str, ...]) -> None:
    tables, problems = found_in(book(公开07=(THREE, merged)))
    numbers = ("12", "0", "10", "", "10", "2", "11", "0", "9.5", "", "9.5", "1.5")
    assert figures(tables["F7"]) == [("", "支出数", numbers)]
    assert not problems


def test_a_row_of_column_numbers_and_a_bureau_before_the_figures_do_no_harm() -> None:
    rows = [*THREE[:5], list(range(1, 13)), THREE[5]]
    named = [["部门名称" if n == 2 else None, *row] for n, row in enumerate(rows)]
    named[0] = list(THREE[0])
    named[6][0] = "示例局"
    tables, problems = found_in(book(公开07=(named, ())))
    assert [label for _, label, _ in figures(tables["F7"])] == ["支出数"]
    assert figures(tables["F7"])[0][2][0] == "12"
    assert not problems


def test_a_second_row_in_a_table_of_one_is_named() -> None:
    _, problems = found_in(book(公开07=([*THREE, THREE[5]], ())))
    assert said(problems) == [("T236", "公开07!A7")]


# Several tables, CSV


EMPTY: Rows = [
    ["国有资本经营预算财政拨款支出决算表"],
    ["公开09表"],
    ["单位：万元"],
    HEAD,
    ["注：本单位没有国有资本经营预算财政拨款支出，故本表无数据。"],
]


def test_tables_one_below_the_other_each_have_their_own_unit() -> None:
    rows = [*GENERAL, [], *EMPTY, [], ["2017年度"], ["单位：元"], *THREE[:1], *THREE[2:]]
    tables, problems = found_in(book(Sheet1=(rows, ())))
    assert {id: table.unit.text for id, table in tables.items()} == {
        "F5": "万元",
        "F9": "万元",
        "F7": "元",
    }
    assert tables["F7"].place.cell == "Sheet1!A18"
    assert figures(tables["F5"]) == ROWS
    assert not problems


def test_a_csv_file_gives_the_same_rows_at_its_lines() -> None:
    lines = (",".join("" if c is None else str(c) for c in row) for row in [*GENERAL, [], *EMPTY])
    tables, problems = found_in("\r\n".join(lines).encode("gb18030"), name="表.csv")
    assert figures(tables["F5"]) == ROWS
    assert tables["F5"].rows[0].values[2].place.line == 4
    assert tables["F9"].rows == ()
    assert {problem.code for problem in problems} == {"F202"}


def test_an_old_workbook_gives_the_same_rows() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_sheet("公开05")
        sheet.write_merge(0, 0, 0, 4, GENERAL[0][0])
        for top, row in enumerate(GENERAL[1:], 1):
            for left, cell in enumerate(row):
                if cell is not None:
                    sheet.write(top, left, cell)

    tables, problems = found_in(old_workbook(fill), name="表.xls")
    assert figures(tables["F5"]) == ROWS
    assert not problems
    _, problems = found_in(b"<table><tr><td>1</td></tr></table>", name="表.xls")
    assert [(p.code, p.message) for p in problems] == [("F402", "这不是 .xls 工作簿，其实是网页")]


def test_units_beside_the_rows_count_as_the_table_s() -> None:
    rows: Rows = [
        ["一般公共预算财政拨款支出决算表"],
        ["科目编码", "项目", "单位", "合计", "基本支出", "项目支出"],
        [None, "合计", "万元", 101, 60, 41],
        ["220", "国土海洋气象等支出", "万元", 101, 60, 41],
    ]
    tables, problems = found_in(book(a=(rows, ())))
    assert tables["F5"].unit.text == "万元"
    assert figures(tables["F5"]) == ROWS[:2]
    assert not problems
    rows = [*rows[:3], ["220", "国土海洋气象等支出", "示例局", 101, 60, 41]]
    assert said(found_in(book(a=(rows, ())))[1]) == [("T236", "a!C4")]
    rows = [*rows[:3], ["220", "国土海洋气象等支出", "元", 101, 60, 41]]
    assert said(found_in(book(a=(rows, ())))[1]) == [("T220", "a!C4")]


def test_a_file_without_anything_is_said() -> None:
    assert said(found_in(book(a=([], ())))[1]) == [("T231", "0:0")]
    assert said(found_in("\ufeff\r\n".encode(), name="表.csv")[1]) == [("T231", "0:0")]


# Notes


def test_the_words_of_an_empty_table_are_its_note() -> None:
    tables, problems = found_in(book(公开09=(EMPTY, ())))
    note = tables["F9"].note
    assert note is not None
    assert note.text == "本单位没有国有资本经营预算财政拨款支出，故本表无数据。"
    assert note.place.cell == "公开09!A5"
    assert tables["F9"].rows == ()
    assert not problems


def test_a_blank_total_row_and_a_note_are_an_empty_table() -> None:
    rows = [*EMPTY[:4], [None, "合计"], [], *EMPTY[4:]]
    tables, _ = found_in(book(公开09=(rows, ())))
    assert tables["F9"].rows == ()
    assert tables["F9"].note is not None


def test_a_title_with_nothing_but_the_note_needs_no_heading() -> None:
    tables, problems = found_in(book(公开09=([EMPTY[0], EMPTY[4]], ())))
    assert tables["F9"].note is not None
    assert not problems


def test_a_note_below_a_filled_table_is_kept_so_that_it_can_be_questioned() -> None:
    rows = [*GENERAL, ["本单位没有政府性基金收入，故本表无数据。"]]
    tables, _ = found_in(book(公开05=(rows, ())))
    assert len(tables["F5"].rows) == 5
    assert tables["F5"].note is not None


def test_a_footnote_below_a_filled_table_is_named_and_not_taken_for_a_row() -> None:
    rows = [*GENERAL, ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"]]
    tables, problems = found_in(book(公开05=(rows, ())))
    assert figures(tables["F5"]) == ROWS
    assert tables["F5"].note is None
    assert said(problems) == [("T239", "公开05!A9")]


def test_signatures_below_the_table_are_no_rows() -> None:
    rows = [*GENERAL, ["单位负责人：", "审核：", "制表人：", "填报日期：2018-8-1"]]
    tables, _ = found_in(book(公开05=(rows, ())))
    assert figures(tables["F5"]) == ROWS


# Sheets that are no table


def test_a_cover_and_a_list_of_tables_are_passed_over() -> None:
    cover: Rows = [["示例市自然资源局"], ["2017年度部门决算"], ["二〇一八年八月"]]
    index: Rows = [["序号", "表名"], [1, "收入决算表"], [2, "支出决算表"]]
    data = book(封面=(cover, ()), 目录=(index, ()), 公开05=(GENERAL, ()), Sheet9=([], ()))
    tables, problems = found_in(data)
    assert list(tables) == ["F5"]
    assert said(problems) == [("T231", "封面!A1"), ("T231", "目录!A1")]


def test_a_table_the_form_does_not_have_is_an_error_that_lists_those_it_has() -> None:
    rows: Rows = [["政府采购情况表"], ["项目", "金额"], ["货物", 12.5]]
    tables, problems = found_in(book(公开05=(GENERAL, ()), 采购=(rows, ())))
    assert list(tables) == ["F5"]
    assert said(problems) == [("T230", "采购!A1")]
    assert "“三公”经费支出决算表" in problems[0].hint


def test_a_strange_table_below_a_known_one_is_not_read_as_its_rows() -> None:
    rows: Rows = [*GENERAL, [], ["政府采购情况表"], ["项目", "金额"], ["货物", 12.5]]
    tables, problems = found_in(book(公开05=(rows, ())))
    assert figures(tables["F5"]) == ROWS
    assert said(problems) == [("T230", "公开05!A10")]


def test_a_sheet_larger_than_any_table_is_refused() -> None:
    wide: Rows = [[*["x"] * 150, 1]]
    tall: Rows = [["x", 1]] * 3100
    _, problems = found_in(book(a=(wide, ()), b=(tall, ())))
    assert said(problems) == [("T230", "a!A1"), ("T230", "b!A1")]


# What cannot be placed


def test_a_missing_column_is_named_in_the_heading() -> None:
    _, problems = found_in(general(r2=["科目编码", "科目名称", "合计", "基本支出"]))
    assert said(problems) == [("T232", "公开05!C3")]
    assert "“项目支出”" in problems[0].message


def test_figures_that_stand_nowhere_are_named_one_by_one() -> None:
    _, problems = found_in(
        general(
            r2=[*HEAD, "上缴上级支出"],
            r3=[None, None, 101, 60, 41],
            r4=["220", "国土海洋气象等支出", 101, 60, 41, 7],
        )
    )
    assert said(problems) == [("T236", "公开05!C4"), ("T236", "公开05!F5")]


def test_columns_for_remarks_and_serial_numbers_are_no_figures() -> None:
    head: list[Any] = ["序号", *HEAD, "备注"]
    rows = [[None, *row] for row in GENERAL]
    rows[2], rows[4] = head, [1, *GENERAL[4], "含上年结转"]
    tables, problems = found_in(book(公开05=(rows, ())))
    assert figures(tables["F5"]) == ROWS
    assert said(problems) == [("T239", "公开05!G5")]


def test_a_figure_merged_over_two_columns_belongs_to_neither() -> None:
    rows = [*GENERAL[:6], ["2200101", "行政运行", 60, 60, None], GENERAL[7]]
    _, problems = found_in(book(公开05=(rows, ("D7:E7",))))
    assert said(problems) == [("T237", "公开05!D7")]
    _, problems = found_in(book(公开05=(GENERAL, ("C5:C6",))))
    assert said(problems) == [("T237", "公开05!C5")]


def test_places_beyond_the_second_are_a_warning_and_rounding_noise_is_none() -> None:
    _, problems = found_in(general(r4=["220", "国土海洋气象等支出", 0.1 + 0.2, 60.125, "1.2345"]))
    assert said(problems) == [("T238", "公开05!D5"), ("T238", "公开05!E5")]


def test_blank_zero_and_dashes_stay_what_they_are() -> None:
    tables, _ = found_in(general(r4=["220", "国土海洋气象等支出", None, "0.00", "—"]))
    assert figures(tables["F5"])[1][2] == ("", "0.00", "—")


def test_a_formula_without_a_value_is_named_at_its_cell() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("公开05")
        put(sheet, GENERAL)
        sheet.write_formula("C4", "=SUM(C5:C6)", None, 101)
        sheet.write_formula("D4", "=SUM(D5:D6)", None, "")

    tables, problems = found_in(workbook(fill))
    assert ("F403", "公开05!D4") in said(problems)
    assert figures(tables["F5"])[0][2][0] == "101"


def test_hidden_rows_and_sheets_are_said() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("公开05")
        put(sheet, GENERAL)
        sheet.set_row(6, None, None, {"hidden": True})
        put(made.add_worksheet("底稿"), GENERAL)
        made.worksheets_objs[1].hide()

    tables, problems = found_in(workbook(fill))
    assert list(tables) == ["F5"]
    assert {code for code, _ in said(problems)} == {"F404", "F511"}
    assert ("F511", "公开05!C7") in said(problems)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook",
        general()[:400],
        changed(general(), {"xl/worksheets/sheet1.xml": b"<worksheet>"}),
        with_rows(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_one_problem(data: bytes) -> None:
    tables, problems = found_in(data)
    assert not tables
    assert [problem.code for problem in problems] == ["F402"]


def test_every_fault_of_a_workbook_is_named_in_one_run() -> None:
    bad: Rows = [*GENERAL[:4], ["220", "国土海洋气象等支出", 101, 60, 41, 9], *GENERAL[5:]]
    strange: Rows = [["政府采购情况表"], ["货物", 12.5]]
    late: Rows = [["2016年度收入决算表"], ["科目名称", "本年收入合计"], ["合计", 3]]
    _, problems = found_in(book(a=(bad, ()), b=(strange, ()), c=(late, ())))
    assert said(problems) == [
        ("T236", "a!F5"),
        ("T230", "b!A1"),
        ("T233", "c!A1"),
        ("T232", "c!B2"),
    ]
