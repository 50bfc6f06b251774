"""Preview: what waits for its sign-off, shown with a mark that nobody can miss.

Promise: everything that a build would withhold is marked, on its own page and wherever its title
stands; nothing else is changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from site_builder.model.disclosure import Account, AnnualReport, Document, Section
from site_builder.model.library import Library

UNSIGNED = "未审签，不会公开"
MARK = f"【预览：{UNSIGNED}】"
R = TypeVar("R", Document, AnnualReport, Account)


def previewed(library: Library) -> Library:
    """The library as if everything were signed off, what is not marked in its title."""

    def shown(record: R) -> R:
        held = library.is_withheld(record)
        return replace(record, title=MARK + record.title) if held else record

    def standing(record: Document | None) -> Document | None:
        """指南 and 依申请公开: their pages are named after the column, so the text says it."""
        if record is None or not library.is_withheld(record):
            return record
        return replace(record, body=(Section("", f"**{MARK}**"), *record.body))

    return replace(
        library,
        documents=tuple(map(shown, library.documents)),
        reports=tuple(map(shown, library.reports)),
        accounts=tuple(map(shown, library.accounts)),
        guide=standing(library.guide),
        application=standing(library.application),
        registered=tuple(
            replace(entry, title=MARK + entry.title) if library.is_withheld(entry) else entry
            for entry in library.registered
        ),
        rule_groups=tuple(
            replace(group, name=MARK + group.name) if library.is_withheld(group) else group
            for group in library.rule_groups
        ),
        standards=tuple(
            replace(standard, title=MARK + standard.title)
            if library.is_withheld(standard)
            else standard
            for standard in library.standards
        ),
        withheld=frozenset(),
    )


def is_marked(title: str) -> bool:
    """Whether a title is that of something that waits."""
    return title.startswith(MARK)
