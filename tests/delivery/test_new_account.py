"""A new budget or account: official headings and tables, nothing that could be published as it is.

A clerk who fills in the workbook gets the same figures on the site.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from site_builder.cli.commands import commands
from site_builder.delivery.account_listing import list_tables
from site_builder.delivery.drafts import AlreadyThere
from site_builder.delivery.new_account import new_account
from site_builder.model.disclosure import Account, AccountKind
from site_builder.model.fields import labelled
from site_builder.model.tables import Table
from site_builder.pipeline import Site, check, site_at
from site_builder.problems import errors
from site_builder.sources.load import load
from tests.sites import AS_OF, REPOSITORY, SMALL, TESTS, built, copy_of

FOLDER = "content/法定主动公开内容/财政预决算"
KINDS: tuple[AccountKind, ...] = ("预算", "决算")
SOUND = TESTS / "bad_content" / "T231-list-of-tables" / "site"  # sound but for a list
FIRST = {"预算": 2017, "决算": 2016}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The bureau's configuration and nothing in it."""
    (tmp_path / "content").mkdir()
    shutil.copy(SMALL / "config.yaml", tmp_path / "config.yaml")
    return site_at(tmp_path)


def account_of(site: Site, year: int, kind: AccountKind) -> Account:
    library, problems = load(site.root, AS_OF)
    assert [f"{p.place} {p.message}" for p in errors(problems)] == []
    assert library is not None
    account = library.account(year, kind)
    assert account is not None
    return account


def table_of(account: Account) -> Table:
    assert account.table is not None
    return account.table


def sheets(site: Site, year: int, kind: AccountKind) -> tuple[openpyxl.Workbook, Path]:
    file = site.root / FOLDER / str(year) / kind / f"{kind}表.xlsx"
    return openpyxl.load_workbook(file), file


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", [2017, 2024])
def test_the_blank_workbook_reads_back_as_every_table_without_a_figure(
    kind: AccountKind, year: int, site: Site
) -> None:
    started = new_account(site, year, kind)
    table = table_of(account_of(site, year, kind))
    assert started.form is not None
    assert set(table.places) == {part.id for part in started.form.tables}
    assert {cell.text for cell in table.cells.values()} == {""}
    for part in started.form.tables:
        rows = {row.id for _, row in part.walk()}
        held = next(found for found in table.form.tables if found.id == part.id)
        if part.label:
            assert rows <= {row.id for _, row in held.walk()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_offered_and_nothing_unfilled_is_published(
    kind: AccountKind, site: Site
) -> None:
    new_account(site, 2024, kind)
    text = (site.root / FOLDER / "2024" / kind / "说明.md").read_text(encoding="utf-8")
    front = text.split("---")[1].strip().split("\n")
    assert [line.split(":")[0] for line in front] == list(labelled(Account))
    unfilled = [p for p in check(site, AS_OF).problems if p.code == "D306"]
    assert len(unfilled) == text.count("【待填写】") > 8
    account = account_of(site, 2024, kind)
    assert (account.year, account.kind) == (2024, kind)
    assert "2024" in account.title


def test_the_explanation_of_an_account_has_its_four_parts(site: Site) -> None:
    new_account(site, 2024, "决算")
    headings = [section.heading for section in account_of(site, 2024, "决算").body]
    assert headings == [
        "第一部分 部门概况",
        "第二部分 2024年度部门决算表",
        "第三部分 2024年度部门决算情况说明",
        "第四部分 名词解释",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_in_workbook_gives_the_same_figures(kind: AccountKind, site: Site) -> None:
    new_account(site, 2024, kind)
    book, file = sheets(site, 2024, kind)
    written = {spot: n for sheet in book.worksheets for spot, n in fill_in(sheet).items()}
    book.save(file)
    table = table_of(account_of(site, 2024, kind))
    cells = table.cells.values()
    assert {cell.place.cell: cell.number for cell in cells if cell.number is not None} == written
    assert len(set(written.values())) == len(written) > 100
    coded = [row for part in table.form.tables for _, row in part.walk() if "2200101" in row.id]
    assert coded


def fill_in(sheet: Worksheet) -> dict[str, Decimal]:
    """A figure of its own in every cell that takes one, and a few subjects with their codes."""
    head = next(row for row in range(3, 9) if is_frame(sheet, row + 1))
    codes = iter(("301", "30101", "302") if is_economic(sheet) else ("220", "22001", "2200101"))
    written: dict[str, Decimal] = {}
    for row in range(head + 1, sheet.max_row + 1):
        if sheet.cell(3, 1).value == "科目编码" and not sheet.cell(row, 2).value:
            code = next(codes, None)
            if code is None:
                continue
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = code, f"科目{code}"
        for cell in sheet[row]:
            if cell.number_format == "#,##0.00" and is_named(sheet, row, cell.column or 1):
                figure = Decimal(int(sheet.title[0]) * 100_000 + len(written)) / 100
                cell.value = float(figure)
                written[f"{sheet.title}!{cell.coordinate}"] = figure
    return written


def is_frame(sheet: Worksheet, row: int) -> bool:
    return any(cell.number_format == "#,##0.00" for cell in sheet[row])


def is_economic(sheet: Worksheet) -> bool:
    return "基本支出" in sheet.title


def is_named(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether the nearest text to the left is a name, or the table has no names."""
    left = (sheet.cell(row, c) for c in range(column - 1, 0, -1))
    label = next((cell for cell in left if cell.number_format != "#,##0.00"), None)
    return label is None or bool(label.value)


def test_codes_are_kept_as_text_and_headings_stay_in_sight(site: Site) -> None:
    new_account(site, 2024, "预算")
    book, _ = sheets(site, 2024, "预算")
    sheet = book["3 支出预算总表"]
    assert sheet["A3"].value == "科目编码"
    assert {sheet.cell(row, 1).number_format for row in range(5, 30)} == {"@"}
    assert sheet.freeze_panes == "C4"
    assert "A1:E1" in {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize("standing", ["说明.md", "预算表.xlsx", "表.yaml", "旧.XLS", "表.csv"])
def test_nothing_is_written_beside_what_stands_there(standing: str, site: Site) -> None:
    folder = site.root / FOLDER / "2024" / "预算"
    folder.mkdir(parents=True)
    (folder / standing).write_text("原来的", encoding="utf-8")
    with pytest.raises(AlreadyThere, match=standing):
        new_account(site, 2024, "预算")
    assert [file.name for file in folder.iterdir()] == [standing]
    assert (folder / standing).read_text(encoding="utf-8") == "原来的"


@pytest.mark.parametrize("kind", KINDS)
def test_a_year_before_the_first_form_is_refused(kind: AccountKind, site: Site) -> None:
    for year in (FIRST[kind] - 1, 20244):
        (problem,) = new_account(site, year, kind).problems
        assert problem.code == "T201"
        assert str(FIRST[kind]) in problem.hint
    assert not (site.root / FOLDER).exists()


def test_a_site_without_a_column_of_accounts_is_told_so(site: Site) -> None:
    config = site.root / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("kind: accounts", "kind: documents"), encoding="utf-8")
    started = new_account(site, 2024, "决算")
    assert [problem.code for problem in started.problems] == ["C106"]


def run(site: Site, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["--site", str(site.root), *arguments])
    return result.exit_code, result.output


def test_the_commands_say_what_they_wrote_and_refuse_a_second_time(site: Site) -> None:
    code, output = run(site, "new", "budget", "2024")
    assert code == 0
    assert f"{FOLDER}/2024/预算/预算表.xlsx" in output
    assert "tables 2024 预算" in output
    assert run(site, "new", "account", "2024")[0] == 0
    code, output = run(site, "new", "budget", "2024")
    assert code == 2
    assert "已经有了" in output


def test_the_listing_names_sheet_and_cell_of_each_table(site: Site) -> None:
    run(site, "new", "account", "2024")
    book, file = sheets(site, 2024, "决算")
    del book["9 国有资本经营预算财政拨款收入支出决算表"]
    sheet = book["8 政府性基金预算财政拨款收入支出决算表"]
    sheet.cell(sheet.max_row + 1, 1).value = "注：本单位没有政府性基金收支，故本表无数据。"
    sheet = book["7 财政拨款“三公”经费支出决算表"]
    sheet["A6"] = 12.5
    book.save(file)
    code, output = run(site, "tables", "2024", "决算")
    assert code == 1
    where = "决算表.xlsx 工作表“7 财政拨款“三公”经费支出决算表”A1"
    assert f"支出决算表：{where}，单位万元，1 行，1 个数\n" in output
    assert "没有数，说明是“本单位没有政府性基金收支，故本表无数据。”" in output
    assert "  收入决算表：决算表.xlsx 工作表“2 收入决算表”A1，还没有填数\n" in output
    assert "  国有资本经营预算财政拨款收入支出决算表：没有找到\n" in output
    assert "T203" in output


def test_the_workbook_that_readers_download_can_be_put_in_again(tmp_path: Path) -> None:
    first, second = (copy_of(SMALL, tmp_path / name) for name in ("first", "second"))
    shutil.copytree(SOUND, first.root, dirs_exist_ok=True)
    built(first)
    folder = second.root / FOLDER / "2017" / "决算"
    shutil.copytree(first.root / FOLDER / "2017" / "决算", folder)
    for file in folder.glob("*.csv"):
        file.unlink()
    shutil.copy(first.output / "yjs" / "2017" / "juesuan.xlsx", folder)
    assert check(second, AS_OF).problems == ()
    tables = [table_of(account_of(site, 2017, "决算")) for site in (first, second)]
    numbers = [{spot: cell.number for spot, cell in table.cells.items()} for table in tables]
    assert numbers[0] == numbers[1]
    assert tables[0].form.tables == tables[1].form.tables


def test_the_listing_of_the_real_site_says_that_nothing_is_there() -> None:
    listing = list_tables(site_at(REPOSITORY), 2017, kind="决算", as_of=AS_OF)
    assert len(listing.lines) == 12
    assert all(line.endswith("没有找到") for line in listing.lines[1:])
    assert listing.problems == ()


def test_tables_are_listed_although_the_explanation_has_a_fault(site: Site) -> None:
    run(site, "new", "account", "2024")
    file = site.root / FOLDER / "2024" / "决算" / "说明.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("年度: 2024", "年度: 今年"), encoding="utf-8")
    code, output = run(site, "tables", "2024", "决算")
    assert code == 1
    assert "D103" in output
    assert "工作表“2 收入决算表”A1" in output


def test_a_year_without_a_form_and_a_folder_that_is_no_site_are_refused(
    site: Site, tmp_path: Path
) -> None:
    code, output = run(site, "tables", "2001", "预算")
    assert (code, "没有适用于 2001 年度部门预算的表式" in output) == (2, True)
    assert run(site_at(tmp_path / "nowhere"), "tables", "2024", "预算")[0] == 2
