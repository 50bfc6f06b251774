"""Statistics: one table, whatever file it was typed into, and nothing passed over in silence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from site_builder.model.library import Unread
from site_builder.model.tables import Form, Row, Table, form_for
from site_builder.problems import Problem
from site_builder.rules.arithmetic import check_arithmetic
from site_builder.sources.forms import load_forms
from site_builder.sources.statistics_files import read_statistics
from tests.account_sets import library
from tests.reports import demo_table
from tests.sites import SMALL
from tests.unit.old_workbooks import one_old_sheet

GOLDEN = SMALL / "content/政府信息公开年报/2017/统计.csv"
Line = list[str]
Result = tuple[Table | None, tuple[Problem, ...]]


def form(extensions: tuple[str, ...] = (), *, year: int = 2017) -> Form:
    forms, problems = load_forms(Path("nowhere"), extensions)
    found = form_for(forms, "annual-report", year=year)
    assert not problems
    assert found is not None
    return found


FORM = form()
REGIONAL = form(("neimenggu-mengshi",))


def lines() -> list[Line]:
    with GOLDEN.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def with_line(start: str, *cells: str) -> list[Line]:
    """The golden lines, the one whose label starts so replaced."""
    assert any(line[0].startswith(start) for line in lines())
    return [list(cells) if line[0].startswith(start) else line for line in lines()]


def as_csv(rows: list[Line]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Line]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("统计表", 0)
    for row in rows:
        sheet.append([_typed(cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_xls(rows: list[Line]) -> bytes:
    def fill(sheet: Any) -> None:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, _typed(cell))

    return one_old_sheet(fill)


def _typed(cell: str) -> str | float | None:
    return float(cell) if cell.replace(".", "", 1).isdigit() else cell or None


def as_yaml(rows: list[Line]) -> bytes:
    values = {row.id: line[2] for (_, row), line in zip(walk(), rows[3:], strict=True)}
    text = "".join(_yaml(FORM.tables[0].rows, values, indent="  "))
    return f"年度: 2017\n填报单位: 示例市自然资源局\n统计数:\n{text}".encode()


def _yaml(rows: tuple[Row, ...], values: dict[str, str], *, indent: str) -> Iterator[str]:
    for row in rows:
        label, value = json.dumps(row.label, ensure_ascii=False), values[row.id]
        if not row.rows:
            yield f"{indent}{label}: {value}\n"
            continue
        yield f"{indent}{label}:\n"
        yield f"{indent}  本项: {value}\n" if row.type != "heading" else ""
        yield from _yaml(row.rows, values, indent=indent + "  ")


def walk() -> list[tuple[int, Row]]:
    return list(FORM.tables[0].walk())


def read(data: bytes, name: str = "统计.csv", *, form: Form = FORM) -> Result:
    file, problems = read_statistics(data, name)
    assert file is not None, problems
    table, found = file.table(form, 2017)
    return table, problems + found


def table_of(rows: list[Line], *, form: Form = FORM) -> Table:
    table, problems = read(as_csv(rows), form=form)
    assert [p for p in problems if p.code != "T206"] == []
    assert table is not None
    return table


def problem_of(rows: list[Line], *, form: Form = FORM) -> Problem:
    _, (problem,) = read(as_csv(rows), form=form)
    return problem


@pytest.mark.parametrize(
    ("write", "name"),
    [(as_yaml, "统计.yaml"), (as_xlsx, "统计.XLSX"), (as_xls, "统计.xls")],
)
def test_the_same_figures_give_the_same_table_from_every_kind_of_file(
    write: Callable[[list[Line]], bytes], name: str
) -> None:
    table, problems = read(write(lines()), name)
    assert problems == ()
    assert figures(table) == figures(table_of(lines()))
    assert table is not None
    assert table.filler == "示例市自然资源局"


def figures(table: Table | None) -> dict[str, Decimal | None]:
    """Row id → its figure, headings left out: sheets give them a cell and YAML does not."""
    assert table is not None
    return {row.id: table.number(row.id, "value") for _, row in walk() if row.type != "heading"}


def test_columns_beside_the_form_are_told_one_by_one_and_change_no_figure() -> None:
    head, *rest = lines()[2:]
    wider = [[*row, "", "8", "见说明"] for row in rest]
    table, problems = read(as_xlsx([*lines()[:2], [*head, "备注", "上年数"], *wider]), "统计.xlsx")
    assert [(p.code, p.place.cell) for p in problems] == [
        ("T214", "统计表!E4"),
        ("T214", "统计表!F4"),
    ]
    assert "“上年数”" in problems[0].message
    assert figures(table) == figures(table_of(lines()))


def test_merged_titles_and_hidden_empty_columns_are_nothing_to_tell() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(lines())))
    sheet = book["统计表"]
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions.group("D", "XFD", hidden=True)
    sheet.row_dimensions[200].hidden = True
    target = io.BytesIO()
    book.save(target)
    assert read(target.getvalue(), "统计.xlsx")[1] == ()


def test_an_older_workbook_is_told_of_its_hidden_rows_and_merged_figures_too() -> None:
    def fill(sheet: Any) -> None:
        for number, row in enumerate(lines()):
            for column, cell in enumerate(row):
                if (number, column) not in ((5, 2), (6, 2)):
                    sheet.write(number, column, _typed(cell))
        sheet.write_merge(5, 6, 2, 2, 1)
        sheet.row(9).hidden = True

    _, problems = read(one_old_sheet(fill), "统计.xls")
    assert [(p.code, p.place.cell.rpartition("!")[2]) for p in problems] == [
        ("T215", "A10"),
        ("T216", "C6"),
    ]


def test_a_blank_is_no_zero_and_a_dash_is_neither() -> None:
    for text in ("", "—", "/", "0"):
        cell = table_of(with_line("六、", "六、举报投诉数量", "件", text)).cells["F", "value"]
        assert cell.text == text
        assert cell.number == (Decimal(0) if text == "0" else None)


@pytest.mark.parametrize(
    "label", ["（一）收到申请数", "(一) 收到申请数 ", "(一)收到\n申请数", "(一)收到申请数"]
)
def test_width_and_spaces_of_a_label_do_not_matter(label: str) -> None:
    table, problems = read(as_csv(with_line("(一)收到申请数", label, "件", "3")))
    assert problems == ()
    assert table is not None
    assert table.wordings == {}


def test_an_accepted_wording_is_noted_and_printed_as_it_was_written() -> None:
    wording = "8.告知通过转其他途径办理数"
    table, (note,) = read(as_csv(with_line("8.", wording, "件", "0")))
    assert table is not None
    assert note.code == "T206"
    assert table.wordings == {"C3.8": wording}


def test_a_misspelt_label_is_told_once_and_its_row_is_still_checked() -> None:
    table, (problem,) = read(as_csv(with_line("(一)收到申请数", "(一)收到申清数", "件", "3")))
    assert (problem.code, problem.hint) == ("T202", "是不是“(一)收到申请数”？")
    assert table is not None
    assert table.number("C1", "value") == 3


def test_a_label_from_nowhere_is_refused() -> None:
    problem = problem_of([*lines(), ["十二、其他工作情况", "", ""]])
    assert (problem.code, problem.place.line) == ("T202", 69)


def test_a_row_written_twice_is_called_so() -> None:
    problem = problem_of([*lines(), ["六、举报投诉数量", "件", "0"]])
    assert problem.message == "“六、举报投诉数量”填了两次"


def test_a_figure_without_a_label_is_not_lost() -> None:
    assert problem_of([*lines(), ["", "", "7"]]).message == "这一行没有写指标名称"


def test_missing_rows_are_told_gap_by_gap_at_the_line_above() -> None:
    left = [line for line in lines() if not line[0].startswith(("2.传真", "3.网络", "六、"))]
    _, problems = read(as_csv(left))
    assert [(p.code, p.place.line, p.message) for p in problems] == [
        ("T203", 26, "“1.当面申请数”后面缺少“2.传真申请数”、“3.网络申请数”"),
        ("T203", 53, "“(三)其他情形数”后面缺少“六、举报投诉数量”"),
    ]


def test_a_long_gap_is_one_problem_and_says_how_long() -> None:
    problem = problem_of(lines()[:3])
    assert problem.message.startswith("表的开头缺少“一、主动公开情况”")
    assert problem.message.endswith("等 65 个指标")


def test_the_blocks_of_a_sheet_may_stand_in_any_order() -> None:
    head, rows = lines()[:3], lines()[3:]
    starts = [n for n, row in enumerate(rows) if row[0][1] == "、"]
    blocks = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    turned = head + [row for block in reversed(blocks) for row in block]
    assert table_of(turned) == table_of(lines())


def test_labels_that_repeat_keep_to_the_block_they_stand_in() -> None:
    rows = lines()
    appeals = next(n for n, row in enumerate(rows) if row[0].startswith("五、"))
    rows[appeals][2] = "1"
    rows[appeals + 2][2] = "1"  # (二)被依法纠错数, which stands under 四 as well
    table = table_of(rows)
    assert table.number("D2", "value") == 0
    assert table.number("E2", "value") == 1


@pytest.mark.parametrize("text", ["两件", "-3", "3.5", "1,000", "３", "3件", "9" * 30, "=1+1"])
def test_a_count_is_a_whole_number_in_plain_digits(text: str) -> None:
    problem = problem_of(with_line("六、", "六、举报投诉数量", "件", text))
    assert (problem.code, problem.place.line, problem.place.column) == ("T204", 56, 12)
    assert f"现在是“{text}”" in problem.message


def test_a_figure_that_is_refused_takes_no_part_in_the_sums() -> None:
    table, _ = read(as_csv(with_line("六、", "六、举报投诉数量", "件", "3.5")))
    assert table is not None
    assert table.number("F", "value") is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[12, 2, 0, 0, 0, 0, 14]", "[12, 0, 0, 0, 0, 14]"),
        ("[11, 2, 0, 0, 0, 0, 13]", "[11, 2, 0, 0, 0, 13]"),
        ("[9, 2, 0, 0, 0, 0, 11]", "[9, 2, 0, 0, 0, 0, 0, 11]"),
    ],
)
def test_a_row_of_another_width_is_told_alone_and_nothing_that_follows_from_it(
    right: str, wrong: str
) -> None:
    text = demo_table(2023).replace(right, wrong)
    assert text != demo_table(2023)
    file, _ = read_statistics(text.encode(), "统计.yaml")
    assert file is not None
    table, (problem,) = file.table(form(year=2023), 2023)
    assert (problem.code, "个数" in problem.message + problem.hint) == ("T204", True)
    assert (
        list(check_arithmetic(replace(library([]), unread=(Unread("报告.md", table=table),)))) == []
    )


def test_an_amount_in_another_unit_is_refused() -> None:
    problem = problem_of(with_line("七、", "七、依申请公开信息收取的费用", "元", "15000"))
    assert problem.message == "“七、依申请公开信息收取的费用”的单位应当是“万元”，现在是“元”"


def test_a_heading_takes_no_figure() -> None:
    assert "分组标题" in problem_of(with_line("一、", "一、主动公开情况", "—", "12")).message


def test_a_count_with_names_keeps_both() -> None:
    rows = regional({"K5": "2（甲县、乙旗）"})
    cell = table_of(rows, form=REGIONAL).cells["K5", "value"]
    assert (cell.text, cell.number) == ("2（甲县、乙旗）", Decimal(2))


@pytest.mark.parametrize(
    ("row", "text", "words"),
    [("K5", "甲县、乙旗", "先写个数"), ("J1", "有", "只能填“是”或“否”"), ("K1", "十", "正整数")],
)
def test_a_value_of_the_wrong_kind_is_refused(row: str, text: str, words: str) -> None:
    assert words in problem_of(regional({row: text}), form=REGIONAL).message


def regional(values: dict[str, str]) -> list[Line]:
    """The golden lines with the regional rows, blank but for these values."""
    own = {row.id for _, row in walk()}
    rows = [row for _, row in REGIONAL.tables[0].walk() if row.id not in own]
    return lines() + [[row.label, row.unit, values.get(row.id, "")] for row in rows]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("年度: 2017\n", "D101", "缺少“统计数”"),
        ("统计数:\n  六、举报投诉数量: 0\n", "D101", "缺少“年度”"),
        ("- 六、举报投诉数量\n", "D103", "应当是若干行"),
        ("统计数: 3\n年度: 2017\n", "T204", "应当按表中的指标逐行填写"),
    ],
)
def test_a_yaml_file_of_another_shape_is_refused(text: str, code: str, words: str) -> None:
    file, problems = read_statistics(text.encode(), "统计.yaml")
    found = problems if file is None else problems + file.table(FORM, 2017)[1]
    assert [problem.code for problem in found] == [code]
    assert words in found[0].message


def test_a_file_of_another_kind_is_named() -> None:
    assert [p.code for p in read_statistics(b"%PDF-1.7", "统计.pdf")[1]] == ["F107"]


def test_an_empty_table_is_told() -> None:
    assert [p.message for p in read_statistics(b"", "统计.csv")[1]] == ["表里没有内容"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("１２", "12"), ("1，200", "1200"), ("1 200", "1200"), ("5件", "5")],
)
def test_a_figure_in_other_writing_is_shown_as_it_should_be(written: str, meant: str) -> None:
    _, (problem,) = read(as_csv(with_line("(一)收到申请数", "(一)收到申请数", "件", written)))
    assert problem.hint == f"请只写半角数字：{meant}。"


@pytest.mark.parametrize("written", ["3，0，0，0，0，0，3", "3 0 0 0 0 0 3", "3、0", "100、200"])
def test_several_figures_in_one_place_are_never_shown_as_one(written: str) -> None:
    _, (problem,) = read(as_csv(with_line("(一)收到申请数", "(一)收到申请数", "件", written)))
    assert "一格只写一个数" in problem.hint


@pytest.mark.parametrize("written", ["5.5", "-5", "约5", "无"])
def test_a_figure_that_is_not_meant_for_the_row_gets_no_such_hint(written: str) -> None:
    _, (problem,) = read(as_csv(with_line("(一)收到申请数", "(一)收到申请数", "件", written)))
    assert problem.hint == ""
