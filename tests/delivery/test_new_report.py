"""A new year's report: every heading and row of its form, and nothing that could be published.

What a clerk has not filled in is an error of `check`, at its line.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.drafts import AlreadyThere
from site_builder.delivery.new_report import new_report
from site_builder.model.disclosure import AnnualReport
from site_builder.model.fields import labelled
from site_builder.pipeline import Site, check, site_at
from site_builder.problems import errors
from site_builder.sources.load import load
from tests.sites import AS_OF, REPOSITORY

REPORTS = "content/政府信息公开年报"
TABLELESS = range(2008, 2014)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The bureau's configuration, with its regional rows, and nothing in it."""
    (tmp_path / "content").mkdir()
    shutil.copy(REPOSITORY / "config.yaml", tmp_path / "config.yaml")
    return site_at(tmp_path)


def report_of(site: Site, year: int) -> AnnualReport:
    library, problems = load(site.root, AS_OF)
    assert [str(p) for p in errors(problems)] == []
    assert library is not None
    return next(report for report in library.reports if report.year == year)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_a_new_report_has_every_chapter_and_row_and_only_lacks_what_is_to_fill(
    year: int, site: Site
) -> None:
    started = new_report(site, year)
    report = report_of(site, year)
    unfilled = errors(check(site, AS_OF).problems)
    if started.form is None:
        assert year in TABLELESS
        assert report.table is None
    else:
        assert report.table is not None
        assert report.table.form.id == started.form.id
        rows = [row for part in report.table.form.tables for _, row in part.walk()]
        assert {row for row, _ in report.table.cells} >= {r.id for r in rows if r.type != "heading"}
        assert not any(cell.text for cell in report.table.cells.values())
    chapters = started.form.chapters if started.form else ()
    assert [section.heading for section in report.body] == list(chapters or ("",))
    assert {p.code for p in unfilled} == ({"D306", "T210"} if started.form else {"D306"})
    assert len([p for p in unfilled if p.code == "D306"]) == max(len(chapters), 1)


def test_regional_rows_that_the_site_has_chosen_are_there(site: Site) -> None:
    new_report(site, 2016)
    text = (site.root / REPORTS / "2016" / "统计.yaml").read_text(encoding="utf-8")
    assert (
        "\n  十一、政务服务体系建设情况:\n    (一)盟市本级现有行政审批项目:\n      本项:\n" in text
    )


def test_the_order_of_columns_stands_above_each_table(site: Site) -> None:
    new_report(site, 2023)
    text = (site.root / REPORTS / "2023" / "统计.yaml").read_text(encoding="utf-8")
    assert "依次是：自然人、法人或其他组织／商业企业、" in text
    assert "依次是：本年制发件数、本年废止件数、现行有效件数\n    规章:\n" in text


def test_every_field_of_a_report_is_offered(site: Site) -> None:
    new_report(site, 2023)
    text = (site.root / REPORTS / "2023" / "报告.md").read_text(encoding="utf-8")
    front = text.split("---")[1]
    assert [line.split(":")[0] for line in front.strip().split("\n")] == list(
        labelled(AnnualReport)
    )


def test_an_invitation_left_standing_is_an_error_at_its_line(site: Site) -> None:
    new_report(site, 2023)
    file = site.root / REPORTS / "2023" / "报告.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("【待填写】这一章的内容。", "写好了。", 5), encoding="utf-8")
    left = [p for p in check(site, AS_OF).problems if p.code == "D306"]
    assert [str(p.place) for p in left] == [f"{REPORTS}/2023/报告.md:40:1"]
    assert "六、其他需要报告的事项" in left[0].message


def test_one_table_of_several_left_empty_is_a_warning(site: Site) -> None:
    new_report(site, 2023)
    file = site.root / REPORTS / "2023" / "统计.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("行政许可:", "行政许可: 5"), encoding="utf-8")
    found = [p for p in check(site, AS_OF).problems if p.code in ("T210", "T211")]
    assert {p.code for p in found} == {"T211"}
    assert len(found) == 5


@pytest.mark.parametrize("standing", ["报告.md", "统计.yaml", "统计.csv"])
def test_nothing_is_written_beside_a_file_that_stands_there(standing: str, site: Site) -> None:
    folder = site.root / REPORTS / "2023"
    folder.mkdir(parents=True)
    (folder / standing).write_text("原来的", encoding="utf-8")
    with pytest.raises(AlreadyThere, match=standing):
        new_report(site, 2023)
    assert [file.name for file in folder.iterdir()] == [standing]


@pytest.mark.parametrize("year", [12, 2007, 20244])
def test_a_year_without_a_form_is_refused(year: int, site: Site) -> None:
    result = CliRunner().invoke(commands, ["--site", str(site.root), "new", "report", str(year)])
    assert result.exit_code == 2
    assert "没有适用的年度报告格式" in result.output
    assert not (site.root / REPORTS).exists()


def test_the_command_says_what_it_wrote_and_refuses_a_second_time(site: Site) -> None:
    start = ["--site", str(site.root), "new", "report", "2024"]
    first, second = (CliRunner().invoke(commands, start) for _ in range(2))
    assert first.exit_code == 0
    assert f"{REPORTS}/2024/统计.yaml" in first.output
    assert second.exit_code == 2
    assert "已经有了" in second.output


def test_a_site_without_a_column_of_reports_is_told_so(site: Site) -> None:
    config = site.root / "config.yaml"
    config.write_text(
        config.read_text("utf-8").replace("kind: reports", "kind: documents"), "utf-8"
    )
    started = new_report(site, 2024)
    assert [problem.code for problem in started.problems] == ["C106"]
    assert started.files == ()
