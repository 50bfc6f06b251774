"""Standing pages: 指南 and 制度, and the text of a guide or of 依申请公开.

Promise: what 《条例》 Art. 12 asks a guide to state is listed in full; a fact the bureau has not
given is shown as missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes
from site_builder.pages.context import Context
from site_builder.pages.frames import contact_facts, frame
from site_builder.pages.pieces import Fact, RuleGroupView
from site_builder.pages.texts import chapters
from site_builder.pages.views import GuidanceView, RulesView


def plan_guidance(context: Context) -> Iterator[Page]:
    """The guide."""
    column, record = context.library.config.column("guide"), context.library.guide
    if column is None:
        return
    path = routes.column(column)
    view = guidance(context, column, record=record, contact_title="机构和联系方式")
    yield Page(path, "html", "pages/guidance.html", view, (source_of(record),))


def plan_rules(context: Context) -> Iterator[Page]:
    """The rules held, and those known by their titles."""
    column = context.library.config.column("rules")
    if column is None:
        return
    path = routes.column(column)
    held = context.documents[column.slug]
    view = RulesView(
        frame=frame(context.library, path, title=column.name, column=column),
        held=tuple(parts.item(document, column) for document in held),
        groups=tuple(
            RuleGroupView(g.name, g.titles, g.provenance, g.remark)
            for g in context.library.rule_groups
        ),
    )
    yield Page(path, "html", "pages/rules.html", view, ("config.yaml",))


def guidance(
    context: Context,
    column: Column,
    *,
    record: Document | None,
    contact_title: str,
    about: Mapping[str, Any] | None = None,
) -> GuidanceView:
    """How to reach the bureau, and its text."""
    library, path = context.library, routes.column(column)
    article = parts.article(library, record) if record else None
    return GuidanceView(
        frame=frame(
            library, path, title=column.name, column=column, article=article, structured=about
        ),
        facts=parts.facts(record) if record else (),
        contact_title=contact_title,
        contact=(
            Fact("机构名称", library.config.site.bureau),
            *contact_facts(library.config),
        ),
        chapters=chapters(record.body) if record else (),
        links=parts.links_of(context, record) if record else (),
        provenance=record.provenance if record else "",
    )


def source_of(record: Document | None) -> str:
    """The file a page's text comes from."""
    return record.origin.place.file if record else "config.yaml"
