"""The private register of applications: terms, the count of a year, and that it stays private."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.commands import commands
from site_builder.delivery.requests import open_register, status_lines
from site_builder.model.requests import Days, Request, due
from site_builder.pipeline import Site, build, check
from site_builder.problems import errors
from site_builder.sources.forms import load_application_rules
from site_builder.sources.requests import PATH
from tests.signoffs import told
from tests.sites import AS_OF, SMALL, TESTS, copy_of, tree

VECTORS: dict[str, Any] = json.loads((TESTS / "golden/terms.json").read_text("utf-8"))
WORD = "金丝雀"
BOOK = f"""\
登记:
  - {{编号: "2023-9", 收到日期: 2023-12-20, 申请人类型: 自然人,
     答复日期: 2024-01-10, 处理结果: 部分公开}}
  - {{编号: "2024-1", 收到日期: 2024-03-01, 申请人类型: 自然人, 内容: {WORD},
     答复日期: 2024-03-20, 处理结果: 予以公开}}
  - {{编号: "2024-2", 收到日期: 2024-04-01, 申请人类型: 商业企业,
     答复日期: 2024-04-20, 处理结果: 属于行政查询事项}}
  - {{编号: "2024-3", 收到日期: 2024-05-20, 申请人类型: 自然人}}
  - {{编号: "2024-4", 收到日期: 2024-05-21, 申请人类型: 自然人, 补正告知: 2024-05-24}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = copy_of(SMALL, tmp_path / "site")
    register(site, BOOK)
    return site


def terms() -> Days:
    rules = load_application_rules()
    assert rules is not None
    return rules.days()


def register(site: Site, text: str) -> None:
    (site.root / "登记").mkdir(exist_ok=True)
    (site.root / PATH).write_text(text, "utf-8")


def run(site: Site, *words: str) -> Result:
    result = CliRunner().invoke(commands, ["--site", str(site.root), "requests", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({}, "2024-03-29"),
        ({"extended": date(2024, 3, 25)}, "2024-04-28"),  # 清明放假，4月7日和28日上班
        ({"asked": date(2024, 3, 5), "completed": date(2024, 3, 8)}, "2024-04-08"),
        ({"consulted": date(2024, 3, 8), "heard": date(2024, 3, 15)}, "2024-04-08"),
        ({"received": date(2099, 3, 1)}, "None"),
    ],
)
def test_a_term_is_twenty_working_days_without_the_time_others_take(
    more: dict[str, date], last: str
) -> None:
    request = Request("1", date(2024, 3, 1), "自然人")
    changed = replace(request, **more)  # type: ignore[arg-type]  # all are dates
    assert str(due(changed, terms())) == last


def test_a_term_in_the_register_is_the_one_of_the_public_page() -> None:
    steps = {"received": "received", "corrected": "completed", "asked": "consulted"}
    steps["heard"] = "heard"
    for case in VECTORS["cases"]:
        given = {steps[k]: date.fromisoformat(case[k]) for k in steps if k in case}
        request = replace(Request("1", AS_OF, "自然人"), **given)  # type: ignore[arg-type]  # dates
        assert str(due(request, terms())) == str(case["answer"]), case["why"]
        longer = replace(request, extended=request.received)
        assert str(due(longer, terms())) == str(case["extended"]), case["why"]


def test_open_applications_are_listed_with_their_last_day(site: Site) -> None:
    book = open_register(site, 2024).book
    assert book is not None
    assert status_lines(book, AS_OF, days=terms()) == (
        "正在办理 2 件：",
        "  2024-3（2024-05-20 收到）：2024-06-18 以前答复，还有 11 个工作日",
        "  2024-4（2024-05-21 收到）：等申请人补正，期限从收到补正起算",
        "已经办结 3 件。",
    )
    assert "已经超过 9 个工作日" in status_lines(book, date(2024, 7, 1), days=terms())[1]
    assert "要补正的，2024-05-29 以前告知" in status_lines(book, date(2024, 5, 22), days=terms())[1]


def test_the_year_s_table_adds_up_and_passes_the_checks(site: Site) -> None:
    target = site.root / "content/政府信息公开年报/2024"
    target.mkdir()
    result = run(site, "fill", "2024", "--to", str(target / "统计.yaml"))
    assert result.exit_code == 0, result.output
    text = (target / "统计.yaml").read_text("utf-8")
    assert "一、本年新收政府信息公开申请数量: [3, 1, 0, 0, 0, 0, 4]" in text
    assert "二、上年结转政府信息公开申请数量: [1, 0, 0, 0, 0, 0, 1]" in text
    assert "8.属于行政查询事项: [0, 1, 0, 0, 0, 0, 1]" in text
    assert "（七）总计: [2, 1, 0, 0, 0, 0, 3]" in text
    assert "四、结转下年度继续办理: [2, 0, 0, 0, 0, 0, 2]" in text
    report = (site.root / "content/政府信息公开年报/2017/报告.md").read_text("utf-8")
    for old, new in (("NB-2017", "NB-2024"), ("2017", "2024"), ("2018-", "2024-")):
        report = report.replace(old, new)
    (target / "报告.md").write_text(report, "utf-8")
    found = [p for p in errors(check(site, AS_OF).problems) if p.code.startswith("T3")]
    assert found == []


def test_a_draft_is_shown_and_never_written_over_a_file(site: Site, tmp_path: Path) -> None:
    assert "收到和处理政府信息公开申请情况:" in run(site, "fill", "2024").output
    kept = tmp_path / "有了.yaml"
    kept.write_text("原来的", "utf-8")
    assert run(site, "fill", "2024", "--to", str(kept)).exit_code == 2
    assert kept.read_text("utf-8") == "原来的"
    assert run(site, "fill", "2017").exit_code == 2


def test_nothing_of_the_register_is_published(site: Site) -> None:
    build(site, AS_OF)
    assert told(tree(site.output), WORD, "2024-3") == []


def test_the_commands_say_it_when_there_is_no_register(tmp_path: Path) -> None:
    assert "还没有登记簿" in run(copy_of(SMALL, tmp_path / "site"), "status").output


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("收到日期: 2024-05-20, ", "", "S201"),
        ("收到日期: 2024-05-20", "收文日期: 2024-05-20", "S202"),
        ("2024-05-20", "5月20日", "S203"),
        ("2024-3", "2024-1", "S204"),
        ("申请人类型: 商业企业", "申请人类型: 企业", "S205"),
        ("处理结果: 予以公开", "处理结果: 同意公开", "S205"),
        (", 处理结果: 予以公开", "", "S206"),
        ("答复日期: 2024-03-20", "答复日期: 2024-02-20", "S207"),
        ("补正告知: 2024-05-24", "意见收到: 2024-05-24", "S207"),
    ],
)
def test_a_fault_is_told_at_its_line(site: Site, old: str, new: str, code: str) -> None:
    assert old in BOOK
    register(site, BOOK.replace(old, new, 1))
    result = run(site, "fill", "2024")
    assert result.exit_code == 1
    assert f"错误 {code} " in result.output
    assert f"{PATH}:" in result.output
