"""Comparing: what to write and to remove, and why.

Promise: a page whose fingerprint and bytes are those of the last build is not rendered; every
other page is, and its reasons are values that can be shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from site_builder.model.page import Page
from site_builder.write.fresh import FRESH
from site_builder.write.trace import Fingerprint, Trace, Written

MISSING = "missing"
EDITED = "edited by hand"
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page and its fingerprint: digests of its view fields, template, site and generator."""

    page: Page
    fingerprint: Fingerprint


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
    present = _present(output)
    reasons = {w.page.path: _reasons(w, trace, output=output, present=present) for w in wanted}
    return Comparison(
        changes=tuple(Change(w, reasons[w.page.path]) for w in wanted if reasons[w.page.path]),
        removals=tuple(sorted(trace.rows.keys() - reasons.keys())),
        kept=tuple(path for path, found in reasons.items() if not found),
        unknown=tuple(sorted(present.keys() - reasons.keys() - trace.rows.keys())),
    )


def _reasons(
    wanted: Wanted, trace: Trace, *, output: Path, present: Mapping[str, tuple[int, int]]
) -> tuple[str, ...]:
    path = wanted.page.path
    entry = trace.find(path)
    if entry is None:
        return (MISSING,)
    if not entry.sha256:
        return (INTERRUPTED,)
    is_same = wanted.fingerprint == entry.fingerprint  # of nearly all: no need to look closer
    reasons = () if is_same else wanted.fingerprint.differing(entry.fingerprint)
    if path not in present:
        return (*reasons, MISSING)
    if present[path] != (entry.size, entry.mtime_ns) and not _is_unchanged(output / path, entry):
        return (*reasons, EDITED)
    return reasons


def _is_unchanged(file: Path, entry: Written) -> bool:
    """Whether a file whose time is another one still has the bytes that were written."""
    try:
        return sha256(file.read_bytes()).hexdigest() == entry.sha256
    except OSError:
        return False


def _present(output: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file of the output."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [""] if output.is_dir() else []
    while waiting:
        folder = waiting.pop()
        with os.scandir(output / folder) as entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file() and not entry.name.endswith(FRESH):
                    stat = entry.stat()
                    found[path] = (stat.st_size, stat.st_mtime_ns)
    return found
