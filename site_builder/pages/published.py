"""Published addresses: every one of them answers, with its page, its new place or a notice.

Promise: an address of 网址.csv that would answer nothing is a problem that says what to write;
one comparison of two sets finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from site_builder.model.page import Page
from site_builder.model.published import CHANGES, LEDGER, AddressChange, AddressRow
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.addresses import Addresses, addresses
from site_builder.pages.changed_addresses import check_changes, unanswered
from site_builder.pages.context import Context
from site_builder.pages.frames import frame
from site_builder.pages.pieces import Link
from site_builder.pages.published_views import MovedView, Redirect, RedirectsView, WithdrawnView
from site_builder.problems import Problem

MOVED, GONE = 301, 410  # what a web server says (RFC 9110)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A page for an address that has none of its own, and what a server should be told."""

    page: Page
    redirect: Redirect


def plan_published(
    context: Context, pages: list[Page]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The pages that answer for what is elsewhere or gone; and what has no answer."""
    known = addresses(context, pages)
    absent = known.absent()
    answers = {row.path: _answer(known, row) for row in absent}
    without = [r for r in absent if answers[r.path] is None and known.change_of(r) is None]
    problems = (*check_changes(known), *unanswered(known, without))
    return tuple(_pages(answer for answer in answers.values() if answer)), problems


def _pages(answers: Iterable[_Answer]) -> Iterator[Page]:
    found = list(answers)
    yield from (answer.page for answer in found)
    if found:
        view = RedirectsView(tuple(answer.redirect for answer in found))
        yield Page(routes.REDIRECTS, "text", "feeds/redirects.json", view, (CHANGES, LEDGER))


def _answer(known: Addresses, row: AddressRow) -> _Answer | None:
    """None where nobody has said what became of it, or what was said leads nowhere."""
    change = known.change_of(row)
    if change is None:
        start = _start(known, row)
        return _moved(known, row, target=start, note="") if start else None
    if change.withdrawn:
        return _withdrawn(known, row, change=change)
    target = known.planned.get(known.target_of(change))
    note = f"{parts.day(change.day)}起移到新的网址。{change.reason}"
    return _moved(known, row, target=target, note=note) if target else None


def _start(known: Addresses, row: AddressRow) -> Page | None:
    """For a list that has become shorter, the first page of what it lists."""
    if routes.is_of_catalogue(row.path):
        return known.planned.get(routes.CATALOGUE)
    columns = known.context.library.config.columns
    column = next((c for c in columns if routes.is_derived(c, row.path)), None)
    return known.planned.get(routes.column(column)) if column else None


def _moved(known: Addresses, row: AddressRow, *, target: Page, note: str) -> _Answer:
    """A page that leads on; for a file the new file itself, where it is of the same type."""
    redirect = Redirect(routes.href(row.path), routes.href(target.path), MOVED)
    if not row.is_page and row.path.rpartition(".")[2] == target.path.rpartition(".")[2]:
        return _Answer(replace(target, path=row.path), redirect)
    path, library = routes.notice(row.path), known.context.library
    titled = getattr(target.view, "frame", None)
    title = titled.title if titled else target.path.rpartition("/")[2]
    view = MovedView(
        frame=frame(library, path, title=row.title or title, column=_column(known, row)),
        target=Link(title, routes.href(target.path)),
        note=note,
    )
    return _Answer(Page(path, "html", "pages/moved.html", view, (CHANGES,)), redirect)


def _withdrawn(known: Addresses, row: AddressRow, *, change: AddressChange) -> _Answer:
    path, library = routes.notice(row.path), known.context.library
    application = library.config.column("application")
    name = change.name or row.title or row.path.rpartition("/")[2]
    view = WithdrawnView(
        frame=frame(library, path, title=f"已撤下：{name}", column=_column(known, row)),
        name=name,
        published=_day(row.published),
        day=parts.day(change.day),
        reason=change.reason,
        basis=change.basis,
        apply_path=routes.column(application) if application else "",
    )
    redirect = Redirect(routes.href(row.path), routes.href(path), GONE)
    return _Answer(Page(path, "html", "pages/withdrawn.html", view, (CHANGES,)), redirect)


def _day(text: str) -> str:
    """A day of the ledger as pages print it; whatever else stands there is not shown."""
    try:
        return parts.day(date.fromisoformat(text))
    except ValueError:
        return ""


def _column(known: Addresses, row: AddressRow) -> Column | None:
    """The column it stood in, for the labels; none where that column is no more."""
    columns = known.context.library.config.columns
    return next((column for column in columns if column.name == row.column), None)
