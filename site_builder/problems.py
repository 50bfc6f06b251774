"""Problems: what is wrong, where, and what to do about it.

Promise: a problem is a plain value. Its severity, title, advice and legal basis stand once,
in `problem_codes.yaml`; nothing here prints or raises for bad content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem weighs: only an error stops a build."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a source file: line and column count from 1, columns in characters.

    `cell` names a spreadsheet cell instead (`统计表!C5`); line 0 means «the whole file», column 0
    «here begins what lacks something», which no mark could point at.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.cell}"
        if not self.line:
            return self.file
        if not self.column:
            return f"{self.file}:{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `code` is a key of the catalogue, `message` says what is wrong here.

    `hint` says what to do, `basis` names the rule's source; both fall back to the catalogue.
    `related` are other places that belong to the finding.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    basis: str = ""
    related: tuple[Place, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """What the catalogue says of one code."""

    code: str
    severity: Severity
    title: str
    advice: str
    example: str
    basis: str = ""


@cache
def catalogue() -> dict[str, CodeEntry]:
    """Every known code, in the order of the file."""
    import yaml  # only a run that tells a problem in full pays for it

    raw: dict[str, dict[str, str]] = yaml.safe_load(_text())
    return {code: _entry(code, values) for code, values in raw.items()}


def _entry(code: str, values: dict[str, str]) -> CodeEntry:
    severity = Severity(values["severity"])
    rest = {key: value for key, value in values.items() if key != "severity"}
    return CodeEntry(code=code, severity=severity, **rest)


@cache
def weights() -> dict[str, Severity]:
    """The severity of every code, without parsing the rest: each build needs it at once."""
    found = re.findall(r"^([A-Z][0-9]+):\n  severity: (\S+)$", _text(), re.MULTILINE)
    return {code: Severity(weight) for code, weight in found}


def _text() -> str:
    return (Path(__file__).parent / "problem_codes.yaml").read_text(encoding="utf-8")


def severity(problem: Problem) -> Severity:
    """The weight the catalogue gives this problem."""
    return weights()[problem.code]


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those problems that stop a build."""
    return tuple(p for p in problems if severity(p) is Severity.ERROR)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by place, then code, each finding once: the order in which people read them.

    Every field has its part in it, so that two runs never list the same findings otherwise.
    """
    return tuple(sorted(set(problems), key=_rank))


def _rank(problem: Problem) -> tuple[object, ...]:
    said = (problem.message, problem.hint, problem.basis)
    return (problem.place, problem.code, *said, problem.related)
