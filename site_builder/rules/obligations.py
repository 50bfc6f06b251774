"""Obligations: what was published late or not at all, as of the day the build speaks for.

Promise: what is due is named with its last day and its article; a delay that its record explains
is a note, and no term is counted from a date that no file states.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.duties import Duty, DutyKind, duties
from site_builder.model.library import Library
from site_builder.problems import Place, Problem

MISSING: dict[DutyKind, str] = {"年度报告": "D602", "网站年度工作报表": "D605"}
GAPS: tuple[DutyKind, ...] = ("部门预算", "部门决算")
# Late budgets and accounts are told by the check of their own term.
LATE: dict[DutyKind, str] = {"文件": "D601", "年度报告": "D603", "网站年度工作报表": "D603"}


def check_obligations(library: Library) -> Iterator[Problem]:
    """Everything the ledger calls late or missing."""
    found = duties(library)
    for duty in found:
        if duty.state == "晚了" and duty.kind in LATE:
            yield _late(duty)
    for kind, code in MISSING.items():
        missing = [d for d in found if d.kind == kind and d.state == "没有公开"]
        if missing:
            yield _missing(library, missing, code=code)
    for kind in GAPS:
        missing = [d for d in found if d.kind == kind and d.state == "没有公开"]
        if missing:
            message = f"没有 {_years(missing)}年度的{kind}，前后年度的都有"
            yield Problem("D604", _column_place(library, kind), message)


def _late(duty: Duty) -> Problem:
    message = f"《{duty.title}》应当在 {duty.due} 以前公开，{duty.published} 才公开"
    message += f"，晚了 {duty.late} 天"
    if duty.reason:
        return Problem("D610", duty.place, f"{message}；迟延说明：{duty.reason}", basis=duty.basis)
    return Problem(LATE[duty.kind], duty.place, message, basis=duty.basis)


def _missing(library: Library, missing: list[Duty], *, code: str) -> Problem:
    """One problem for all years: `missing` begins with the newest."""
    newest = missing[0]
    message = (
        f"没有公开 {_years(missing)}年的{newest.kind}：{newest.of} 年的应当在 {newest.due} 以前"
    )
    message += f"公开，到 {library.as_of} 已经过了 {newest.late} 天"
    return Problem(code, _column_place(library, newest.kind), message, basis=newest.basis)


def _years(missing: list[Duty]) -> str:
    return "、".join(str(duty.of) for duty in reversed(missing)) + " "


def _column_place(library: Library, kind: DutyKind) -> Place:
    column = None
    if kind == "年度报告":
        column = library.config.column("reports")
    elif kind in GAPS:
        column = library.config.column("accounts")
    return column.origin.at("folder") if column else library.config.origin.at("columns")
