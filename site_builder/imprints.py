"""Imprints: what the last build made of each document, but for the words of its text.

Promise: an imprint stands only for a document whose words nothing depends on but its own page and
the search index; where that is in doubt there is none, and the next build goes the long way.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from site_builder.model.disclosure import Document, named_files
from site_builder.model.library import Library
from site_builder.model.packing import RECORDS, Packing
from site_builder.model.page import Page
from site_builder.pages.document_views import DocumentView
from site_builder.pages.pieces import Chapter, Download, Fact, Frame, Link, LinkGroup
from site_builder.problems import Problem
from site_builder.rules.alone import leading_to
from site_builder.write.last import Last
from site_builder.write.notes import load_note, save_note

NAME = "imprints"
VIEWS = Packing((DocumentView, Frame, Fact, Link, LinkGroup, Download, Chapter))


@dataclass(frozen=True, slots=True)
class Traits:
    """What a file's document is but for its words, and what is said of the file by itself."""

    identity: str
    said: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """A document's page with the view that it was made from, without its text; `said` is packed."""

    page: str
    identity: str
    said: bytes
    view: bytes


@dataclass(slots=True)
class Remembered:
    """The last build of a site, as this process knows it; imprints are loaded when they are asked
    for.
    """

    last: Last | None = None
    known: dict[str, Imprint] | None = None

    def imprints(self, cache: Path) -> dict[str, Imprint]:
        """Those that the last build kept, by source."""
        if self.known is None:
            self.known = load_imprints(cache)
        return self.known


def fields_of(document: Document) -> bytes:
    """A document without its text, packed, with the places of its fields."""
    return RECORDS.pack(replace(document, body=()))


def identity(document: Document, packed: bytes) -> str:
    """The digest of a document but for its words; `packed` are its fields."""
    return sha256(packed + RECORDS.pack(leading_to(document))).hexdigest()


def imprints(
    library: Library,
    pages: tuple[Page, ...],
    *,
    traits: Mapping[str, Traits],
    former: Mapping[str, Imprint],
    changed: frozenset[str],
) -> dict[str, Imprint]:
    """By source, those of the documents of a site; views of pages not `changed` are taken over."""
    fit = frozenset(_fit(library))
    found: dict[str, Imprint] = {}
    for page in pages:
        source = page.sources[0] if page.sources else ""
        trait = traits.get(source) if isinstance(page.view, DocumentView) else None
        if trait is None or source not in fit:
            continue
        old = former.get(source)
        is_old = old is not None and old.page == page.path and page.path not in changed
        view = old.view if old and is_old else VIEWS.pack(replace(page.view, chapters=()))
        said = RECORDS.pack(trait.said) if trait.said else b""
        found[source] = Imprint(page.path, trait.identity, said, view)
    return found


def load_imprints(cache: Path) -> dict[str, Imprint]:
    """What the last build kept, by source."""
    note = load_note(cache / NAME)
    rows = marshal.loads(note) if note is not None else {}  # whole, as its digest says
    return {source: Imprint(*row) for source, row in rows.items()}


def save_imprints(cache: Path, found: Mapping[str, Imprint]) -> None:
    """Keep them for the next build."""
    rows = {source: (i.page, i.identity, i.said, i.view) for source, i in found.items()}
    save_note(cache / NAME, marshal.dumps(rows))


def _fit(library: Library) -> Iterator[str]:
    """The files of documents whose text is not signed off, not recorded as published, and names no
    file in which something was found.
    """
    if library.config.review is not None:
        return
    recorded = library.published.latest()
    odd = frozenset(file.path for file in library.files if file.findings)
    for document in library.documents:
        is_odd = odd and odd & named_files(document.body, document.attachments)
        if document.id.casefold() not in recorded and not is_odd:
            yield document.origin.place.file
