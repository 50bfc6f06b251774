"""Publications: everything the public may see, as one list.

Promise: lists, feeds and the catalogue take their entries from here, so that what is withheld in
one is withheld in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.model.disclosure import Record
from site_builder.model.site import Column
from site_builder.pages import routes
from site_builder.pages.context import Context

LATEST = 8  # on the front page, and on that of 法定主动公开内容


@dataclass(frozen=True, slots=True)
class Publication:
    """A record with the column it stands in, its path, and its day: 公开日期, else 成文日期."""

    record: Record
    column: Column
    path: str

    @property
    def day(self) -> date | None:
        """The day it is listed under."""
        return self.record.published or self.record.issued


def publications(context: Context) -> tuple[Publication, ...]:
    """All of them, the newest first, undated ones last."""
    return in_order(_all(context))


def in_order(found: Iterable[Publication]) -> tuple[Publication, ...]:
    """The newest first, undated ones last."""
    return tuple(sorted(found, key=_age, reverse=True))


def of_column(found: tuple[Publication, ...], column: Column) -> tuple[Publication, ...]:
    """Those of one column, in the order given."""
    return tuple(publication for publication in found if publication.column.slug == column.slug)


def inside(found: tuple[Publication, ...], column: Column) -> tuple[Publication, ...]:
    """Those of a column and of the columns in its folder, in the order given."""
    folder = f"{column.folder}/"
    return tuple(p for p in found if f"{p.column.folder}/".startswith(folder))


def _all(context: Context) -> Iterator[Publication]:
    library = context.library
    for slug, documents in context.documents.items():
        for document in documents:
            yield Publication(document, context.columns[slug], routes.document(document))
    reports, accounts = library.config.column("reports"), library.config.column("accounts")
    if reports:
        for report in filter(library.is_public, library.reports):
            yield Publication(report, reports, routes.annual_report(reports, report.year))
    if accounts:
        for account in context.accounts.values():
            path = routes.account(accounts, account.year, kind=account.kind)
            yield Publication(account, accounts, path)


def _age(publication: Publication) -> tuple[str, str]:
    return (publication.day.isoformat() if publication.day else "", publication.record.id)
