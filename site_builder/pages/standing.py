"""Standing pages: 指南, 依申请公开 and 制度.

Promise: what 《条例》 Art. 12 asks a guide to state is listed in full; a fact the bureau has not
given is shown as missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.model.disclosure import Document
from site_builder.model.page import Page
from site_builder.model.site import Column
from site_builder.pages import parts, routes, structured
from site_builder.pages.context import Context
from site_builder.pages.frames import contact_facts, frame
from site_builder.pages.pieces import Fact, RuleGroupView
from site_builder.pages.views import GuidanceView, RulesView


def plan_guidance(context: Context) -> Iterator[Page]:
    """The guide and the page for applications."""
    config = context.library.config
    guide, application = config.column("guide"), config.column("application")
    if guide is not None:
        yield _guidance(
            context, guide, record=context.library.guide, contact_title="机构和联系方式"
        )
    if application is not None:
        yield _guidance(
            context,
            application,
            record=context.library.application,
            contact_title="向谁申请",
            about=structured.service(config),
        )


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


def _guidance(
    context: Context,
    column: Column,
    *,
    record: Document | None,
    contact_title: str,
    about: Mapping[str, Any] | None = None,
) -> Page:
    library, path = context.library, routes.column(column)
    article = parts.article(library, record) if record else None
    view = GuidanceView(
        frame=frame(
            library, path, title=column.name, column=column, article=article, structured=about
        ),
        facts=parts.facts(record) if record else (),
        contact_title=contact_title,
        contact=(
            Fact("机构名称", library.config.site.bureau),
            *contact_facts(library.config),
        ),
        chapters=parts.chapters(record.body) if record else (),
        links=parts.links_of(context, record) if record else (),
        provenance=record.provenance if record else "",
    )
    source = record.origin.place.file if record else "config.yaml"
    return Page(path, "html", "pages/guidance.html", view, (source,))
