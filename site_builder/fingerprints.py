"""Fingerprints: all that the bytes of a page depend on, as digests.

Promise: a page whose fingerprint is that of the last build would have the same bytes; TemplateFault
is raised where a template names what is not there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache

from site_builder.model.library import Library
from site_builder.model.page import Page, digest, field_digests
from site_builder.outcome import PACKAGE
from site_builder.pages.frames import site_view
from site_builder.render.html import Templates, template_digest
from site_builder.write.last import libraries
from site_builder.write.plan import Wanted
from site_builder.write.trace import Fingerprint, fingerprint
from site_builder.write.workers import Jobs, spread


def wanted_of(
    templates: Templates, pages: tuple[Page, ...], *, library: Library, jobs: Jobs = 1
) -> tuple[Wanted, ...]:
    """The pages with their fingerprints: each field of the view, template, site and generator."""
    views = dict(spread(_views, pages, jobs=jobs))
    shared = {"site": digest(site_view(library)), "generator": generator()}
    made = digests_of(templates, pages)
    around = {
        name: fingerprint({**({"template": made[name]} if name in made else {}), **shared})
        for name in {page.template for page in pages}
    }
    return tuple(Wanted(p, views[p.path].along_with(around[p.template])) for p in pages)


def digests_of(templates: Templates, pages: tuple[Page, ...]) -> dict[str, str]:
    """The digests of all templates that pages are made with. Raises TemplateFault."""
    named = {page.template for page in pages if page.kind in ("html", "text")}
    return {name: template_digest(templates, name) for name in sorted(named)}


@cache
def generator() -> str:
    """A digest of the program and its libraries: any change of them rebuilds everything."""
    files = sorted(f for f in PACKAGE.rglob("*") if f.suffix in (".py", ".yaml"))
    stats = ((f, f.stat()) for f in files)
    own = tuple((f.name, s.st_size, s.st_mtime_ns) for f, s in stats)
    return digest((sys.version, libraries(), own))


def _views(pages: Sequence[Page]) -> Iterator[tuple[str, Fingerprint]]:
    return ((page.path, fingerprint(field_digests(page.view))) for page in pages)
