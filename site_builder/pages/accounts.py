"""Budgets and final accounts: the matrix year × (预算, 决算).

Promise: every year a register names stands in the matrix with the state of both kinds.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import RegisterEntry, RegisterKind
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.pieces import AccountState, AccountYear, YearLink
from site_builder.pages.reports import not_held
from site_builder.pages.views import AccountIndexView

KINDS: tuple[RegisterKind, ...] = ("预算", "决算")


def plan_accounts(context: Context) -> Iterator[Page]:
    """The matrix, and a page for every entry whose text is not held."""
    column = context.library.config.column("accounts")
    if column is None:
        return
    entries = [e for e in context.library.registered if e.kind in KINDS]
    yield _index(context, column, entries=entries)
    for entry in entries:
        path = routes.account(column, entry.year, kind=entry.kind)
        side = (column.name, _siblings(column, entries, current=entry))
        yield not_held(context, column, entry=entry, path=path, side=side)


def _index(context: Context, column: Column, *, entries: list[RegisterEntry]) -> Page:
    path = routes.column(column)
    known = {(entry.year, entry.kind) for entry in entries}
    view = AccountIndexView(
        frame=frame(context.library, path, title=column.name, column=column),
        years=tuple(
            AccountYear(
                f"{year}年",
                _state(column, year, kind="预算", known=known),
                _state(column, year, kind="决算", known=known),
            )
            for year in sorted({entry.year for entry in entries}, reverse=True)
        ),
        provenance=parts.sources_of(entries),
    )
    return Page(path, "html", "pages/account_index.html", view, ("config.yaml",))


def _state(
    column: Column, year: int, *, kind: RegisterKind, known: set[tuple[int, RegisterKind]]
) -> AccountState:
    if (year, kind) not in known:
        return AccountState("没有记载", "", held=False)
    return AccountState("原文待补录", routes.account(column, year, kind=kind), held=False)


def _siblings(
    column: Column, entries: list[RegisterEntry], *, current: RegisterEntry
) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(
            f"{entry.year}年{entry.kind}",
            routes.account(column, entry.year, kind=entry.kind),
            held=False,
            current=entry is current,
        )
        for entry in sorted(entries, key=lambda e: (e.year, e.kind), reverse=True)
    )
