"""Messages: problems as people and programs read them.

Promise: a message names the file, the line, what is wrong, what to do and the rule it comes from,
in plain Chinese; the JSON form says the same.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from site_builder.problems import CodeEntry, Place, Problem, Severity, catalogue, severity

WIDTH, LEFT = 78, 44  # terminal columns of a line that are shown, at most so many left of the mark


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
    from site_builder.sources.texts import read_text  # brief output shows no lines

    if not place.line or place.cell:
        return []
    try:
        text, _ = read_text((root / place.file).read_bytes(), place.file)
        line = text.split("\n")[place.line - 1].expandtabs(1)
    except (OSError, IndexError):
        return []
    marked = max(place.column - 1, 0)
    before = _clipped(line[:marked][::-1], LEFT)[::-1]
    left = sum(breadth(character) for character in before)
    after = _clipped(line[marked:], WIDTH - left)
    shown = f"{place.line:>5} | {before}{after}".rstrip()
    return [shown, f"      | {' ' * left}^"] if place.column else [shown]


def _clipped(text: str, width: int) -> str:
    """As much of a text as fits into so many terminal columns, `…` for the rest."""
    taken = list(accumulate(breadth(character) for character in text))
    if not taken or taken[-1] <= width:
        return text
    return text[: sum(used < width for used in taken)] + "…"


def breadth(character: str) -> int:
    """Terminal columns: Chinese characters take two, an accent none of its own."""
    if unicodedata.combining(character):
        return 0
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
