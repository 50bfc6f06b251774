"""The trace: what the last build wrote, and from which fingerprints.

Promise: a damaged, missing or older trace is an empty one: the next build then compares bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from site_builder.write.last import TRACE
from site_builder.write.notes import drop_note, load_values, save_values

VERSION = 4
BEGUN = "begun"

Row = tuple[tuple[str, ...], str, str, int, int]  # names and digests of the fingerprint, the file


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the bytes of a file depend on: names and, in one text, the digest of each."""

    names: tuple[str, ...] = ()
    digests: str = ""

    def parts(self) -> dict[str, str]:
        """The digests by name."""
        return dict(zip(self.names, self.digests.split(), strict=True))

    def with_parts(self, parts: Mapping[str, str]) -> Fingerprint:
        """The same with other digests for these names."""
        if not parts.keys() <= set(self.names):
            return fingerprint({**self.parts(), **parts})
        digests = self.digests.split()
        for name, digest in parts.items():
            digests[self.names.index(name)] = digest
        return Fingerprint(self.names, " ".join(digests))

    def differing(self, other: Fingerprint) -> tuple[str, ...]:
        """The names of which the two say different things."""
        own, others = self.parts(), other.parts()
        return tuple(sorted(n for n in own.keys() | others if own.get(n) != others.get(n)))

    def along_with(self, other: Fingerprint) -> Fingerprint:
        """Both together."""
        return Fingerprint(_both(self.names, other.names), f"{self.digests} {other.digests}")


@dataclass(frozen=True, slots=True)
class Written:
    """One output file as last written; an empty `sha256` is one that a build had begun."""

    fingerprint: Fingerprint
    sha256: str = ""
    size: int = -1
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class Trace:
    """Every output file the builder knows, by path; a row is made a record when it is asked for."""

    rows: Mapping[str, Row] = field(default_factory=dict)

    def find(self, path: str) -> Written | None:
        """What is known of a file."""
        row = self.rows.get(path)
        return _written(*row) if row else None

    def followed_by(self, written: Mapping[str, Written], *, kept: Iterable[str]) -> Trace:
        """The files that were kept, and those written since."""
        rows = {path: self.rows[path] for path in kept}
        return Trace(rows | {path: _row(entry) for path, entry in written.items()})

    def amended_by(self, written: Mapping[str, Written]) -> Trace:
        """The same, but for these files."""
        return Trace({**self.rows, **{path: _row(entry) for path, entry in written.items()}})


def fingerprint(parts: Mapping[str, str]) -> Fingerprint:
    """That of digests by name."""
    return Fingerprint(_both(tuple(parts)), " ".join(parts.values()))


def read_written(output: Path, path: str, *, trace: Trace) -> bytes | None:
    """A file of the output; None where it is not as the last build wrote it."""
    known = trace.find(path)
    try:
        content = (output / path).read_bytes()
    except OSError:
        return None
    return content if known and sha256(content).hexdigest() == known.sha256 else None


def load_trace(cache: Path) -> Trace:
    """The trace of the last build, and what a build after it began and did not end."""
    version, rows = load_values(cache / TRACE) or (0, {})
    known: dict[str, Row] = rows if version == VERSION else {}
    begun: dict[str, Row] = dict.fromkeys(_begun(cache), ((), "", "", -1, -1))
    return Trace({**known, **begun})


def save_trace(cache: Path, trace: Trace) -> None:
    """Whole or not at all; nothing is left begun."""
    save_values(cache / TRACE, (VERSION, dict(trace.rows)))
    end(cache)


def begin(cache: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Note the files about to be written, so that a kill leaves a record; and what stood there."""
    earlier = _begun(cache)
    save_values(cache / BEGUN, sorted({*earlier, *paths}))
    return earlier


def end(cache: Path, begun: tuple[str, ...] = ()) -> None:
    """Nothing is begun any more, but for what was before."""
    if begun:
        save_values(cache / BEGUN, list(begun))
    else:
        drop_note(cache / BEGUN)


def _begun(cache: Path) -> tuple[str, ...]:
    return tuple(load_values(cache / BEGUN) or ())


def _row(entry: Written) -> Row:
    found = entry.fingerprint
    return found.names, found.digests, entry.sha256, entry.size, entry.mtime_ns


def _written(names: tuple[str, ...], digests: str, *rest: Any) -> Written:
    return Written(Fingerprint(names, digests), *rest)


@cache
def _both(names: tuple[str, ...], more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The same names held once: there are as many kinds of them as of views."""
    return (*names, *more)
