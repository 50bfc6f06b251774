"""Outcomes: where a site stands, what a run did with it, and whether there is anything to do.

Promise: that nothing has changed is found without loading any stage of the pipeline.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.problems import Problem, errors
from site_builder.write.last import (
    Last,
    Sight,
    look,
    look_again,
    look_at_output,
    remember,
    with_written,
)
from site_builder.write.last import recall as recall

if TYPE_CHECKING:
    from datetime import date

    from site_builder.model.library import Library
    from site_builder.model.page import Page
    from site_builder.write.plan import Change

PASSING = ("O201",)  # what a build has mended is said once
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
    """What a run did: its problems, how the output changed, and how many files it has.

    Where nothing had changed no page was planned, so that there are none here. A check also says
    what it read, and whether it came as far as to look at the pages.
    """

    problems: tuple[Problem, ...]
    pages: tuple[Page, ...] = ()
    changes: tuple[Change, ...] = ()
    removals: tuple[str, ...] = ()
    total: int = 0
    library: Library | None = None
    inspected: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return bool(errors(self.problems))


def site_at(root: Path) -> Site:
    """The usual places: `output/` and `.cache/site_builder/` inside the site's folder."""
    return Site(root, root / "output", root / ".cache" / "site_builder")


def seen(site: Site, as_of: date, *, preview: bool = False) -> Sight:
    """The sources and the program as they stand before a build."""
    return look(site, program=(PACKAGE, *DEFAULT_TEMPLATES), asked=_asked(as_of, preview))


def seen_again(
    site: Site, as_of: date, *, last: Last, changed: frozenset[str], preview: bool = False
) -> Sight | None:
    """The same where it is known which files have changed; None where that is not enough."""
    return look_again(site, last, asked=_asked(as_of, preview), changed=changed)


def _asked(as_of: date, preview: bool) -> str:
    return f"{as_of.isoformat()} {preview}"


def unchanged(sight: Sight, last: Last | None) -> Built | None:
    """What the last build came to, where another would come to the same; else None."""
    if last is None or last.sources != sight.sources:
        return None
    return Built(last.problems, total=last.total)


def keep(site: Site, sight: Sight, *, built: Built) -> Last | None:
    """Remember what a build came to for the next one."""
    if built.failed or not sight.asked:
        return None
    lasting = tuple(p for p in built.problems if p.code not in PASSING)
    with suppress(OSError, MemoryError):  # the pages stand; the next build only takes longer
        last = Last(sight.asked, sight.sources, look_at_output(site), lasting, built.total)
        remember(site, last)
        return last
    return None


def keep_edited(site: Site, sight: Sight, *, last: Last, built: Built, lasts: bool) -> Last | None:
    """Remember what a build came to that has only written anew some files of the last one.

    A process that lasts has no need of a note; without one the next looks at everything.
    """
    paths = [change.wanted.page.path for change in built.changes]
    with suppress(OSError, MemoryError):
        output = with_written(site, last.output, paths=paths)
        now = Last(sight.asked, sight.sources, output, built.problems, built.total)
        if not lasts:
            remember(site, now)
        return now
    return None
