"""The trace: what the last build wrote, and from which fingerprints.

Promise: a damaged, missing or older trace is an empty one: the next build then compares bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

VERSION = 1
NAME = "trace.json"


@dataclass(frozen=True, slots=True)
class Written:
    """One output file as last written; an empty `sha256` is one that a build had begun."""

    fingerprint: Mapping[str, str]
    sha256: str = ""
    size: int = -1
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class Trace:
    """Every output file the builder knows, by path."""

    files: Mapping[str, Written] = field(default_factory=dict)


def load_trace(cache: Path) -> Trace:
    """The trace of the last build."""
    try:
        raw = json.loads((cache / NAME).read_text(encoding="utf-8"))
        if raw["version"] != VERSION:
            return Trace()
        return Trace({path: Written(**entry) for path, entry in raw["files"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Trace()


def save_trace(cache: Path, trace: Trace) -> None:
    """Whole or not at all."""
    files = {path: asdict(entry) for path, entry in sorted(trace.files.items())}
    text = json.dumps({"version": VERSION, "files": files}, ensure_ascii=False)
    cache.mkdir(parents=True, exist_ok=True)
    fresh = cache / f"{NAME}.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(cache / NAME)
