"""Checks: everything the site's records are held to, in one list.

Promise: a new check is one function that returns problems, added to `CHECKS`; to `CHECKS_OF_ONE`
(`rules/alone.py`) only where no other record and no date can change what it finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from site_builder.model.disclosure import named_files
from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules import (
    account_claims,
    account_files,
    account_notes,
    account_wording,
    archive,
    arithmetic,
    borrowed,
    chapter_texts,
    chapters,
    claims,
    disclosures,
    doubled,
    forms,
    freshness,
    guide,
    joined,
    lineage,
    numbers,
    obligations,
    pictures,
    platform,
    published,
    relations,
    signoff,
    site,
    standard_items,
    statutory,
    subjects,
    targets,
    text,
    totals,
    typed_tables,
    wording,
)
from site_builder.rules.alone import CHECKS_OF_ONE

CHECKS = (
    site.check_columns,
    site.check_items,
    site.check_site_facts,
    site.check_address,
    site.check_values,
    site.check_mail_address,
    statutory.check_reserved_slugs,
    statutory.check_not_applicable,
    statutory.check_items_filled,
    statutory.check_empty_columns,
    platform.check_platform,
    freshness.check_home,
    freshness.check_columns_updated,
    obligations.check_obligations,
    standard_items.check_standard_chosen,
    standard_items.check_standard_numbers,
    standard_items.check_standard_items,
    guide.check_guide_text,
    signoff.check_chain,
    signoff.check_standings,
    targets.check_targets,
    disclosures.check_identity,
    disclosures.check_standing,
    disclosures.check_years,
    account_files.check_account_years,
    disclosures.check_dates,
    account_files.check_publication_terms,
    disclosures.check_openness,
    disclosures.check_attachments,
    disclosures.check_registers,
    disclosures.check_rule_lists,
    numbers.check_notation,
    numbers.check_index_numbers,
    numbers.check_document_numbers,
    lineage.check_lineage,
    lineage.check_ended,
    lineage.check_change_notes,
    joined.check_joined,
    text.check_links,
    arithmetic.check_arithmetic,
    relations.check_relations,
    account_notes.check_account_notes,
    subjects.check_subjects,
    chapters.check_chapters,
    chapter_texts.check_chapter_texts,
    wording.check_wording,
    doubled.check_doubled,
    borrowed.check_borrowed,
    pictures.check_pictures,
    typed_tables.check_typed_tables,
    claims.check_claims,
    account_claims.check_account_claims,
    account_wording.check_account_wording,
    totals.check_totals,
    archive.check_archive,
    published.check_log,
    published.check_ledger,
    published.check_published_records,
)


def check(
    library: Library, found: Mapping[str, tuple[Problem, ...]] | None = None
) -> tuple[Problem, ...]:
    """Every finding of every check; `found` are those of documents already checked, by file."""
    faults = tuple(forms.check_forms(library))
    if faults:
        library = _without_tables(library)
    known = _without_odd_files(library, found or {})
    fresh = tuple(d for d in library.documents if d.origin.place.file not in known)
    rest = replace(library, documents=fresh)
    return (
        *faults,
        *(problem for find in CHECKS for problem in find(library)),
        *(problem for find in CHECKS_OF_ONE for problem in find(rest)),
        *(problem for problems in known.values() for problem in problems),
    )


def _without_tables(library: Library) -> Library:
    """Nothing is held to a form while one of them is not sound itself."""
    return replace(
        library,
        forms=(),
        reports=tuple(replace(report, table=None) for report in library.reports),
        accounts=tuple(replace(account, table=None) for account in library.accounts),
        unread=tuple(replace(file, table=None) for file in library.unread),
    )


def _without_odd_files(
    library: Library, found: Mapping[str, tuple[Problem, ...]]
) -> Mapping[str, tuple[Problem, ...]]:
    """The findings of documents that name no file in which something was found."""
    odd = frozenset(file.path for file in library.files if file.findings)
    if not odd:
        return found
    documents = (d for d in library.documents if odd & named_files(d.body, d.attachments))
    naming = {document.origin.place.file for document in documents}
    return {file: problems for file, problems in found.items() if file not in naming}
