"""An early answer: `build` where nothing has changed since the last one.

Promise: it says what a whole build would say, and loads nothing to find out; whatever is not a
plain `build` is left to the commands.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path


def answered(arguments: list[str]) -> bool:
    """Whether the question was a plain `build` with nothing to do; its answer is then printed."""
    started = time.perf_counter()
    asked = _asked(arguments)
    if asked is None:
        return False
    from site_builder.outcome import seen, site_at, unchanged

    root, as_of = asked
    site = site_at(root.resolve())
    built = unchanged(site, seen(site, as_of))
    if built is None:
        return False
    from site_builder.cli.printing import print_build, print_problems

    print_problems(built, site, form="text", brief=True)
    print_build(built, site, seconds=time.perf_counter() - started)
    return True


def _asked(arguments: list[str]) -> tuple[Path, date] | None:
    """The site and the day of a plain `build`; None for everything else, faults included."""
    root, day, rest = ".", "", list(arguments)
    if rest[:1] == ["--site"]:
        root, rest = "".join(rest[1:2]), rest[2:]
    if rest[:1] != ["build"] or len(rest) not in (1, 3) or rest[1:2] not in ([], ["--as-of"]):
        return None
    day = "".join(rest[2:])
    try:
        return Path(root), date.fromisoformat(day) if day else date.today()
    except ValueError:
        return None
