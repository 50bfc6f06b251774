"""Import: a report in another format → the files of a year.

Promise: nothing is written without being asked for, nothing that stands there is overwritten, and
nothing is written while a single figure or row could not be placed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.delivery.drafts import (
    REPORT,
    STATISTICS,
    AlreadyThere,
    report_text,
    statistics_text,
    write_new,
)
from site_builder.delivery.new_report import no_column, report_id
from site_builder.model.site import Column
from site_builder.model.tables import Form, form_for
from site_builder.pipeline import Site
from site_builder.problems import Place, Problem, errors, in_order
from site_builder.sources.blocks import Block
from site_builder.sources.columns import CONTENT
from site_builder.sources.config import load_config
from site_builder.sources.forms import load_forms
from site_builder.sources.intake import read_intake
from site_builder.sources.recognise import Report, recognise
from site_builder.sources.report_tables import SERIES


@dataclass(frozen=True, slots=True)
class Imported:
    """What was understood, what was written and where it would be, and what is wrong."""

    report: Report | None = None
    folder: str = ""
    written: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error kept it from being written."""
        return bool(errors(self.problems))


def import_report(
    site: Site, files: tuple[Path, ...], *, year: int = 0, write: bool = False
) -> Imported:
    """Read one report, which may lie in several files; with `write` put it into the content.

    `year` is 0 where the files say it. 报告.md is written when there is text, 统计.yaml when
    there are figures.
    """
    config, problems = load_config(site.root)
    if config is None:
        return Imported(problems=problems)
    column = config.column("reports")
    if column is None:
        return Imported(problems=(no_column(),))
    forms, problems = load_forms(site.root, config.forms)
    blocks: list[Block] = []
    for file in files:
        found, faults = read_intake(file)
        blocks += found
        problems += faults
    if not blocks and errors(problems):
        return Imported(problems=in_order(problems))
    series = tuple(form for form in forms if form.series == SERIES)
    report, found_problems = recognise(tuple(blocks), series, year=year, file=str(files[0]))
    problems = in_order((*problems, *found_problems))
    if report is None:
        return Imported(problems=problems)
    folder = f"{CONTENT}/{column.folder}/{report.year}"
    if not write or errors(problems):
        return Imported(report, folder, (), problems)
    return _write(site, report, folder=folder, column=column, series=series, problems=problems)


def _write(
    site: Site,
    report: Report,
    *,
    folder: str,
    column: Column,
    series: tuple[Form, ...],
    problems: tuple[Problem, ...],
) -> Imported:
    try:
        written = write_new(site.root, folder, texts=_texts(report, column, series=series))
    except AlreadyThere as there:
        message = "已经有这个文件，没有覆盖，什么也没有写"
        problem = Problem("F513", Place(str(there)), message)
        return Imported(report, folder, (), (*problems, problem))
    return Imported(report, folder, written, problems)


def _texts(report: Report, column: Column, *, series: tuple[Form, ...]) -> dict[str, str]:
    texts: dict[str, str] = {}
    if report.sections:
        given = {
            "编号": report_id(column, report.year),
            "标题": report.title,
            "年度": str(report.year),
        }
        texts[REPORT] = report_text(given, report.sections)
    if report.table is not None:
        form = report.table.form
        usual = form_for(series, SERIES, year=report.year)
        other = usual is None or usual.id != form.id
        texts[STATISTICS] = statistics_text(form, report.table, chosen=other)
    return texts
