"""A new budget or final account: its folder, with the explanation's chapters and blank tables.

Promise: the files are official headings and tables and invitations to fill them in, nothing else;
what is not filled in `check` reports, so that no invitation is ever published.
"""

from __future__ import annotations

from site_builder.delivery.blank_workbook import blank_workbook
from site_builder.delivery.drafts import AlreadyThere, report_text, write_new
from site_builder.delivery.new_report import LAST_YEAR, Started
from site_builder.model.disclosure import TO_FILL, Account, AccountKind, Section
from site_builder.model.outlines import OutlineChapter
from site_builder.model.site import SiteConfig
from site_builder.model.subjects import names_in
from site_builder.model.tables import Form, form_for
from site_builder.pipeline import Site
from site_builder.problems import Place, Problem
from site_builder.sources.account_files import SUFFIXES
from site_builder.sources.account_folders import EXPLANATION, SERIES
from site_builder.sources.columns import CONTENT
from site_builder.sources.config import load_config
from site_builder.sources.forms import load_forms, load_subjects
from site_builder.sources.outlines import load_outline

IDS = {"预算": "YS", "决算": "JS"}
TITLES = {"预算": "{bureau}{year}年部门预算", "决算": "{bureau}{year}年度部门决算"}


def new_account(site: Site, year: int, kind: AccountKind) -> Started:
    """Write 说明.md and a blank workbook of a year; raises AlreadyThere where tables stand.

    A year without a form (T201) and a site without a column of accounts (C106) get nothing.
    """
    config, problems = load_config(site.root)
    if config is None:
        return Started(problems=problems)
    column = config.column("accounts")
    forms, problems = load_forms(site.root, config.forms)
    form = form_for(forms, SERIES[kind], year=year) if year <= LAST_YEAR else None
    if column is None:
        problems += (no_column_of_accounts(),)
    elif form is None:
        problems += (_no_form(forms, kind, year=year),)
    if problems or column is None or form is None:
        return Started(problems=problems)
    folder = f"{CONTENT}/{column.folder}/{year}/{kind}"
    _refuse_tables(site, folder)
    names = names_in(load_subjects(), year)
    book = blank_workbook(form, year=year, bureau=config.site.bureau, names=names)
    texts: dict[str, str | bytes] = {
        EXPLANATION: _explanation(config, kind, year=year),
        f"{kind}表.xlsx": book,
    }
    return Started(write_new(site.root, folder, texts=texts), form)


def no_column_of_accounts() -> Problem:
    """A site without a column of budgets and accounts has no place for one."""
    message = "config.yaml 里没有预决算的栏目（kind: accounts）"
    return Problem("C106", Place("config.yaml"), message)


def _no_form(forms: tuple[Form, ...], kind: AccountKind, *, year: int) -> Problem:
    starts = [form.since for form in forms if form.series == SERIES[kind]]
    message = f"{year} 年没有适用的部门{kind}表式"
    hint = f"可以新建 {min(starts)} 年以后的{kind}。" if starts else ""
    return Problem("T201", Place(str(year)), message, hint=hint)


def _refuse_tables(site: Site, folder: str) -> None:
    """Two files of tables would be two tables of each kind."""
    target = site.root / folder
    standing = sorted(target.iterdir()) if target.is_dir() else []
    for file in standing:
        if file.suffix.lower() in SUFFIXES:
            raise AlreadyThere(f"{folder}/{file.name}")


def _explanation(config: SiteConfig, kind: AccountKind, *, year: int) -> str:
    given = {
        "编号": f"{IDS[kind]}-{year}",
        "标题": TITLES[kind].format(bureau=config.site.bureau, year=year),
        "年度": str(year),
        "种类": kind,
        "发布机构": config.site.bureau,
        "公开属性": "主动公开",
    }
    sections = (
        Section(chapter.heading.replace("{year}", str(year)), _text(chapter))
        for chapter in load_outline(kind)
    )
    return report_text(given, tuple(sections), record=Account)


def _text(chapter: OutlineChapter) -> str:
    invitation = f"{TO_FILL}这一部分的内容。"
    if chapter.parts:
        return "\n\n".join(f"### {part}\n\n{invitation}" for part in chapter.parts)
    return chapter.text or invitation
