"""Imprints: what the last build made of each document, but for the words of its text.

Promise: an imprint stands only for a document whose words nothing depends on but its own page and
the search index; where that is in doubt there is none, and the next build goes the long way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from site_builder.model.disclosure import Document, named_files
from site_builder.model.library import Library
from site_builder.model.packing import RECORDS, Packing
from site_builder.model.page import Page
from site_builder.pages.document_views import DocumentView
from site_builder.pages.letters import Letter
from site_builder.pages.pieces import Chapter, Download, Fact, Frame, Link, LinkGroup
from site_builder.pages.search_views import BlockState, Choice, SearchMapView, SearchState
from site_builder.problems import Problem
from site_builder.rules.alone import leading_to
from site_builder.write.last import Last, Places, is_as_left
from site_builder.write.notes import drop_note, load_parts, load_values, save_parts, save_values
from site_builder.write.trace import Trace

DOCUMENTS, SEARCH = "imprints", "search"
PART = 500  # documents that are packed at once
VIEWS = Packing((DocumentView, Frame, Fact, Link, LinkGroup, Letter, Download, Chapter))
STATES = Packing((SearchState, BlockState, Choice))


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


@dataclass(frozen=True, slots=True)
class Imprints:
    """Those of all documents, by source, and the state of the search index."""

    documents: Mapping[str, Imprint] = field(default_factory=dict)
    search: SearchState = SearchState((), (), ())


@dataclass(slots=True)
class Remembered:
    """The last build of a site, as this process knows it; imprints are loaded when asked for.

    A process that `lasts` has a `trace` that was not kept, once it has edited words.
    """

    last: Last | None = None
    known: Imprints | None = None
    trace: Trace | None = None
    lasts: bool = False

    def imprints(self, cache: Path) -> Imprints:
        """Those that the last build kept."""
        if self.known is None:
            self.known = load_imprints(cache)
        return self.known

    def former(self, site: Places) -> Imprints:
        """Those of the build before this one, which may have been one of another process."""
        if self.last is not None and is_as_left(site, self.last):
            return self.imprints(site.cache)
        return load_imprints(site.cache)


def identified(document: Document) -> tuple[bytes | None, str]:
    """A document's fields packed, with their places, and the digest of all of it but its words.

    A document that holds what cannot be packed has neither.
    """
    try:
        packed = RECORDS.pack(replace(document, body=()))
        return packed, sha256(packed + RECORDS.pack(leading_to(document))).hexdigest()
    except TypeError:
        return None, ""


def packed_problems(problems: tuple[Problem, ...]) -> bytes:
    """No bytes for none: so it is with most documents."""
    return RECORDS.pack(problems) if problems else b""


def unpacked_problems(packed: bytes) -> tuple[Problem, ...]:
    """The problems again."""
    found: tuple[Problem, ...] = RECORDS.unpack(packed) if packed else ()
    return found


def imprints(
    library: Library,
    pages: tuple[Page, ...],
    *,
    traits: Mapping[str, Traits],
    former: Mapping[str, Imprint],
    changed: frozenset[str],
) -> Imprints:
    """Those of a site; views of pages that have not `changed` are taken over."""
    fit = frozenset(_fit(library))
    found: dict[str, Imprint] = {}
    state = Imprints().search
    for page in pages:
        if isinstance(page.view, SearchMapView):
            state = page.view.state
        source = page.sources[0] if page.sources else ""
        trait = traits.get(source) if isinstance(page.view, DocumentView) else None
        if trait is None or source not in fit:
            continue
        old = former.get(source)
        is_old = old is not None and old.page == page.path and page.path not in changed
        view = old.view if old and is_old else VIEWS.pack(replace(page.view, chapters=()))
        said = packed_problems(trait.said)
        found[source] = Imprint(page.path, trait.identity, said, view)
    return Imprints(found, state)


def load_imprints(cache: Path) -> Imprints:
    """What the last build kept."""
    parts, state = load_parts(cache / DOCUMENTS), load_values(cache / SEARCH)
    if not parts or state is None:
        return Imprints()
    found = {source: Imprint(*row) for part in parts for source, *row in part}
    return Imprints(found, STATES.unpack(state))


def save_imprints(cache: Path, found: Imprints, *, former: Imprints) -> None:
    """Keep for the next build what is not kept already; what cannot be kept only costs time."""
    try:
        if found.documents != former.documents or not (cache / DOCUMENTS).exists():
            save_parts(cache / DOCUMENTS, _parts(found.documents))
        if found.search != former.search or not (cache / SEARCH).exists():
            save_values(cache / SEARCH, STATES.pack(found.search))
    except (OSError, MemoryError):
        forget_imprints(cache)


def forget_imprints(cache: Path) -> None:
    """Keep none; what a process remembers may be newer than what it drops here."""
    drop_note(cache / DOCUMENTS)
    drop_note(cache / SEARCH)


def _parts(documents: Mapping[str, Imprint]) -> Iterator[tuple[tuple[str | bytes, ...], ...]]:
    rows = ((s, i.page, i.identity, i.said, i.view) for s, i in documents.items())
    yield ()  # that there are none is known too
    while part := tuple(islice(rows, PART)):
        yield part


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
