"""Checking: everything a build would say, and an inspection of the pages it would write.

Promise: nothing is written, and no more than a page at a time is held as it would be written; what
is said does not depend on how many processes look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from site_builder.fingerprints import digests_of
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.outcome import Built, Site
from site_builder.pages.frames import site_view
from site_builder.planning import planned_site
from site_builder.problems import Problem, errors, in_order
from site_builder.render.html import TemplateFault
from site_builder.rendering import renderer, templates_of
from site_builder.write.inspect import Around, Looked, inspect, look
from site_builder.write.workers import cores, spread

FAULTY = ("html", "text", "copy")  # pages that a template or a file can keep from being made


def check(site: Site, as_of: date) -> Built:
    """Everything a build would say, and what is wrong with the pages it would write."""
    found = planned_site(site, as_of)
    library = found.library
    if library is None or errors(found.problems):
        return Built(in_order(found.problems), found.pages, library=library)
    try:
        seen = _inspected(site, found.pages, library=library)
    except TemplateFault as fault:
        problems = in_order((*found.problems, fault.problem))
        return Built(problems, found.pages, library=library)
    problems = in_order((*found.problems, *seen))
    return Built(problems, found.pages, library=library, inspected=True)


def _inspected(site: Site, pages: tuple[Page, ...], *, library: Library) -> tuple[Problem, ...]:
    """What is wrong with the pages as a visitor would see them. Raises TemplateFault."""
    templates = templates_of(site)
    digests_of(templates, pages)  # a build takes them, and refuses what cannot be followed
    paths = frozenset(page.path for page in pages)
    around = Around(paths, library.config.site.url, library.fragments.absolute_links())
    task = partial(_looked, render=renderer(site, site_view(library), templates), around=around)
    made = [page for page in pages if page.kind in FAULTY]
    seen: dict[str, Looked] = {}
    faults: dict[str, Problem] = {}
    for path, one in spread(task, made, jobs=cores()):
        if isinstance(one, Problem):
            faults[path] = one
        else:
            seen[path] = one
    if faults:
        raise TemplateFault(faults[min(faults)])
    return inspect(seen[page.path] for page in made if page.path in seen)


def _looked(
    pages: Sequence[Page], *, render: Callable[[Page], bytes], around: Around
) -> Iterator[tuple[str, Looked | Problem]]:
    """What is seen of the pages, up to the first fault."""
    for page in pages:
        try:
            content = render(page)
        except TemplateFault as fault:
            yield page.path, fault.problem
            return
        if page.path.endswith(".html"):
            yield page.path, look(page.path, content, around)
