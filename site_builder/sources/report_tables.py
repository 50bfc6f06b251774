"""Report tables: each statistics file joined to the annual report beside it.

Promise: a table is checked also where its report has an error of its own, so that one run tells
of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from site_builder.model.disclosure import AnnualReport
from site_builder.model.library import Unread
from site_builder.model.tables import Form, Table, form_for, forms_of_year
from site_builder.problems import Place, Problem
from site_builder.sources.statistics_files import StatisticsFile

SERIES = "annual-report"
REPORT = "报告.md"


@dataclass(frozen=True, slots=True)
class Joined:
    """Records with their tables, and what was wrong with the tables."""

    records: tuple[Any, ...]
    problems: tuple[Problem, ...]


def join_tables(records: Iterable[Any], forms: tuple[Form, ...]) -> Joined:
    """The records without the statistics files, which now stand as tables in their reports.

    Without forms, because one of them has an error, no table can be judged and none is made.
    """
    kept = {_file(r) or str(n): r for n, r in enumerate(records) if not _is_statistics(r)}
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for file in sorted(filter(_is_statistics, records), key=lambda f: f.path):
        report = f"{PurePosixPath(file.path).parent}/{REPORT}"
        if report in first:
            problems.append(_second(file.path, first[report]))
        elif report not in kept:
            message = f"同一个文件夹里没有 {REPORT}，统计表不知道属于哪个报告"
            problems.append(Problem("T209", Place(file.path), message))
        elif forms:
            table, found = _table(kept[report], file, forms=forms)
            kept[report] = replace(kept[report], table=table)
            problems.extend(found)
        first.setdefault(report, file.path)
    return Joined(tuple(kept.values()), tuple(problems))


def _is_statistics(record: object) -> bool:
    return isinstance(record, StatisticsFile)


def _file(record: object) -> str:
    if isinstance(record, Unread):
        return record.file
    return record.origin.place.file if isinstance(record, AnnualReport) else ""


def _second(path: str, first: str) -> Problem:
    names = f"{PurePosixPath(first).name} 和 {PurePosixPath(path).name}"
    message = f"同一年度有两份统计表：{names}"
    return Problem("T207", Place(path), message, related=(Place(first),))


def _table(
    report: AnnualReport | Unread, file: StatisticsFile, *, forms: tuple[Form, ...]
) -> tuple[Table | None, tuple[Problem, ...]]:
    year = _year(report, file)
    form = form_for(forms, SERIES, year=year, chosen=file.form)
    if form is None:
        return None, (_no_form(forms, file, year=year),)
    return file.table(form, year) if form.tables else (None, ())


def _no_form(forms: tuple[Form, ...], file: StatisticsFile, *, year: int) -> Problem:
    """Years before the official forms have local ones, which the clerk has to name."""
    named = f"编号为“{file.form}”的" if file.form else ""
    message = f"没有{named}适用于 {year} 年度的统计表式"
    usable = "、".join(form.id for form in forms_of_year(forms, SERIES, year=year))
    hint = f"这个年度可以用的有：{usable}；用“表式: 编号”写明，地方表式要当时确实用过才写。"
    return Problem("T201", Place(file.path), message, hint=hint if usable else "")


def _year(report: AnnualReport | Unread, file: StatisticsFile) -> int:
    """The folder's year: a report that states another one is reported for that, not its table."""
    folder = PurePosixPath(file.path).parent.name
    if folder.isascii() and folder.isdigit():
        return int(folder)
    if isinstance(report, AnnualReport):
        return report.year
    return file.head.year if file.head else 0
