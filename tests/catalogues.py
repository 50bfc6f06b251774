"""A site to try 信息公开目录 on: some documents of several columns, years, 体裁 and 有效性.

Promise: what stands in the sources is told once more here, so that a page can be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.pipeline import Site
from tests.sites import SMALL, copy_of, replace_in

COLUMNS = {"通知公告": "fd/tzgg", "规范性文件": "fd/gfxwj"}
GENRES = ("通知", "公告", "")
VALIDITIES = ("现行有效", "已废止", "")
COUNT = 60  # documents: more than are shown at once


@dataclass(frozen=True, slots=True)
class Told:
    """What the sources say of one record, as the filters call it."""

    title: str
    column: str
    year: str
    genre: str
    validity: str


def made(target: Path) -> tuple[Site, tuple[Told, ...]]:
    """The golden site with so many documents more, and what its catalogue must then hold."""
    site = copy_of(SMALL, target)
    replace_in(
        site.root / "config.yaml",
        "  - {folder: 法定主动公开内容/财政预决算",
        new="  - {folder: 法定主动公开内容/规范性文件, slug: fd/gfxwj, kind: documents, "
        "type: 政策文件, item: 1, description: 示例文件。, keywords: [文件]}\n"
        "  - {folder: 法定主动公开内容/财政预决算",
    )
    replace_in(site.root / "config.yaml", "  - {item: 1, reason: 示例机关没有这一项}\n", new="")
    told = [_write(site, number) for number in range(COUNT)]
    return site, (*told, *_golden())


def _golden() -> tuple[Told, ...]:
    """The records of the golden site itself."""
    return (
        Told("关于征收示例村土地的公告", "通知公告", "2024", "公告", "现行有效"),
        Told("2017年政府信息公开年度报告", "政府信息公开年报", "2018", "", ""),
        Told("政府信息公开指南", "政府信息公开指南", "2024", "", ""),
        Told("依申请公开说明", "依申请公开", "2024", "", ""),
        Told("政府信息主动公开制度", "政府信息公开制度", "2024", "", "现行有效"),
    )


def _write(site: Site, number: int) -> Told:
    column = tuple(COLUMNS)[number % 2]
    told = Told(
        title=f"关于{number}号示例事项的文件",
        column=column,
        year=str(2018 + number % 4),
        genre=GENRES[number % 3],
        validity=VALIDITIES[number // 2 % 3],
    )
    ended = "废止日期: 2023-01-01\n废止依据: 示例决定\n" if told.validity == "已废止" else ""
    file = site.root / f"content/法定主动公开内容/{column}/{told.year}/{number}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    day = f"{told.year}-05-{number % 28 + 1:02}"
    file.write_text(
        f"---\n编号: WJ-{number}\n标题: {told.title}\n公开日期: {day}\n"
        f"体裁: {told.genre}\n有效性: {told.validity}\n{ended}"
        f"内容概述: 第{number}号的内容概述。\n---\n\n示例正文。\n",
        encoding="utf-8",
    )
    return told
