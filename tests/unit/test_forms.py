"""Official forms: what is wrong with one is told before anybody fills it in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from site_builder.model.values import Mapped
from site_builder.pipeline import Site, check
from site_builder.problems import Place
from site_builder.rules.arithmetic import check_arithmetic
from site_builder.sources.account_yaml import tables_of_values
from site_builder.sources.forms import load_forms
from site_builder.sources.written import fill_form
from site_builder.sources.yaml_reader import read_yaml
from tests.account_sets import account, library
from tests.sites import AS_OF, REPOSITORY, SMALL, accounts_of_demo, copy_of, replace_in

EXAMPLE = REPOSITORY / "tests/bad_content/T302-balance-broken/site"
TABLE = "content/政府信息公开年报/2017/统计.csv"
FORM = "schemas/example_2017.yaml"
EXTENSION = """\
id: local
extends: {base}
cites: {{title: 地方补充表}}
tables: [{{id: {table}, rows: [{{id: Z1, label: 补充数, type: count, unit: 件}}]}}]
"""
FOLLOWED = "{id: received, label: 收到申请, row: %s, column: value}"
NO_CHAPTER = "chapter_rules: [{chapter: 3, kind: mentions, words: [申请]}]"
CHAIN = "{carried_in: A2, received: A1, closed: B1, carried_out: B9, column: value}"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The golden site with a small form of its own, filled in."""
    made = copy_of(SMALL, tmp_path / "site")
    for name in (FORM, TABLE):
        (made.root / name).parent.mkdir(exist_ok=True)
        (made.root / name).write_bytes((EXAMPLE / name).read_bytes())
    replace_in(
        made.root / "content/政府信息公开年报/2017/统计.csv", "办结数,件,9", new="办结数,件,10"
    )
    return made


def found(site: Site) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in check(site, AS_OF).problems]


def test_a_sound_form_of_the_site_itself_is_used(site: Site) -> None:
    assert found(site) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: A2,", "id: A1,", "行编号 A1 出现了 2 次"),
        ("label: 上年结转数", "label: 新收申请数", "有 2 行都叫“新收申请数”"),
        ("that: [B1, B2]", "that: [B1, B9]", "提到的行 B9 不在表式"),
        ("this: [A1, A2]", "this: []", "规则 R1 的一边没有写任何行"),
        ("until: 2018", "until: 2016", "前后颠倒"),
        ("- {id: value, label: 统计数}", "", "没有填数的列"),
        ("columns:\n      - {id: value, label: 统计数}", "columns: []", "没有填数的列"),
        ("from: 2017", "from: 2014", "有两份从 2014 年起适用的表式"),
        ("tables:", f"indicators: [{FOLLOWED % 'A9'}]\ntables:", "提到的格 A9/value 不在表式"),
        ("tables:", f"indicators: [{FOLLOWED % 'A1'}, {FOLLOWED % 'A2'}]\ntables:", "出现了 2 次"),
        ("tables:", f"chain: {CHAIN}\ntables:", "结转（chain）提到的格 B9/value 不在表式"),
        ("tables:", "comparable: [annual-1999]\ntables:", "annual-1999 不是表式的编号"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(
    site: Site, old: str, new: str, *, words: str
) -> None:
    replace_in(site.root / FORM, old, new=new)
    messages = [message for code, message in found(site) if code == "T110"]
    assert any(words in message for message in messages)


def test_a_form_that_is_not_sound_is_named_and_nothing_is_held_to_it(site: Site) -> None:
    replace_in(site.root / FORM, "tables:", new=f"chapters: [一、总体情况]\n{NO_CHAPTER}\ntables:")
    assert [code for code, _ in found(site)] == ["T110"]


def test_a_sheet_can_be_looked_at_although_a_table_of_its_form_has_no_columns(
    tmp_path: Path,
) -> None:
    site = accounts_of_demo(tmp_path / "accounts")
    for year in {*range(2016, 2027)} - {2024}:
        shutil.rmtree(site.root / "content/法定主动公开内容/财政预决算" / str(year))
    text = (REPOSITORY / "site_builder/schemas/budget_2017.yaml").read_text("utf-8")
    text = text.replace("id: budget-2017", "id: own").replace("from: 2017", "from: 2022")
    text = re.sub(r"(?m)^    columns:\n(?:      .*\n)+", "    columns: []\n", text, count=1)
    (site.root / "schemas").mkdir()
    (site.root / "schemas/own.yaml").write_text(text, "utf-8")
    assert "表式 own 的表没有行，或者没有填数的列" in {message for _, message in found(site)}


@pytest.mark.parametrize(("count", "words"), [(0, "的表没有行"), (2, "有两张表的名称相同")])
def test_a_form_has_tables_with_names_of_their_own(site: Site, count: int, *, words: str) -> None:
    text = (site.root / FORM).read_text("utf-8")
    head, table = text.split("tables:\n")
    tables = f"tables:\n{table * count}" if count else "tables: []\n"
    (site.root / FORM).write_text(head + tables, "utf-8")
    messages = [message for code, message in found(site) if code == "T110"]
    assert any(words in message for message in messages)


@pytest.mark.parametrize(
    ("base", "table", "words"),
    [
        ("example-2017", "main", ""),
        ("example-2018", "main", "要补充的表式 example-2018 不存在"),
        ("example-2017", "other", "里有表式 example-2017 没有的表"),
    ],
)
def test_an_extension_must_fit_the_form_it_extends(
    site: Site, base: str, table: str, *, words: str
) -> None:
    (site.root / "schemas/local.yaml").write_text(EXTENSION.format(base=base, table=table), "utf-8")
    replace_in(site.root / "config.yaml", "forms: []", new="forms: [local]")
    (problem,) = check(site, AS_OF).problems
    expected = ("T110", words) if words else ("T203", "后面缺少“补充数”")
    assert (problem.code, problem.message[-len(expected[1]) :]) == expected


def test_a_form_with_a_fault_of_its_own_is_not_blamed_on_the_statistics(site: Site) -> None:
    replace_in(site.root / FORM, "label: 办结数", new="lable: 办结数")
    assert [code for code, _ in found(site)] == ["T102"]


def with_relations(site: Site, old: str = "", new: str = "") -> list[str]:
    """What is said of the example form when it has a table of codes and relations."""
    text = CODED if not old else CODED.replace(old, new)
    assert not old or old in CODED
    (site.root / "schemas/coded.yaml").write_text(text, "utf-8")
    return [p.message for p in check(site, AS_OF).problems if p.code == "T110"]


CODED = """\
id: example-coded
series: example
from: 2020
cites: {title: 示例}
decimals: 2
blanks: nothing
tables:
  - id: C1
    title: 示例支出表
    codes: functional
    units: [万元, 元]
    note: 本单位没有示例支出，故本表无数据
    columns:
      - {id: total, label: 合计}
    rows:
      - {id: C1.total, label: 合计, type: money}
    rules:
      - {id: R1, kind: sums, this: [C1.total], that: ["C1.*"]}
      - {id: R2, kind: at_most, this: [C1.total], that: [C1.220]}
  - id: C2
    title: 示例项目表
    codes: named
    units: [万元]
    columns:
      - {id: amount, label: 预算数}
    rows:
      - {id: C2.total, label: 合计, type: money}
    rules:
      - {id: R3, kind: sums, this: [C2.total], that: ["C2.*"]}
relations:
  - {id: R4, kind: equal, this: [C1.total/total], that: [C2.total/amount]}
  - {id: R5, kind: equal, this: ["C1.*/total"], that: ["last:C1.*/total"]}
  - {id: R6, kind: at_most, this: [C1.220/total], that: [budget:T3.total/total],
     given: [C1.total/total, C2.total/amount]}
"""


def test_a_form_of_coded_tables_with_relations_is_sound(site: Site) -> None:
    assert with_relations(site) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('that: ["C1.*"]', "that: [C1.920]", "规则 R1 提到的行 C1.920 不在"),
        ("that: [C1.220]", "that: [C1.22001012]", "规则 R2 提到的行 C1.22001012 不在"),
        ('that: ["C2.*"]', 'that: ["C1.*"]', "规则 R3 提到的行 C1.* 不在"),
        ("this: [C1.total/total]", "this: [C1.total]", "应当写成“行/列”"),
        ("this: [C1.total/total]", "this: [C1.sum/total]", "没有 C1.sum 这一行"),
        ("this: [C1.total/total]", "this: [C1.total/sum]", "C1 没有 sum 这一列"),
        ("budget:T3.total", "budget:T33.total", "没有 T33.total 这一行"),
        ("this: [C1.total/total]", "this: []", "每一边都要写"),
        (", C2.total/amount]}", "]}", "given 至少写两格"),
        ("last:C1.*/total", "last:C1.total/total", "要么两边都写，要么都不写"),
        ('that: ["last:C1.*/total"]', 'that: ["C2.*/amount"]', "C2 的行没有科目编码"),
        ("units: [万元, 元]", "units: [千元]", "不能用单位“千元”"),
        ("units: [万元, 元]", "units: []", "没有写明可用的单位"),
        ("note: 本单位没有示例支出，故本表无数据", "note: 无", "应当写明“没有……”"),
    ],
)
def test_a_coded_form_that_contradicts_itself_is_refused(
    site: Site, old: str, new: str, *, words: str
) -> None:
    messages = with_relations(site, old, new)
    assert any(words in message for message in messages), messages


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ((), 9),
        (("budget-performance",), 10),
        (("budget-procurement",), 10),
        (("budget-performance", "budget-procurement"), 11),
    ],
)
def test_a_site_chooses_a_provincial_set_of_nine_to_eleven_tables(
    site: Site, chosen: tuple[str, ...], count: int
) -> None:
    replace_in(site.root / "config.yaml", "forms: []", new=f"forms: [{', '.join(chosen)}]")
    assert found(site) == []
    forms, problems = load_forms(site.root, chosen)
    (budget,) = (form for form in forms if form.id == "budget-2017")
    assert problems == ()
    assert len({table.printed or table.title for table in budget.tables}) == count


def test_two_additions_of_the_same_table_are_refused(site: Site) -> None:
    text = (REPOSITORY / "site_builder/schemas/budget_local_procurement.yaml").read_text("utf-8")
    own = text.replace("id: budget-procurement", "id: own-procurement")
    (site.root / "schemas/own.yaml").write_text(own, "utf-8")
    chosen = "forms: [budget-procurement, own-procurement]"
    replace_in(site.root / "config.yaml", "forms: []", new=chosen)
    messages = [message for code, message in found(site) if code == "T110"]
    assert messages == ["补充表式 own-procurement 增加的表 T11 已经有了"]


LOCAL = """\
单位: 万元
项目支出绩效目标表:
  合计: [30.00, "", ""]
  2021年确权登记项目: [20.00, 登记 500 宗, 登记率 98%]
  “一张图”维护: [9.00, 全年可用, ""]
政府采购预算表:
  货物类: 5.00
  工程类: ""
  服务类: 7.00
  合计: 12.00
"""


def test_the_local_tables_are_filled_in_and_added_up() -> None:
    forms, _ = load_forms(Path("none"), ("budget-performance", "budget-procurement"))
    (form,) = (form for form in forms if form.id == "budget-2017")
    values, _ = read_yaml(LOCAL, "表.yaml")
    assert isinstance(values, Mapped)
    written, unknown = tables_of_values(form, values)
    table, _ = fill_form(form, written, year=2021, place=Place("表.yaml"), names={})
    assert unknown == ()
    assert table.text("T10.0002", "goal") == "登记 500 宗"
    labels = [row.label for part in table.form.tables for _, row in part.walk()]
    assert labels[:3] == ["合计", "2021年确权登记项目", "“一张图”维护"]
    found = list(check_arithmetic(library([account("预算", table, year=2021)], forms)))
    assert [(p.code, p.place.line) for p in found] == [("T301", 3)]
    assert "规则 B8-projects）" in found[0].message
