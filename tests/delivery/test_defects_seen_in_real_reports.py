"""The slips found in published annual reports, planted one by one into the demonstration site.

Each has to be told by `check` with its code, its file and its line.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from site_builder.pipeline import Site, check
from tests.sites import built, of_content, replace_in, reports_of_demo

AS_OF = date(2026, 11, 22)
REPORTS = "content/政府信息公开年报"
REPORT, TABLE, SHEET = "报告.md", "统计.yaml", "统计.csv"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Slip:
    """A defect: in the year's file `old` is written as `new`, and `code` is told at `at`.

    `at` is what stands in the line told, where that is not the first line of `new`.
    """

    name: str
    code: str
    year: int
    file: str
    old: str
    new: str
    at: str = ""


SLIPS = (
    # 1. an obsolete table, an obsolete citation
    Slip(
        *("the table of the former form", "T202", 2024, TABLE),
        *("行政规范性文件: [2, 1, 14]", "对外管理服务事项: [2, 1, 14]"),
    ),
    Slip(
        *("the former format is cited", "D411", 2024, REPORT),
        *("本报告为示例", "根据国办公开办函〔2019〕60号编制，本报告为示例"),
    ),
    # 2. a stale statistic period
    Slip(
        *("last year's period", "D407", 2024, REPORT),
        *("2024年1月1日至12月31日的情况", "2023年1月1日至12月31日的情况"),
    ),
    Slip(
        *("a period of two years", "D407", 2010, REPORT),
        *("示例内容。\n\n## 二", "统计数据从2009年1月1日到2010年12月31日。\n\n## 二"),
    ),
    # 3. dates that lost characters
    Slip(
        *("signs lost from the dates", "D407", 2024, REPORT),
        *("2024年1月1日至12月31日的情况", "自202411日起至20241231日止的情况"),
    ),
    Slip(
        *("dates lost altogether", "D407", 2015, REPORT),
        *("全年主动公开", "统计数据时限为至。全年主动公开"),
    ),
    # 4. headings and names cut or mistyped
    Slip(
        *("a mistyped chapter", "D402", 2024, REPORT),
        *("政府信息公开行政复议、行政诉讼情况", "政府信息公开行政法复议、行政诉讼情况"),
    ),
    Slip(
        *("a mark behind a chapter", "D402", 2024, REPORT),
        *("## 一、总体情况", "## 一、总体情况、"),
    ),
    Slip(
        *("a mistyped row", "T202", 2024, TABLE),
        *("4.保护第三方合法权益", "4.保护第三方合发权益"),
    ),
    Slip(
        *("headings cut in a table of the text", "D415", 2020, REPORT),
        "统计数见所附的表。",
        "| 信息内容 | 本年新 | 对外公开总数量 |\n| --- | --- | --- |\n| 规章 | 0 | 0 |",
    ),
    Slip(
        *("headings cut in a sheet", "T213", 2020, SHEET),
        *("本年新制作数量,本年新公开数量", "本年新制作数量,本年新"),
    ),
    Slip(
        *("columns in another order", "T212", 2020, SHEET),
        *("本年新制作数量,本年新公开数量", "本年新制作数量,对外公开总数量"),
    ),
    # 5. ordinals out of sequence
    Slip(
        *("an ordinal twice", "D408", 2024, REPORT),
        *("存在的问题是：", "存在的问题：一是更新慢；三是解读少；三是培训少；是："),
    ),
    # 6. text and table differ
    Slip(
        *("another number in the text", "T401", 2024, REPORT),
        *("收到政府信息公开申请11件", "收到政府信息公开申请21件"),
    ),
    Slip(
        *("another number in the table", "T401", 2015, TABLE),
        "3.政策解读稿件发布数: 3",
        *("3.政策解读稿件发布数: 4", "发布政策解读稿件3篇"),
    ),
    Slip(
        *("no requests, says the text", "T401", 2024, REPORT),
        *("全年新收申请11件，", "全年没有收到政府信息公开申请，"),
    ),
    Slip(
        *("no reviews, says the text", "T401", 2024, REPORT),
        *("因政府信息公开引发的行政复议3件、政府信息公开行政诉讼0件", "无行政复议、行政诉讼"),
    ),
    # 7. parts and whole differ
    Slip(
        *("parts of the text", "T404", 2015, REPORT),
        *("全年主动公开", "开展检查12次，其中日常检查5次、专项检查4次、联合检查2次。全年主动公开"),
    ),
    Slip(
        *("parts of the table", "T301", 2024, TABLE),
        *("（一）予以公开: [6, 2, 0, 0, 0, 0, 8]", "（一）予以公开: [6, 2, 0, 0, 0, 0, 9]"),
    ),
    Slip(
        *("four items of the table", "T302", 2024, TABLE),
        *(
            "四、结转下年度继续办理: [2, 0, 0, 0, 0, 0, 2]",
            "四、结转下年度继续办理: [0, 0, 0, 0, 0, 0, 0]",
        ),
        at="一、本年新收",
    ),
    # 8. text of another body
    Slip(
        *("another bureau speaks", "D413", 2024, REPORT),
        *("统计数见所附的表。", "示例县地方税务局始终坚持公开为常态。"),
    ),
    Slip(
        *("another county's paper", "D413", 2015, REPORT),
        *("全年主动公开", "在《今日定安》开设专栏。全年主动公开"),
    ),
    # 9. retired vocabulary
    Slip(
        *("words of the former form", "D410", 2024, REPORT),
        *("统计数见所附的表。", "统计数见所附的表，同意公开8件。"),
    ),
    Slip(
        *("words of the former form in its first year", "D410", 2019, REPORT),
        *("统计数见所附的表。", "统计数见所附的表，同意公开8件。"),
    ),
    # 10. doubled words
    Slip(
        *("a word twice", "D412", 2024, REPORT),
        *("政府信息管理：示例内容", "政府信息管理：保密审核审核"),
    ),
    Slip(
        *("a character twice", "D412", 2024, REPORT),
        *("政府信息管理：示例内容", "政府信息管理：市局局安排"),
    ),
    # 11. a table published as a picture
    Slip(
        *("the table is a picture", "D414", 2024, REPORT),
        *("统计数见所附的表。", "![表二](附件/表二.png)"),
    ),
    # 12. a full-width ＠
    Slip(
        *("an address nobody can write to", "D416", 2024, REPORT),
        *("2024年没有收取信息处理费。", "没有收取信息处理费。邮箱：bgs＠example.invalid"),
    ),
)


def test_the_site_the_slips_are_planted_in_has_none(tmp_path: Path) -> None:
    assert told(reports_of_demo(tmp_path / "site")) == []


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_seen_in_real_reports_is_told_with_its_file_and_line_and_no_other_file(
    tmp_path: Path, slip: Slip
) -> None:
    site = reports_of_demo(tmp_path / "site")
    prepare(site, slip)
    replace_in(site.root / REPORTS / str(slip.year) / slip.file, slip.old, new=slip.new)
    found = told(site)
    assert place_of(site, slip) in found
    own = f"{REPORTS}/{slip.year}/"
    after = f"{REPORTS}/{slip.year + 1}/"  # the next year goes on from this year's figures
    assert [said for said in found if not said.startswith((own, after))] == []


def prepare(site: Site, slip: Slip) -> None:
    """What a slip needs: the table as a sheet, or a picture in its place."""
    folder = site.root / REPORTS / str(slip.year)
    if slip.file == SHEET:
        built(site, AS_OF)
        rows = sheet_rows(site.output / f"gknb/{slip.year}/tongji.xlsx")
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        (folder / TABLE).unlink()
        (folder / SHEET).write_text(text.getvalue(), encoding="utf-8")
    if slip.code == "D414":
        (folder / TABLE).unlink()
        (site.root / "content" / "附件").mkdir()
        (site.root / "content" / "附件" / "表二.png").write_bytes(PICTURE)


def sheet_rows(file: Path) -> Iterable[tuple[object, ...]]:
    for sheet in openpyxl.load_workbook(file).worksheets:
        yield from sheet.iter_rows(values_only=True)


def told(site: Site) -> list[str]:
    """«content/…/2024/报告.md:14 D407» for each finding."""
    problems = of_content(check(site, AS_OF).problems)
    return [f"{p.place.file}:{p.place.line} {p.code}" for p in problems]


def place_of(site: Site, slip: Slip) -> str:
    """Where a slip stands now: a number of the table is told where the text states another."""
    name = REPORT if slip.code.startswith("T4") else slip.file
    text = (site.root / REPORTS / str(slip.year) / name).read_text(encoding="utf-8")
    line = text.partition(slip.at or slip.new)[0].count("\n") + 1
    return f"{REPORTS}/{slip.year}/{name}:{line} {slip.code}"
