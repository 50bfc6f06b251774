"""Requests in words: which applications are open and when they are due, and the year's table.

Promise: the register is only read; what is written is a new file, and no name or subject of an
application is in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from site_builder.delivery.drafts import statistics_text
from site_builder.model.requests import (
    Days,
    Request,
    RequestBook,
    due,
    notice_due,
    tally,
    working_days_until,
)
from site_builder.model.tables import Cell, Form, FormTable, Table, form_for
from site_builder.pipeline import Site
from site_builder.problems import Problem, errors
from site_builder.sources.config import load_config
from site_builder.sources.forms import load_application_rules, load_forms
from site_builder.sources.report_tables import SERIES
from site_builder.sources.requests import PATH, check_requests, read_requests

PART = "requests"
UNKNOWN = "这段时间的放假安排还没有收进程序，请照通知自己算"


@dataclass(frozen=True, slots=True)
class Register:
    """The register, or the problems that keep it from being used; the year's form with its table
    of applications, where it has one; the terms of the regulation.
    """

    problems: tuple[Problem, ...]
    book: RequestBook | None = None
    table: tuple[Form, FormTable] | None = None
    bureau: str = ""
    days: Days = field(default_factory=dict)


def open_register(site: Site, year: int, *, may_lack: bool = False) -> Register:
    """The register, held against the table that a year's count is made for.

    One that is not there yet is empty where it `may_lack`.
    """
    config, problems = load_config(site.root)
    rules = load_application_rules()
    if config is None or rules is None:
        return Register(problems)
    forms, found = load_forms(site.root, config.forms)
    form = form_for(forms, SERIES, year=year)
    part = next((p for p in form.tables if p.id == PART), None) if form else None
    is_lacking = may_lack and not (site.root / PATH).exists()
    book, read = (RequestBook(()), ()) if is_lacking else read_requests(site.root)
    problems = (*found, *read)
    if book and part:
        problems += tuple(check_requests(book, part))
    usable = None if errors(problems) else book
    table = (form, part) if form and part else None
    return Register(problems, usable, table, config.site.bureau, rules.days())


def status_lines(book: RequestBook, today: date, *, days: Days) -> tuple[str, ...]:
    """Open applications, the one that is due first before the others."""
    waiting = [request for request in book.requests if request.answered is None]
    closed = f"已经办结 {len(book.requests) - len(waiting)} 件。"
    if not waiting:
        return (f"没有正在办理的申请。{closed}",)
    waiting.sort(key=lambda request: due(request, days) or date.max)
    lines = (f"  {r.id}（{r.received} 收到）：{_state(r, today, days=days)}" for r in waiting)
    return (f"正在办理 {len(waiting)} 件：", *lines, closed)


def filled(book: RequestBook, table: tuple[Form, FormTable], *, year: int, bureau: str) -> str:
    """统计.yaml of a year: the table of applications counted, everything else blank."""
    form, part = table
    counts = tally(book.requests, part, year=year)
    cells = {key: Cell(str(number), Decimal(number)) for key, number in counts.items()}
    return statistics_text(form, Table(form, year, bureau, cells, {}), explained=True)


def write_draft(file: Path, text: str) -> None:
    """A new file; raises FileExistsError, or another OSError where the disk refuses."""
    with file.open("xb") as stream:
        stream.write(text.encode())


def _state(request: Request, today: date, *, days: Days) -> str:
    if request.asked and not request.completed:
        return "等申请人补正，期限从收到补正起算"
    if request.consulted and not request.heard:
        return "等第三方或者其他机关的意见，这段时间不计入期限"
    last = due(request, days)
    left = working_days_until(today, last) if last else None
    if last is None or left is None:
        return UNKNOWN
    extended = "（已延期）" if request.extended else ""
    if left < 0:
        return f"应当在 {last} 以前答复{extended}，已经超过 {-left} 个工作日"
    return f"{last} 以前答复{extended}，还有 {left} 个工作日{_notice(request, today, days=days)}"


def _notice(request: Request, today: date, *, days: Days) -> str:
    last = notice_due(request, days)
    if request.asked or last is None or today > last:
        return ""
    return f"；要补正的，{last} 以前告知"
