"""Tables of budgets and accounts to reuse: numbers are numbers, codes are texts."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from site_builder.pipeline import Site
from tests.accounts import with_accounts
from tests.sites import SMALL, built, copy_of, tree


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Budgets and accounts of two years, built."""
    made = with_accounts(copy_of(SMALL, tmp_path_factory.mktemp("accounts") / "site"))
    built(made)
    return made


def rows_of(site: Site, path: str) -> list[list[str]]:
    content = (site.output / "yjs" / path).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def test_a_coded_table_has_its_codes_in_a_column(site: Site) -> None:
    head, whole, first, *_ = rows_of(site, "2018/yusuan.T3.csv")
    columns = ["合计", "基本支出", "项目支出"]
    assert head == ["行编号", "科目编码", "项目", "上级项目", "单位", *columns]
    assert whole[:4] == ["T3.total", "", "合计", ""]
    assert first == [
        *("T3.208", "208", "社会保障和就业支出", "", "元"),
        *("2300000.00", "2300000.00", ""),
    ]


def test_classes_printed_by_name_have_their_codes_all_the_same(site: Site) -> None:
    head, first, *_ = rows_of(site, "2018/juesuan.F1o.csv")
    assert head[1] == "科目编码"
    assert first[1:3] == ["208", "社会保障和就业支出"]


def test_a_table_without_codes_has_no_column_for_them(site: Site) -> None:
    assert "科目编码" not in rows_of(site, "2018/juesuan.F7.csv")[0]


def test_a_row_names_the_subjects_above_it(site: Site) -> None:
    found = {row[1]: row[3] for row in rows_of(site, "2018/juesuan.F3.csv")[1:]}
    assert found["2120801"] == ("城乡社区支出 / 国有土地使用权出让收入及对应专项债务收入安排的支出")


def test_a_workbook_holds_a_sheet_for_each_table_with_real_numbers(site: Site) -> None:
    book = openpyxl.load_workbook(site.output / "yjs/2018/juesuan.xlsx")
    assert len(book.sheetnames) == 11
    sheet = book["支出决算表"]
    (row,) = (r for r in sheet.iter_rows(min_row=5) if r[0].value == "2200101")
    assert row[0].data_type == "s"
    assert [cell.value for cell in row[1:5]] == ["行政运行", "万元", 1198.02, 1198.02]
    assert row[5].value is None
    assert row[3].number_format == "#,##0.00"


def test_a_workbook_says_why_a_table_is_empty(site: Site) -> None:
    book = openpyxl.load_workbook(site.output / "yjs/2017/yusuan.xlsx")
    sheet = book["政府性基金预算支出功能分类预算表"]
    assert sheet["A5"].value == "本单位没有政府性基金预算支出，故本表无数据"


def test_json_tells_blank_from_zero_and_explains_an_empty_table(site: Site) -> None:
    whole = json.loads((site.output / "yjs/2017/juesuan.json").read_text("utf-8"))
    tables = {table["id"]: table for table in whole["tables"]}
    (row,) = (r for r in tables["F3"]["rows"] if r.get("code") == "2200104")
    assert row["values"][:3] == [300, None, 300]
    (spent,) = tables["F7"]["rows"]
    assert spent["values"][1] == 0
    assert tables["F8"]["rows"] == []
    assert "故本表无数据" in tables["F8"]["note"]


def test_the_package_describes_every_csv_file_and_nothing_else(site: Site) -> None:
    package = json.loads((site.output / "yjs/datapackage.json").read_text("utf-8"))
    files = {
        file.relative_to(site.output / "yjs").as_posix(): rows_of(site, str(file))[0]
        for file in (site.output / "yjs").rglob("*.csv")
    }
    described = {
        r["path"]: [field["name"] for field in r["schema"]["fields"]] for r in package["resources"]
    }
    assert described == files
    assert len({r["name"] for r in package["resources"]}) == len(files)
    types = {f["name"]: f["type"] for r in package["resources"] for f in r["schema"]["fields"]}
    assert types["科目编码"] == "string"
    assert types["基本支出"] == "number"


def test_files_of_different_years_and_kinds_are_saved_under_different_names(site: Site) -> None:
    pages = [page.read_text("utf-8") for page in (site.output / "yjs").rglob("*.html")]
    links = {
        pair for page in pages for pair in re.findall(r'href="([^"]+)" download="([^"]+)"', page)
    }
    names = [name for _, name in links]
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))
    assert all(re.match(r"20\d\d年|财政预决算历年数据", name) for name in names)


def test_two_builds_give_the_same_files(site: Site, tmp_path: Path) -> None:
    other = with_accounts(copy_of(SMALL, tmp_path / "other"))
    built(other)
    assert tree(other.output) == tree(site.output)
