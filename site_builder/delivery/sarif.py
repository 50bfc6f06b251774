"""SARIF 2.1.0: the problems for programs that show or count findings.

Promise: every finding names its rule, its level and, where it has one, its line; places are
relative to the site's folder and valid URIs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from site_builder import __version__
from site_builder.problems import CodeEntry, Place, Problem, Severity, catalogue

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(problems: Iterable[Problem]) -> str:
    """One run with the rules that were broken, in the order of the catalogue."""
    found = tuple(problems)
    broken = {problem.code for problem in found}
    rules = [entry for code, entry in catalogue().items() if code in broken]
    numbers = {entry.code: number for number, entry in enumerate(rules)}
    driver = {
        "name": "site-builder",
        "version": __version__,
        "language": "zh-CN",
        "rules": [_rule(entry) for entry in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SITE": {"description": {"text": "网站文件夹"}}},
        "results": [_result(problem, number=numbers[problem.code]) for problem in found],
    }
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _rule(entry: CodeEntry) -> dict[str, Any]:
    help_text = entry.advice.strip() + (f"\n依据：{entry.basis}" if entry.basis else "")
    return {
        "id": entry.code,
        "shortDescription": {"text": entry.title},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": LEVELS[entry.severity]},
    }


def _result(problem: Problem, *, number: int) -> dict[str, Any]:
    entry = catalogue()[problem.code]
    hint, basis = problem.hint or entry.advice.strip(), problem.basis or entry.basis
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": number,
        "level": LEVELS[entry.severity],
        "message": {"text": problem.message},
        "locations": [_location(problem.place)],
        "properties": {"advice": hint, "basis": basis},
    }
    if problem.related:
        others = enumerate(problem.related, 1)
        result["relatedLocations"] = [{"id": n, **_location(place)} for n, place in others]
    return result


def _location(place: Place) -> dict[str, Any]:
    artifact = {"uri": quote(place.file), "uriBaseId": "SITE"}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place.line:
        physical["region"] = {"startLine": place.line}
        if place.column:
            physical["region"]["startColumn"] = place.column
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell:
        location["logicalLocations"] = [{"fullyQualifiedName": place.cell, "kind": "cell"}]
    return location
