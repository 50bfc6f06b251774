"""Comparing: what to write and to remove, and why.

Promise: a page whose fingerprint and bytes are those of the last build is not rendered; every
other page is, and its reasons are values that can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from site_builder.model.page import Page
from site_builder.write.trace import Trace, Written

MISSING = "missing"
EDITED = "edited by hand"
INTERRUPTED = "interrupted"
FRESH = ".new~"  # ends the name of a file that is not whole yet


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page and its fingerprint: digests of its view fields, template, site and generator."""

    page: Page
    fingerprint: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A page to render, and the reasons."""

    wanted: Wanted
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a build has to do; `unknown` are files in the output that no build wrote."""

    changes: tuple[Change, ...]
    removals: tuple[str, ...]
    kept: tuple[str, ...]
    unknown: tuple[str, ...]


def compare(wanted: tuple[Wanted, ...], trace: Trace, *, output: Path) -> Comparison:
    """The difference between the pages planned and the output as it stands."""
    reasons = {w.page.path: _reasons(w, trace, output=output) for w in wanted}
    planned = set(reasons)
    return Comparison(
        changes=tuple(Change(w, reasons[w.page.path]) for w in wanted if reasons[w.page.path]),
        removals=tuple(sorted(set(trace.files) - planned)),
        kept=tuple(path for path, found in reasons.items() if not found),
        unknown=tuple(sorted(_present(output) - planned - set(trace.files))),
    )


def is_unchanged(output: Path, path: str, *, entry: Written) -> bool:
    """Whether a file still has the bytes that were written, by its stat and else by its digest."""
    file = output / path
    try:
        stat = file.stat()
        if (stat.st_size, stat.st_mtime_ns) == (entry.size, entry.mtime_ns):
            return True
        return sha256(file.read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def _reasons(wanted: Wanted, trace: Trace, *, output: Path) -> tuple[str, ...]:
    entry = trace.files.get(wanted.page.path)
    if entry is None:
        return (MISSING,)
    if not entry.sha256:
        return (INTERRUPTED,)
    names = {*wanted.fingerprint, *entry.fingerprint}
    differing = (n for n in names if wanted.fingerprint.get(n) != entry.fingerprint.get(n))
    reasons = tuple(sorted(differing))
    if not (output / wanted.page.path).is_file():
        return (*reasons, MISSING)
    if not is_unchanged(output, wanted.page.path, entry=entry):
        return (*reasons, EDITED)
    return reasons


def _present(output: Path) -> set[str]:
    if not output.is_dir():
        return set()
    files = (f for f in output.rglob("*") if f.is_file() and not f.name.endswith(FRESH))
    return {file.relative_to(output).as_posix() for file in files}
