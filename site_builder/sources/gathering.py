"""Gathering: records and what the program itself knows → the library.

Promise: every record has one place in the library, whatever file it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from site_builder.model.disclosure import Account, AnnualReport, Document, Register, RuleList
from site_builder.model.library import AttachedFile, Library, Unread
from site_builder.model.published import (
    AddressChanges,
    AddressLedger,
    PublicationLog,
    Published,
)
from site_builder.model.site import SiteConfig
from site_builder.model.standard_items import StandardItems
from site_builder.model.wording import OwnWords
from site_builder.sources.account_tables import Reference
from site_builder.sources.forms import (
    load_application_rules,
    load_citations,
    load_doubled_words,
    load_retired_words,
    load_standard_items,
    load_statutory_items,
    load_wrong_words,
)

T = TypeVar("T")


def gather(
    config: SiteConfig,
    as_of: date,
    *,
    records: tuple[Any, ...],
    reference: Reference,
) -> Library:
    """The library of a site on a day; guide and application are the last files of their columns."""
    documents = _of(Document, records)
    kinds = {column.slug: column.kind for column in config.columns}
    standing = (d for d in documents[::-1] if kinds[d.column] in ("guide", "application"))
    single = {kinds[d.column]: d for d in standing}
    return Library(
        config=config,
        as_of=as_of,
        documents=tuple(d for d in documents if d not in single.values()),
        reports=tuple(_of(AnnualReport, records)),
        accounts=tuple(_of(Account, records)),
        registered=tuple(
            replace(entry, provenance=register.provenance, remark=register.remark)
            for register in _of(Register, records)
            for entry in register.entries
        ),
        rule_groups=tuple(group for rules in _of(RuleList, records) for group in rules.groups),
        guide=single.get("guide"),
        application=single.get("application"),
        files=tuple(_of(AttachedFile, records)),
        forms=reference.forms,
        subjects=reference.subjects,
        statutory_items=load_statutory_items(),
        standards=tuple(_of(StandardItems, records)) or load_standard_items(config.standard_items),
        unread=tuple(_of(Unread, records)),
        retired_words=load_retired_words(),
        doubled_words=load_doubled_words(),
        wrong_words=load_wrong_words(),
        own_words=tuple(word for own in _of(OwnWords, records) for word in own.words),
        citations=load_citations(),
        application_rules=load_application_rules() if config.column("application") else None,
        published=_published(records),
    )


def _published(records: tuple[Any, ...]) -> Published:
    return Published(
        ledger=next(iter(_of(AddressLedger, records)), None),
        log=next(iter(_of(PublicationLog, records)), None),
        changes=tuple(c for found in _of(AddressChanges, records) for c in found.changes),
    )


def _of(kind: type[T], records: Iterable[Any]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]
