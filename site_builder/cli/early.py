"""An early answer: `build` where nothing has changed since the last one, or words alone.

Promise: it says what a whole build would say, and loads next to nothing to find out; whatever is
not a plain `build` is left to the commands.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.outcome import Built, Site
    from site_builder.write.last import Last, Sight


def answered(arguments: list[str]) -> bool | None:
    """Whether there was next to nothing to do, which is then said; None: no plain `build`."""
    started = time.perf_counter()
    asked = _asked(arguments)
    if asked is None:
        return None
    from site_builder.outcome import recall, seen, site_at, unchanged

    root, as_of = asked
    site = site_at(root.resolve())
    sight = seen(site, as_of)
    last = recall(site, sight)
    built = unchanged(sight, last) or _retouched(site, sight, last)
    if built is None:
        return False
    from site_builder.cli.printing import code, print_build, print_problems

    print_problems(built, site, form="text", brief=True)
    print_build(built, site, seconds=time.perf_counter() - started)
    if built.failed:
        sys.exit(code(built))
    return True


def _retouched(site: Site, sight: Sight, last: Last | None) -> Built | None:
    """The words of a few documents brought up to date, where nothing else has changed."""
    if last is None:
        return None
    from site_builder.write.last import edited

    if not edited(last, sight):
        return None
    from site_builder.imprints import Remembered
    from site_builder.retouch import retouched

    return retouched(site, sight, Remembered(last))


def _asked(arguments: list[str]) -> tuple[Path, date] | None:
    """The site and the day of a plain `build`; None for everything else, faults included."""
    root, day, rest = ".", "", list(arguments)
    if rest[:1] == ["--site"]:
        root, rest = "".join(rest[1:2]), rest[2:]
    if rest[:1] != ["build"] or len(rest) not in (1, 3) or rest[1:2] not in ([], ["--as-of"]):
        return None
    day = "".join(rest[2:])
    try:
        as_of = date.fromisoformat(day) if day else date.today()
    except ValueError:
        return None
    return (Path(root), as_of) if day in ("", as_of.isoformat()) else None
