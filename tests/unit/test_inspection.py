"""Check as an inspection: what is due, what is stale, and the papers that say so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.cli.commands import commands
from site_builder.delivery.sarif import as_sarif
from site_builder.model.disclosure import Account, AccountKind, AnnualReport, Document
from site_builder.model.duties import BASES, Duty, DutyKind, duties
from site_builder.model.library import Library
from site_builder.outcome import Site
from site_builder.pages.inspection import inspection
from site_builder.pages.ledger import ledger
from site_builder.pipeline import build, check
from site_builder.problems import Place, Problem, catalogue
from site_builder.rules.account_files import check_publication_terms
from site_builder.rules.obligations import check_obligations
from tests.sites import AS_OF, SMALL, copy_of, library_at, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
LATE = "公开日期: 2024-05-06"
LEVELS = {"error", "warning", "note"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A copy of the golden site."""
    return copy_of(SMALL, tmp_path / "site")


def run(site: Site, *arguments: str) -> str:
    words = ["--site", str(site.root), "check", "--as-of", AS_OF.isoformat(), *arguments]
    return CliRunner().invoke(commands, words).output


def due(as_of: date, since: int = 2023) -> dict[str, Duty]:
    """The ledger of the golden site on a day, by title."""
    library = library_at(SMALL)
    obligations = replace(library.config.obligations, since=since)
    config = replace(library.config, obligations=obligations)
    return {duty.title: duty for duty in duties(replace(library, config=config, as_of=as_of))}


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(date(2024, 1, 31), "还没有到期"), (date(2024, 2, 1), "没有公开")],
)
def test_a_report_is_missing_from_the_day_after_its_last_day(as_of: date, state: str) -> None:
    assert due(as_of)["2023年政府信息公开工作年度报告"].state == state
    assert due(as_of)["2023年政府网站年度工作报表"].state == state


REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
BUDGETS = "《中华人民共和国预算法》第十四条"
SHEET = "2023年政府网站年度工作报表"


def account(kind: AccountKind, year: int, published: date) -> Account:
    return Account(
        f"{kind}-{year}", f"{year}年{kind}", year, kind, approved=date(2024, 2, 1),
        published=published,
    )  # fmt: skip


def planted(**changes: Any) -> Library:
    """The golden site, with what is due since 2023, and these records in place of its own."""
    library = library_at(SMALL)
    obligations = replace(library.config.obligations, since=2017)
    return replace(library, config=replace(library.config, obligations=obligations), **changes)


def report(year: int, published: date) -> AnnualReport:
    return replace(library_at(SMALL).reports[0], year=year, published=published)


def document(title: str, issued: date, published: date) -> Document:
    (notice,) = (d for d in library_at(SMALL).documents if d.id == "TZ-2024-001")
    return replace(notice, title=title, issued=issued, published=published)


LATE_DAY = date(2024, 5, 6)
PLANTED: dict[str, tuple[DutyKind, str, str, dict[str, Any]]] = {
    "a report that is missing": ("年度报告", "D602", f"{REGULATION}第四十九条", {"reports": ()}),
    "a report that came late": (
        "年度报告", "D603", f"{REGULATION}第四十九条", {"reports": (report(2023, LATE_DAY),)}
    ),
    "a sheet that is missing": ("网站年度工作报表", "D605", "国办函〔2018〕12号", {}),
    "a sheet that came late": (
        "网站年度工作报表", "D603", "国办函〔2018〕12号",
        {"documents": (document(SHEET, date(2024, 1, 5), date(2024, 2, 1)),)},
    ),
    "a budget that is missing": (
        "部门预算", "D604", BUDGETS,
        {"accounts": tuple(account("预算", y, date(2024, 2, 9)) for y in (2022, 2024))},
    ),
    "an account that is missing": (
        "部门决算", "D604", BUDGETS,
        {"accounts": tuple(account("决算", y, date(2024, 2, 9)) for y in (2021, 2023))},
    ),
    "a budget that came late": (
        "部门预算", "D320", BUDGETS, {"accounts": (account("预算", 2024, LATE_DAY),)}
    ),
    "an account that came late": (
        "部门决算", "D320", BUDGETS, {"accounts": (account("决算", 2023, LATE_DAY),)}
    ),
    "a document that came late": (
        "文件", "D601", f"{REGULATION}第二十六条",
        {"documents": (document("公告", date(2024, 3, 1), LATE_DAY),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", PLANTED)
def test_every_kind_of_duty_that_was_not_met_is_told_with_its_article(what: str) -> None:
    kind, code, article, changes = PLANTED[what]
    library = planted(**changes)
    found = (*check_obligations(library), *check_publication_terms(library))
    (problem,) = (p for p in found if p.code == code and _is_about(p, kind))
    assert (problem.basis or catalogue()[code].basis) == article
    rows = [row for year in ledger(library, style="").years for row in year.rows]
    lacking = [row for row in rows if row.is_lacking and row.kind == kind]
    assert lacking
    assert {row.basis for row in lacking} <= {article, BUDGETS}
    view = inspection(
        library.config, found, as_of=AS_OF, has_pages=True, counts="", outside="", style=""
    )
    (item,) = (item for item in view.items if item.name == "公开期限")
    told = [
        (spot.message, spot.basis or fault.basis) for fault in item.faults for spot in fault.spots
    ]
    assert (problem.message, article) in told


def test_every_kind_of_duty_is_among_them() -> None:
    assert {kind for kind, *_ in PLANTED.values()} == set(BASES)


def test_a_late_account_that_says_why_is_a_note() -> None:
    late = replace(account("决算", 2023, LATE_DAY), delay="批复文件转来得晚")
    (problem,) = check_publication_terms(planted(accounts=(late,)))
    assert (problem.code, problem.basis) == ("D610", BUDGETS)
    assert "批复文件转来得晚" in problem.message


def _is_about(problem: Problem, kind: DutyKind) -> bool:
    """D603 and D604 speak of several kinds."""
    words = {"年度报告": "报告", "网站年度工作报表": "报表"}
    return problem.code in ("D320", "D601") or words.get(kind, kind) in problem.message


def test_no_term_is_counted_for_years_before_the_revised_regulation() -> None:
    (report,) = (d for d in due(AS_OF, since=2017).values() if d.of == 2017 and d.late == 0)
    assert (report.due, report.state) == (None, "不能计算")
    assert "施行" in report.unknown


def test_a_term_over_days_that_no_notice_decides_is_not_counted(site: Site) -> None:
    replace_in(site.root / NOTICE, "成文日期: 2024-03-01", new="成文日期: 2099-03-01")
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2099-06-04")
    assert "D601" not in {problem.code for problem in check(site, date(2099, 7, 1)).problems}


def test_the_report_holds_every_finding_with_place_advice_and_article(site: Site) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new=LATE)
    replace_in(site.root / "config.yaml", "icp: 示ICP备00000000号", new='icp: ""')
    file = site.root.parent / "报告.html"
    said = run(site, "--report", str(file))
    text = words_of(file)
    for problem in check(site, AS_OF).problems:
        entry = catalogue()[problem.code]
        for part in (str(problem.place), problem.message, entry.advice.strip(), entry.basis):
            assert part in text
    assert "示例：" in text
    assert "2024-06-01" in text
    assert "没有发现问题" in text
    assert "自查报告已写入" in said


def test_a_report_on_content_with_an_error_says_that_the_pages_were_not_looked_at(
    site: Site,
) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2023-03-04")
    file = site.root.parent / "报告.html"
    run(site, "--report", str(file))
    assert "网页没有生成" in words_of(file)
    assert words_of(file).count("没有检查") >= 2


def test_a_paper_loads_nothing_and_runs_nothing(site: Site) -> None:
    file = site.root.parent / "台账.html"
    run(site, "--ledger", str(file))
    tree = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
    assert list(tree.iter("script")) == list(tree.iter("style")) == []
    addresses = [e.get(name) or "#" for e in tree.iter() for name in ("src", "href")]
    assert [a for a in addresses if not a.startswith(("data:", "#"))] == []


def test_a_paper_is_not_written_among_the_pages_of_the_site(site: Site) -> None:
    said = run(site, "--report", str(site.output / "报告.html"))
    assert "output/" in said
    assert not site.output.exists()


def test_the_ledger_says_why_a_document_came_late(site: Site) -> None:
    reason = "附图要先做脱密处理"
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new=f"{LATE}\n迟延说明: {reason}")
    assert [p.code for p in check(site, AS_OF).problems] == ["D610"]
    file = site.root.parent / "台账.html"
    run(site, "--ledger", str(file))
    text = words_of(file)
    for part in (reason, "2024-03-29", "2024-05-06", "晚了 38 天", "第二十六条"):
        assert part in text


def test_the_ledger_is_a_page_of_the_site_only_where_it_is_public(site: Site) -> None:
    assert not build(site, AS_OF).failed
    assert not (site.output / "yiwu.html").exists()
    replace_in(site.root / "config.yaml", "{from: 2024}", new="{from: 2023, ledger: public}")
    assert not build(site, AS_OF).failed
    assert "2023年政府信息公开工作年度报告" in words_of(site.output / "yiwu.html")
    assert "yiwu.html" in (site.output / "map.html").read_text(encoding="utf-8")
    assert {p.code for p in check(site, AS_OF).problems} == {"D602", "D605"}


def test_paper_and_page_show_the_same_years() -> None:
    years = [year.year for year in ledger(library_at(SMALL), style="").years]
    assert years == sorted(years, reverse=True)


def test_the_sheet_counts_what_the_site_knows_and_leaves_the_rest_empty(site: Site) -> None:
    file = site.root.parent / "报表.xlsx"
    words = ["--site", str(site.root), "new", "site-report", "2024", "--to", str(file)]
    result = CliRunner().invoke(commands, [*words, "--as-of", AS_OF.isoformat()])
    assert result.exit_code == 0, result.output
    sheet = openpyxl.load_workbook(file).active
    assert isinstance(sheet, Worksheet)
    filled = {row[1]: row[3] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert filled["信息发布总数"] == 4  # notice, rules, guide and application
    assert filled["信息公开目录信息更新量"] == 4
    assert filled["解读信息发布总数"] == 0
    assert filled["ICP备案号"] == "示ICP备00000000号"
    assert not filled["网站总访问量"]
    assert "正式报表" in str(sheet["A3"].value)
    before = file.read_bytes()
    assert CliRunner().invoke(commands, words).exit_code == 2
    assert file.read_bytes() == before


def test_sarif_has_what_its_readers_need() -> None:
    problems = (
        Problem("T204", Place("content/表 1.xlsx", cell="表!C5"), "不是数"),
        Problem("D301", Place("content/a.md", 3, 2), "没有", related=(Place("b.md", 1),)),
        Problem("D301", Place("content/b.md"), "没有"),
    )
    whole = json.loads(as_sarif(problems))
    (run,) = whole["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert whole["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == ["D301", "T204"]
    assert {rule["defaultConfiguration"]["level"] for rule in rules} <= LEVELS
    for result, problem in zip(run["results"], problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        assert result["message"]["text"] == problem.message
    assert [place(result) for result in run["results"]] == [
        ("content/%E8%A1%A8%201.xlsx", None),
        ("content/a.md", {"startLine": 3, "startColumn": 2}),
        ("content/b.md", None),
    ]
    assert run["results"][1]["relatedLocations"][0]["id"] == 1


def test_check_prints_sarif_and_nothing_else(site: Site) -> None:
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new=LATE)
    (result,) = json.loads(run(site, "--format", "sarif"))["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("D601", "warning")
    assert "第二十六条" in result["properties"]["basis"]


def place(result: dict[str, Any]) -> tuple[str, dict[str, int] | None]:
    physical = result["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical.get("region")


def words_of(file: Path) -> str:
    """The words of a page, valid HTML that it is."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return "".join(parser.parse(file.read_bytes()).itertext())
