"""What clerks are told when the explanation of a budget or an account and the tables disagree."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.disclosure import AccountKind
from site_builder.model.library import Library
from site_builder.rules.account_claims import check_account_claims
from site_builder.rules.account_wording import check_account_wording
from site_builder.sources.load import load
from tests.account_texts import (
    FOLDER,
    Change,
    explanation,
    off,
    planted,
    said_of,
)
from tests.sites import AS_OF, DEMO, accounts_of_demo, library_at, replace_in

AMOUNT = r"(?P<x>[0-9,]+\.[0-9]{2})万元"
PERCENT = r"(?P<x>[0-9]+\.[0-9]{2})%"
WHOLE = "一、收入支出决算总体情况说明"
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
OFFICIAL = "七、财政拨款“三公”经费支出决算情况说明"
OTHER = "十一、其他重要事项情况说明"
WORDS = (
    "收入总计",
    "支出",
    "基本支出",
    "本年支出合计",
    "年初预算为",
    "支出决算为",
    "完成年初预算的",
    "占",
    "其中：",
    "比",
    "上年",
    "2020年度",
    "2021年",
    "增加",
    "减少",
    "增长",
    "下降",
    "持平",
    "0.00万元",
    "1.00万元",
    "99亿元",
    "5元",
    "0%",
    "12.3%",
    "，",
    "。",
    "；",
    "（",
    "）",
    "社会保障和就业支出",
    "（类）",
    "2080505",
    "“三公”",
    "经费",
    "XX",
    "示例市自然",
    "本部门",
    "本单位",
)


@pytest.fixture(scope="module")
def demo() -> Library:
    return library_at(DEMO)


def test_the_explanations_of_the_demonstration_agree_with_its_tables(demo: Library) -> None:
    assert len(demo.accounts) == 20
    assert list(check_account_claims(demo)) == []
    assert list(check_account_wording(demo)) == []


@pytest.mark.parametrize(
    ("kind", "pattern", "name"),
    [
        ("决算", f"收入总计{AMOUNT}", "收入支出决算总表“总计”"),
        ("决算", f"支出总计{AMOUNT}", "收入支出决算总表“总计”"),
        ("决算", f"本年收入合计{AMOUNT}", "收入支出决算总表“本年收入合计”"),
        ("决算", f"财政拨款支出总计{AMOUNT}", "财政拨款收入支出决算总表“总计”（合计）"),
        ("决算", f"其中：基本支出{AMOUNT}", "支出决算表“合计”（基本支出）"),
        ("决算", f"一般公共预算财政拨款支出{AMOUNT}，占", "一般公共预算财政拨款支出决算表“合计”"),
        ("决算", rf"卫生健康支出（类）{AMOUNT}", "“卫生健康支出”"),
        ("决算", rf"行政单位离退休（项）。年初预算为{AMOUNT}", "2021年预算的"),
        ("决算", rf"行政单位离退休（项）。[^，]*，支出决算为{AMOUNT}", "“行政单位离退休”"),
        ("决算", f"（三）具体情况。2021年度年初预算为{AMOUNT}", "2021年预算的"),
        ("决算", f"人员经费{AMOUNT}", "“人员经费合计”"),
        ("决算", f"公用经费{AMOUNT}", "“公用经费合计”"),
        ("决算", f"“三公”经费支出预算为{AMOUNT}", "“支出数”（预算数·合计）"),
        ("决算", f"公务接待费支出决算为{AMOUNT}", "决算数·公务接待费"),
        ("决算", f"公务用车运行维护费{AMOUNT}", "决算数·公务用车购置及运行维护费·运行维护费"),
        ("决算", f"政府性基金预算财政拨款年初结转和结余{AMOUNT}", "“合计”（年初结转和结余）"),
        ("决算", f"，年末结转和结余{AMOUNT}", "“合计”（年末结转和结余）"),
        ("决算", f"土地开发支出（项）{AMOUNT}", "“土地开发支出”"),
        ("预算", f"收入预算{AMOUNT}", "财务收支预算总表“收入总计”"),
        ("预算", f"财政拨款收入{AMOUNT}", "“财政拨款收入”"),
        ("预算", f"其中：基本支出{AMOUNT}", "支出预算总表“合计”（基本支出）"),
        ("预算", f"；项目支出{AMOUNT}", "支出预算总表“合计”（项目支出）"),
        ("预算", f"政府性基金预算支出{AMOUNT}", "政府性基金预算支出功能分类预算表"),
        ("预算", f"“住房保障支出”科目{AMOUNT}", "“住房保障支出”"),
        ("预算", f"“三公”经费预算数为{AMOUNT}", "“预算数”（“三公”经费·合计）"),
        ("预算", f"公务用车运行费{AMOUNT}", "公务用车购置及运行费·运行费"),
        ("预算", f"机关运行经费预算为{AMOUNT}", "“预算数”（机关运行经费）"),
    ],
)
def test_a_wrong_amount_is_found_at_its_column_with_the_table_it_belongs_to(
    demo: Library, kind: AccountKind, pattern: str, *, name: str
) -> None:
    found = planted(demo, 2021, kind, pattern=pattern, change=off)
    wrong = [p for p in found.problems if p.code == "T410"]
    assert [p.place for p in wrong] == [found.place]
    assert name in wrong[0].message
    assert wrong[0].related


@pytest.mark.parametrize(
    ("kind", "pattern", "change", "code"),
    [
        ("决算", f"收、支总计各增加{AMOUNT}", off, "T411"),
        ("决算", f"收、支总计各增加[^，]*，增长{PERCENT}", off, "T411"),
        ("决算", f"一般公共预算财政拨款支出增加{AMOUNT}", off, "T411"),
        ("决算", f"“三公”经费支出决算数比2020年度减少{AMOUNT}", off, "T411"),
        ("预算", f"项目支出[^，]*，比2020年预算增加{AMOUNT}", off, "T411"),
        ("预算", f"项目支出[^，]*，比2020年预算增加[^，]*，增长{PERCENT}", off, "T411"),
        ("预算", f"机关运行经费预算为[^，]*，比2020年预算增加{AMOUNT}", off, "T411"),
        ("决算", "收、支总计各增加[^，]*，(?P<x>增长)", lambda _: "下降", "T412"),
        ("决算", f"基本支出[^，]*，占{PERCENT}", off, "T414"),
        ("决算", f"占本年支出合计的{PERCENT}", off, "T414"),
        ("决算", rf"卫生健康支出（类）[^，]*，占{PERCENT}", off, "T414"),
        ("决算", f"其中：[^%]*完成年初预算的{PERCENT}", off, "T414"),
        ("决算", f"完成预算的{PERCENT}", off, "T414"),
        ("决算", "(?P<x>2021年)度收入总计", lambda _: "2017年", "T416"),
        ("决算", "(?P<x>主要原因：)", lambda _: "XX局：", "T417"),
        ("预算", "比2020年预算(?P<x>增加)", lambda _: "增加（减少）", "T417"),
        ("预算", "(?P<x>内设机构)", lambda _: "{单位}机构", "T417"),
        ("预算", "内设机构包括：(?P<x>办公室)", lambda _: "○○", "T417"),
        ("预算", "机要通信(?P<x>和)", lambda _: "（ ）", "T417"),
        ("预算", "(?P<x>本部门)没有下属", lambda _: "本单位", "T415"),
    ],
)
def test_a_fault_planted_in_an_explanation_is_found_at_its_line_and_column(
    demo: Library, kind: AccountKind, pattern: str, *, change: Change, code: str
) -> None:
    found = planted(demo, 2021, kind, pattern=pattern, change=change)
    assert (code, found.place) in [(p.code, p.place) for p in found.problems]


def test_a_rise_called_a_fall_is_named_with_both_years(demo: Library) -> None:
    found = planted(demo, 2021, "决算", pattern="各(?P<x>增加[^。]*)。", change=_turned)
    assert [p.code for p in found.problems] == ["T412"]
    assert "变为" in found.problems[0].message
    assert len(found.problems[0].related) == 2


def _turned(words: str) -> str:
    return words.replace("增加", "减少").replace("增长", "下降")


def test_yuan_written_as_ten_thousand_yuan_is_hinted_at(demo: Library) -> None:
    found = planted(demo, 2021, "决算", pattern=f"收入总计{AMOUNT}", change=_in_yuan)
    wrong = [p for p in found.problems if p.code == "T410"]
    assert ["万元" in p.hint and "一万倍" in p.hint for p in wrong] == [True]


def _in_yuan(number: str) -> str:
    return number.replace(",", "").replace(".", "") + "00.00"


def test_nothing_to_compare_with_allows_no_percentage(demo: Library) -> None:
    fund = "政府性基金预算支出"
    found = planted(demo, 2021, "预算", pattern=f"{fund}[^，]*，(?P<x>[^；]*)；", change=_endless)
    assert [p.code for p in found.problems] == ["T413"]
    assert "上年是 0" in found.problems[0].message


def _endless(words: str) -> str:
    return f"{words}，增长100.00%"


def test_the_bureau_s_name_with_a_slip_is_pointed_out(demo: Library) -> None:
    text = "示例市自然资源局没有下属单位。示例市自然资原局内设八个科。"
    assert said_of(demo, 2021, "预算", heading="二、机构设置", text=text) == [
        "T415 “示例市自然资原局”与本机关名称“示例市自然资源局”差一个字"
    ]


def test_a_paragraph_with_last_year_s_figures_is_called_copied(demo: Library) -> None:
    pattern = "(?P<x>（二）政府采购支出情况。[^\n]*)"
    last = planted(demo, 2020, "决算", pattern=pattern, change=lambda words: words)
    lines = (DEMO / last.place.file).read_text("utf-8").split("\n")
    copied = lines[last.place.line - 1]
    found = planted(demo, 2021, "决算", pattern=pattern, change=lambda _: copied)
    assert [(p.code, p.place, p.related) for p in found.problems] == [
        ("T418", found.place, (last.place,))
    ]


def test_amounts_that_stand_in_no_table_are_listed_once(demo: Library) -> None:
    text = "全年支付评审费0.35万元、印刷和装订费1.17万元。\n\n另支付仓储费0.41万元。"
    assert said_of(demo, 2021, "决算", heading=OTHER, text=text) == [
        "T419 正文的“0.35万元”、“1.17万元”、“0.41万元”在表格里没有对应的数"
    ]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (OTHER, "政府采购支出总额999.99万元，其中：政府采购货物支出1.11万元。"),
        (OTHER, "授予中小企业合同金额9.99万元，占政府采购支出总额的12.34%。"),
        (OTHER, "单位价值100万元以上的设备3台。"),
        (OTHER, "与上年相比，培训人次增加12人次，增长3.45%。"),
        (WHOLE, "2014年收入总计1.11万元，2015年收入总计2.22万元，2016年收入总计3.33万元。"),
        (WHOLE, "“收入总计”是指本年收入与年初结转之和。"),
        (WHOLE, "| 收入总计9.99万元 | 支出总计9.99万元 |"),
        (WHOLE, "详见[说明]()和`支出XX`。"),
        (OFFICIAL, "因公出国（境）费0.00万元，与上年基本持平。"),
        (OFFICIAL, "公务接待费主要用于接待（含外事接待）。"),
    ],
)
def test_a_text_that_speaks_of_something_else_is_let_pass(
    demo: Library, heading: str, text: str
) -> None:
    assert said_of(demo, 2021, "决算", heading=heading, text=text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全市本年支出合计9.99万元。",
        "1至6月本年支出合计9.99万元。",
        "下属单位人员经费9.99万元。",
        "项目人员经费9.99万元。",
        "与上年相比，培训费增加9.99万元，增长12.34%。",
        "全年支出培训费9.99万元，占支出总额的12.34%。",
        "比2018年至2020年的平均数增加9.99万元，增长12.34%。",
        "2021年收入总计比“十三五”末增加9.99万元。",
        "调整后预算为9.99万元，支出决算为9.99万元，完成调整后预算的12.34%。",
    ],
)
def test_an_amount_that_may_be_of_something_else_is_not_called_wrong(
    demo: Library, text: str
) -> None:
    found = said_of(demo, 2021, "决算", heading=WHOLE, text=text)
    assert {line[:4] for line in found} <= {"T419"}


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (WHOLE, "2021年度收、支总计均为{total}万元。与上年相比，收、支总计各增加{more}万元。"),
        (WHOLE, "收入总计{yuan}元。"),
        (WHOLE, "收入总计{total:,}万元，其中：本年收入合计{income:,}万元，事业收入0万元，占0%。"),
        (WHOLE, "支出总计约{rough}万元。"),
        (GENERAL, "社会保障和就业（类）支出{security}万元，主要用于养老保险缴费。"),
        (GENERAL, "1.社会保障和就业支出{security}万元，占{share}%。"),
        (OFFICIAL, "公务接待费{reception}万元，其中：国内接待费{reception}万元，外事接待费0万元。"),
    ],
)
def test_the_other_ways_in_which_bureaus_write_agree_too(
    demo: Library, heading: str, text: str
) -> None:
    total, former = (_cell(demo, year, "F1i.total/amount") for year in (2021, 2020))
    security = _cell(demo, 2021, "F5.208/total")
    text = text.format(
        total=total,
        yuan=total * 10000,
        rough=int(total),
        more=total - former,
        income=_cell(demo, 2021, "F1i.income/amount"),
        security=security,
        share=round(security * 100 / _cell(demo, 2021, "F5.total/total"), 1),
        reception=_cell(demo, 2021, "F7.spent/final-reception"),
    )
    assert said_of(demo, 2021, "决算", heading=heading, text=text) == []


def _cell(library: Library, year: int, key: str) -> Decimal:
    table = explanation(library, year, "决算").table
    row, _, column = key.partition("/")
    number = table.number(row, column) if table else None
    assert number is not None
    return number


def test_a_cell_changed_in_a_table_is_found_in_the_text_with_both_places(tmp_path: Path) -> None:
    site = accounts_of_demo(tmp_path / "s")
    tables = site.root / FOLDER / "2021/预算/表.yaml"
    row = next(line for line in tables.read_text("utf-8").split("\n") if "  预算数:" in line)
    replace_in(tables, row, new=row[: row.rindex(",")] + ", 999.99]")
    library, _ = load(site.root, AS_OF)
    assert library is not None
    found = [p for p in check_account_claims(library) if p.code == "T410"]
    assert [p.place.file for p in found] == [f"{FOLDER}/2021/预算/说明.md"]
    assert "999.99 万元" in found[0].message
    assert [p.file for p in found[0].related] == [f"{FOLDER}/2021/预算/表.yaml"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=30,
    )
)
def test_the_checks_survive_any_text(demo: Library, words: list[str]) -> None:
    for found in said_of(demo, 2021, "决算", heading=GENERAL, text="".join(words)):
        assert found[:3] == "T41"
