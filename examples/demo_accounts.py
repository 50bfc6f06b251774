"""The demonstration's budgets and final accounts: an explanation and the tables of each.

Promise: the tables are in the files clerks have them in, most years as YAML, some as workbooks;
whatever the file, they hold the figures of the same invented money.
"""

from __future__ import annotations

from collections.abc import Iterator

from examples import demo_money
from examples.demo_account_tables import account_sheets
from examples.demo_account_text import account_text
from examples.demo_budget_tables import budget_sheets
from examples.demo_budget_text import budget_text
from examples.demo_layout import laid_out
from examples.demo_tables import Line, Sheet
from examples.demo_workbooks import comma_separated, workbook

FOLDER = "content/法定主动公开内容/财政预决算"
BUREAU = "示例市自然资源局"
WORKBOOKS = ((2024, "预算"), (2023, "决算"))
SEPARATED = ((2018, "决算"),)

HEAD = """\
---
编号: {id}
标题: {bureau}{title}（示例）
年度: {year}
种类: {kind}
索引号: 000000000/{published:.4}-{serial:05}
发布机构: {bureau}
批复日期: {approved}
批复文号: 示财预〔{published:.4}〕{serial}号（示例）
成文日期: {issued}
公开日期: {published}
内容概述: 示例：{title}的说明和表格，数字均为虚构。
来源: 示例内容，由程序生成
---

"""


def account_files() -> Iterator[tuple[str, str | bytes]]:
    """Every file of every budget and account, with its text or bytes."""
    for year in demo_money.BUDGETS:
        yield from _budget(year)
    for year in demo_money.ACCOUNTS:
        yield from _account(year)


def _budget(year: int) -> Iterator[tuple[str, str | bytes]]:
    day = 6 + year % 9
    head = HEAD.format(
        id=f"YS-{year}",
        bureau=BUREAU,
        title=f"{year}年部门预算",
        year=year,
        kind="预算",
        serial=300 + year % 100,
        approved=f"{year}-02-{day:02}",
        issued=f"{year}-02-{day + 4:02}",
        published=f"{year}-02-{day + 9:02}",
    )
    yield f"{FOLDER}/{year}/预算/说明.md", f"{head}{budget_text(year)}\n"
    yield from _tables(year, "预算", budget_sheets(year))


def _account(year: int) -> Iterator[tuple[str, str | bytes]]:
    day = 5 + year % 8
    head = HEAD.format(
        id=f"JS-{year}",
        bureau=BUREAU,
        title=f"{year}年度部门决算",
        year=year,
        kind="决算",
        serial=700 + year % 100,
        approved=f"{year + 1}-08-{day:02}",
        issued=f"{year + 1}-08-{day + 6:02}",
        published=f"{year + 1}-08-{day + 12:02}",
    )
    yield f"{FOLDER}/{year}/决算/说明.md", f"{head}{account_text(year)}\n"
    yield from _tables(year, "决算", account_sheets(year))


def _tables(year: int, kind: str, sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, str | bytes]]:
    """The files of the tables: YAML in most years, in some a workbook or a CSV for each table."""
    folder = f"{FOLDER}/{year}/{kind}"
    if (year, kind) not in (*WORKBOOKS, *SEPARATED):
        yield f"{folder}/表.yaml", _yaml(sheets)
        return
    printed = laid_out(sheets, bureau=BUREAU, kind=kind, year=year)
    if (year, kind) in WORKBOOKS:
        title = f"{year}年部门{kind}公开表"
        yield f"{folder}/{kind}公开表.xlsx", workbook(printed, title=title, bureau=BUREAU)
        return
    for number, table in enumerate(printed, 1):
        yield f"{folder}/公开{number:02}表.csv", comma_separated(table)


def _yaml(sheets: tuple[Sheet, ...]) -> str:
    usual = sheets[0].unit
    return f"单位: {usual}\n填报单位: {BUREAU}\n" + "".join(
        line for sheet in sheets for line in _sheet(sheet, usual=usual)
    )


def _sheet(sheet: Sheet, *, usual: str) -> Iterator[str]:
    if not sheet.lines:
        yield f"{sheet.title}: {sheet.note}\n"
        return
    yield f"{sheet.title}:\n"
    if sheet.unit != usual:
        yield f"  单位: {sheet.unit}\n"
    for line in sheet.lines:
        yield from _line(line, depth=1)


def _line(line: Line, *, depth: int) -> Iterator[str]:
    pad, name = "  " * depth, f"{line.code} {line.label}".strip()
    written = [f"{figure / 100:.2f}" for figure in line.figures]
    values = written[0] if len(written) == 1 else f"[{', '.join(written)}]"
    if not line.below:
        yield f"{pad}{name}: {values}\n"
        return
    yield f"{pad}{name}:\n{pad}  本项: {values}\n"
    for inner in line.below:
        yield from _line(inner, depth=depth + 1)
