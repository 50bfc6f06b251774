"""A new official form is one YAML file: nothing else is told the program, and everything works.

The form of these tests is invented: several tables, nested columns, rules, chapters, phrases.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.drafts import statistics_text
from site_builder.model.tables import Cell, Table, form_for
from site_builder.pipeline import Site, check
from site_builder.problems import Problem
from site_builder.sources.forms import load_forms
from site_builder.sources.load import load
from tests.sites import built, of_content, replace_in, reports_of_demo

AS_OF = date(2028, 6, 1)
REPORTS = "content/政府信息公开年报"
TABLE = f"{REPORTS}/2027/统计.yaml"
REPORT = f"{REPORTS}/2027/报告.md"
CHAPTERS = ("一、总体情况", "二、申请办理情况", "三、争议情况", "四、其他事项")
FORM = """\
id: annual-2027
series: annual-report
from: 2027
cites: {number: 示办函〔2027〕1号, title: 政府信息公开工作年度报告格式（示例）}
chapters: [一、总体情况, 二、申请办理情况, 三、争议情况, 四、其他事项]
indicators:
  - {id: received, label: 收到申请, row: N1, column: all}
  - {id: praise, label: 申请人满意数, row: E2, column: count}
chain: {carried_in: N2, received: N1, closed: N3, carried_out: N4, column: all}
chapter_rules:
  - {kind: mentions, chapter: 4, words: [信息处理费], why: 收费情况在这一章报告}
tables:
  - id: handled
    title: 申请办理情况
    label: 项目
    chapter: 2
    columns:
      - {id: person, label: 自然人}
      - id: body
        label: 组织
        columns:
          - {id: business, label: 企业}
          - {id: other, label: 其他组织}
      - {id: all, label: 合计}
    rows:
      - id: N1
        label: 一、本年新收
        type: count
        unit: 件
        phrases:
          - {text: "收到[政府]信息公开申请{n}件", columns: [all]}
      - {id: N2, label: 二、上年结转, type: count, unit: 件}
      - id: N3
        label: 三、本年办结
        type: count
        unit: 件
        rows:
          - {id: N3.1, label: （一）公开, type: count, unit: 件}
          - {id: N3.2, label: （二）不公开, type: count, unit: 件}
      - {id: N4, label: 四、结转下年, type: count, unit: 件}
    rules:
      - {id: B, kind: balance, this: [N1, N2], that: [N3, N4]}
      - {id: S, kind: sums, this: [N3], that: [N3.1, N3.2]}
      - {id: A, kind: sums, over: columns, this: [all], that: [person, business, other]}
  - id: disputed
    title: 争议情况
    label: 项目
    chapter: 3
    columns:
      - {id: count, label: 数量}
    rows:
      - {id: E1, label: 行政复议, type: count, unit: 件}
      - {id: E2, label: 评价满意, type: count, unit: 件}
"""
FIGURES = {
    "一、本年新收": "[5, 2, 1, 8]",
    "二、上年结转": "[1, 0, 0, 1]",
    "本项": "[4, 2, 1, 7]",
    "（一）公开": "[3, 2, 1, 6]",
    "（二）不公开": "[1, 0, 0, 1]",
    "四、结转下年": "[2, 0, 0, 2]",
    "行政复议": "3",
    "评价满意": "5",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The demonstration with a report for 2026, and the form from 2027 on in a file of its own."""
    site = reports_of_demo(tmp_path / "site")
    started(site, 2026)
    fill_with_zeros(site, 2026)
    (site.root / "schemas").mkdir()
    (site.root / "schemas" / "annual_2027.yaml").write_text(FORM, encoding="utf-8")
    return site


@pytest.fixture
def filled(site: Site) -> Site:
    """The site with the report for 2027 filled in as a clerk would."""
    started(site, 2027)
    for label, figures in FIGURES.items():
        replace_in(site.root / TABLE, f"{label}:\n", new=f"{label}: {figures}\n")
    write_chapters(site, 2027)
    return site


def test_a_new_report_has_the_tables_and_chapters_of_the_new_form_and_nothing_in_them(
    site: Site,
) -> None:
    printed = started(site, 2027)
    assert "示办函〔2027〕1号" in printed
    text = read(site.root / TABLE)
    assert re.findall(r"^ +([^ #].*?): *$", text, re.MULTILINE) == [
        *("申请办理情况", "一、本年新收", "二、上年结转", "三、本年办结", "本项"),
        *("（一）公开", "（二）不公开", "四、结转下年", "争议情况", "行政复议", "评价满意"),
    ]
    assert "依次是：自然人、组织／企业、组织／其他组织、合计" in text
    assert re.findall(r"^## (.+)$", read(site.root / REPORT), re.MULTILINE) == list(CHAPTERS)
    assert {p.code for p in found(site)} >= {"D306", "T210"}


def test_the_filled_in_report_has_no_fault_and_shows_every_figure_in_its_chapter(
    filled: Site,
) -> None:
    assert [f"{p.place} {p.message}" for p in found(filled)] == []
    built(filled, AS_OF)
    page = read(filled.output / "gknb/2027/index.html")
    second, third = page.index(f"<h2>{CHAPTERS[1]}<"), page.index(f"<h2>{CHAPTERS[2]}<")
    assert second < page.index('id="t-handled"') < third < page.index('id="t-disputed"')
    assert 'colspan="2"' in page[second:third]
    assert cells(page[second:third])[:4] == ["5", "2", "1", "8"]
    assert cells(page[third:]) == ["3", "5"]


def test_a_wrong_sum_is_reported_at_its_line_with_the_rule_and_the_new_document(
    filled: Site,
) -> None:
    replace_in(filled.root / TABLE, "（一）公开: [3, 2, 1, 6]", new="（一）公开: [3, 3, 1, 7]")
    problems = found(filled)
    assert {(p.code, p.place.line) for p in problems} == {("T301", line_of(filled, "本项:"))}
    assert (
        "“组织·企业”一列：“三、本年办结”2，而“（一）公开”3＋“（二）不公开”0＝3"
        in problems[0].message
    )
    assert "示办函〔2027〕1号" in problems[0].basis


def test_a_number_of_the_text_is_compared_by_the_phrases_of_the_new_form(filled: Site) -> None:
    replace_in(filled.root / REPORT, "收到信息公开申请8件", new="收到信息公开申请9件")
    assert [p.code for p in found(filled)] == ["T401"]


def test_the_years_side_by_side_go_on_with_the_break_between_the_forms_explained(
    filled: Site,
) -> None:
    built(filled, AS_OF)
    page = read(filled.output / "gknb/trends.html")
    assert "2027年起采用示办函〔2027〕1号的表式，统计口径与2026年以前不同" in page
    received = page[page.index('id="c-received"') :]
    assert "2026" in received
    assert "2027" in received
    assert "申请人满意数" in page
    assert page.count("2027年") > 3


def test_every_download_of_the_new_tables_is_there_and_machines_are_told(filled: Site) -> None:
    built(filled, AS_OF)
    year = filled.output / "gknb/2027"
    book = openpyxl.load_workbook(year / "tongji.xlsx")
    assert len(book.worksheets) == 2
    names = [f"tongji.{part}.csv" for part in ("handled", "disputed")]
    rows = [list(csv.reader(read(year / name).lstrip("\ufeff").split("\n"))) for name in names]
    assert ["N1", "一、本年新收", "", "件", "5", "2", "1", "8"] in rows[0]
    assert json.loads(read(year / "tongji.json"))["year"] == 2027
    package = read(filled.output / "gknb/datapackage.json")
    assert all(f"2027/{name}" in package for name in names)


def test_the_workbook_of_the_new_form_can_be_filled_in_and_read_back(filled: Site) -> None:
    built(filled, AS_OF)
    (filled.root / TABLE).unlink()
    target = filled.root / f"{REPORTS}/2027/统计.xlsx"
    target.write_bytes((filled.output / "gknb/2027/tongji.xlsx").read_bytes())
    assert [f"{p.place} {p.message}" for p in found(filled)] == []


def test_the_form_before_it_ends_where_the_new_one_begins(filled: Site) -> None:
    library, _ = load(filled.root, AS_OF)
    assert library is not None
    forms = {r.year: r.table.form.id for r in library.reports if r.table}
    assert (forms[2026], forms[2027]) == ("annual-2021", "annual-2027")
    replace_in(filled.root / REPORT, "示例内容。", new="本报告按照国办公开办函〔2021〕30号编制。")
    (former,) = [p for p in found(filled) if p.code == "D411"]
    assert former.message == "国办公开办函〔2021〕30号 的格式只用到 2026 年度"
    assert "示办函〔2027〕1号" in former.hint


def started(site: Site, year: int) -> str:
    """What `new report` says."""
    command = ["--site", str(site.root), "new", "report", str(year)]
    result = CliRunner().invoke(commands, command)
    assert result.exit_code == 0, result.output
    return result.output


def fill_with_zeros(site: Site, year: int) -> None:
    """A year in which nothing happened; only the rule documents of the years before stay valid."""
    form = form_for(load_forms(site.root, ())[0], "annual-report", year=year)
    assert form is not None
    cells = {
        (row.id, column.id): Cell("15" if column.id == "valid" and row.id == "P1.2" else "0")
        for part in form.tables
        for _, row in part.walk()
        for column in part.leaves()
    }
    text = statistics_text(form, Table(form, year, "示例市自然资源局", cells, {}))
    (site.root / REPORTS / str(year) / "统计.yaml").write_text(text, encoding="utf-8")
    write_chapters(site, year)


def write_chapters(site: Site, year: int) -> None:
    """A text in every chapter, and the dates."""
    file = site.root / REPORTS / str(year) / "报告.md"
    text = read(file).replace("【待填写】这一章的内容。", "示例内容。", 1)
    opening = "主动公开、依申请公开、政府信息管理、平台建设、监督保障的情况如下，"
    received = 8 if year == 2027 else 0
    text = text.replace("示例内容。", f"示例内容。{opening}收到信息公开申请{received}件。")
    text = text.replace("【待填写】这一章的内容。", f"{year}年没有收取信息处理费。")
    text = text.replace("成文日期:", f"成文日期: {year + 1}-01-20")
    file.write_text(text.replace("公开日期:", f"公开日期: {year + 1}-01-25"), encoding="utf-8")


def found(site: Site) -> list[Problem]:
    return of_content(check(site, AS_OF).problems)


def cells(html: str) -> list[str]:
    """The figures of the tables, in order."""
    return re.findall(r"<td[^>]*>(\d+)</td>", html)


def line_of(site: Site, words: str) -> int:
    return read(site.root / TABLE).partition(words)[0].count("\n") + 1


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
