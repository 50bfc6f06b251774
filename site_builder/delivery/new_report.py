"""A new annual report: its folder, with every heading and every row the year's form asks for.

Promise: the files are the official form and invitations to fill it, nothing else; what is not
filled in `check` reports, so that no invitation is ever published.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.delivery.drafts import REPORT, STATISTICS, report_text, statistics_text, write_new
from site_builder.model.disclosure import TO_FILL, Section
from site_builder.model.site import Column, SiteConfig
from site_builder.model.tables import Form, Table, form_for, forms_of_year
from site_builder.pipeline import Site
from site_builder.problems import Place, Problem
from site_builder.sources.columns import CONTENT
from site_builder.sources.config import load_config
from site_builder.sources.forms import load_forms
from site_builder.sources.report_tables import SERIES

FIRST_YEAR = 2008  # 《政府信息公开条例》（国务院令第492号）自2008年5月1日起施行
LAST_YEAR = 2099
TITLE = "{year}年政府信息公开工作年度报告"


@dataclass(frozen=True, slots=True)
class Started:
    """What was written, the form it follows, or why nothing was."""

    files: tuple[str, ...] = ()
    form: Form | None = None
    problems: tuple[Problem, ...] = ()


def new_report(site: Site, year: int, *, chosen: str = "") -> Started:
    """Write 报告.md and 统计.yaml of a year; raises AlreadyThere when one of them exists.

    `chosen` is the id of a form other than the year's usual one. Years before the first form are
    free-form: they get 报告.md alone, unless a local form is chosen. A year before 2008, or without
    such a form (T201), and a site without a column of reports (C106) get nothing.
    """
    config, problems = load_config(site.root)
    if config is None:
        return Started(problems=problems)
    column = config.column("reports")
    forms, problems = load_forms(site.root, config.forms)
    usual = form_for(forms, SERIES, year=year)
    form = form_for(forms, SERIES, year=year, chosen=chosen)
    fault = no_column() if column is None else _fault(forms, form, year=year, chosen=chosen)
    if problems or fault or column is None:
        return Started(problems=(*problems, *([fault] if fault else [])))
    folder = f"{CONTENT}/{column.folder}/{year}"
    texts = {REPORT: _report(config, column, form=form, year=year)}
    if form is not None:
        blank = Table(form, year, config.site.bureau, {}, {})
        texts[STATISTICS] = statistics_text(form, blank, chosen=form != usual, explained=True)
    return Started(write_new(site.root, folder, texts=texts), form)


def report_id(column: Column, year: int) -> str:
    """The 编号 of a year's report: `GKNB-2017` in a column whose address is `gknb`."""
    return f"{column.slug.replace('/', '-').upper()}-{year}"


def no_column() -> Problem:
    """A site without a column of reports has no place for one."""
    return Problem(
        "C106", Place("config.yaml"), "config.yaml 里没有年度报告的栏目（kind: reports）"
    )


def _fault(forms: tuple[Form, ...], form: Form | None, *, year: int, chosen: str) -> Problem | None:
    starts = [known.since for known in forms if known.series == SERIES and not known.region]
    is_free = FIRST_YEAR <= year < min(starts, default=FIRST_YEAR) and not chosen
    if is_free or (form is not None and year <= LAST_YEAR):
        return None
    usable = "、".join(known.id for known in forms_of_year(forms, SERIES, year=year))
    if chosen and usable:
        message = f"{year} 年没有编号为“{chosen}”的表式可用"
        return Problem("T201", Place(str(year)), message, hint=f"这一年可以用的有：{usable}。")
    message = f"{year} 年没有适用的年度报告格式"
    hint = f"可以新建 {FIRST_YEAR} 年以后的报告。"
    return Problem("T201", Place(str(year)), message, hint=hint)


def _report(config: SiteConfig, column: Column, *, form: Form | None, year: int) -> str:
    given = {
        "编号": report_id(column, year),
        "标题": TITLE.format(year=year),
        "年度": str(year),
        "发布机构": config.site.bureau,
        "公开属性": "主动公开",
    }
    chapters = form.chapters if form else ()
    sections = tuple(Section(chapter, f"{TO_FILL}这一章的内容。") for chapter in chapters)
    return report_text(given, sections or (Section("", f"{TO_FILL}报告的正文。"),))
