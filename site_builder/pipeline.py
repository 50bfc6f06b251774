"""The pipeline: files → records → problems → pages → bytes → output.

Promise: this is the only way to build; every command runs these stages in this order, and an
error anywhere before the last one leaves the output as it was.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from site_builder.model.library import Library
from site_builder.model.page import Page, digest, field_digests
from site_builder.outcome import (
    DEFAULT_TEMPLATES,
    PACKAGE,
    keep,
    seen,
    unchanged,
)
from site_builder.outcome import Built as Built
from site_builder.outcome import Site as Site
from site_builder.outcome import site_at as site_at
from site_builder.pages.frames import site_view
from site_builder.pages.pieces import SiteView
from site_builder.pages.plan import plan
from site_builder.pages.preview import previewed
from site_builder.problems import Place, Problem, errors, in_order
from site_builder.reading import Memory, Reader
from site_builder.render.html import TemplateFault, Templates, open_templates, template_digest
from site_builder.render.pages import render
from site_builder.rules.checks import check as check_records
from site_builder.sources.files import read_bytes
from site_builder.sources.load import load
from site_builder.write.inspect import inspect
from site_builder.write.last import Sight, libraries
from site_builder.write.plan import EDITED, Comparison, Wanted, compare
from site_builder.write.run import Busy, Unwritable, apply, locked
from site_builder.write.trace import load_trace
from site_builder.write.workers import Jobs, cores, spread

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build would publish now, and whether the output is exactly that already."""

    problems: tuple[Problem, ...]
    library: Library | None = None
    pages: tuple[Page, ...] = ()
    is_built: bool = False


@dataclass(frozen=True, slots=True)
class _Planned:
    """What stands before anything is rendered."""

    library: Library | None
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


@contextmanager
def _much_that_stays() -> Iterator[None]:
    """Records and views stay until the end: to look for garbage among them is lost time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _nothing(_: str) -> None:
    """What is told to nobody."""


def build(
    site: Site,
    as_of: date,
    *,
    whole: bool = False,
    jobs: Jobs = 0,
    tell: Tell = _nothing,
    memory: Memory | None = None,
    preview: bool = False,
) -> Built:
    """Bring the output up to date; with an error it stays as it is.

    `whole` plans every page, also where nothing has changed: to say why. `jobs` is the number of
    processes, as many as the machine has cores if it is 0, or those of other machines. `tell` hears
    of each stage as it begins. A process that builds again and again has a `memory`. A `preview`
    also shows what waits for its sign-off, and says so; it is never published.
    """
    tell("查看哪些文件有变化")
    sight = seen(site, as_of, preview=preview)
    done = None if whole else unchanged(site, sight)
    if done is not None:
        return done
    jobs, memory, program = jobs or cores(), memory or Memory(), _generator()
    reader = Reader(site.root, site.cache, program, sight.until, jobs=jobs, memory=memory)
    with _much_that_stays():
        planned = _planned(site, as_of, reader=reader, tell=tell, preview=preview)
    if planned.library is None or errors(planned.problems):
        return Built(in_order(planned.problems), planned.pages)
    return _written(site, planned, sight=sight, jobs=jobs, tell=tell)


def check(site: Site, as_of: date) -> Built:
    """Everything a build would say, and an inspection of the pages it would write."""
    planned = _planned(site, as_of)
    library = planned.library
    if library is None or errors(planned.problems):
        return Built(in_order(planned.problems), planned.pages, library=library)
    try:
        _wanted(_templates(site), planned.pages, library=library)  # a build could not do without
        rendered = renderer(site, site_view(library))
        files = {page.path: rendered(page) for page in planned.pages}
    except TemplateFault as fault:
        problems = in_order((*planned.problems, fault.problem))
        return Built(problems, planned.pages, library=library)
    outside = library.fragments.absolute_links()
    found = inspect(files, library.config.site.url, outside=outside)
    problems = in_order((*planned.problems, *found))
    return Built(problems, planned.pages, library=library, inspected=True)


def standing(site: Site, as_of: date) -> Standing:
    """Everything a build would begin with; nothing is rendered and nothing written."""
    planned = _planned(site, as_of)
    problems = in_order(planned.problems)
    if planned.library is None or errors(problems):
        return Standing(problems, planned.library, planned.pages)
    try:
        wanted = _wanted(_templates(site), planned.pages, library=planned.library)
    except TemplateFault as fault:
        return Standing(in_order((*problems, fault.problem)), planned.library, planned.pages)
    comparison = compare(wanted, load_trace(site.cache), output=site.output)
    is_built = not (comparison.changes or comparison.removals)
    return Standing(problems, planned.library, planned.pages, is_built)


def renderer(site: Site, view: SiteView) -> Callable[[Page], bytes]:
    """How a page becomes bytes; those of an archive have a site view of their own."""
    return partial(_render, site=site, templates=_templates(site), view=view)


def _planned(
    site: Site,
    as_of: date,
    *,
    reader: Reader | None = None,
    tell: Tell = _nothing,
    preview: bool = False,
) -> _Planned:
    tell("读取文件")
    library, problems = load(site.root, as_of, reader=reader)
    if library is None:
        return _Planned(None, (), problems)
    tell("检查内容")
    problems += check_records(library, reader.findings if reader else {})
    if errors(problems):
        return _Planned(library, (), problems)
    tell("安排页面")
    pages, collisions = plan(previewed(library) if preview else library)
    return _Planned(library, pages, problems + collisions)


def _written(site: Site, planned: _Planned, *, sight: Sight, jobs: Jobs, tell: Tell) -> Built:
    """One build at a time brings the output up to date."""
    try:
        with locked(site.cache):
            built = _write(site, planned, jobs=jobs, tell=tell)
            tell("记下这次生成")
            keep(site, sight, built=built)
            return built
    except Busy:
        message = "另一个生成正在进行，等了一分钟还没有结束"
        return Built(in_order((*planned.problems, Problem("O301", Place("output"), message))))
    except (TemplateFault, Unwritable) as fault:
        return Built(in_order((*planned.problems, fault.problem)), planned.pages)


def _write(site: Site, planned: _Planned, *, jobs: Jobs, tell: Tell) -> Built:
    library = planned.library
    if library is None:
        return Built(planned.problems)
    tell("比较页面")
    templates, view = _templates(site), site_view(library)
    with _much_that_stays():
        wanted = _wanted(templates, planned.pages, library=library, jobs=jobs)
        trace = load_trace(site.cache)
        comparison = compare(wanted, trace, output=site.output)
    rendered = partial(_rendered, site=site, templates=templates, view=view)
    tell(f"生成 {len(comparison.changes)} 个页面")
    gc.freeze()  # what is here by now is not looked through for each page again
    try:
        faults = apply(
            comparison, rendered, trace=trace, output=site.output, cache=site.cache, jobs=jobs
        )
    finally:
        gc.unfreeze()
    remarks = _remarks(comparison, mended=not faults)
    problems = in_order((*planned.problems, *remarks, *faults))
    if faults:
        return Built(problems, planned.pages)
    total = len(planned.pages)
    return Built(problems, planned.pages, comparison.changes, comparison.removals, total=total)


def _wanted(
    templates: Templates, pages: tuple[Page, ...], *, library: Library, jobs: Jobs = 1
) -> tuple[Wanted, ...]:
    shared = {"site": digest(site_view(library)), "generator": _generator()}
    named = {page.template for page in pages if page.kind in ("html", "text")}
    made = {name: {"template": template_digest(templates, name)} for name in sorted(named)}
    shares = spread(_views, pages, jobs=jobs)
    views = {path: digests for share in shares for path, digests in share}
    return tuple(Wanted(p, {**views[p.path], **made.get(p.template, {}), **shared}) for p in pages)


def _views(pages: Sequence[Page]) -> list[tuple[str, dict[str, str]]]:
    return [(page.path, field_digests(page.view)) for page in pages]


def _rendered(page: Page, *, site: Site, templates: Templates, view: SiteView) -> bytes | Problem:
    """The bytes of a page; a fault of its template is a value, so that a worker can send it."""
    try:
        return _render(page, site=site, templates=templates, view=view)
    except TemplateFault as fault:
        return fault.problem


def _render(page: Page, *, site: Site, templates: Templates, view: SiteView) -> bytes:
    if page.kind == "copy":
        return read_bytes(site.root, page.view.source)[0]
    return render(templates, page, site=view)


def _templates(site: Site) -> Templates:
    folders = (site.root / "templates", *DEFAULT_TEMPLATES)
    return open_templates(tuple(folder for folder in folders if folder.is_dir()))


@cache
def _generator() -> str:
    """A digest of the program and its libraries: any change of them rebuilds everything."""
    files = sorted(f for f in PACKAGE.rglob("*") if f.suffix in (".py", ".yaml"))
    stats = ((f, f.stat()) for f in files)
    own = tuple((f.name, s.st_size, s.st_mtime_ns) for f, s in stats)
    return digest((sys.version, libraries(), own))


def _remarks(comparison: Comparison, *, mended: bool) -> tuple[Problem, ...]:
    """What a build found in the output that it did not put there."""
    edited = (
        Problem("O201", Place(f"output/{c.wanted.page.path}"), "这个页面被人直接改过，已重新生成")
        for c in comparison.changes
        if mended and EDITED in c.reasons
    )
    unknown = (
        Problem("O202", Place(f"output/{path}"), "这个文件不是生成出来的，保留不动")
        for path in comparison.unknown
    )
    return (*edited, *unknown)
