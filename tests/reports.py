"""Reports to test on: a text, and where wanted a table, read as the site reads them.

Promise: what a test finds in a report is what a clerk would be told, with the line of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.sources.load import load
from tests.sites import AS_OF, REPOSITORY, SMALL, copy_of

DEMO = REPOSITORY / "examples" / "示例市自然资源局"
FOLDER = "content/政府信息公开年报"
FIRST_LINE = 10  # the line of the file on which the text of a report begins
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
CHAPTERS = (
    "主动公开、依申请公开、政府信息管理、平台建设、监督保障各方面的情况如下。",
    "见附表。",
    "见附表。",
    "没有。",
    "查找公开目录不方便，已经增加检索功能。",
    "没有收取信息处理费。",
)
Check = Callable[[Library], Iterable[Problem]]


def library_of(
    folder: Path, texts: dict[int, str], tables: dict[int, str] | None = None
) -> Library:
    """A small site with the reports of some years, their tables as YAML or copied from the demo."""
    site = copy_of(SMALL, folder)
    for year, text in texts.items():
        place = site.root / FOLDER / str(year)
        place.mkdir(exist_ok=True)
        head = f"---\n编号: NB-{year}\n标题: 年度报告\n年度: {year}\n发布机构: 示例市自然资源局\n"
        dates = f"成文日期: {year + 1}-01-20\n公开日期: {year + 1}-01-21\n---\n\n"
        (place / "报告.md").write_text(head + dates + text + "\n", encoding="utf-8")
    for year, table in (tables or {}).items():
        (site.root / FOLDER / str(year) / "统计.yaml").write_text(table, encoding="utf-8")
    library, _ = load(site.root, AS_OF)
    assert library is not None
    return library


def demo_table(year: int) -> str:
    """The table of a year of the demonstration site."""
    return (DEMO / FOLDER / str(year) / "统计.yaml").read_text(encoding="utf-8")


def chaptered(changes: dict[int, str] | None = None) -> str:
    """The six chapters, some with other texts (counted from 1)."""
    texts = [(changes or {}).get(i, text) for i, text in enumerate(CHAPTERS, 1)]
    return "\n\n".join(f"## {head}\n\n{text}" for head, text in zip(HEADINGS, texts, strict=True))


def said(library: Library, *checks: Check) -> list[str]:
    """«12:5 D402 message» for each finding, in the order of the file."""
    return [
        f"{p.place.line}:{p.place.column} {p.code} {p.message}" for p in _found(library, checks)
    ]


def codes(library: Library, *checks: Check) -> list[str]:
    """The codes alone."""
    return [problem.code for problem in _found(library, checks)]


def _found(library: Library, checks: tuple[Check, ...]) -> Iterator[Problem]:
    found = [problem for check in checks for problem in check(library)]
    yield from sorted(found, key=lambda p: (p.place, p.code))
