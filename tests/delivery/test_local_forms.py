"""Local forms: tables that provinces used, taken only where a clerk names them.

The national form stays the usual one, and nothing of a local form is checked harder than it is
known.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.import_report import Imported, import_report
from site_builder.delivery.new_report import new_report
from site_builder.model.tables import Form, Table, form_for, forms_of_year
from site_builder.pipeline import Site, build, check, site_at
from site_builder.problems import errors
from site_builder.sources.forms import load_forms
from site_builder.sources.load import load
from tests.delivery.documents import Rows, Span, old_workbook, plain_csv, word
from tests.sites import REPOSITORY, of_content, replace_in, reports_of_demo

EXAMPLE = REPOSITORY / "examples" / "示例市自然资源局"
REPORTS = "content/政府信息公开年报"
FORMS, _ = load_forms(Path("none"), ())
LOCAL = {form.id: form for form in FORMS if form.region}
LATER = date(2026, 11, 22)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The example with all its years, to change."""
    return reports_of_demo(tmp_path / "site")


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    (tmp_path / "empty" / "content").mkdir(parents=True)
    shutil.copy(EXAMPLE / "config.yaml", tmp_path / "empty" / "config.yaml")
    return site_at(tmp_path / "empty")


def table_of(site: Site, year: int) -> Table:
    library, _ = load(site.root, LATER)
    assert library is not None
    (table,) = (report.table for report in library.reports if report.year == year)
    assert table is not None
    return table


def said(site: Site) -> list[tuple[str, str, str]]:
    """Code, year's file and message of everything `check` finds."""
    return [
        (p.code, p.place.file.removeprefix(f"{REPORTS}/"), p.message)
        for p in of_content(check(site, LATER).problems)
    ]


def test_the_local_forms_that_are_known() -> None:
    assert sorted(LOCAL) == ["coded-2008", "fujian-2011", "fujian-2014", "fujian-2015"]
    for form in LOCAL.values():
        assert "地方表式" in form.cites.title
        assert not form.cites.number
        assert not form.indicators
        assert not form.comparable


@pytest.mark.parametrize("year", range(2008, 2026))
def test_a_local_form_is_never_the_usual_one(year: int) -> None:
    usual = form_for(FORMS, "annual-report", year=year)
    assert usual is None or not usual.region
    for form in LOCAL.values():
        chosen = form_for(FORMS, "annual-report", year=year, chosen=form.id)
        assert chosen == (form if form.since <= year <= form.until else None)


@pytest.mark.parametrize("form", LOCAL.values(), ids=lambda form: form.id)
def test_a_new_report_in_a_local_form_names_it_and_reads_back(form: Form, empty: Site) -> None:
    started = new_report(empty, form.until, chosen=form.id)
    assert started.form == form
    text = (empty.root / REPORTS / str(form.until) / "统计.yaml").read_text("utf-8")
    assert f"\n表式: {form.id}\n" in text
    assert table_of(empty, form.until).form.id == form.id
    assert {p.code for p in errors(check(empty, LATER).problems)} == {"D306", "T210"}


def test_a_form_of_other_years_is_refused_with_those_there_are(empty: Site) -> None:
    start = ["--site", str(empty.root), "new", "report", "2016", "--form"]
    result = CliRunner().invoke(commands, [*start, "fujian-2011"])
    assert result.exit_code == 2
    assert "2016 年没有编号为“fujian-2011”的表式可用" in result.output
    assert "annual-2014、fujian-2014、fujian-2015" in result.output
    assert not (empty.root / REPORTS).exists()
    assert CliRunner().invoke(commands, [*start, "fujian-2015"]).exit_code == 0


def test_a_table_before_the_national_form_must_name_its_own(site: Site) -> None:
    file = f"{REPORTS}/2013/统计.yaml"
    replace_in(site.root / file, "表式: fujian-2011\n", new="")
    (problem,) = of_content(check(site, LATER).problems)
    assert (problem.code, problem.place.file) == ("T201", file)
    assert "coded-2008、fujian-2011" in problem.hint
    replace_in(site.root / file, "统计数:", new="表式: fujian-2014\n统计数:")
    (problem,) = of_content(check(site, LATER).problems)
    assert "没有编号为“fujian-2014”的适用于 2013 年度的统计表式" in problem.message


@pytest.mark.parametrize("kind", ["csv", "xls"])
def test_a_sheet_names_its_local_form_above_its_heading(kind: str, site: Site) -> None:
    original = table_of(site, 2013)
    rows = [[Span("2013年度"), Span("表式：fujian-2011")], *printed(original)]
    folder = site.root / REPORTS / "2013"
    (folder / "统计.yaml").unlink()
    content = plain_csv([rows]) if kind == "csv" else old_workbook([rows])
    (folder / f"统计.{kind}").write_bytes(content)
    assert table_of(site, 2013).cells == original.cells
    assert said(site) == []


def test_a_year_whose_parts_do_not_add_up_is_an_error_and_a_sum_over_years_a_warning(
    site: Site,
) -> None:
    replace_in(
        site.root / REPORTS / "2013/统计.yaml",
        "其中:1.当面申请数: [3, 5]",
        new="其中:1.当面申请数: [2, 6]",
    )
    rules = {(code, message.rpartition("规则 ")[2]) for code, _, message in said(site)}
    assert rules == {("T301", "S-FJ2）"), ("T311", "W-FJ2）"), ("T311", "W-carry）")}


def test_a_sum_over_the_years_that_does_not_follow_is_a_warning(site: Site) -> None:
    replace_in(site.root / REPORTS / "2013/统计.yaml", "本项: [104, 200]", new="本项: [104, 150]")
    ((code, _, message),) = [found for found in said(site) if "W-carry" in found[2]]
    assert code == "T311"
    assert "按上年报告应当是 200" in message


def test_a_year_larger_than_the_sum_over_the_years_is_an_error(site: Site) -> None:
    replace_in(
        site.root / REPORTS / "2012/统计.yaml", "行政复议数: [0, 0]", new="行政复议数: [2, 1]"
    )
    assert "T303" in [code for code, _, _ in said(site)]


def test_the_national_years_after_it_are_not_compared_with_it(site: Site) -> None:
    assert not build(site, LATER).failed
    trends = (site.output / "gknb/trends.html").read_text("utf-8")
    assert "2013年" not in trends
    page = (site.output / "gknb/2013/index.html").read_text("utf-8")
    assert "地方表式" in page
    assert "历年累计" in page


def test_years_with_local_forms_alone_have_no_page_of_trends(site: Site) -> None:
    for folder in (site.root / REPORTS).iterdir():
        if folder.name.isdigit() and int(folder.name) >= 2014:
            shutil.rmtree(folder)
    built = build(site, LATER)
    assert not built.failed
    assert [code for code, _, _ in said(site)] == ["D602"]  # the years taken away
    assert not (site.output / "gknb/trends.html").exists()
    assert (site.output / "gknb/2013/tongji.csv").exists()


# Import


def printed(table: Table, year: str = "年度") -> Rows:
    """A local table as reports print it, the first column headed by the year."""
    (part,) = table.form.tables
    heads = [year if column.label == "年度" else column.label for column in part.leaves()]
    rows = [[Span("指标名称"), Span("计量单位"), *(Span(head) for head in heads)]]
    for _, row in part.walk():
        cells = [table.text(row.id, column.id) for column in part.leaves()]
        rows.append([Span(row.label), Span(row.unit), *(Span(cell) for cell in cells)])
    return rows


def imported(site: Site, name: str, content: bytes, year: int = 0) -> Imported:
    file = site.root.parent / name
    file.write_bytes(content)
    return import_report(site, (file,), year=year, write=True)


@pytest.mark.parametrize("heading", ["年度", "2013年度", "2013 年度", "2013年"])
@pytest.mark.parametrize("kind", ["csv", "docx", "xls"])
def test_a_table_of_fujian_is_recognised_however_its_year_is_headed(
    kind: str, heading: str, site: Site, empty: Site
) -> None:
    original = table_of(site, 2013)
    rows = printed(original, heading)
    sheets = plain_csv if kind == "csv" else old_workbook
    content = word([rows]) if kind == "docx" else sheets([rows])
    result = imported(empty, f"年报.{kind}", content, year=2013)
    assert not result.failed
    assert "\n表式: fujian-2011\n" in statistics(empty, 2013)
    shutil.copy(site.root / REPORTS / "2013/报告.md", empty.root / REPORTS / "2013")
    assert table_of(empty, 2013).cells == original.cells


def statistics(site: Site, year: int) -> str:
    return (site.root / REPORTS / str(year) / "统计.yaml").read_text("utf-8")


def blank_rows(form: Form, *, without: tuple[str, ...] = ()) -> Rows:
    """The sheet of a local form with zeros."""
    (part,) = form.tables
    heads = [Span(column.label) for column in part.leaves()]
    rows = [[Span(part.label), Span("计量单位"), *heads]]
    for _, row in part.walk():
        if row.id not in without:
            rows.append([Span(row.label), Span(row.unit), Span("0"), Span("0")])
    return rows


def test_the_coded_table_is_recognised_with_its_codes_and_the_signs_of_its_columns(
    empty: Site,
) -> None:
    first, *rest = blank_rows(LOCAL["coded-2008"])
    rows = [
        [*first[:2], Span("代码"), *first[2:]],
        [Span(sign) for sign in ("甲", "乙", "丙", "1", "2")],
        *([*row[:2], Span(f"{code:02}"), *row[2:]] for code, row in enumerate(rest, 1)),
    ]
    result = imported(empty, "年报.docx", word([rows]), year=2010)
    assert [str(p) for p in result.problems] == []
    text = statistics(empty, 2010)
    assert "\n表式: coded-2008\n" in text
    assert text.count("[0, 0]") == 35


@pytest.mark.parametrize(
    ("written", "expected"), [("fujian-2014", "fujian-2014"), ("fujian-2015", "fujian-2015")]
)
def test_of_two_forms_the_one_is_taken_that_has_every_row_and_no_more(
    written: str, expected: str, empty: Site
) -> None:
    result = imported(empty, "年报.csv", plain_csv([blank_rows(LOCAL[written])]), year=2017)
    assert result.report is not None
    assert result.report.form is not None
    assert result.report.form.id == expected
    assert [p.code for p in result.problems] == []


def test_a_national_table_is_not_taken_for_a_local_one(site: Site, empty: Site) -> None:
    original = table_of(site, 2016)
    (part,) = original.form.tables
    rows: Rows = [[Span("指标名称"), Span("计量单位"), Span("统计数")]]
    rows += [
        [Span(row.label), Span(row.unit), Span(original.text(row.id, "value"))]
        for _, row in part.walk()
    ]
    result = imported(empty, "年报.docx", word([rows]), year=2016)
    assert not result.failed
    assert "表式:" not in statistics(empty, 2016)


def test_a_table_that_fits_two_local_forms_alike_is_refused(empty: Site) -> None:
    own = empty.root / "schemas" / "own_2015.yaml"
    own.parent.mkdir()
    official = REPOSITORY / "site_builder" / "schemas" / "fujian_2015.yaml"
    own.write_text(official.read_text("utf-8").replace("id: fujian-2015", "id: own-2015"), "utf-8")
    rows = blank_rows(LOCAL["fujian-2015"])
    result = imported(empty, "年报.csv", plain_csv([rows]), year=2017)
    (problem,) = [p for p in result.problems if p.code == "F503"]
    assert "fujian-2015、own-2015" in problem.message
    assert "--form" in problem.hint
    assert result.written == ()


def test_a_report_without_a_table_stays_free_text(empty: Site) -> None:
    pieces = ["示例市自然资源局2012年政府信息公开工作年度报告", "全年主动公开政府信息96条。"]
    result = imported(empty, "年报.docx", word([*pieces]), year=2012)
    assert not result.failed
    assert [Path(name).name for name in result.written] == ["报告.md"]


def test_the_forms_of_a_year_are_listed_with_the_local_ones() -> None:
    ids = [form.id for form in forms_of_year(FORMS, "annual-report", year=2016)]
    assert sorted(ids) == ["annual-2014", "fujian-2014", "fujian-2015"]
