"""Search entries: the texts of the site, as the index takes them.

Promise: every public record stands here, and what is known but not held, each once; what no page
shows does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.search import Entry
from site_builder.model.site import ColumnKind
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.frames import contact_facts
from site_builder.pages.publications import publications
from site_builder.pages.search_entry import entry_of, printed, written
from site_builder.pages.views import NotHeldView


def entries(context: Context, pages: list[Page]) -> tuple[Entry, ...]:
    """All of them, from the oldest to the newest, those without a day first."""
    found = (*_published(context), *_standing(context), *_rules(context), *_missing(context, pages))
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.path)))


def _published(context: Context) -> Iterator[Entry]:
    config = context.library.config
    numbers = {c.slug: n for n, c in enumerate(config.columns)}
    for found in publications(context):
        column = numbers[found.column.slug]
        yield entry_of(found.record, found.path, column=column, bureau=config.site.bureau)


def _standing(context: Context) -> Iterator[Entry]:
    """指南 and 依申请公开, which have a page even without a text."""
    library = context.library
    contact = tuple(f"{f.label} {f.value}" for f in contact_facts(library.config) if f.value)
    standing: tuple[tuple[Document | None, ColumnKind], ...] = (
        (library.guide, "guide"),
        (library.application, "application"),
    )
    for record, kind in standing:
        column = library.config.column(kind)
        if column:
            yield Entry(
                title=column.name,
                path=routes.href(routes.column(column)),
                day=parts.iso(record.published or record.issued) if record else "",
                column=library.config.columns.index(column),
                plain=(*(printed(record, library.config.site.bureau) if record else ()), *contact),
                prose=written(record) if record else (),
            )


def _rules(context: Context) -> Iterator[Entry]:
    """The rules known by their titles alone."""
    groups, column = context.library.rule_groups, context.library.config.column("rules")
    if groups and column:
        yield Entry(
            title=column.name,
            path=routes.href(routes.column(column)),
            day="",
            column=context.library.config.columns.index(column),
            plain=tuple(t for g in groups for t in (g.name, *g.titles, g.remark, g.provenance)),
        )


def _missing(context: Context, pages: list[Page]) -> Iterator[Entry]:
    """What was published and is not held: its page says so."""
    numbers = {c.name: n for n, c in enumerate(context.library.config.columns)}
    for page in pages:
        if isinstance(page.view, NotHeldView):
            labels = {fact.label: fact.value for fact in page.view.frame.labels}
            yield Entry(
                title=page.view.frame.title,
                path=routes.href(page.path),
                day="",
                column=numbers[labels["ColumnName"]],
                plain=("原文待补录", page.view.provenance),
            )
