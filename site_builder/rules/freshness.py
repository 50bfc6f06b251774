"""Freshness: what an inspection of government websites counts as not updated.

Promise: what is counted is said with the number that fails a site (国办秘函〔2019〕19号); a record
without a date counts as not updated, and nothing here stops a build. Where a file could not be
read, what is newest is not known, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.model.disclosure import Document
from site_builder.model.library import Library
from site_builder.model.site import Column
from site_builder.problems import Problem

TWO_WEEKS = timedelta(14)
HALF_A_YEAR = timedelta(183)
A_YEAR = timedelta(365)
VETO, LONG_VETO = 5, 10  # columns
NEWS = re.compile(r"动态|要闻")
NOTICES = re.compile(r"通知|公告|政策|规范性文件")


def check_home(library: Library) -> Iterator[Problem]:
    """首页: something new within two weeks; the front page of a parent site is not ours."""
    if library.config.shell.header or library.unread:
        return
    newest = max(_days(library).values(), default=None)
    if newest is None or library.as_of - newest > TWO_WEEKS:
        since = f"最近一条是 {newest} 公开的" if newest else "没有一条有公开日期"
        message = f"首页在 {library.as_of} 以前两周内没有新的信息：{since}"
        yield Problem("D606", library.config.site.origin.at("name"), message)


def check_columns_updated(library: Library) -> Iterator[Problem]:
    """栏目: news within two weeks, notices and policies within six months; empty ones are D531."""
    days = _days(library)
    ages = [(column, days.get(column.slug)) for column in _of_documents(library)]
    stale = [(c, said) for c, age in ages if (said := _stale(library, c, newest=age))]
    long = [c for c, age in ages if _term(c) is None and _is_old(library, age)]
    if stale:
        names = "、".join(f"“{column.name}”（{said}）" for column, said in stale)
        message = f"{len(stale)} 个栏目更新不及时：{names}"
        places = [column.origin.at("folder") for column, _ in stale]
        if len(stale) >= VETO:
            message += f"；达到 {VETO} 个，网站检查单项否决"
        code = "D608" if len(stale) >= VETO else "D607"
        yield Problem(code, places[0], message, related=tuple(places[1:]))
    if len(long) >= LONG_VETO:
        names = "、".join(f"“{column.name}”" for column in long)
        message = f"{len(long)} 个栏目超过一年没有新的信息：{names}；应更新、长期没有更新的栏目达到"
        message += f" {LONG_VETO} 个，网站检查单项否决（检查指标没有写多久是长期，这里按一年数）"
        yield Problem("D611", long[0].origin.at("folder"), message)


def _of_documents(library: Library) -> Iterator[Column]:
    """Columns of documents that are not empty, and of which every file was read."""
    filled = library.filled_columns() - library.unread_columns()
    return (c for c in library.config.columns if c.kind == "documents" and c.slug in filled)


def _days(library: Library) -> dict[str, date]:
    """The day of the newest public record of each column; reports and the like stand together."""
    newest: dict[str, date] = {}
    for record in filter(library.is_public, library.records()):
        column = record.column if isinstance(record, Document) else ""
        if record.published:
            newest[column] = max(record.published, newest.get(column, record.published))
    return newest


def _term(column: Column) -> tuple[timedelta, str] | None:
    if column.type == "工作动态" or NEWS.search(column.name):
        return TWO_WEEKS, "两周"
    if column.type == "政策文件" or NOTICES.search(column.name):
        return HALF_A_YEAR, "六个月"
    return None


def _stale(library: Library, column: Column, *, newest: date | None) -> str:
    """Why a column counts as not updated; empty where it does not."""
    term = _term(column)
    if term is None:
        return ""
    length, words = term
    if newest is None:
        return "没有一条有公开日期"
    return f"{words}内没有，最近 {newest}" if library.as_of - newest > length else ""


def _is_old(library: Library, newest: date | None) -> bool:
    return newest is None or library.as_of - newest > A_YEAR
