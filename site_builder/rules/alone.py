"""Checks of one document, and what of it everything else depends on.

Promise: what these checks find in a document depends on it alone, on the lists of words and the
configuration, and on what was found in the files it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from site_builder.model.disclosure import Document, named_files
from site_builder.model.library import Library
from site_builder.problems import Problem
from site_builder.rules import citations, layout, lineage, misspelt, privacy, text, unfilled

CHECKS_OF_ONE = (
    lineage.check_substance,
    lineage.check_reasons,
    citations.check_citations,
    text.check_markup,
    text.check_mail,
    layout.check_layout,
    unfilled.check_unfilled,
    misspelt.check_misspelt,
    privacy.check_privacy,
)


def check_documents(
    documents: Sequence[Document], lists: Library
) -> Mapping[str, tuple[Problem, ...]]:
    """By file, the findings that need no other record; no finding lies in another file.

    `lists` holds the configuration and the lists of words, and no files: documents with a waiver
    for what may be in a file are left out.
    """
    alone = tuple(d for d in documents if not (d.waivers and named_files(d.body, d.attachments)))
    found: dict[str, list[Problem]] = {document.origin.place.file: [] for document in alone}
    for find in CHECKS_OF_ONE:
        for problem in find(replace(lists, documents=alone)):
            found[problem.place.file].append(problem)
    return {file: tuple(problems) for file, problems in found.items()}


def leading_to(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files a document names and what its text links to, in order: what other checks and other
    pages may depend on of its text.
    """
    named = named_files(document.body, document.attachments)
    return tuple(sorted(named)), tuple(sorted(text.linked(document.body)))
