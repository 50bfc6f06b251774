"""The demonstration site: a fictional bureau with its reports and documents since 2008.

Promise: everything in it is invented, says so (示例), satisfies every rule of the forms, and is the
same whenever this script is run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))  # its neighbours, from wherever it is run

from examples.demo_accounts import account_files  # after the path is set
from examples.demo_columns import document_columns
from examples.demo_drafts import written
from examples.demo_land import land_drafts, notice_drafts
from examples.demo_rules import rule_drafts, standing_rule_drafts
from examples.demo_services import service_drafts
from examples.demo_supervision import supervision_drafts

HERE = Path(__file__).parent / "示例市自然资源局"
SCHEMAS = Path(__file__).parents[1] / "site_builder" / "schemas"
BUREAU = "示例市自然资源局"
YEARS = range(2008, 2026)
SEED = 2008
FORMS = (2014, 2019, 2021)
FIXED_CHAPTERS = 2019
LOCAL_FORMS = {2012: "fujian_2011", 2013: "fujian_2011"}
PROBLEMS = (
    "政策解读多用文字，图解和短视频少",
    "个别科室报送信息不及时，由办公室每月提醒",
    "公开目录更新慢，群众查找宗地信息不方便",
    "经办人员轮岗后不熟悉答复格式，需要培训",
    "历史文件没有全部数字化，查阅点只能看纸质件",
)
Figures = dict[str, tuple[int, ...]]

CONFIG = """\
# 示例网站：机关、文号、数字均为虚构。
site:
  bureau: 示例市自然资源局
  name: 示例市自然资源局政府信息公开
  domain: example.invalid
  id_code: "0000000000"
  icp: 示例ICP备案号
  police: 示例公安备案号
  demo: true

contact:
  office: 示例市自然资源局办公室
  address: 示例市示例路1号
  postcode: "000000"
  hours: 示例时间
  phone: 0000-0000000
  fax: 0000-0000001
  email: office@example.invalid
  web: 示例网上申请入口
  supervisor: 示例市人民政府办公室 0000-0000002

forms: []

standard_items: natural-resources

not_applicable:
  - {item: 14, reason: 示例：公务员由市里统一招考，本局不组织。}

columns:
  - folder: 政府信息公开指南
    slug: zn
    kind: guide
    type: 信息公开指南
    description: 示例：公开什么、在哪里看、向谁申请。
    keywords: [政府信息公开指南]
  - folder: 政府信息公开制度
    slug: zd
    kind: rules
    type: 政策文件
    description: 示例：主动公开、依申请公开、保密审查等制度。
    keywords: [政府信息公开制度]
  - folder: 法定主动公开内容
    slug: fd
    kind: catalogue
    type: 信息公开目录
    description: 示例：按《条例》第二十条、第二十一条排列。
    keywords: [法定主动公开内容]
  - folder: 法定主动公开内容/财政预决算
    slug: yjs
    kind: accounts
    type: 信息公开目录
    item: 7
    description: 示例：部门预算和部门决算。
    keywords: [部门预算, 部门决算]
{documents}  - folder: 政府信息公开年报
    slug: gknb
    kind: reports
    type: 信息公开年报
    description: 示例：历年年度报告和统计表。
    keywords: [政府信息公开年报]
  - folder: 依申请公开
    slug: ysqgk
    kind: application
    type: 依法申请公开
    description: 示例：怎样申请，多久答复。
    keywords: [依申请公开]
"""

GUIDE = """\
## 公开范围

示例内容。

## 分类、编排和获取

示例：信息按栏目分类，按年份编排，可以在本网站查阅、下载。"""


def files() -> Iterator[tuple[str, str | bytes]]:
    """Every file of the site with its text, or its bytes where it is none."""
    yield "config.yaml", CONFIG.replace("{documents}", document_columns())
    yield from account_files()
    yield from _standing()
    yield from _documents()
    for year in YEARS:
        folder = f"content/政府信息公开年报/{year}"
        yield f"{folder}/报告.md", _report(year)
        if year >= FORMS[0] or year in LOCAL_FORMS:
            yield f"{folder}/统计.yaml", _statistics(year)


def _standing() -> Iterator[tuple[str, str]]:
    texts = {
        "政府信息公开指南/指南.md": ("ZN-1", "政府信息公开指南", GUIDE),
        "依申请公开/说明.md": ("SQ-1", "依申请公开说明", "## 怎样申请\n\n示例：当面、信函提出。"),
    }
    for path, (id, title, body) in texts.items():
        head = f"编号: {id}\n标题: {title}\n发布机构: {BUREAU}\n公开日期: 2018-01-02"
        yield f"content/{path}", f"---\n{head}\n---\n\n{body}\n"


def _documents() -> Iterator[tuple[str, str | bytes]]:
    """Each column draws from a source of chance of its own: one more there changes nothing here."""
    sources = (
        standing_rule_drafts,
        rule_drafts,
        service_drafts,
        supervision_drafts,
        notice_drafts,
        land_drafts,
    )
    yield from written(
        draft for seed, drafts in enumerate(sources, SEED) for draft in drafts(Random(seed))
    )


def _report(year: int) -> str:
    head = (
        f"编号: NB-{year}\n标题: {year}年政府信息公开年度报告（示例）\n年度: {year}\n"
        f"发布机构: {BUREAU}\n成文日期: {year + 1}-01-20\n公开日期: {year + 1}-01-25"
    )
    opening = "本报告为示例，数字均为虚构。\n\n"
    return f"---\n{head}\n---\n\n{opening}{_body(year)}\n"


def _body(year: int) -> str:
    if year < FORMS[0]:
        return _body_before(year)
    if year < FIXED_CHAPTERS:
        return _body_2014(year)
    new, left, still_open = _new(year), _open(year - 1), _open(year)
    reviews = year % 3 + 1
    texts = (
        f"{year}年1月1日至12月31日的情况如下。主动公开：按示例目录公开。依申请公开："
        f"收到政府信息公开申请{new}件，上年结转{left}件，办结{new + left - still_open}件。"
        "政府信息管理：示例内容。平台建设：示例内容。监督保障：示例内容。",
        "统计数见所附的表。",
        f"全年新收申请{new}件，上年结转{left}件；结转下年度继续办理{still_open}件。",
        f"因政府信息公开引发的行政复议{reviews}件、政府信息公开行政诉讼0件。",
        f"存在的问题是：{_problem(year)}。改进情况：“{_problem(year - 1)}”的问题已经改进。（示例）",
        f"{year}年没有收取信息处理费。",
    )
    pairs = zip(_form(year)["chapters"], texts, strict=True)
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in pairs)


def _body_before(year: int) -> str:
    """Free text; the local table, where there is one, stands after it."""
    tables = "统计数见文后的地方统计表。" if year in LOCAL_FORMS else "示例内容。"
    return f"## 一、主动公开情况\n\n示例内容。\n\n## 二、依申请公开情况\n\n{tables}"


def _body_2014(year: int) -> str:
    figures = _figures_2014(year)
    return (
        f"## 一、主动公开情况\n\n全年主动公开政府信息{figures['A1']}条，政府网站公开政府信息数"
        f"{figures['A2.2']}条，召开新闻发布会{figures['B2.1']}次，发布政策解读稿件"
        f"{figures['B2.3']}篇。\n\n## 二、依申请公开情况\n\n收到政府信息公开申请"
        f"{figures['C1']}件，其中当面申请{figures['C1.1']}件、信函申请{figures['C1.4']}件。"
        "政府信息公开申请答复率100%、按时答复率100%。"
    )


def _problem(year: int) -> str:
    """A shortcoming for each year, so that no two neighbouring years say the same."""
    return PROBLEMS[year % len(PROBLEMS)]


def _form(year: int) -> dict[str, Any]:
    since = max((first for first in FORMS if first <= year), default=0)
    name = LOCAL_FORMS.get(year, f"annual_{since}")
    text = (SCHEMAS / f"{name}.yaml").read_text(encoding="utf-8")
    form: dict[str, Any] = yaml.safe_load(text)
    return form


def _statistics(year: int) -> str:
    form, figures = _form(year), _figures(year)
    chosen = f"表式: {form['id']}\n" if year in LOCAL_FORMS else ""
    head = f"年度: {year}\n填报单位: {BUREAU}\n{chosen}统计数:\n"
    if len(form["tables"]) == 1:
        return head + "".join(_lines(form["tables"][0], figures, depth=1))
    return head + "".join(
        f"  {table['title']}:\n" + "".join(_lines(table, figures, depth=2))
        for table in form["tables"]
    )


def _lines(table: dict[str, Any], figures: Figures, *, depth: int) -> Iterator[str]:
    width = len(list(_leaves(table["columns"])))
    for row in table["rows"]:
        yield from _row(row, figures, depth=depth, width=width)


def _row(row: dict[str, Any], figures: Figures, *, depth: int, width: int) -> Iterator[str]:
    pad, value = "  " * depth, ""
    if row["type"] != "heading":
        numbers = figures.get(row["id"], (0,) * width)
        value = f" {numbers[0]}" if width == 1 else f" [{', '.join(map(str, numbers))}]"
    if not row.get("rows"):
        yield f"{pad}{row['label']}:{value}\n"
        return
    yield f"{pad}{row['label']}:\n"
    if value:
        yield f"{pad}  本项:{value}\n"
    for inner in row["rows"]:
        yield from _row(inner, figures, depth=depth + 1, width=width)


def _leaves(columns: list[dict[str, Any]]) -> Iterator[str]:
    for column in columns:
        if "columns" in column:
            yield from _leaves(column["columns"])
        else:
            yield column["id"]


def _figures(year: int) -> Figures:
    """Figures that satisfy every rule: totals are made from their parts, stocks from last year."""
    if year in LOCAL_FORMS:
        return _figures_before(year)
    if year < FIXED_CHAPTERS:
        return {id: (number,) for id, number in _figures_2014(year).items()}
    return {**_requests(year), **_disputes(year), **_published(year)}


def _figures_before(year: int) -> Figures:
    """Figures of the year and their sum over the years, which begins with this table."""
    own = {
        "FJ1": (96, 104),
        "FJ1.web": (90, 98),
        "FJ2": (3, 4),
        "FJ2.counter": (2, 3),
        "FJ2.letter": (1, 1),
        "FJ3": (3, 4),
        "FJ3.granted": (3, 4),
    }
    years = range(min(LOCAL_FORMS), year + 1)
    return {
        id: (numbers[year - years[0]], sum(numbers[: len(years)])) for id, numbers in own.items()
    }


def _figures_2014(year: int) -> dict[str, int]:
    step = year - FORMS[0]
    counter, letter = 2 + step, 1 + step % 3
    asked = counter + letter
    return {
        "A1": 120 + 15 * step,
        "A1a": 2,
        "A1b": 3,
        "A2.2": 110 + 12 * step,
        "A2.3": 40 + step,
        "B1": 1,
        "B2.1": 1,
        "B2.3": 2 + step,
        "B2.4": 1,
        "C1": asked,
        "C1.1": counter,
        "C1.4": letter,
        "C2": asked,
        "C2.1": asked,
        "C3": asked,
        "C3.2": asked,
        "H1": 1,
        "H2": 1,
        "H3": 3,
        "H3.1": 1,
        "H3.2": 2,
        "H4": 2,
        "I1": 2,
        "I2": 1,
        "I3": 40,
    }


def _new(year: int) -> int:
    """Requests received in a year, by people and by firms together."""
    return 6 + (year * 7) % 11 + (year - FIXED_CHAPTERS)


def _open(year: int) -> int:
    """Requests still open at the end of a year; the form of 2018 knew no such figure."""
    return 0 if year < FIXED_CHAPTERS else year % 3


def _requests(year: int) -> Figures:
    """All from people but two from firms; what is open at the end is a person's."""
    firms = 2
    people = _new(year) - firms
    done = people + _open(year - 1) - _open(year)
    partly = min(2, done)
    return {
        "R1": _applicants(people, firms),
        "R2": _applicants(_open(year - 1), 0),
        "R3.1": _applicants(done - partly, firms),
        "R3.2": _applicants(partly, 0),
        "R3.7": _applicants(done, firms),
        "R4": _applicants(_open(year), 0),
    }


def _applicants(people: int, firms: int) -> tuple[int, ...]:
    return (people, firms, 0, 0, 0, 0, people + firms)


def _disputes(year: int) -> Figures:
    review = (year % 3, 1, 0, 0, year % 3 + 1)
    return {"D": (*review, *(0,) * 5, *(0,) * 5)}


def _published(year: int) -> Figures:
    """Stocks grow by one rule document a year, three to begin with."""
    if year < FORMS[2]:
        return {
            "Q1.2": (1, 1, 10 + year - FIXED_CHAPTERS),
            "Q5.1": (20 + year - FIXED_CHAPTERS, 1, 150),
            "Q6.1": (30, 0, 12),
            "Q9.1": (3, 128000),
        }
    made, ended = 2, 1
    valid = 11 + (made - ended) * (year - FORMS[2])
    return {"P1.2": (made, ended, valid), "P5.1": (140 + year % 9,), "P6.1": (10 + year % 4,)}


if __name__ == "__main__":
    for path, text in files():
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
