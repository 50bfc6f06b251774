"""Budgets and accounts as documents: year, kind and the dates between approval and publication.

Promise: a term is counted only from dates that the files state, and a day is called a day of rest
only where the State Council's notice for that year is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.model.disclosure import Account
from site_builder.model.duties import BASES
from site_builder.model.library import Library
from site_builder.model.workdays import is_working_day, next_working_day
from site_builder.problems import Problem

TERM = 20  # days, 《预算法》 Art. 14
FURTHEST = {"预算": 1, "决算": -1}  # years from its publication to the year a document is of


def check_account_years(library: Library) -> Iterator[Problem]:
    """年度 and 种类 are the folders a document stands in, fit the present, and stand once."""
    first: dict[tuple[int, str], Account] = {}
    for account in library.accounts:
        year, kind = account.origin.place.file.split("/")[-3:-1]
        if year != str(account.year):
            message = f"年度写的是{account.year}，文件却放在“{year}”文件夹里"
            yield Problem("D203", account.origin.at("年度"), message)
        if kind != account.kind:
            message = f"种类写的是“{account.kind}”，文件却放在“{kind}”文件夹里"
            yield Problem("D323", account.origin.at("种类"), message)
        day = max(library.as_of, account.published or library.as_of)
        if account.year > day.year + FURTHEST[account.kind]:
            message = f"{day} 还不会有 {account.year} 年度的{account.kind}"
            yield Problem("D325", account.origin.at("年度"), message)
        other = first.setdefault((account.year, account.kind), account)
        if other is not account:
            message = f"{account.year} 年度的{account.kind}已经有《{other.title}》"
            related = (other.origin.place,)
            yield Problem("D324", account.origin.at("年度"), message, related=related)


def check_publication_terms(library: Library) -> Iterator[Problem]:
    """《预算法》 Art. 14: published within twenty days of the finance office's approval."""
    for account in library.accounts:
        if account.approved is None:
            place = account.origin.at("批复日期")
            yield Problem("D321", place, f"《{account.title}》没有批复日期，不知道是否按时公开")
        elif account.published is not None:
            yield from _check_term(account, account.approved, published=account.published)


def _check_term(account: Account, approved: date, *, published: date) -> Iterator[Problem]:
    place, related = account.origin.at("公开日期"), (account.origin.at("批复日期"),)
    last = approved + timedelta(TERM)
    if published < approved:
        message = f"公开日期 {published} 早于批复日期 {approved}"
        yield Problem("D322", place, message, related=related)
    elif published > last:
        message = f"批复 {approved} 后第 {(published - approved).days} 天（{published}）才公开"
        message += f"，晚了 {(published - last).days} 天；第 {TERM} 天是 {last}{_rest(last)}"
        if account.delay:
            message += f"；迟延说明：{account.delay}"
            yield Problem("D610", place, message, related=related, basis=BASES["部门决算"])
        else:
            yield Problem("D320", place, message, related=related)


def _rest(day: date) -> str:
    """What is known of the last day of a term: whether people work on it."""
    works = is_working_day(day)
    if works:
        return ""
    if works is None:
        return f"（{day.year} 年的节假日安排未知，没有判断是不是工作日）"
    later = next_working_day(day)
    after = f"，其后第一个工作日是 {later}" if later else ""
    return f"（休息日{after}）"
