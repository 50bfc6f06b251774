"""Duties: what the bureau owes the public, by when, and when it was published.

Promise: a term is counted only from dates the files state, by the rule in force then; where it
cannot be counted the duty says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from site_builder.model.disclosure import AccountKind, Document, Record
from site_builder.model.library import Library
from site_builder.model.workdays import working_days_after
from site_builder.problems import Place

DutyKind = Literal["年度报告", "部门预算", "部门决算", "网站年度工作报表", "文件"]
State = Literal["按时", "晚了", "没有公开", "还没有到期", "不能计算"]
REVISED = date(2019, 5, 15)  # from this day the regulation of 国务院令第711号 is in force
FIRST_REPORT = 2019  # the first year of which a report was due under it
FIRST_SHEET = 2017  # 国办函〔2018〕12号 asks for the sheet of this year first
TERM = 20  # working days of Art. 26; days of 《预算法》 Art. 14
SHEET = re.compile(r"网站.{0,4}年度?工作?(?:年度)?报表")
LAST_DAYS = {  # of the annual report: month and day of the year after
    "department": (1, 31),
    "county": (2, 20),
    "prefecture": (3, 10),
    "province": (3, 31),
}
REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
BASES: dict[DutyKind, str] = {
    "年度报告": f"{REGULATION}第四十九条",
    "部门预算": "《中华人民共和国预算法》第十四条",
    "部门决算": "《中华人民共和国预算法》第十四条",
    "网站年度工作报表": "国办函〔2018〕12号",
    "文件": f"{REGULATION}第二十六条",
}
_ORDER = list(BASES)
COMPILED = "国办公开办函〔2021〕30号"  # the last days of counties, prefectures and provinces
OLD_RULES = "早于修订后的《政府信息公开条例》施行，没有计算"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is or was due.

    `year` is the one it stands under in the ledger, `of` the year it speaks of; `unknown` says why
    there is no last day, `reason` why it came late, as its record states it.
    """

    kind: DutyKind
    year: int
    of: int
    title: str
    state: State
    due: date | None = None
    published: date | None = None
    late: int = 0
    unknown: str = ""
    reason: str = ""
    place: Place = Place("")
    basis: str = ""


def duties(library: Library) -> tuple[Duty, ...]:
    """Everything that can be known to be due, the newest year first."""
    found = (
        *_reports(library),
        *_accounts(library),
        *_sheets(library),
        *_late_documents(library),
    )
    since = library.config.obligations.since
    kept = (duty for duty in found if duty.of >= since)
    return tuple(sorted(kept, key=lambda duty: (-duty.year, _ORDER.index(duty.kind), duty.title)))


def _reports(library: Library) -> Iterator[Duty]:
    """Of each year since the first that the site knows of; registered ones are known elsewhere."""
    if library.config.column("reports") is None:
        return
    held = {report.year: report for report in library.reports}
    elsewhere = {entry.year for entry in library.registered if entry.kind == "年度报告"}
    elsewhere |= {int(file.year) for file in library.unread if file.year.isdigit()}
    last = library.as_of.year - 1
    first = library.config.obligations.since or min((*held, *elsewhere, last))
    for year in sorted({*held, *range(max(first, FIRST_REPORT), last + 1)} - elsewhere | {*held}):
        title, due = f"{year}年政府信息公开工作年度报告", _report_due(library, year)
        unknown = "" if due else OLD_RULES
        record = held.get(year)
        yield _duty(library, "年度报告", of=year, title=title, due=due, unknown=unknown, by=record)


def _report_due(library: Library, year: int) -> date | None:
    if year < FIRST_REPORT:
        return None
    return date(year + 1, *LAST_DAYS[library.config.obligations.level])


def _accounts(library: Library) -> Iterator[Duty]:
    """Those held, and the years between them of which there is none."""
    kinds: tuple[AccountKind, ...] = ("预算", "决算")
    for kind in kinds:
        held = {a.year: a for a in library.accounts if a.kind == kind}
        elsewhere = {e.year for e in library.registered if e.kind == kind}
        elsewhere |= {int(f.year) for f in library.unread if f.year.isdigit()}
        elsewhere |= _unread_accounts(library, kind)
        years = range(min(held), max(held) + 1) if held else ()
        for year in (y for y in years if y in held or y not in elsewhere):
            record = held.get(year)
            approved = record.approved if record else None
            yield _duty(
                library,
                "部门预算" if kind == "预算" else "部门决算",
                of=year,
                title=f"{year}年度部门{kind}",
                due=approved + timedelta(TERM) if approved else None,
                unknown="" if approved else "没有批复日期，不知道期限",
                by=record,
            )


def _unread_accounts(library: Library, kind: AccountKind) -> set[int]:
    found = (re.search(rf"/([0-9]{{4}})/{kind}/", file.file) for file in library.unread)
    return {int(match[1]) for match in found if match}


def _sheets(library: Library) -> Iterator[Duty]:
    """政府网站年度工作报表; a platform inside a parent site has none of its own."""
    if library.config.shell.header:
        return
    held: dict[int, Document] = {}
    for document in library.documents:
        year = re.search(r"(?:19|20)[0-9]{2}", document.title)
        if year and SHEET.search(document.title):
            held.setdefault(int(year[0]), document)
    last = library.as_of.year - 1
    first = max(library.config.obligations.since or min((*held, last)), FIRST_SHEET)
    for year in sorted({*held, *range(first, last + 1)}):
        title, due = f"{year}年政府网站年度工作报表", date(year + 1, 1, 31)
        yield _duty(library, "网站年度工作报表", of=year, title=title, due=due, by=held.get(year))


def _late_documents(library: Library) -> Iterator[Duty]:
    """Documents that came later than Art. 26 allows, or of which that cannot be counted."""
    for document in library.documents:
        issued, published = document.issued, document.published
        if issued is None or published is None or issued < REVISED:
            continue
        if document.openness != "主动公开" or (published - issued).days <= TERM:
            continue  # so few days hold no more working days
        due = _after_issue(issued)
        if due is None or published > due:
            unknown = "" if due else f"{issued} 以后的节假日安排未知，没有计算"
            title = document.title
            yield _duty(
                library, "文件", of=issued.year, title=title, due=due, unknown=unknown, by=document
            )


@cache
def _after_issue(issued: date) -> date | None:
    return working_days_after(issued, TERM)


def _duty(
    library: Library,
    kind: DutyKind,
    *,
    of: int,
    title: str,
    due: date | None,
    by: Record | None,
    unknown: str = "",
) -> Duty:
    seen = by is not None and by.openness == "主动公开" and not library.is_withheld(by)
    published = by.published if by and seen else None
    state, late = _state(library.as_of, due, published=published, held=seen)
    day = due or published
    return Duty(
        kind=kind,
        year=day.year if day else of,
        of=of,
        title=title,
        state=state,
        due=due,
        published=published,
        late=late,
        unknown=unknown or ("没有公开日期" if seen and published is None else ""),
        reason=by.delay if by else "",
        place=by.origin.at("公开日期") if by else Place(""),
        basis=_basis(library, kind),
    )


def _basis(library: Library, kind: DutyKind) -> str:
    own = kind == "年度报告" and library.config.obligations.level != "department"
    return f"{BASES[kind]}；{COMPILED}" if own else BASES[kind]


def _state(
    as_of: date, due: date | None, *, published: date | None, held: bool
) -> tuple[State, int]:
    """What became of it, and the days between its last day and its publication (or today)."""
    if published is None and held:
        return "不能计算", 0
    if due is None:
        return ("不能计算" if held else "没有公开"), 0
    late = ((published or as_of) - due).days
    if published is None:
        return ("没有公开" if late > 0 else "还没有到期"), late
    return ("晚了" if late > 0 else "按时"), late
