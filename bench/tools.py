"""Tools: what a site builder is to the benchmark.

Promise: every tool gets the same documents and makes the same set of pages: one for each document,
paged lists of every column, an archive of every column and year, home, sitemap and feed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Document

ROOT = Path(__file__).resolve().parent.parent
MARK = "基准"  # what a base template says and an edit changes


@dataclass(frozen=True, slots=True)
class Tool:
    """A site builder: how its site is laid out, and how it is run."""

    name: str
    lay_out: Callable[[Path], None]  # all that is no document: settings and templates
    source: Callable[[Document], tuple[str, str]]  # path and text
    page: Callable[[Document], str]  # of a document, below the output
    attachment: Callable[[Document], str]
    build: Callable[[Path], list[str]]
    serve: Callable[[Path, int], list[str]] | None
    base: str  # the base template
    output: str
    notes: tuple[str, ...]  # folders that a cold build may not have


def put(file: Path, text: str) -> None:
    """Write in place, and only what differs: creating files anew is slow on some disks."""
    data = text.encode()
    if not file.is_file() or file.read_bytes() != data:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
