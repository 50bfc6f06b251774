"""Our work apart: the processor time of each kind of work in a cold build, in one process.

Promise: it runs the program's own functions over the same corpus, and names what only we do.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from site_builder.model.page import Page, field_digests
from site_builder.outcome import site_at
from site_builder.pages.frames import site_view
from site_builder.pages.plan import plan
from site_builder.rendering import renderer
from site_builder.rules.alone import check_documents
from site_builder.rules.checks import check
from site_builder.sources.load import load

AS_OF = date(2026, 1, 1)
T = TypeVar("T")
Told = list[tuple[str, float]]


def apart(folder: Path) -> Told:
    """The kinds of work with their seconds of the processor; those marked * only we do."""
    gc.disable()
    told: Told = []
    site = site_at(folder)
    name = "reading, every field validated with its place *"
    library, _ = _timed(told, name, lambda: load(folder, AS_OF))
    assert library is not None
    documents = library.documents
    found = _timed(told, "checks of each document *", lambda: check_documents(documents, library))
    _timed(told, "checks across documents *", lambda: check(library, found))
    pages, _ = _timed(told, "planning all pages", lambda: plan(library))
    _timed(told, "digests that tell what has changed", lambda: _digests(pages))
    render = renderer(site, site_view(library))
    for kind, chosen in _kinds(pages):
        _timed(told, kind, partial(_rendered, render, chosen))
    gc.enable()
    return told


def _rendered(render: Callable[[Page], bytes], pages: list[Page]) -> int:
    return sum(len(render(page)) for page in pages)


def _digests(pages: tuple[Page, ...]) -> list[dict[str, str]]:
    return [field_digests(page.view) for page in pages]


def _kinds(pages: tuple[Page, ...]) -> Iterator[tuple[str, list[Page]]]:
    documents = [p for p in pages if p.template == "pages/document.html"]
    search = [p for p in pages if p.kind.startswith("search")]
    catalogue = [p for p in pages if p.path.startswith("mulu/")]
    known = {id(page) for page in (*documents, *search, *catalogue)}
    yield f"rendering {len(documents)} documents, labels and sanitising included", documents
    yield f"rendering {len(search)} files of the search index *", search
    yield f"rendering {len(catalogue)} pages and downloads of the catalogue *", catalogue
    rest = [p for p in pages if id(p) not in known and p.kind != "copy"]
    yield f"rendering {len(rest)} lists, archives, feeds and others", rest


def _timed(told: Told, name: str, work: Callable[[], T]) -> T:
    started = time.process_time()
    result = work()
    told.append((name, time.process_time() - started))
    return result
