"""义务台账: every duty with its last day, when it was met, and why it was late.

Promise: the page of the site and the paper say the same; the page is made only where the
configuration says that the ledger is public.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from site_builder.model.duties import Duty, duties
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.pages import routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.paper_views import DutiesView, DutyRow, DutyYear, LedgerView
from site_builder.pages.pieces import Fact
from site_builder.pages.views import AssetView

TITLE = "公开义务台账"
LACKING = ("晚了", "没有公开")


def plan_ledger(context: Context) -> tuple[Page, ...]:
    """yiwu.html; it changes with the days, so nothing of what is still to come stands in it."""
    library = context.library
    if library.config.obligations.ledger != "public":
        return ()
    view = DutiesView(
        frame=frame(library, routes.DUTIES, title=TITLE, column=library.config.column("catalogue")),
        day=library.as_of.isoformat(),
        years=duty_years(duties(library)),
    )
    style = Page(routes.PAPERS_STYLE, "text", routes.PAPERS_STYLE, AssetView())
    return (Page(routes.DUTIES, "html", "pages/duties.html", view, ("config.yaml",)), style)


def ledger(library: Library, *, style: str) -> LedgerView:
    """The paper."""
    found = duties(library)
    late = sum(duty.state == "晚了" for duty in found)
    missing = sum(duty.state == "没有公开" for duty in found)
    facts = (
        Fact("单位", library.config.site.bureau),
        Fact("统计到", library.as_of.isoformat()),
        Fact("晚了", f"{late} 项"),
        Fact("没有公开", f"{missing} 项"),
    )
    return LedgerView(style, TITLE, facts, duty_years(found))


def duty_years(found: Iterable[Duty]) -> tuple[DutyYear, ...]:
    """By the year in which they were due, the newest first."""
    return tuple(
        DutyYear(f"{year}年", tuple(map(_row, those)))
        for year, those in groupby(found, key=lambda duty: duty.year)
    )


def _row(duty: Duty) -> DutyRow:
    return DutyRow(
        kind=duty.kind,
        title=duty.title,
        due=duty.due.isoformat() if duty.due else "",
        published=duty.published.isoformat() if duty.published else "",
        state=_state(duty),
        is_lacking=duty.state in LACKING,
        reason="；".join(filter(None, (duty.unknown, duty.reason))),
        basis=duty.basis,
    )


def _state(duty: Duty) -> str:
    if duty.state == "晚了":
        return f"晚了 {duty.late} 天"
    if duty.state == "按时":
        return f"提前 {-duty.late} 天" if duty.late else "按时"
    if duty.state == "没有公开" and duty.due:
        return f"没有公开，已过 {duty.late} 天"
    return duty.state
