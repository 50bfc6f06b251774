"""Official forms: what is wrong with one is told before anybody fills it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.pipeline import Site, check
from tests.sites import AS_OF, REPOSITORY, SMALL, copy_of, replace_in

EXAMPLE = REPOSITORY / "tests/bad_content/T302-balance-broken/site"
TABLE = "content/政府信息公开年报/2017/统计.csv"
FORM = "schemas/example_2017.yaml"
EXTENSION = """\
id: local
extends: {base}
cites: {{title: 地方补充表}}
tables: [{{id: {table}, rows: [{{id: Z1, label: 补充数, type: count, unit: 件}}]}}]
"""


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
    ],
)
def test_a_form_that_contradicts_itself_is_refused(
    site: Site, old: str, new: str, *, words: str
) -> None:
    replace_in(site.root / FORM, old, new=new)
    messages = [message for code, message in found(site) if code == "T110"]
    assert any(words in message for message in messages)


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
