"""Pages of budgets and final accounts: what a citizen finds on them, and what stays unseen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import html5lib
import pytest

from site_builder.model.tables import Cell
from site_builder.pages import amounts
from site_builder.pages.bars import Drawn, bar_rows
from site_builder.pipeline import Site
from tests.accounts import FOLDER, with_accounts
from tests.sites import SMALL, built, copy_of, replace_in, tree

SVG = "{http://www.w3.org/2000/svg}"
REGISTER = """\
出处: 2017年年度报告
登记:
  - {年度: 2016, 种类: 决算, 标题: 2016年部门决算}
  - {年度: 2018, 种类: 决算, 标题: 2018年部门决算}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Budgets and accounts of two years."""
    return with_accounts(copy_of(SMALL, tmp_path / "site"))


def page(site: Site, path: str, as_of: date = date(2024, 6, 1)) -> Any:
    """A page of the site as a browser reads it."""
    built(site, as_of)
    content = (site.output / path).read_bytes()
    return html5lib.parse(content, namespaceHTMLElements=False)


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def by_id(tree: Any, id: str) -> Any:
    (found,) = (e for e in tree.iter() if e.get("id") == id)
    return found


def rows(table: Any) -> list[list[str]]:
    return [[text(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]


def without(site: Site, year: int, kind: str) -> None:
    folder = site.root / FOLDER / str(year) / kind
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


# The matrix


def test_the_matrix_says_when_each_was_published_and_how_long_after_approval(site: Site) -> None:
    found = page(site, "yjs/index.html")
    (table,) = found.iter("table")
    assert rows(table)[1:] == [
        ["2018年 对比2018年预算与决算", "已公开 2018-03-09", "已公开 2019-09-06 批复后25日"],
        [
            "2017年 对比2017年预算与决算",
            "已公开 2017-03-10 批复后18日",
            "已公开 2018-08-30 批复后10日",
        ],
    ]
    links = {a.get("href") for a in found.iter("a")}
    assert {"../yjs/2017/duibi.html", "../yjs/trends.html", "../yjs/datapackage.json"} <= links


def test_the_matrix_tells_what_is_not_held_from_what_nobody_mentions(site: Site) -> None:
    without(site, 2018, "决算")
    (site.root / FOLDER / "登记.yaml").write_text(REGISTER, "utf-8")
    (table,) = page(site, "yjs/index.html").iter("table")
    assert [row[1:] for row in rows(table)[1:]] == [
        ["已公开 2018-03-09", "原文待补录"],
        ["已公开 2017-03-10 批复后18日", "已公开 2018-08-30 批复后10日"],
        ["没有记载", "原文待补录"],
    ]


def test_an_address_is_the_same_before_and_after_the_text_arrives(site: Site) -> None:
    (site.root / FOLDER / "登记.yaml").write_text(REGISTER, "utf-8")
    held = text(page(site, "yjs/2018/juesuan.html"))
    without(site, 2018, "决算")
    awaited = text(page(site, "yjs/2018/juesuan.html"))
    assert "原文待补录" not in held
    assert "原文待补录" in awaited


# A document


def test_the_facts_name_the_approval_and_the_days_to_publication(site: Site) -> None:
    found = page(site, "yjs/2017/juesuan.html")
    facts = {text(e[0]): text(e[1]) for e in next(found.iter("dl"))}
    assert facts["批复日期"] == "2018年8月20日"
    assert facts["批复文号"] == "示财〔2017〕12号"
    assert facts["公开日期"] == "2018年8月30日（批复后10日）"
    assert facts["索引号"] == "00000000/2017-JS"


def test_key_figures_stand_in_one_unit_beside_last_year(site: Site) -> None:
    found = page(site, "yjs/2018/yusuan.html")
    (figures,) = (e for e in found.iter("dl") if e.get("class") == "figures")
    said = {text(next(d.iter("dt"))): text(d) for d in figures}
    assert "2,240.55 万元" in said["支出总计"]
    assert "上年 2,297.22，减少 56.67（-2.47%）" in said["支出总计"]
    assert "36.00 万元" in said["“三公”经费"]
    assert "138.05 万元" in said["机关运行经费"]
    assert list(said)[:2] == ["收入总计", "支出总计"]


def test_the_first_year_is_compared_with_nothing(site: Site) -> None:
    found = page(site, "yjs/2017/yusuan.html")
    assert "上年" not in text(next(found.iter("main")))
    assert "增减" not in text(next(found.iter("main")))


def test_spending_is_broken_down_by_class_the_largest_first(site: Site) -> None:
    (table,) = by_id(page(site, "yjs/2018/yusuan.html"), "b1").iter("table")
    assert rows(table) == [
        ["项目", "2018年", "占比", "2017年", "增减", "增幅"],
        ["合计", "2,240.55", "100.00%", "2,297.22", "-56.67", "-2.47%"],
        ["国土海洋气象等支出", "1,481.60", "66.13%", "1,862.40", "-380.80", "-20.45%"],
        ["城乡社区支出", "300.00", "13.39%", "", "+300.00", "—"],
        ["社会保障和就业支出", "230.00", "10.27%", "214.62", "+15.38", "+7.17%"],
        ["住房保障支出", "130.25", "5.81%", "121.50", "+8.75", "+7.20%"],
        ["医疗卫生与计划生育支出", "98.70", "4.41%", "98.70", "0.00", "0.00%"],
    ]


def test_a_class_that_is_gone_stays_in_the_comparison(site: Site) -> None:
    (table,) = by_id(page(site, "yjs/2018/juesuan.html"), "b1").iter("table")
    assert rows(table)[-1] == ["医疗卫生与计划生育支出", "", "", "98.70", "-98.70", "-100.00%"]


def test_hospitality_is_broken_down_with_buying_and_driving_apart(site: Site) -> None:
    chart = by_id(page(site, "yjs/2018/yusuan.html"), "b2")
    (table,) = chart.iter("table")
    assert [row[:2] for row in rows(table)[1:]] == [
        ["“三公”经费", "36.00"],
        ["因公出国（境）费", "0.00"],
        ["公务用车购置及运行费", "33.00"],
        ["公务用车购置费", "18.00"],
        ["公务用车运行费", "15.00"],
        ["公务接待费", "3.00"],
    ]
    assert rows(table)[4][-1] == "—"  # last year 0.00
    assert "不计算增幅" in text(chart)
    assert "公务接待费（8.33%） 3.00 万元" in text(next(chart.iter(f"{SVG}desc")))


def test_every_figure_leads_to_a_row_that_is_there(site: Site) -> None:
    built(site)
    for name in ("2018/yusuan", "2018/juesuan", "2018/duibi", "trends"):
        file = site.output / f"yjs/{name}.html"
        found = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
        links = [(a.get("href") or "").partition("#") for a in found.iter("a")]
        rows = [(target, anchor) for target, _, anchor in links if anchor.startswith("r-")]
        assert len(rows) > 5
        for target, anchor in rows:
            there = (file.parent / target).read_text("utf-8")
            assert f'id="{anchor}"' in there, (name, target, anchor)


def test_money_has_two_places_and_a_blank_stays_blank(site: Site) -> None:
    found = page(site, "yjs/2018/juesuan.html")
    assert text(by_id(found, "r-F3-2200101-basic")) == "1,198.02"
    assert text(by_id(found, "r-F3-2200101-project")) == ""
    assert text(by_id(found, "r-F7-spent-final-abroad")) == "0.00"


def test_tables_stand_in_the_order_of_the_form_halves_under_one_title(site: Site) -> None:
    found = page(site, "yjs/2018/juesuan.html")
    titles = [text(e) for e in found.iter("h2") if (e.get("id") or "").startswith("t-")]
    assert titles[:3] == ["收入支出决算总表", "收入决算表", "支出决算表"]
    assert len(titles) == 9
    (halves,) = (
        e for e in found.iter("section") if any(h.get("id") == "t-F1i" for h in e.iter("h2"))
    )
    assert [text(next(t.iter("caption"))) for t in halves.iter("table")] == [
        "收入支出决算总表（收入） 单位：万元",
        "收入支出决算总表（支出） 单位：万元",
    ]


def test_a_table_without_figures_shows_its_note_and_no_grid(site: Site) -> None:
    found = page(site, "yjs/2017/yusuan.html")
    (section,) = (
        e for e in found.iter("section") if any(h.get("id") == "t-T6" for h in e.iter("h2"))
    )
    assert "本单位没有政府性基金预算支出，故本表无数据" in text(section)
    assert list(section.iter("table")) == []
    assert not (site.output / "yjs/2017/yusuan.T6.csv").exists()
    filled = page(site, "yjs/2018/yusuan.html")
    assert text(by_id(filled, "r-T6-2120801-project")) == "3,000,000.00"


def test_codes_have_a_column_of_their_own(site: Site) -> None:
    found = page(site, "yjs/2018/yusuan.html")
    heads = [text(e) for e in found.iter("th") if "code" in (e.get("class") or "")]
    assert set(heads) == {"科目编码"}
    assert [text(cell) for cell in by_id(found, "r-T3-2120801")][:2] == [
        "2120801",
        "征地和拆迁补偿支出",
    ]


def test_a_document_without_tables_has_a_page_all_the_same(site: Site) -> None:
    (site.root / FOLDER / "2017/决算/表.yaml").unlink()
    found = page(site, "yjs/2017/juesuan.html")
    assert "本局是示例市人民政府工作部门" in text(found)
    assert not (site.output / "yjs/2017/duibi.html").exists()
    assert not (site.output / "yjs/2017/juesuan.xlsx").exists()


def test_an_attachment_states_its_size_and_its_whole_digest(site: Site) -> None:
    file = site.root / FOLDER / "2017/决算/说明.md"
    addition = "附件:\n  - {名称: 决算原表, 文件: 2024/补偿标准.csv}\n---\n## 一、"
    replace_in(file, "---\n## 一、", new=addition)
    said = text(page(site, "yjs/2017/juesuan.html"))
    assert "决算原表 CSV，40 B" in said
    digest = sha256((SMALL / "content/附件/2024/补偿标准.csv").read_bytes()).hexdigest()
    assert f"SHA-256 {digest[:12]}…" in said
    assert digest in said


def test_a_text_may_link_to_a_budget_by_its_id(site: Site) -> None:
    file = site.root / FOLDER / "2018/预算/说明.md"
    replace_in(file, "收支情况见下面各表。", new="上年预算见[这里](编号:YS-2017)。")
    links = [a.get("href") for a in page(site, "yjs/2018/yusuan.html").iter("a")]
    assert "../../yjs/2017/yusuan.html" in links


# Budget against account


def test_a_year_is_compared_in_one_unit(site: Site) -> None:
    found = page(site, "yjs/2017/duibi.html")
    tables = [rows(table) for table in found.iter("table")]
    assert tables[0] == [
        ["项目", "预算数", "决算数", "差额", "完成率"],
        ["基本支出", "1,555.17", "1,575.72", "+20.55", "101.32%"],
        ["项目支出", "742.05", "701.33", "-40.72", "94.51%"],
    ]
    assert tables[1][1] == ["各类支出合计", "2,297.22", "2,277.05", "-20.17", "99.12%"]
    assert "预算表以元、万元为单位，决算表以万元为单位" in text(found)


def test_where_nothing_was_planned_there_is_no_percentage(site: Site) -> None:
    found = page(site, "yjs/2017/duibi.html")
    tables = [rows(table) for table in found.iter("table")]
    lines = {row[0]: row[1:] for row in tables[2]}
    assert lines["因公出国（境）费"] == ["0.00", "0.00", "0.00", "—"]
    assert lines["公务接待费"] == ["3.20", "2.75", "-0.45", "85.94%"]


def test_a_class_only_one_document_has_is_compared_with_nothing(site: Site) -> None:
    (classes,) = by_id(page(site, "yjs/2018/duibi.html"), "b2").iter("table")
    assert ["医疗卫生与计划生育支出", "98.70", "", "-98.70", "0.00%"] in rows(classes)


def test_totals_that_count_carried_money_are_not_compared(site: Site) -> None:
    found = page(site, "yjs/2017/duibi.html")
    labels = [row[0] for table in found.iter("table") for row in rows(table)]
    assert not {"收入总计", "支出总计", "总计"} & set(labels)
    assert "口径不同，所以不比较" in text(found)


def test_a_year_with_one_document_is_not_compared(site: Site) -> None:
    without(site, 2017, "预算")
    built(site)
    assert not (site.output / "yjs/2017/duibi.html").exists()
    assert (site.output / "yjs/2018/duibi.html").exists()


# All years


def test_a_year_without_a_figure_is_a_gap_that_says_so(site: Site) -> None:
    without(site, 2017, "决算")
    chart = by_id(page(site, "yjs/trends.html"), "c-hospitality")
    (table,) = chart.iter("table")
    assert rows(table) == [
        ["年度", "预算数", "比上年", "决算数", "比上年"],
        ["2017年", "18.60", "", "没有数据", ""],
        ["2018年", "36.00", "+17.40", "33.58", ""],
    ]
    assert len(list(chart.iter(f"{SVG}rect"))) == 3


def test_what_only_budgets_or_only_accounts_state_stands_alone(site: Site) -> None:
    found = page(site, "yjs/trends.html")
    (running,) = by_id(found, "c-running").iter("table")
    (carried,) = by_id(found, "c-carried").iter("table")
    assert rows(running)[0] == ["年度", "预算数", "比上年"]
    assert rows(carried)[1:] == [["2017年", "23.03", ""], ["2018年", "41.24", "+18.21"]]


def test_totals_of_budgets_and_accounts_are_drawn_apart(site: Site) -> None:
    found = page(site, "yjs/trends.html")
    (plan,) = by_id(found, "c-spending-plan").iter("table")
    (real,) = by_id(found, "c-spending-real").iter("table")
    assert [row[1] for row in rows(plan)[1:]] == ["2,297.22", "2,240.55"]
    assert [row[1] for row in rows(real)[1:]] == ["2,300.08", "2,223.03"]


# Seen and unseen


def test_home_page_and_site_map_name_every_document(site: Site) -> None:
    built(site)
    for path in ("index.html", "map.html"):
        content = (site.output / path).read_text("utf-8")
        assert "2018年度部门决算" in content
        assert "yjs/2018/juesuan.html" in content


def test_a_document_is_nowhere_to_be_seen_before_its_day(site: Site) -> None:
    built(site, date(2019, 9, 5))
    for path, content in tree(site.output).items():
        assert "2018年度部门决算".encode() not in content, path
        assert b"1198.02" not in content, path
        assert b"1,198.02" not in content, path
    assert not (site.output / "yjs/2018/juesuan.html").exists()
    assert not (site.output / "yjs/2018/duibi.html").exists()


def test_a_document_that_is_not_published_is_not_compared_with(site: Site) -> None:
    file = site.root / FOLDER / "2017/预算/说明.md"
    replace_in(file, "公开日期: 2017-03-10\n", new="公开日期: 2017-03-10\n公开属性: 依申请公开\n")
    found = page(site, "yjs/2018/yusuan.html")
    assert "2,297.22" not in text(found)
    assert "YS-2017" not in "".join(
        content.decode("utf-8", "replace") for content in tree(site.output).values()
    )


# Amounts and bars


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1234.5", "1,234.50"),
        ("0", "0.00"),
        ("-12.345", "-12.345"),
        ("22405501", "22,405,501.00"),
    ],
)
def test_an_amount_keeps_every_digit_it_was_written_with(written: str, shown: str) -> None:
    assert amounts.printed(Cell(written, Decimal(written))) == shown


def test_what_is_no_amount_is_printed_as_written() -> None:
    assert amounts.printed(Cell("—")) == "—"
    assert amounts.printed(Cell("")) == ""


def test_rounding_is_half_up_and_never_gives_a_negative_zero() -> None:
    assert amounts.rounded(Decimal("2.345")) == "2.35"
    assert amounts.rounded(Decimal("-0.001")) == "0.00"
    assert amounts.signed(Decimal("0.004")) == "0.00"
    assert amounts.signed(Decimal("-0.005")) == "-0.01"


@pytest.mark.parametrize("base", [None, Decimal(0)])
def test_there_is_no_percentage_without_a_base(base: Decimal | None) -> None:
    assert amounts.rate(Decimal(5), base) == "—"
    assert amounts.growth(Decimal(5), base) == "—"


def test_the_longest_bar_leaves_room_for_its_value_and_nothing_has_no_bar() -> None:
    lines = (
        Drawn("甲", (("plan", Decimal(50)), ("real", Decimal(200)))),
        Drawn("乙", (("plan", None), ("real", Decimal(0))), "没有数据"),
    )
    height, (first, second) = bar_rows(lines)
    assert height == "9.2em"
    assert [bar.width for bar in first.bars] == ["17.00%", "68.00%"]
    assert [(bar.kind, bar.width, bar.value) for bar in second.bars] == [
        ("none", "0.00%", "没有数据"),
        ("real", "0.00%", "0.00"),
    ]
