"""YAML → positioned values, every scalar as the text it is.

Promise: a value comes out only when the file's structure is beyond doubt; otherwise every
mistake that can be found in one run is reported at its line.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.model.values import Value
from site_builder.problems import Place, Problem, in_order
from site_builder.sources.texts import without_hidden
from site_builder.sources.yaml_events import MAX_PROBLEMS, Composed, compose
from site_builder.sources.yaml_faults import Finding, diagnose
from site_builder.sources.yaml_plain import read_plain
from site_builder.sources.yaml_source import Source

MAX_ROUNDS = 20
HARMLESS = ("F203", "F302")  # what is left out leaves a structure that is certain


def read_yaml(
    text: str, file: str, first_line: int = 1
) -> tuple[Value | None, tuple[Problem, ...]]:
    """The value of a YAML text that begins on `first_line` of a file; empty text is `Mapped(())`.

    Scalars stay text: `null`, `~`, `no` and `0471` are what is written, an absent value is "".
    Of keys that stand twice (F302) the first is kept. Mistakes such as a full-width colon (F305)
    or a tab (F306) are mended in memory, so that the mistakes behind them are found as well; the
    value so read is handed on only where the mending leaves no choice. Otherwise, and after a
    syntax error (F301), a limit (F303) or an unwanted part of YAML (F304), there is no value.
    """
    plain = read_plain(text, file, first_line=first_line)
    return (plain, ()) if plain is not None else read_parsed(text, file, first_line=first_line)


def read_parsed(
    text: str, file: str, *, first_line: int
) -> tuple[Value | None, tuple[Problem, ...]]:
    visible, hidden = without_hidden(text, file, first_line=first_line)
    source = Source(file, first_line, tuple(visible.split("\n")))
    composed = compose(source)
    findings: dict[tuple[str, Place], Finding] = {}
    for _ in range(MAX_ROUNDS):
        found = _wanted(diagnose(source, composed), findings)
        findings = {(f.problem.code, f.problem.place): f for f in found} | findings
        mended = _mended(source, found)
        if mended == source or len(findings) >= MAX_PROBLEMS:
            break
        source, composed = mended, compose(mended)
    found_problems = [finding.problem for finding in findings.values()][:MAX_PROBLEMS]
    problems = in_order((*hidden, *found_problems, *composed.problems))
    return _value(composed, findings.values()), problems


def _wanted(
    found: tuple[Finding, ...], earlier: dict[tuple[str, Place], Finding]
) -> tuple[Finding, ...]:
    """After a guessed indentation, further syntax errors may be of our own making."""
    guessed = any(code == "F306" for code, _ in earlier)
    return tuple(f for f in found if not guessed or f.problem.code in ("F305", "F306"))


def _mended(source: Source, found: tuple[Finding, ...]) -> Source:
    """The text with one mistake mended on each line that has any."""
    return source.mended({f.line: (f.mended, f.inserted) for f in found if f.mended is not None})


def _value(composed: Composed, findings: Iterable[Finding]) -> Value | None:
    certain = all(finding.sure for finding in findings)
    harmless = all(problem.code in HARMLESS for problem in composed.problems)
    return composed.value if composed.error is None and certain and harmless else None
