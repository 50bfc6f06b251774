"""Requests: the bureau's private register of applications, their terms and the annual count.

Promise: a term is counted in working days that a notice of the State Council decides, time that
others take is left out, and what no notice decides is not guessed; the count adds up by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from site_builder.model.application import TermId
from site_builder.model.fields import Origin, clerk, origin_field
from site_builder.model.tables import FormTable
from site_builder.model.terms import Application, last_days
from site_builder.model.workdays import is_working_day

RECEIVED, BEFORE, TOTAL, LEFT = "R1", "R2", "R3.7", "R4"  # rows of the official table
WHOLE = "total"
Days = Mapping[TermId, int]
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Request:
    """One application and what became of it."""

    id: str = clerk("编号", about="登记的编号")
    received: date = clerk("收到日期", about="《条例》第三十一条规定的收到申请之日")
    applicant: str = clerk("申请人类型", about="照统计表的列名，如 自然人")
    subject: str = clerk("内容", "")
    asked: date | None = clerk("补正告知", None, about="告知申请人补正的日期")
    completed: date | None = clerk("补正收到", None, about="收到补正的日期，期限从这一天起算")
    consulted: date | None = clerk("征求意见", None, about="征求第三方或者其他机关意见的日期")
    heard: date | None = clerk("意见收到", None, about="收到意见的日期；这段时间不计入期限")
    extended: date | None = clerk("延期告知", None, about="告知申请人延长二十个工作日的日期")
    answered: date | None = clerk("答复日期", None, about="答复或者办结的日期")
    result: str = clerk("处理结果", "", about="照统计表的行名，不带序号，如 予以公开")
    remark: str = clerk("备注", "")
    origin: Origin = origin_field()


@dataclass(frozen=True, slots=True)
class RequestBook:
    """登记/依申请公开.yaml: all applications."""

    requests: tuple[Request, ...] = clerk("登记", about="每件申请一项")
    origin: Origin = origin_field()


def due(request: Request, days: Days) -> date | None:
    """The last day for the answer; None where no notice decides a day of it."""
    return _last_days(request, days)["extended" if request.extended else "answer"]


def notice_due(request: Request, days: Days) -> date | None:
    """The last day on which the applicant may be asked to complete the application."""
    return _last_days(request, days)["notice"]


def working_days_until(today: date, last: date) -> int | None:
    """How many working days are left after today; negative for those that have passed."""
    left = _working_days_between(*sorted((today, last)))
    if left is None:
        return None
    return left if last >= today else -left


def bare(label: str) -> str:
    """A row's label without its number and the remark behind it: `（二）部分公开（…）`."""
    plain = re.sub(r"^(?:（[一二三四五六七八九十]+）|[0-9]+\.)", "", label)
    return re.sub(r"（[^（）]*）$", "", plain)


def results(part: FormTable) -> dict[str, str]:
    """The rows of the table that are results, by what a register calls them."""
    rows = (row for _, row in part.walk() if row.type != "heading")
    return {bare(r.label): r.id for r in rows if r.id.startswith("R3.") and r.id != TOTAL}


def applicants(part: FormTable) -> dict[str, str]:
    """The columns of the table that are kinds of applicants, by their labels."""
    return {c.label: c.id for c in part.leaves() if c.id != WHOLE}


def tally(requests: Iterable[Request], part: FormTable, *, year: int) -> Counts:
    """Every cell of the year's table; an application counts where it is received and answered."""
    rows, columns = results(part), applicants(part)
    counts: Counter[tuple[str, str]] = Counter()
    for request in requests:
        if request.received.year > year:
            continue
        column = columns[request.applicant]
        open_before = request.answered is None or request.answered.year >= year
        if request.received.year == year:
            counts[RECEIVED, column] += 1
        elif open_before:
            counts[BEFORE, column] += 1
        else:
            continue
        if request.answered and request.answered.year == year:
            counts[rows[request.result], column] += 1
            counts[TOTAL, column] += 1
        else:
            counts[LEFT, column] += 1
    named = (RECEIVED, BEFORE, *rows.values(), TOTAL, LEFT)
    whole = {(row, WHOLE): sum(counts[row, c] for c in columns.values()) for row in named}
    return {(row, c): counts[row, c] for row in named for c in columns.values()} | whole


def _last_days(request: Request, days: Days) -> Mapping[TermId, date | None]:
    """As the public page of terms counts them."""
    steps = (request.received, request.completed, request.consulted, request.heard)
    return last_days(Application(*steps), days)


def _working_days_between(first: date, last: date) -> int | None:
    """Working days after the first day up to the last; None where one of them is not known."""
    days = [is_working_day(first + timedelta(n)) for n in range(1, (last - first).days + 1)]
    return None if None in days else sum(map(bool, days))
