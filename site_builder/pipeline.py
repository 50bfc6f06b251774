"""The pipeline: files → records → problems → pages → bytes → output.

Promise: this is the only way to build; every command runs these stages in this order, and an
error anywhere before the last one leaves the output as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.model.library import Library
from site_builder.model.page import Page, digest, field_digests
from site_builder.pages.frames import site_view
from site_builder.pages.plan import plan
from site_builder.pages.preview import previewed
from site_builder.problems import Place, Problem, errors, in_order
from site_builder.render.html import TemplateFault, Templates, open_templates, template_digest
from site_builder.render.pages import render
from site_builder.rules.checks import check as check_records
from site_builder.sources.files import read_bytes
from site_builder.sources.load import load
from site_builder.write.inspect import inspect
from site_builder.write.plan import EDITED, Change, Comparison, Wanted, compare
from site_builder.write.run import Busy, Unwritable, apply, locked, render_all
from site_builder.write.trace import load_trace

PACKAGE = Path(__file__).parent
DEFAULT_TEMPLATES = (PACKAGE / "templates", PACKAGE.parent / "templates")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site stands: its sources, its output, and the builder's own notes."""

    root: Path
    output: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Built:
    """What a run did: its problems, and how the output changed.

    A check also says what it read, and whether it came as far as to look at the pages.
    """

    problems: tuple[Problem, ...]
    pages: tuple[Page, ...] = ()
    changes: tuple[Change, ...] = ()
    removals: tuple[str, ...] = ()
    library: Library | None = None
    inspected: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return bool(errors(self.problems))


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


def site_at(root: Path) -> Site:
    """The usual places: `output/` and `.cache/site_builder/` inside the site's folder."""
    return Site(root, root / "output", root / ".cache" / "site_builder")


def build(site: Site, as_of: date, *, preview: bool = False) -> Built:
    """Bring the output up to date; with an error it stays as it is.

    A `preview` also shows what waits for its sign-off, and says so; it is never published.
    """
    planned = _planned(site, as_of, preview=preview)
    if planned.library is None or errors(planned.problems):
        return Built(in_order(planned.problems), planned.pages)
    try:
        with locked(site.cache):
            return _write(site, planned, library=planned.library)
    except Busy:
        message = "另一个生成正在进行，等了一分钟还没有结束"
        return Built(in_order((*planned.problems, Problem("O301", Place("output"), message))))
    except (TemplateFault, Unwritable) as fault:
        return Built(in_order((*planned.problems, fault.problem)), planned.pages)


def check(site: Site, as_of: date) -> Built:
    """Everything a build would say, and an inspection of the pages it would write."""
    planned = _planned(site, as_of)
    if planned.library is None or errors(planned.problems):
        return Built(in_order(planned.problems), planned.pages, library=planned.library)
    try:
        _wanted(site, planned.pages, library=planned.library)  # a build could not do without
        rendering = renderer(site, planned.library)
        files = {page.path: rendering(page) for page in planned.pages}
    except TemplateFault as fault:
        problems = in_order((*planned.problems, fault.problem))
        return Built(problems, planned.pages, library=planned.library)
    library = planned.library
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
        wanted = _wanted(site, planned.pages, library=planned.library)
    except TemplateFault as fault:
        return Standing(in_order((*problems, fault.problem)), planned.library, planned.pages)
    comparison = compare(wanted, load_trace(site.cache), output=site.output)
    is_built = not (comparison.changes or comparison.removals)
    return Standing(problems, planned.library, planned.pages, is_built)


def _planned(site: Site, as_of: date, *, preview: bool = False) -> _Planned:
    library, problems = load(site.root, as_of)
    if library is None:
        return _Planned(None, (), problems)
    problems += check_records(library)
    if errors(problems):
        return _Planned(library, (), problems)
    pages, collisions = plan(previewed(library) if preview else library)
    return _Planned(library, pages, problems + collisions)


def _write(site: Site, planned: _Planned, *, library: Library) -> Built:
    wanted = _wanted(site, planned.pages, library=library)
    trace = load_trace(site.cache)
    comparison = compare(wanted, trace, output=site.output)
    rendered = render_all(comparison.changes, renderer(site, library))
    problems = (
        *planned.problems,
        *_remarks(comparison),
        *apply(rendered, comparison, trace=trace, output=site.output, cache=site.cache),
    )
    changes = tuple(item.change for item in rendered)
    return Built(in_order(problems), planned.pages, changes, comparison.removals)


def _wanted(site: Site, pages: tuple[Page, ...], *, library: Library) -> tuple[Wanted, ...]:
    templates = _templates(site)
    shared = {"site": digest(site_view(library)), "generator": _generator()}
    return tuple(Wanted(page, _fingerprint(page, templates, shared=shared)) for page in pages)


def _fingerprint(page: Page, templates: Templates, *, shared: dict[str, str]) -> dict[str, str]:
    own = field_digests(page.view)
    if page.kind in ("html", "text"):
        own["template"] = template_digest(templates, page.template)
    return {**own, **shared}


def renderer(site: Site, library: Library) -> Callable[[Page], bytes]:
    """What makes the bytes of a page of this site, or of a paper about it."""
    templates, view = _templates(site), site_view(library)

    def rendered(page: Page) -> bytes:
        if page.kind == "copy":
            return read_bytes(site.root, page.view.source)[0]
        return render(templates, page, site=view)

    return rendered


def _templates(site: Site) -> Templates:
    folders = (site.root / "templates", *DEFAULT_TEMPLATES)
    return open_templates(tuple(folder for folder in folders if folder.is_dir()))


def _generator() -> str:
    """A digest of the program itself: any change of code or forms rebuilds everything."""
    files = sorted(f for f in PACKAGE.rglob("*") if f.suffix in (".py", ".yaml"))
    stats = ((f, f.stat()) for f in files)
    return digest(tuple((f.name, s.st_size, s.st_mtime_ns) for f, s in stats))


def _remarks(comparison: Comparison) -> tuple[Problem, ...]:
    """What a build found in the output that it did not put there."""
    edited = (
        Problem("O201", Place(f"output/{c.wanted.page.path}"), "这个页面被人直接改过，已重新生成")
        for c in comparison.changes
        if EDITED in c.reasons
    )
    unknown = (
        Problem("O202", Place(f"output/{path}"), "这个文件不是生成出来的，保留不动")
        for path in comparison.unknown
    )
    return (*edited, *unknown)
