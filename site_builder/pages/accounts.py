"""Budgets and final accounts: the matrix year × (预算, 决算), and a page for each document.

Promise: every year that is held or that a register names stands in the matrix with the state of
both kinds, and an address stays the same when the text arrives.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Account, AccountKind, RegisterEntry
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.model.tables import Table
from site_builder.pages import parts, routes, structured
from site_builder.pages.account_comparison import compared_years, plan_comparisons
from site_builder.pages.account_exports import account_files, account_links
from site_builder.pages.account_figures import breakdowns, key_figures
from site_builder.pages.account_tables import printed_tables
from site_builder.pages.account_trends import filled, plan_account_trends
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.packages import plan_account_package
from site_builder.pages.pieces import AccountState, AccountYear, Link, YearLink
from site_builder.pages.preview import UNSIGNED, is_marked
from site_builder.pages.reports import not_held
from site_builder.pages.statistics import citation
from site_builder.pages.texts import chapters
from site_builder.pages.views import AccountIndexView, AccountView

KINDS: tuple[AccountKind, ...] = ("预算", "决算")
OTHER = {"预算": "决算", "决算": "预算"}


def plan_accounts(context: Context) -> Iterator[Page]:
    """The matrix, each document with its files, what is known but not held, and all years."""
    column = context.library.config.column("accounts")
    if column is None:
        return
    yield _index(context, column)
    for document in context.library.accounts:
        if context.library.is_public(document):
            yield _document(context, column, document=document)
            yield from account_files(document, column)
    for entry in _missing(context):
        path = routes.account(column, entry.year, kind=entry.kind)
        side = (column.name, _siblings(context, column, current=path))
        yield not_held(context, column, entry=entry, path=path, side=side)
    yield from plan_comparisons(context, column)
    yield from plan_account_trends(context, column)
    yield from plan_account_package(context, column)


def _missing(context: Context) -> list[RegisterEntry]:
    """What a register names and the site does not hold: 原文待补录."""
    known = (entry for entry in context.library.registered if entry.kind in KINDS)
    return [entry for entry in known if (entry.year, entry.kind) not in context.accounts]


def _index(context: Context, column: Column) -> Page:
    path = routes.column(column)
    missing = _missing(context)
    years = {entry.year for entry in missing} | {year for year, _ in context.accounts}
    tables = bool(filled(context))
    view = AccountIndexView(
        frame=frame(context.library, path, title=column.name, column=column),
        years=tuple(_year(context, column, year=year) for year in sorted(years, reverse=True)),
        provenance=parts.sources_of(missing),
        trends_path=routes.trends(column) if tables else "",
        package_path=routes.data_package(column) if tables else "",
    )
    return Page(path, "html", "pages/account_index.html", view, ("config.yaml",))


def _year(context: Context, column: Column, *, year: int) -> AccountYear:
    compared = year in compared_years(context)
    return AccountYear(
        f"{year}年",
        _state(context, column, year=year, kind="预算"),
        _state(context, column, year=year, kind="决算"),
        routes.comparison(column, year) if compared else "",
    )


def _state(context: Context, column: Column, *, year: int, kind: AccountKind) -> AccountState:
    document = context.accounts.get((year, kind))
    path = routes.account(column, year, kind=kind)
    if document:
        date, days = parts.iso(document.published), parts.days_after(document)
        text = UNSIGNED if is_marked(document.title) else "已公开"
        return AccountState(text, path, held=True, date=date, days=days)
    if any((entry.year, entry.kind) == (year, kind) for entry in _missing(context)):
        return AccountState("原文待补录", path, held=False, date="", days="")
    return AccountState("没有记载", "", held=False, date="", days="")


def _document(context: Context, column: Column, *, document: Account) -> Page:
    library = context.library
    path = routes.account(column, document.year, kind=document.kind)
    article = parts.article(library, document)
    last = _last(context, document)
    downloads = account_links(document, column)
    about = structured.report(library.config, document, downloads, routes.root(path))
    view = AccountView(
        frame=frame(
            library, path, title=document.title, column=column, article=article, structured=about
        ),
        facts=parts.facts(document),
        related=tuple(_related(context, column, document=document)),
        downloads=downloads,
        summary=document.summary,
        figures=key_figures(document, last, path=path),
        breakdowns=breakdowns(document, last, path=path),
        chapters=chapters(document.body),
        links=parts.links_of(context, document),
        tables=printed_tables(document, column),
        source=_source(document),
        attachments=parts.downloads(context, document.attachments),
        changes=parts.change_facts(document),
        provenance=document.provenance,
        side_title=column.name,
        siblings=_siblings(context, column, current=path),
    )
    table = document.table
    sources = (document.origin.place.file, *((table.origin.place.file,) if table else ()))
    return Page(path, "html", "pages/account.html", view, sources)


def _source(document: Account) -> str:
    """Who filled the tables in, and the form they follow."""
    if document.table is None:
        return ""
    filler = f"填报单位：{document.table.filler}。" if document.table.filler else ""
    return f"{filler}表式：{citation(document.table)}"


def _last(context: Context, document: Account) -> Table | None:
    """The tables of the year before, where they are public and count in the same way."""
    last = context.accounts.get((document.year - 1, document.kind))
    if last is None or last.table is None or document.table is None:
        return None
    return last.table if document.table.form.counts_like(last.table.form) else None


def _related(context: Context, column: Column, *, document: Account) -> Iterator[Link]:
    """The other document of the year, both side by side, all years."""
    year = document.year
    other = context.accounts.get((year, OTHER[document.kind]))
    if other:
        yield Link(other.title, routes.account(column, year, kind=other.kind))
    if year in compared_years(context):
        yield Link(f"{year}年预算与决算对比", routes.comparison(column, year))
    if document.table:
        yield Link("历年预决算对比", routes.trends(column))


def _siblings(context: Context, column: Column, *, current: str) -> tuple[YearLink, ...]:
    """Every budget and account that is known of, newest first."""
    known = {(entry.year, entry.kind) for entry in _missing(context)} | set(context.accounts)
    paths = {
        (year, kind): routes.account(column, year, kind=kind)
        for year in {year for year, _ in known}
        for kind in KINDS
        if (year, kind) in known
    }
    return tuple(
        YearLink(f"{year}年{kind}", path, (year, kind) in context.accounts, path == current)
        for (year, kind), path in sorted(paths.items(), reverse=True)
    )
