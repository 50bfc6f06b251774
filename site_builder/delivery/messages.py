"""Messages: problems as people and programs read them.

Promise: a message names the file, the line, what is wrong, what to do and the rule it comes from,
in plain Chinese; the JSON form says the same.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from site_builder.problems import CodeEntry, Place, Problem, Severity, catalogue, severity


def as_text(problem: Problem, root: Path) -> str:
    """A problem with its excerpt, hint and basis, over several lines."""
    entry = catalogue()[problem.code]
    basis = problem.basis or entry.basis
    parts = [headline(problem), *_excerpt(problem.place, root)]
    parts.append(f"  提示  {problem.hint or entry.advice.strip()}")
    parts.extend(f"  另见  {place}" for place in problem.related)
    if basis:
        parts.append(f"  依据  {basis}")
    return "\n".join(parts)


def headline(problem: Problem) -> str:
    """The one line: place, weight, code, message."""
    return f"{problem.place}: {severity(problem)} {problem.code} {problem.message}"


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON array, one object for each problem."""
    return json.dumps([_fields(p) for p in problems], ensure_ascii=False, indent=1)


def counted(problems: Iterable[Problem]) -> str:
    """«错误 1，警告 3，提示 12»; empty when there is nothing."""
    counts = Counter(severity(problem) for problem in problems)
    return "，".join(f"{weight} {counts[weight]}" for weight in Severity if counts[weight])


def explanation(entry: CodeEntry) -> str:
    """What the catalogue says of a code."""
    lines = [f"{entry.code} {entry.severity} {entry.title}", "", f"怎么办  {entry.advice.strip()}"]
    lines += ["例子", *(f"    {line}" for line in entry.example.rstrip().split("\n"))]
    if entry.basis:
        lines.append(f"依据  {entry.basis}")
    return "\n".join(lines)


def _excerpt(place: Place, root: Path) -> list[str]:
    """The source line with a mark under the column; nothing when it cannot be shown."""
    if not place.line or place.cell:
        return []
    try:
        lines = (root / place.file).read_text(encoding="utf-8-sig").split("\n")
        line = lines[place.line - 1].rstrip("\r")
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    before = line[: place.column - 1].expandtabs(1)
    pad = " " * sum(_width(character) for character in before)
    return [f"{place.line:>5} | {line.expandtabs(1)}", f"      | {pad}^"]


def _width(character: str) -> int:
    """Terminal columns: Chinese characters take two."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fields(problem: Problem) -> dict[str, object]:
    entry = catalogue()[problem.code]
    return {
        "code": problem.code,
        "severity": entry.severity.name.lower(),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "cell": problem.place.cell,
        "message": problem.message,
        "hint": problem.hint or entry.advice.strip(),
        "basis": problem.basis or entry.basis,
        "related": [str(place) for place in problem.related],
    }
