"""Checks: everything the site's records are held to, in one list.

Promise: a new check is one function that returns problems, added to `CHECKS`.
"""

from __future__ import annotations

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
    citations,
    claims,
    disclosures,
    doubled,
    forms,
    lineage,
    misspelt,
    numbers,
    pictures,
    privacy,
    published,
    relations,
    site,
    subjects,
    targets,
    text,
    totals,
    typed_tables,
    unfilled,
    wording,
)

CHECKS = (
    site.check_columns,
    site.check_items,
    site.check_site_facts,
    site.check_mail_address,
    targets.check_targets,
    forms.check_forms,
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
    lineage.check_substance,
    lineage.check_reasons,
    lineage.check_change_notes,
    citations.check_citations,
    text.check_markup,
    text.check_links,
    text.check_mail,
    arithmetic.check_arithmetic,
    relations.check_relations,
    account_notes.check_account_notes,
    subjects.check_subjects,
    unfilled.check_unfilled,
    chapters.check_chapters,
    chapter_texts.check_chapter_texts,
    wording.check_wording,
    doubled.check_doubled,
    misspelt.check_misspelt,
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
    privacy.check_privacy,
)


def check(library: Library) -> tuple[Problem, ...]:
    """Every finding of every check."""
    return tuple(problem for find in CHECKS for problem in find(library))
