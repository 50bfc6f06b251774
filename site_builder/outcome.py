"""Outcomes: where a site stands, what a run did with it, and whether there is anything to do.

Promise: that nothing has changed is found without loading any stage of the pipeline.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.problems import Problem, errors
from site_builder.write.last import Last, Sight, look, recall, remember

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
    asked = f"{as_of.isoformat()} {preview}"
    return look(site, program=(PACKAGE, *DEFAULT_TEMPLATES), asked=asked)


def unchanged(site: Site, sight: Sight) -> Built | None:
    """What the last build came to, where another would come to the same; else None."""
    last = recall(site, sight)
    return Built(last.problems, total=last.total) if last else None


def keep(site: Site, sight: Sight, *, built: Built) -> None:
    """Remember what a build came to for the next one."""
    if not built.failed:
        lasting = tuple(p for p in built.problems if p.code not in PASSING)
        with suppress(OSError, MemoryError):  # the pages stand; the next build only takes longer
            remember(site, sight, last=Last(lasting, built.total))
