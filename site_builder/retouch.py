"""The short way: a build after nothing but the words of a few documents has changed.

Promise: it comes to what a whole build would come to, to the byte and to the problem; where that is
not certain it does nothing, and a whole build follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from site_builder.imprints import (
    VIEWS,
    Imprint,
    Imprints,
    Remembered,
    identified,
    packed_problems,
    save_imprints,
    unpacked_problems,
)
from site_builder.model.disclosure import Document
from site_builder.model.fields import Origin
from site_builder.model.library import Library
from site_builder.model.page import Page, digest, field_digests
from site_builder.model.search import Entry
from site_builder.outcome import Built, Site, keep_edited
from site_builder.pages.document_views import DocumentView
from site_builder.pages.frames import site_view
from site_builder.pages.search_entry import entry_of
from site_builder.pages.search_views import SearchState
from site_builder.pages.texts import TARGET, chapters
from site_builder.problems import Problem, errors, in_order
from site_builder.reindex import Reindexed, reindexed
from site_builder.render.html import TemplateFault, template_digest
from site_builder.rendering import renderer, templates_of
from site_builder.rules.alone import check_documents
from site_builder.sources.columns import CONTENT, column_of
from site_builder.sources.config import load_config
from site_builder.sources.documents import read_document
from site_builder.sources.files import read_bytes
from site_builder.sources.lists import load_lists
from site_builder.sources.shell import read_shell
from site_builder.write.last import Last, Sight, edited, is_as_left
from site_builder.write.plan import Change, Comparison, Wanted
from site_builder.write.run import Busy, Unwritable, apply, locked
from site_builder.write.trace import (
    Fingerprint,
    Trace,
    Written,
    load_trace,
    read_written,
)

MANY = 20  # files: for more a whole build is as quick
TEMPLATE = "pages/document.html"


@dataclass(frozen=True, slots=True)
class _Edit:
    """A document with other words: its page, its entry in the index, and what is wrong with it by
    itself, now and before; up to line `fields_end` stand its fields."""

    file: str
    page: Page
    entry: Entry
    fields_end: int
    found: tuple[Problem, ...]
    former: tuple[Problem, ...]


def retouched(site: Site, sight: Sight, remembered: Remembered) -> Built | None:
    """What a build came to that had only words to bring up to date; None where there is more."""
    last = remembered.last
    files = _texts(site, sight, last)
    if last is None or not files:
        return None
    kept = remembered.imprints(site.cache).documents
    imprints = {file: kept[file] for file in files if file in kept}
    config, _ = load_config(site.root)
    if config is None or len(imprints) < len(files):
        return None
    lists = load_lists(site.root, config)
    edits = [_edit(site.root, file, lists=lists, imprint=i) for file, i in imprints.items()]
    sure = tuple(edit for edit in edits if edit and _is_alone(edit, last))
    if len(sure) < len(files):
        return None
    return _written(site, sure, lists=lists, sight=sight, remembered=remembered)


def _texts(site: Site, sight: Sight, last: Last | None) -> tuple[str, ...]:
    """The files that are not as they were, if they can all be texts of documents."""
    found = edited(last, sight) if last else None
    content = site.root / CONTENT
    paths = [Path(file) for file in found or ()]
    if len(paths) > MANY or not all(p.is_relative_to(content) and p.suffix == ".md" for p in paths):
        return ()
    return tuple(path.relative_to(site.root).as_posix() for path in paths)


def _edit(root: Path, file: str, *, lists: Library, imprint: Imprint) -> _Edit | None:
    data, unread = read_bytes(root, file)
    column = column_of(file, lists.config)
    if unread or column is None:
        return None
    loaded = read_document(data, file, column=column)
    document = loaded.record
    if not isinstance(document, Document):
        return None
    _, identity = identified(document)
    if identity != imprint.identity:
        return None
    found = check_documents((document,), lists)
    page = _page(document, file, imprint=imprint)
    if page is None or file not in found:
        return None
    former = unpacked_problems(imprint.said)
    number = lists.config.columns.index(column)
    bureau = lists.config.site.bureau
    entry = entry_of(document, page.path, column=number, bureau=bureau)
    said = (*loaded.problems, *found[file])
    return _Edit(file, page, entry, _fields_end(document), said, former)


def _fields_end(document: Document) -> int:
    """A line below which nothing but fields stands: the last that is known of one."""
    origins: list[Origin] = [document.origin]
    origins += (attachment.origin for attachment in document.attachments)
    origins += (change.origin for change in document.changes)
    return max(line for origin in origins for _, line, _, _ in origin.fields)


def _page(document: Document, file: str, *, imprint: Imprint) -> Page | None:
    """Its page with the new text; None where that speaks of something it did not speak of."""
    view: DocumentView = VIEWS.unpack(imprint.view)
    known = {link.text: link for link in view.links}
    named = dict.fromkeys(TARGET.findall("\n".join(s.text for s in document.body)))
    if not all(target in known for target in named):
        return None
    links = tuple(known[target] for target in named)
    view = replace(view, chapters=chapters(document.body), links=links)
    return Page(imprint.page, "html", TEMPLATE, view, (file,))


def _is_alone(edit: _Edit, last: Last) -> bool:
    """Whether there is no error, and all that others say of the file is said of its fields.

    Where those stand has not changed; and what is said of them depends on no word of the text.
    """
    others = (p for p in last.problems if p not in edit.former)
    places = (place for p in others for place in (p.place, *p.related) if place.file == edit.file)
    return not errors(edit.found) and all(place.line <= edit.fields_end for place in places)


def _written(
    site: Site, edits: tuple[_Edit, ...], *, lists: Library, sight: Sight, remembered: Remembered
) -> Built | None:
    fragments, _ = read_shell(site.root, lists.config.shell)
    view, templates = site_view(replace(lists, fragments=fragments)), templates_of(site)
    try:
        render = renderer(site, view, templates)
        rendered = {edit.page.path: render(edit.page) for edit in edits}
        around = {"site": digest(view), "template": template_digest(templates, TEMPLATE)}
        with locked(site.cache):
            return _switched(
                site, edits, rendered=rendered, around=around, sight=sight, remembered=remembered
            )
    except (TemplateFault, Busy, Unwritable, OSError, MemoryError):
        return None  # the whole build says so


def _switched(
    site: Site,
    edits: tuple[_Edit, ...],
    *,
    rendered: Mapping[str, bytes],
    around: Mapping[str, str],
    sight: Sight,
    remembered: Remembered,
) -> Built | None:
    last, trace = remembered.last, remembered.trace or load_trace(site.cache)
    if last is None or not is_as_left(site, last):
        return None  # another build has come in between
    search = _search(site, edits, trace=trace, remembered=remembered)
    if search is None:
        return None
    files = {**rendered, **search.files}
    pages = (*(edit.page for edit in edits), *search.pages())
    comparison, trace = _compared(pages, files=files, around=around, trace=trace)
    applied = apply(
        comparison,
        lambda page: files[page.path],
        trace=trace,
        output=site.output,
        cache=site.cache,
        keeps=not remembered.lasts,
    )
    if any(fault.code == "O311" for fault in applied.problems):
        return Built(in_order((*_said(edits, last), *applied.problems)))
    if applied.problems:
        return None
    built = Built(in_order(_said(edits, last)), (), comparison.changes, total=last.total)
    _remember(site, edits, state=search.state, remembered=remembered)
    remembered.trace = applied.trace if remembered.lasts else None
    remembered.last = keep_edited(site, sight, last=last, built=built, lasts=remembered.lasts)
    return built


def _search(
    site: Site, edits: tuple[_Edit, ...], *, trace: Trace, remembered: Remembered
) -> Reindexed | None:
    state = remembered.imprints(site.cache).search

    held = partial(read_written, site.output, trace=trace)
    return reindexed(state, (edit.entry for edit in edits), held=held)


def _compared(
    pages: tuple[Page, ...],
    *,
    files: Mapping[str, bytes],
    around: Mapping[str, str],
    trace: Trace,
) -> tuple[Comparison, Trace]:
    """What changes, and the trace with the fingerprints of what is only compared anew.

    What stands `around` a text may have changed since it was looked at: it counts as it was shown.
    """
    changes: list[Change] = []
    same: dict[str, Written] = {}
    for page in pages:
        known = trace.find(page.path) or Written(Fingerprint())
        now = known.fingerprint.with_parts({**_digests(page), **(around if page.template else {})})
        if page.path in files and sha256(files[page.path]).hexdigest() != known.sha256:
            reasons = now.differing(known.fingerprint)
            changes.append(Change(Wanted(page, now), reasons))
        elif now != known.fingerprint:
            same[page.path] = replace(known, fingerprint=now)
    written = {change.wanted.page.path for change in changes}
    kept = tuple(path for path in trace.rows if path not in written)
    return Comparison(tuple(changes), (), kept, ()), trace.amended_by(same)


def _digests(page: Page) -> dict[str, str]:
    """Of what may be others: of a document its text, of grams that of all texts in their block."""
    view = page.view
    if isinstance(view, DocumentView):
        return {"chapters": digest(view.chapters), "links": digest(view.links)}
    return {"texts": _of_block(view.texts)} if page.kind == "search-shard" else field_digests(view)


@lru_cache(maxsize=8)
def _of_block(version: str) -> str:
    """The same for all shards of a block, of which there may be a thousand."""
    return digest(version)


def _remember(
    site: Site, edits: tuple[_Edit, ...], *, state: SearchState, remembered: Remembered
) -> None:
    """Keep the state of the index, and what is said of these files by themselves."""
    former = remembered.imprints(site.cache)
    others = {
        edit.file: replace(former.documents[edit.file], said=packed_problems(edit.found))
        for edit in edits
        if edit.found != edit.former
    }
    documents = {**former.documents, **others} if others else former.documents
    remembered.known = Imprints(documents, state)
    if not remembered.lasts:
        save_imprints(site.cache, remembered.known, former=former)


def _said(edits: tuple[_Edit, ...], last: Last) -> tuple[Problem, ...]:
    """What the last build said, with what is wrong with these files now."""
    former = [problem for edit in edits for problem in edit.former]
    others = (problem for problem in last.problems if problem not in former)
    return (*others, *(problem for edit in edits for problem in edit.found))
