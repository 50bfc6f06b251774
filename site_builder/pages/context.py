"""Context: what planning looks up again and again, indexed once.

Promise: planning a page costs the same on a small site and on a large one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.disclosure import Account, Document
from site_builder.model.library import AttachedFile, Library
from site_builder.model.site import Column, ColumnKind
from site_builder.pages import routes


@dataclass(frozen=True, slots=True)
class Context:
    """The library with its indexes.

    `targets` leads from 编号:… and 附件/… to a link's path, `files` from an attachment's path to
    the file, `columns` from a slug to its column, `documents` from a slug to its public documents,
    `accounts` from year and kind to the public budget or final account,
    `by_id` from a 编号 to its public document, `related` from (编号, 修改 …) to those that say it.
    """

    library: Library
    targets: Mapping[str, str]
    files: Mapping[str, AttachedFile]
    columns: Mapping[str, Column]
    documents: Mapping[str, tuple[Document, ...]]
    accounts: Mapping[tuple[int, str], Account]
    by_id: Mapping[str, Document]
    related: Mapping[tuple[str, str], tuple[Document, ...]]


def context(library: Library) -> Context:
    """The indexes of a library."""
    columns = {column.slug: column for column in library.config.columns}
    documents: dict[str, list[Document]] = {slug: [] for slug in columns}
    for document in library.documents:
        if library.is_public(document):
            documents[document.column].append(document)
    return Context(
        library=library,
        targets=_targets(library),
        files={file.path: file for file in library.files},
        columns=columns,
        documents={slug: newest_first(found) for slug, found in documents.items()},
        accounts={(a.year, a.kind): a for a in library.accounts if library.is_public(a)},
        by_id={d.id: d for found in documents.values() for d in found},
        related=_related(library),
    )


def newest_first(documents: list[Document]) -> tuple[Document, ...]:
    """By publication date (成文日期 where that is unknown), undated ones last."""
    return tuple(sorted(documents, key=_age, reverse=True))


def _related(library: Library) -> dict[tuple[str, str], tuple[Document, ...]]:
    found: dict[tuple[str, str], list[Document]] = {}
    for document in filter(library.is_public, library.documents):
        for said, ids in (
            ("修改", document.amends),
            ("废止", document.repeals),
            ("解读", document.interprets),
        ):
            for id in ids:
                found.setdefault((id, said), []).append(document)
    return {key: newest_first(documents) for key, documents in found.items()}


def _age(document: Document) -> tuple[str, str]:
    day = document.published or document.issued
    return (day.isoformat() if day else "", document.id)


def _targets(library: Library) -> dict[str, str]:
    targets = {
        f"编号:{d.id}": routes.href(routes.document(d))
        for d in library.documents
        if library.is_public(d)
    }
    reports = library.config.column("reports")
    for report in library.reports if reports else ():
        if reports and library.is_public(report):
            path = routes.annual_report(reports, report.year)
            targets[f"编号:{report.id}"] = routes.href(path)
    accounts = library.config.column("accounts")
    for account in library.accounts if accounts else ():
        if accounts and library.is_public(account):
            path = routes.account(accounts, account.year, kind=account.kind)
            targets[f"编号:{account.id}"] = routes.href(path)
    standing: tuple[tuple[Document | None, ColumnKind], ...] = (
        (library.guide, "guide"),
        (library.application, "application"),
    )
    for record, kind in standing:
        column = library.config.column(kind)
        if record and column:
            targets[f"编号:{record.id}"] = routes.href(routes.column(column))
    for file in library.files:
        targets[f"附件/{file.path}"] = routes.href(routes.attachment(file.path))
    return targets
