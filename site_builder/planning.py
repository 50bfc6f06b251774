"""Planning: files → records → problems → pages.

Promise: whoever builds, checks, records or archives a site begins with the same problems and pages;
nothing is planned where an error was found before.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from site_builder.fingerprints import generator
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.outcome import Site
from site_builder.pages.plan import plan
from site_builder.pages.preview import previewed
from site_builder.problems import Problem, errors
from site_builder.reading import Memory, Reader
from site_builder.rules.checks import check as check_records
from site_builder.sources.load import load
from site_builder.write.last import TICK
from site_builder.write.workers import cores

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """What stands before anything is rendered."""

    library: Library | None
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


def nothing(_: str) -> None:
    """What is told to nobody."""


@contextmanager
def much_that_stays() -> Iterator[None]:
    """Records and views stay until the end: to look for garbage among them is lost time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def planned_site(
    site: Site,
    as_of: date,
    *,
    reader: Reader | None = None,
    tell: Tell = nothing,
    preview: bool = False,
) -> Planned:
    """The pages of a site; a `preview` has those that wait for their sign-off too.

    Without a `reader` of its own it takes up what a build has read, and keeps nothing.
    """
    with much_that_stays():
        reader = reader or _passing(site)
        return _planned(site, as_of, reader=reader, tell=tell, preview=preview)


def _passing(site: Site) -> Reader:
    program, until = generator(), time.time_ns() - TICK
    return Reader(site.root, site.cache, program, until, jobs=cores(), memory=Memory(), keeps=False)


def _planned(site: Site, as_of: date, *, reader: Reader, tell: Tell, preview: bool) -> Planned:
    tell("读取文件")
    library, problems = load(site.root, as_of, reader=reader)
    if reader.overtaken:  # files that belong together may have been saved meanwhile
        library, problems = load(site.root, as_of, reader=reader)
    if library is None:
        return Planned(None, (), problems)
    tell("检查内容")
    problems += check_records(library, reader.findings)
    if errors(problems):
        return Planned(library, (), problems)
    tell("安排页面")
    pages, collisions = plan(previewed(library) if preview else library)
    return Planned(library, pages, problems + collisions)
