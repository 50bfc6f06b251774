"""The pipeline: files → records → problems → pages → bytes → output.

Promise: this is the only way to build; every command runs these stages in this order, and an
error anywhere before the last one leaves the output as it was.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from site_builder.checking import check as check
from site_builder.fingerprints import generator, wanted_of
from site_builder.imprints import (
    Imprints,
    Remembered,
    Traits,
    forget_imprints,
    imprints,
    save_imprints,
)
from site_builder.model.library import Library
from site_builder.model.page import Page
from site_builder.outcome import Built as Built
from site_builder.outcome import Site as Site
from site_builder.outcome import (
    keep,
    recall,
    seen,
    seen_again,
    unchanged,
)
from site_builder.outcome import site_at as site_at
from site_builder.pages.frames import site_view
from site_builder.patching import patching
from site_builder.planning import Planned, Tell, much_that_stays, nothing, planned_site
from site_builder.problems import Place, Problem, errors, in_order
from site_builder.reading import Memory, Reader
from site_builder.render.html import TemplateFault
from site_builder.rendering import renderer as renderer
from site_builder.rendering import templates_of
from site_builder.retouch import retouched
from site_builder.write.last import Sight
from site_builder.write.plan import EDITED, Comparison, compare
from site_builder.write.run import Busy, Unwritable, apply, locked, no_memory, not_written
from site_builder.write.trace import load_trace
from site_builder.write.workers import Jobs, cores


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build would publish now, and whether the output is exactly that already."""

    problems: tuple[Problem, ...]
    library: Library | None = None
    pages: tuple[Page, ...] = ()
    is_built: bool = False


def build(
    site: Site,
    as_of: date,
    *,
    whole: bool = False,
    jobs: Jobs = 0,
    tell: Tell = nothing,
    memory: Memory | None = None,
    preview: bool = False,
    changed: frozenset[str] | None = None,
) -> Built:
    """Bring the output up to date; with an error it stays as it is.

    `whole` plans every page, also where nothing has changed: to say why. `jobs` is the number of
    processes, as many as the machine has cores if it is 0, or those of other machines. `tell` hears
    of each stage as it begins. A process that builds again and again has a `memory`, and may know
    which files at most have `changed` since its last build without an error, by their paths in the
    site. A `preview` also shows what waits for its sign-off, and says so; it is never published.
    """
    tell("查看哪些文件有变化")
    memory = memory or Memory()
    sight = _looked(site, as_of, preview=preview, memory=memory, changed=changed)
    remembered = memory.remembered
    if not whole:
        done = unchanged(sight, remembered.last) or retouched(site, sight, remembered)
        if done is not None:
            return done
    jobs, program = jobs or cores(), generator()
    reader = Reader(site.root, site.cache, program, sight.until, jobs=jobs, memory=memory)
    try:
        planned = planned_site(site, as_of, reader=reader, tell=tell, preview=preview)
        if planned.library is None or errors(planned.problems):
            return Built(in_order(planned.problems), planned.pages)
        return _written(site, planned, sight=sight, reader=reader, jobs=jobs, tell=tell)
    except MemoryError:
        return Built((no_memory(),))


def _looked(
    site: Site, as_of: date, *, preview: bool, memory: Memory, changed: frozenset[str] | None
) -> Sight:
    """What there is now; the last build is then remembered if this can be held against it."""
    last = memory.remembered.last
    if last is not None and changed is not None:
        again = seen_again(site, as_of, last=last, changed=changed, preview=preview)
        if again is not None:
            return again
    sight = seen(site, as_of, preview=preview)
    # What else this process remembers may be of a build before the one that is recalled.
    memory.remembered = Remembered(recall(site, sight), lasts=memory.lasts)
    return sight


def standing(site: Site, as_of: date) -> Standing:
    """Everything a build would begin with; nothing is rendered and nothing written."""
    planned = planned_site(site, as_of)
    problems = in_order(planned.problems)
    if planned.library is None or errors(problems):
        return Standing(problems, planned.library, planned.pages)
    try:
        wanted = wanted_of(templates_of(site), planned.pages, library=planned.library)
    except TemplateFault as fault:
        return Standing(in_order((*problems, fault.problem)), planned.library, planned.pages)
    comparison = compare(wanted, load_trace(site.cache), output=site.output)
    is_built = not (comparison.changes or comparison.removals)
    return Standing(problems, planned.library, planned.pages, is_built)


def _written(
    site: Site,
    planned: Planned,
    *,
    sight: Sight,
    reader: Reader,
    jobs: Jobs,
    tell: Tell,
) -> Built:
    """One build at a time brings the output up to date."""
    try:
        with locked(site.cache):
            former = reader.memory.remembered.former(site)
            reader.memory.remembered = Remembered()
            built = _write(site, planned, jobs=jobs, tell=tell)
            tell("记下这次生成")
            if not built.failed:
                found = _imprints(planned, former=former, traits=reader.traits, built=built)
                with suppress(OSError):  # the pages stand; the next build only takes longer
                    save_imprints(site.cache, found, former=former)
                    last = keep(site, sight, built=built)
                    if reader.memory.lasts:
                        reader.memory.remembered = Remembered(last, found, lasts=True)
            return built
    except Busy:
        message = "另一个生成正在进行，等了一分钟还没有结束"
        return Built(in_order((*planned.problems, Problem("O301", Place("output"), message))))
    except (TemplateFault, Unwritable) as fault:
        return Built(in_order((*planned.problems, fault.problem)), planned.pages)
    except OSError as error:  # what stands in the output cannot be looked at
        problems = in_order((*planned.problems, not_written(error, site.output)))
        return Built(problems, planned.pages)


def _imprints(
    planned: Planned, *, former: Imprints, traits: Mapping[str, Traits], built: Built
) -> Imprints:
    """What the next build need not make again."""
    changed = frozenset(change.wanted.page.path for change in built.changes)
    library = planned.library
    if library is None:
        return Imprints()
    return imprints(library, planned.pages, traits=traits, former=former.documents, changed=changed)


def _write(site: Site, planned: Planned, *, jobs: Jobs, tell: Tell) -> Built:
    library = planned.library
    if library is None:
        return Built(planned.problems)
    tell("比较页面")
    templates, view = templates_of(site), site_view(library)
    with much_that_stays():
        wanted = wanted_of(templates, planned.pages, library=library, jobs=jobs)
        trace = load_trace(site.cache)
        comparison = compare(wanted, trace, output=site.output)

    patch = patching(comparison, trace, output=site.output)
    rendered = partial(_rendered, render=renderer(site, view, templates), patch=patch)
    tell(f"生成 {len(comparison.changes)} 个页面")
    if comparison.changes:
        forget_imprints(site.cache)  # those of pages that are about to be others
    gc.freeze()  # what is here by now is not looked through for each page again
    try:
        applied = apply(
            comparison, rendered, trace=trace, output=site.output, cache=site.cache, jobs=jobs
        )
    finally:
        gc.unfreeze()
    remarks = _remarks(comparison, mended=not applied.problems)
    problems = in_order((*planned.problems, *remarks, *applied.problems))
    if applied.problems:
        return Built(problems, planned.pages)
    total = len(planned.pages)
    return Built(problems, planned.pages, comparison.changes, comparison.removals, total=total)


def _rendered(
    page: Page, *, render: Callable[[Page], bytes], patch: Callable[[Page], bytes | None]
) -> bytes | Problem:
    """The bytes of a page; a fault of its template is a value, so that a worker can send it."""
    try:
        return patch(page) or render(page)
    except TemplateFault as fault:
        return fault.problem


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
